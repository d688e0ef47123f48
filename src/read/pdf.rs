//! PDF by `unpdf`: text and tables as its layout analysis finds them.

use super::ReadError;
use super::extract::{Block, Extract, Merged};
use crate::document::Remark;
use std::panic::catch_unwind;
use unpdf::{ErrorKind, ParseOptions, Table};

/// The most pages of a PDF that are read.
pub(super) const MOST_PAGES: usize = 500;

/// Takes the text and the tables out of a PDF.
///
/// # Errors
/// A damaged or encrypted file, one over the limits, or one without text: a scan.
pub(super) fn extract(bytes: &[u8]) -> Result<Extract, ReadError> {
    let options = ParseOptions::new().lenient().with_resources(false).sequential();
    let read = || unpdf::parse_bytes_with_options(bytes, options);
    let document = match catch_unwind(std::panic::AssertUnwindSafe(read)) {
        Ok(Ok(document)) => document,
        Ok(Err(error)) if error.kind() == ErrorKind::Encrypted => return Err(ReadError::Encrypted),
        Ok(Err(_)) | Err(_) => return Err(ReadError::Damaged("pdf")),
    };
    if document.pages.len() > MOST_PAGES {
        return Err(ReadError::Limit { what: "pages", limit: MOST_PAGES });
    }
    let mut extract = Extract::default();
    let mut blocks: Vec<Block> = Vec::new();
    for page in &document.pages {
        let mut first = true;
        for block in &page.elements {
            match block {
                unpdf::Block::Paragraph(paragraph) => {
                    let text = paragraph.plain_text();
                    if !text.trim().is_empty() && !is_page_number(&text) {
                        first = false;
                        blocks.push(Block::Line(text));
                    }
                }
                unpdf::Block::Table(table) => {
                    let mut rows = rows(table);
                    match blocks.last_mut() {
                        // A table that a page's end broke goes on at the top of the next page.
                        Some(Block::Table(above)) if first && width(above) == width(&rows) => {
                            above.append(&mut rows);
                        }
                        _ => blocks.push(Block::Table(rows)),
                    }
                    first = false;
                }
                _ => {}
            }
        }
    }
    if blocks.is_empty() {
        return Err(ReadError::NoText);
    }
    extract.blocks(blocks);
    extract.remarks.push(Remark::ExtractedPlaces);
    if !extract.grids.is_empty() {
        extract.remarks.push(Remark::InferredTables);
    }
    let lost = document.extraction_quality.suppressed_text_runs;
    if lost > 0 {
        extract.remarks.push(Remark::Unreadable(lost));
    }
    Ok(extract)
}

/// A page's number alone: `3`, `- 3 -`, `3/12`.
fn is_page_number(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 12
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '—' | '–' | '/'))
}

fn width(rows: &[Vec<Merged<Vec<Block>>>]) -> usize {
    rows.iter().map(|row| row.iter().map(|cell| cell.columns).sum()).max().unwrap_or(0)
}

fn rows(table: &Table) -> Vec<Vec<Merged<Vec<Block>>>> {
    let cell = |cell: &unpdf::TableCell| Merged {
        content: vec![Block::Line(cell.plain_text())],
        columns: usize::from(cell.colspan.max(1)),
        rows: usize::from(cell.rowspan.max(1)),
    };
    table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect()
}
