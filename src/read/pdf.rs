//! PDF by `unpdf`: its characters with their places, laid out as lines.
//!
//! Tables are not taken from the library's own analysis, which was seen to lose a figure and to join
//! headings with sentences. They are read out of the lines, as in any text that a converter left
//! behind; what cannot be read for certain is not assessed rather than judged.

use super::ReadError;
use super::extract::Extract;
use crate::document::Remark;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use unpdf::ErrorKind;
use unpdf::parser::backend::{PdfBackend as _, RawBackend};
use unpdf::parser::{LayoutAnalyzer, TextSpan};

/// The most pages of a PDF that are read.
pub(super) const MOST_PAGES: usize = 500;
/// The most blanks put between two pieces of a line.
const WIDEST: usize = 200;

/// Takes the text out of a PDF.
///
/// # Errors
/// A damaged or encrypted file, one over the limits, or one without text: a scan.
pub(super) fn extract(bytes: &[u8]) -> Result<Extract, ReadError> {
    let read = AssertUnwindSafe(|| pages(bytes));
    let (mut pages, lost) = catch_unwind(read).unwrap_or(Err(ReadError::Damaged("pdf")))?;
    without_running_heads(&mut pages);
    let mut extract = Extract::default();
    for line in pages.iter().flatten() {
        match line.words.is_empty() {
            true => extract.text.push('\n'),
            false => extract.line(&line.words),
        }
    }
    if extract.text.trim().is_empty() {
        return Err(ReadError::NoText);
    }
    extract.remarks.extend([Remark::ExtractedPlaces, Remark::InferredTables]);
    extract.remarks.extend((lost > 0).then_some(Remark::Unreadable(lost)));
    Ok(extract)
}

/// A line of a page; without words where the page leaves room.
#[derive(Debug)]
struct Line {
    words: String,
}

type Page = Vec<Line>;

fn pages(bytes: &[u8]) -> Result<(Vec<Page>, usize), ReadError> {
    let backend = RawBackend::load_bytes(bytes).map_err(|error| match error.kind() {
        ErrorKind::Encrypted => ReadError::Encrypted,
        _ => ReadError::Damaged("pdf"),
    })?;
    let count = backend.pages().len();
    if count == 0 {
        return Err(ReadError::Damaged("pdf"));
    }
    if count > MOST_PAGES {
        return Err(ReadError::Limit { what: "pages", limit: MOST_PAGES });
    }
    let analyzer = LayoutAnalyzer::new(&backend);
    let mut lost = 0;
    let mut pages = Vec::with_capacity(count);
    for number in 1..=count as u32 {
        let spans = analyzer.extract_page_spans(number).map_err(|_| ReadError::Damaged("pdf"))?;
        lost += analyzer.suppressed_text_runs();
        pages.push(lines(spans));
    }
    Ok((pages, lost))
}

/// The lines of a page from top to bottom, pieces set apart as far as they stand apart.
fn lines(mut spans: Vec<TextSpan>) -> Page {
    spans.retain(|span| !span.text.trim().is_empty() && span.x.is_finite() && span.y.is_finite());
    let left = spans.iter().map(|span| span.x).fold(f32::MAX, f32::min);
    let mut sizes: Vec<f32> = spans.iter().map(|span| span.font_size.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied().unwrap_or(12.0).clamp(4.0, 72.0);
    spans.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut page = Page::new();
    let mut above: Option<f32> = None;
    for row in spans.chunk_by_mut(|a, b| (a.y - b.y).abs() < size * 0.35) {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        let y = row.first().map_or(0.0, |span| span.y);
        if above.is_some_and(|above| above - y > size * 2.6) {
            page.push(Line { words: String::new() });
        }
        above = Some(y);
        page.push(Line { words: words(row, left, size) });
    }
    page
}

/// The pieces of a line. Where one stands apart from the one before, as many blanks as the page
/// leaves room for, half a character each.
fn words(row: &[TextSpan], left: f32, size: f32) -> String {
    let mut out = String::new();
    let mut end = left;
    for span in row {
        let text = span.text.trim();
        let gap = span.x - end;
        if gap > size * 0.3 {
            let blanks = (gap / (size * 0.5)).round().max(1.0) as usize;
            out.extend(std::iter::repeat_n(' ', blanks.min(WIDEST)));
        }
        out.push_str(text);
        end = span.x + span.ink_width.unwrap_or(span.width);
    }
    out
}

/// Takes off what stands at the head or the foot of most pages: running titles.
fn without_running_heads(pages: &mut [Page]) {
    const FEW: usize = 3;
    if pages.len() < FEW {
        return;
    }
    let key = |line: &Line| -> String {
        line.words.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let ends = [page.first(), page.last().filter(|_| page.len() > 1)];
        for line in ends.into_iter().flatten() {
            *counts.entry(key(line)).or_default() += 1;
        }
    }
    let most = pages.len();
    let running = |line: &Line| counts.get(&key(line)).is_some_and(|count| count * 2 > most);
    for page in pages {
        if page.last().is_some_and(running) {
            page.pop();
        }
        if page.first().is_some_and(running) {
            page.remove(0);
        }
    }
}
