//! PDF by `unpdf`: its characters and rules with their places, laid out as lines and tables.
//!
//! Tables are not taken from the library's own analysis, which was seen to lose a figure and to join
//! headings with sentences. Where rules frame their cells, the cells are read out of the frames; other
//! tables are read out of the lines, as in any text that a converter left behind. What cannot be read
//! for certain is not assessed rather than judged.

mod cells;
mod grid;
mod lattice;
mod pages;
mod rules;
mod upright;
mod words;

use super::ReadError;
use super::extract::Extract;
use crate::document::Remark;
use crate::profile::Vocabulary;
use pages::{Item, Page};
use rules::{Budget, Rules};
use std::panic::{AssertUnwindSafe, catch_unwind};
use unpdf::ErrorKind;
use unpdf::parser::LayoutAnalyzer;
use unpdf::parser::backend::{PdfBackend as _, RawBackend};
use upright::{Turn, Upright};

/// The most pages of a PDF that are read.
pub(super) const MOST_PAGES: usize = 500;

/// Takes text and tables out of a PDF.
///
/// # Errors
/// A damaged or encrypted file, one over the limits, or one without text: a scan.
pub(super) fn extract(bytes: &[u8], vocabulary: &Vocabulary) -> Result<Extract, ReadError> {
    let read = AssertUnwindSafe(|| pages(bytes));
    let (pages, lost) = catch_unwind(read).unwrap_or(Err(ReadError::Damaged("pdf")))?;
    let mut extract = Extract::default();
    let mut broken = Vec::new();
    for item in pages::flow(pages, vocabulary) {
        match item {
            Item::Space => extract.text.push('\n'),
            Item::Line(line) => {
                extract.line(&line.text);
                broken.extend(line.broken.then(|| extract.text.len() - 1));
            }
            Item::Table(table) => extract.table(table),
        }
    }
    extract.broken = Some(broken);
    if extract.text.trim().is_empty() {
        return Err(ReadError::NoText);
    }
    extract.remarks.extend([Remark::ExtractedPlaces, Remark::InferredTables]);
    extract.remarks.extend((lost > 0).then_some(Remark::Unreadable(lost)));
    Ok(extract)
}

fn pages(bytes: &[u8]) -> Result<(Vec<Page>, usize), ReadError> {
    let backend = RawBackend::load_bytes(bytes).map_err(|error| match error.kind() {
        ErrorKind::Encrypted => ReadError::Encrypted,
        _ => ReadError::Damaged("pdf"),
    })?;
    let ids = backend.pages();
    if ids.is_empty() {
        return Err(ReadError::Damaged("pdf"));
    }
    if ids.len() > MOST_PAGES {
        return Err(ReadError::Limit { what: "pages", limit: MOST_PAGES });
    }
    let analyzer = LayoutAnalyzer::new(&backend);
    let mut lost = 0;
    let mut budget = Budget::FILE;
    let mut pages = Vec::with_capacity(ids.len());
    for (number, id) in ids {
        // Before its text is looked at: this has a limit.
        let rules = Rules::of(&backend, id, &mut budget)?;
        let spans = analyzer.extract_page_spans(number).map_err(|_| ReadError::Damaged("pdf"))?;
        lost += analyzer.suppressed_text_runs();
        let page = match Turn::of(&spans) {
            None => Page::new(&spans, &rules),
            Some(turn) => {
                let upright = Upright { backend: &backend, turn };
                let spans = LayoutAnalyzer::new(&upright).extract_page_spans(number);
                let spans = spans.map_err(|_| ReadError::Damaged("pdf"))?;
                Page::new(&spans, &Rules::of(&upright, id, &mut budget)?)
            }
        };
        pages.push(page);
    }
    Ok((pages, lost))
}
