//! Legacy Word files (.doc, .wps) by `office_oxide`: text and exact tables, no positions.

use super::ReadError;
use super::extract::{Block, Extract, Merged};
use crate::document::Remark;
use office_oxide::ir::{DocumentIR, Element, InlineContent, List, Paragraph, Table};
use office_oxide::{Document, DocumentFormat};
use std::io::Cursor;
use std::panic::catch_unwind;

/// Lists and tables deeper within each other are left out.
const DEEPEST: usize = 50;

/// Takes the text and the tables out of a Word 97–2003 file.
///
/// # Errors
/// A damaged or encrypted file.
pub(super) fn extract(bytes: &[u8]) -> Result<Extract, ReadError> {
    let ir = read(bytes, DocumentFormat::Doc, "doc")?;
    let mut extract = Extract::default();
    for section in ir.sections {
        extract.blocks(blocks(&section.elements, 0));
    }
    extract.remarks.push(Remark::ExtractedPlaces);
    Ok(extract)
}

/// What `office_oxide` makes of a legacy file, within its own limits.
pub(super) fn read(
    bytes: &[u8],
    format: DocumentFormat,
    what: &'static str,
) -> Result<DocumentIR, ReadError> {
    let bytes = bytes.to_vec();
    let read = move || {
        let document = Document::from_reader(Cursor::new(bytes), format)?;
        Ok::<_, office_oxide::OfficeError>(document.to_ir())
    };
    match catch_unwind(read) {
        Ok(Ok(ir)) => Ok(ir),
        Ok(Err(error)) if error.to_string().contains("encrypted") => Err(ReadError::Encrypted),
        Ok(Err(_)) | Err(_) => Err(ReadError::Damaged(what)),
    }
}

/// The blocks of `elements`, which stand `depth` deep in lists and tables.
pub(super) fn blocks(elements: &[Element], depth: usize) -> Vec<Block> {
    let mut out = Vec::new();
    for element in elements.iter().filter(|_| depth < DEEPEST) {
        match element {
            Element::Heading(heading) => out.push(Block::Line(words(&heading.content))),
            Element::Paragraph(paragraph) => out.push(Block::Line(line(paragraph))),
            Element::Table(table) => out.push(Block::Table(rows(table, depth))),
            Element::List(list) => items(list, depth, &mut out),
            Element::TextBox(text) => out.extend(blocks(&text.content, depth + 1)),
            // Pictures, page breaks, notes below the text.
            _ => {}
        }
    }
    out
}

fn line(paragraph: &Paragraph) -> String {
    words(&paragraph.content)
}

fn words(content: &[InlineContent]) -> String {
    let mut out = String::new();
    for part in content {
        match part {
            InlineContent::Text(span) => out.push_str(&span.text),
            InlineContent::LineBreak => out.push('\n'),
            _ => {}
        }
    }
    out
}

/// The items of a list, with their numbers where these are told.
fn items(list: &List, depth: usize, out: &mut Vec<Block>) {
    for (number, item) in (list.start_number.unwrap_or(1)..).zip(&list.items) {
        let mut own = blocks(&item.content, depth + 1);
        if let Some(Block::Line(first)) = own.first_mut().filter(|_| list.ordered) {
            let pattern = list.marker_pattern.as_deref().unwrap_or("%1.");
            let level = format!("%{}", list.level + 1);
            *first = format!("{}{first}", pattern.replace(&level, &number.to_string()));
        }
        out.append(&mut own);
        if let Some(nested) = item.nested.as_ref().filter(|_| depth < DEEPEST) {
            items(nested, depth + 1, out);
        }
    }
}

fn rows(table: &Table, depth: usize) -> Vec<Vec<Merged<Vec<Block>>>> {
    let cell = |cell: &office_oxide::ir::TableCell| Merged {
        content: blocks(&cell.content, depth + 1),
        columns: cell.col_span.max(1) as usize,
        rows: cell.row_span.max(1) as usize,
    };
    table.rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect()
}
