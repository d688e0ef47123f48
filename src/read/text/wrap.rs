//! Lines that a page's width broke, rejoined.

use super::line::{is_date_line, is_page_number};

use super::{Page, heading, title};
use crate::profile::Vocabulary;
use crate::text::piece;
use std::ops::RangeInclusive;

/// For each line, whether the next line (or the next after a page number) goes on with it.
pub(super) fn joins(
    page: &Page<'_>,
    source: &str,
    in_table: &[bool],
    title: Option<&RangeInclusive<usize>>,
    vocabulary: &Vocabulary,
) -> Vec<bool> {
    let width = Width::of(page, source, in_table, vocabulary);
    let mut joins = vec![false; page.len()];
    for i in 0..page.len().saturating_sub(1) {
        // Some converters put an empty line after every line of a page.
        let blank = width.is_known() && page.text(i + 1).is_empty() && i + 2 < page.len();
        let next = i + 1 + usize::from(blank);
        let prose = !in_table[i] && !in_table[next];
        if prose && goes_on(page, source, (i, next), width, vocabulary) {
            joins[i..next].fill(true);
        }
    }
    // Whatever the lines of an index card before it look like, the title begins and ends a line.
    if let Some(title) = title {
        let before = title.start().saturating_sub(2)..*title.start();
        joins[before].fill(false);
        joins[*title.end()] = false;
    }
    joins
}

/// How long a line is as printed, blanks included: that is what met the page's edge. Pages are
/// measured in columns, of which a Chinese character takes two; programs break lines by characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Length {
    chars: usize,
    columns: usize,
}

impl Length {
    fn of(page: &Page<'_>, source: &str, i: usize) -> Self {
        let line = &page.lines[i];
        let written = piece(source, line.start, line.end).trim_end();
        let columns = written.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        Self { chars: written.chars().count(), columns }
    }
}

/// The width at which the page breaks its lines, by either measure, if it does.
#[derive(Clone, Copy, Debug)]
struct Width {
    chars: Option<usize>,
    columns: Option<usize>,
}

impl Width {
    /// Many lines of almost the same length that do not end a sentence. Headings and titles end
    /// where they like.
    fn of(page: &Page<'_>, source: &str, in_table: &[bool], vocabulary: &Vocabulary) -> Self {
        let mut open: Vec<Length> = Vec::new();
        let mut lines = 0;
        for (i, table) in in_table.iter().enumerate() {
            let text = page.text(i);
            if *table || text.is_empty() || page.residue[i] {
                continue;
            }
            let long = text.chars().count() >= 15;
            lines += usize::from(long);
            if long && !is_closed(text) && !stands_alone(text, vocabulary) {
                open.push(Length::of(page, source, i));
            }
        }
        if open.len() < 4 || open.len() * 3 < lines {
            return Self { chars: None, columns: None };
        }
        // Half of the lines end at the edge; a few may be longer, such as the head of a table.
        let edge = |lengths: Vec<usize>, near: usize, most: usize| {
            let close = |edge: &usize| {
                lengths
                    .iter()
                    .filter(|length| (edge.saturating_sub(near)..=*edge).contains(length))
                    .count()
            };
            let edges = lengths.iter().copied().filter(|edge| *edge <= most);
            edges.filter(|edge| close(edge) * 2 >= lengths.len()).max()
        };
        Self {
            chars: edge(open.iter().map(|length| length.chars).collect(), 4, 60),
            columns: edge(open.iter().map(|length| length.columns).collect(), 8, 120),
        }
    }

    fn is_known(self) -> bool {
        self.chars.is_some() || self.columns.is_some()
    }

    /// Whether a line of this length met the edge.
    fn is_full(self, length: Length) -> bool {
        let within = |width: Option<usize>, length: usize, slack: usize| {
            width.is_some_and(|width| length + 3 * slack >= width && length <= width + slack)
        };
        within(self.chars, length.chars, 1) || within(self.columns, length.columns, 2)
    }
}

/// Whether a line is a heading or a title, which a page's width did not break.
fn stands_alone(text: &str, vocabulary: &Vocabulary) -> bool {
    title::is_title(text)
        || title::is_organ(text)
        || heading::at_start(text, vocabulary).is_some_and(|found| found.body.is_none())
}

fn is_closed(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with(['。', '!', '?', ':', ';', '…', '”', '|'])
}

fn goes_on(
    page: &Page<'_>,
    source: &str,
    (i, next): (usize, usize),
    width: Width,
    vocabulary: &Vocabulary,
) -> bool {
    let (text, following) = (page.text(i), page.text(next));
    let full = match page.broken {
        Some(broken) => broken.binary_search(&page.lines[i].end).is_ok(),
        None => width.is_known() && width.is_full(Length::of(page, source, i)),
    };
    if next > i + 1 && (!full || is_closed(text)) {
        return false;
    }
    // `…邮编:39990` and `0,电话…`: what looks like an ordinal is the rest of a number.
    let number = full && ends_in_digit(text) && following.starts_with(is_digit);
    if text.is_empty()
        || following.is_empty()
        || !number && starts_anew(page, source, (i, next), vocabulary)
    {
        return false;
    }
    if page.residue[i] || is_date_line(text) || is_page_number(text) {
        return false;
    }
    if heading::is_section(text, vocabulary) {
        return false;
    }
    if let Some(found) = heading::at_start(text, vocabulary)
        && found.level <= 2
        && found.body.is_none()
    {
        let title = piece(text, found.ordinal, found.title);
        let complete = vocabulary.section(title).is_some() && ends_as_title(title);
        return full && !complete && !is_closed(text);
    }
    if title::is_title(text) && !is_running(text) {
        return false;
    }
    // A heading glued to the end of a sentence ends its line.
    if heading::glued(text, vocabulary)
        .and_then(|at| heading::at_start(piece(text, at, text.len()), vocabulary))
        .is_some_and(|found| found.body.is_none())
    {
        return false;
    }
    // A line that fills the page goes on even if a sentence happens to end there.
    full || (!is_closed(text)
        && !text.ends_with(')')
        && is_running(text)
        && text.chars().count() >= 15
        && is_running(following))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn ends_in_digit(text: &str) -> bool {
    text.trim_end().ends_with(is_digit)
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

/// The white space before a line, in columns.
fn indent(page: &Page<'_>, source: &str, i: usize) -> usize {
    let line = &page.lines[i];
    let blanks = piece(source, line.start, line.end).chars().take_while(|c| c.is_whitespace());
    blanks.map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum()
}

/// Whether line `i` begins a paragraph of its own, whatever stands in the line before it.
fn starts_anew(
    page: &Page<'_>,
    source: &str,
    (before, i): (usize, usize),
    vocabulary: &Vocabulary,
) -> bool {
    let text = page.text(i);
    let line = &page.lines[i];
    let own = indent(page, source, i);
    own >= 4 && own > indent(page, source, before)
        || is_date_line(text)
        || is_page_number(text)
        || page.residue[i]
        || heading::at_start(text, vocabulary).is_some()
        || text.starts_with("附件")
        || text.starts_with("附:")
        || piece(source, line.start, line.end).starts_with(['#', '|', '>'])
}

#[cfg(test)]
mod tests {
    use crate::profile::Vocabulary;
    use crate::read::read_text;

    fn blocks(text: &str) -> Vec<String> {
        let document = read_text("x", text, &Vocabulary::default());
        let text = |at| document.text(at).replace('\n', "");
        document.blocks.iter().map(|block| text(block.at)).collect()
    }

    #[test]
    fn bare_headings_are_no_page_width() {
        let lines = [
            "甲县乙镇2021年政府信息公开工作年度报告",
            "一、政府信息主动公开工作总体情况",
            "二、行政机关主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "四、行政复议和行政诉讼的有关情况",
            "五、存在的主要问题以及改进的情况",
        ];
        let found = blocks(&lines.join("\n"));
        assert_eq!(found, lines);
    }

    #[test]
    fn a_number_that_the_page_broke_is_one() {
        let lines = [
            "甲县乙镇2021年政府信息公开工作年度报告",
            "本报告根据条例编制，如有疑问请同镇政府办公室联系，地址是甲",
            "县乙镇解放路上的政府大院一号楼二楼二百零三室，邮政编码是39",
            "9900，电话是镇政府的总机，分机号码见网站上公布的通讯录，工作",
            "日上午九点到十二点和下午两点到五点有人接听，节假日请打值班电",
            "话。",
        ];
        assert!(blocks(&lines.join("\n"))[1].contains("399900,电话"));
    }
}
