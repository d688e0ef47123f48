//! Lines that a page's width broke, rejoined.

use super::line::{is_date_line, is_page_number};
use super::regions::Region;
use super::{Page, heading, title};
use crate::profile::Vocabulary;
use crate::text::piece;

/// For each line, whether the next line (or the next after a page number) goes on with it.
pub(super) fn joins(
    page: &Page<'_>,
    source: &str,
    regions: &[Region],
    vocabulary: &Vocabulary,
) -> Vec<bool> {
    let mut in_table = vec![false; page.len()];
    for region in regions {
        in_table[region.lines.clone()].fill(true);
    }
    let width = page_width(page, &in_table);
    let mut joins = vec![false; page.len()];
    for i in 0..page.len().saturating_sub(1) {
        let next = i + 1;
        if !in_table[i] && !in_table[next] && goes_on(page, source, i, next, width, vocabulary) {
            joins[i] = true;
        }
    }
    joins
}

/// The width at which the page breaks its lines, in characters, if it does: many lines of almost
/// the same length that do not end a sentence.
fn page_width(page: &Page<'_>, in_table: &[bool]) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut lines = 0;
    for (i, table) in in_table.iter().enumerate() {
        let text = page.text(i);
        if *table || text.is_empty() || page.residue[i] {
            continue;
        }
        let length = text.chars().count();
        lines += usize::from(length >= 15);
        if length >= 15 && !is_closed(text) {
            open.push(written_length(page, i));
        }
    }
    open.sort_unstable();
    let longest = *open.last()?;
    let near = open.iter().filter(|length| **length + 4 >= longest).count();
    (open.len() >= 4 && longest <= 60 && near * 2 >= open.len() && open.len() * 3 >= lines)
        .then_some(longest)
}

/// The length as printed, blanks included: that is what met the page's edge.
fn written_length(page: &Page<'_>, i: usize) -> usize {
    page.text(i).chars().count()
}

fn is_closed(text: &str) -> bool {
    text.ends_with(['。', '!', '?', ':', ';', '…', '”', '|'])
}

fn goes_on(
    page: &Page<'_>,
    source: &str,
    i: usize,
    next: usize,
    width: Option<usize>,
    vocabulary: &Vocabulary,
) -> bool {
    let (text, following) = (page.text(i), page.text(next));
    if text.is_empty() || following.is_empty() || starts_anew(page, source, next, vocabulary) {
        return false;
    }
    if page.residue[i] || is_date_line(text) || is_page_number(text) {
        return false;
    }
    let length = written_length(page, i);
    let full = width.is_some_and(|width| length + 3 >= width && length <= width + 1);
    if let Some(found) = heading::at_start(text, vocabulary)
        && found.level <= 2
        && found.body.is_none()
    {
        let title = piece(text, found.ordinal, found.title);
        let complete = vocabulary.section(title).is_some() && ends_as_title(title);
        return full && !complete && !is_closed(text);
    }
    // A line that fills the page goes on even if a sentence happens to end there.
    full || (!is_closed(text)
        && !text.ends_with(')')
        && is_running(text)
        && length >= 15
        && is_running(following))
}

fn ends_as_title(title: &str) -> bool {
    ["情况", "概述", "事项", "措施", "问题", "附表", "打算", "计划"]
        .iter()
        .any(|end| title.ends_with(end))
}

/// Whether a line is running text rather than a title, a name or a caption.
fn is_running(text: &str) -> bool {
    text.contains([',', '。', ';', '、']) && !title::is_organ(text)
}

/// Whether a line begins a paragraph of its own, whatever stands before it.
fn starts_anew(page: &Page<'_>, source: &str, i: usize, vocabulary: &Vocabulary) -> bool {
    let text = page.text(i);
    let line = &page.lines[i];
    let indent = piece(source, line.start, line.end)
        .chars()
        .take_while(|c| c.is_whitespace())
        .map(|c| if c == '\u{3000}' { 2 } else { 1 })
        .sum::<usize>();
    indent >= 4
        || is_date_line(text)
        || is_page_number(text)
        || page.residue[i]
        || heading::at_start(text, vocabulary).is_some()
        || text.starts_with("附件")
        || text.starts_with("附:")
        || piece(source, line.start, line.end).starts_with(['#', '|', '>'])
}
