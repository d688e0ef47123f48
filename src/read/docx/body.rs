//! The body of a Word document: runs to paragraphs, cells to tables.

use super::numbering::{NumberOf, Numbering};
use super::{attribute, is_on};
use crate::read::ReadError;
use crate::read::extract::{Block, MOST_COLUMNS, Merged};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// Tables, text boxes and content controls so deep within each other are refused.
const DEEPEST: usize = 100;

/// What the body of a document holds.
pub(super) struct Content {
    pub(super) blocks: Vec<Block>,
    /// Whether it has tracked changes.
    pub(super) tracked: bool,
    /// How many cells that hold something stand too far right to be read.
    pub(super) left_out: usize,
}

/// Reads the body of a document.
pub(super) fn read(xml: &str, numbering: Numbering) -> Result<Content, ReadError> {
    let mut body = Body {
        numbering,
        holders: vec![Holder::default()],
        paragraphs: Vec::new(),
        in_text: false,
        in_paragraph_properties: false,
        in_run_properties: false,
        in_row_properties: false,
        tracked: false,
        left_out: 0,
    };
    let mut reader = Reader::from_str(xml);
    let mut skipped: usize = 0;
    loop {
        let event = reader.read_event().map_err(|_| ReadError::Damaged("docx"))?;
        if skipped > 0 {
            match event {
                Event::Start(_) => skipped += 1,
                Event::End(_) => skipped -= 1,
                Event::Eof => break,
                _ => {}
            }
            continue;
        }
        match event {
            Event::Start(tag) => match body.start(&tag)? {
                Went::In => {}
                Went::Past => skipped = 1,
            },
            Event::Empty(tag) => {
                if matches!(body.start(&tag)?, Went::In) {
                    body.end(tag.local_name().as_ref());
                }
            }
            Event::End(tag) => body.end(tag.local_name().as_ref()),
            Event::Text(text) if body.in_text => body.push(&text.xml10_content()),
            Event::CData(text) if body.in_text => body.push(&text.xml10_content()),
            Event::GeneralRef(name) if body.in_text => {
                let c = name.resolve_char_ref().ok().flatten();
                match c {
                    Some(c) => body.push(c.encode_utf8(&mut [0; 4])),
                    // An entity that the file defines itself is no part of Word's XML.
                    None => body.push(resolve_predefined_entity(&name).unwrap_or_default()),
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let blocks = body.holders.into_iter().next().map(|holder| holder.blocks).unwrap_or_default();
    Ok(Content { blocks, tracked: body.tracked, left_out: body.left_out })
}

/// Whether an element is looked into.
#[derive(Clone, Copy)]
enum Went {
    In,
    Past,
}

/// What holds paragraphs: the body, a cell, a text box.
#[derive(Debug, Default)]
struct Holder {
    blocks: Vec<Block>,
    /// The table that is being read, of which this holder is a cell.
    table: Option<Table>,
}

/// A table that is being read.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<Merged<Vec<Block>>>>,
    /// For each column, the cell (row and index) that is merged downwards.
    above: Vec<Option<(usize, usize)>>,
    column: usize,
    deleted: bool,
    cell: CellProperties,
}

#[derive(Clone, Copy, Debug, Default)]
struct CellProperties {
    columns: usize,
    merge: Option<bool>,
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: String,
    number: NumberOf,
    hidden: bool,
    /// Blocks of text boxes that hang on the paragraph.
    boxes: Vec<Block>,
}

struct Body {
    numbering: Numbering,
    holders: Vec<Holder>,
    paragraphs: Vec<Paragraph>,
    in_text: bool,
    in_paragraph_properties: bool,
    in_run_properties: bool,
    in_row_properties: bool,
    tracked: bool,
    left_out: usize,
}

impl Body {
    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| !paragraph.hidden) {
            paragraph.text.push_str(text);
        }
    }

    fn table(&mut self) -> Option<&mut Table> {
        self.holders.last_mut().and_then(|holder| holder.table.as_mut())
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<Went, ReadError> {
        let name = tag.local_name();
        let name = name.as_ref();
        match name {
            // Inserted text is read, deleted text is not: as if all changes were accepted.
            "ins" | "moveTo" => self.tracked = true,
            "del" | "moveFrom" => {
                self.tracked = true;
                // A deleted row says so in its properties.
                let row = self.in_row_properties && name == "del";
                if let Some(table) = self.table().filter(|_| row) {
                    table.deleted = true;
                }
                return Ok(Went::Past);
            }
            // A copy of a text box for old programs, phonetic guides, what only Word sees.
            "Fallback" | "rt" | "instrText" | "delText" | "sdtPr" | "sectPr" | "pPrChange"
            | "rPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "object" => {
                return Ok(Went::Past);
            }
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_paragraph_properties = true,
            "rPr" => self.in_run_properties = true,
            "trPr" => self.in_row_properties = true,
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.hidden = false;
                }
            }
            "t" => self.in_text = !self.in_paragraph_properties,
            "tab" | "ptab" if !self.in_paragraph_properties => self.push("\t"),
            "br" if attribute(tag, "type").is_none_or(|kind| kind == "textWrapping") => {
                self.push("\n");
            }
            "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "tbl" => {
                if self.holders.len() >= DEEPEST {
                    return Err(ReadError::Limit { what: "levels", limit: DEEPEST });
                }
                let table = Some(Table::default());
                self.holders.push(Holder { table, ..Holder::default() });
            }
            "tr" => {
                if let Some(table) = self.table() {
                    table.rows.push(Vec::new());
                    (table.column, table.deleted) = (0, false);
                }
            }
            "tc" => {
                if let Some(holder) = self.holders.last_mut() {
                    holder.blocks.clear();
                    if let Some(table) = &mut holder.table {
                        table.cell = CellProperties { columns: 1, merge: None };
                    }
                }
            }
            "txbxContent" => {
                if self.holders.len() >= DEEPEST {
                    return Err(ReadError::Limit { what: "levels", limit: DEEPEST });
                }
                self.holders.push(Holder::default());
            }
            _ => self.property(name, tag),
        }
        Ok(Went::In)
    }

    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = || attribute(tag, "val");
        match name {
            "vanish" if self.in_run_properties => {
                // The mark of a paragraph may be hidden without hiding its words.
                let in_run = !self.in_paragraph_properties;
                if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| in_run) {
                    paragraph.hidden = is_on(tag);
                }
            }
            "rStyle" => {
                let hidden = self.numbering.is_hidden(&value().unwrap_or_default());
                if let Some(paragraph) = self.paragraphs.last_mut().filter(|_| hidden) {
                    paragraph.hidden = true;
                }
            }
            "pStyle" | "numId" | "ilvl" if self.in_paragraph_properties => {
                let Some(paragraph) = self.paragraphs.last_mut() else { return };
                match name {
                    "pStyle" => paragraph.style = value().unwrap_or_default(),
                    "numId" => paragraph.number.list = value(),
                    _ => paragraph.number.level = value().and_then(|text| text.parse().ok()),
                }
            }
            "gridSpan" => {
                let columns = value().and_then(|text| text.parse().ok()).unwrap_or(1);
                if let Some(table) = self.table() {
                    table.cell.columns = columns;
                }
            }
            "vMerge" => {
                let begins = value().is_some_and(|text| text == "restart");
                if let Some(table) = self.table() {
                    table.cell.merge = Some(begins);
                }
            }
            "gridBefore" => {
                let columns = value().and_then(|text| text.parse().ok()).unwrap_or(0);
                if let Some(table) = self.table().filter(|_| columns > 0) {
                    let blank = Merged { content: Vec::new(), columns, rows: 1 };
                    if let Some(row) = table.rows.last_mut() {
                        row.push(blank);
                    }
                    table.column = columns;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "pPr" => self.in_paragraph_properties = false,
            "rPr" => self.in_run_properties = false,
            "trPr" => self.in_row_properties = false,
            "p" => self.end_paragraph(),
            "tc" => self.end_cell(),
            "tr" => {
                if let Some(table) = self.table().filter(|table| table.deleted) {
                    table.rows.pop();
                    table.deleted = false;
                }
            }
            "tbl" if self.holders.len() > 1 => {
                let table = self.holders.pop().and_then(|holder| holder.table);
                if let (Some(table), Some(holder)) = (table, self.holders.last_mut()) {
                    holder.blocks.push(Block::Table(table.rows));
                }
            }
            "txbxContent" if self.holders.len() > 1 => {
                let blocks = self.holders.pop().map(|holder| holder.blocks).unwrap_or_default();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxes.extend(blocks),
                    None => self
                        .holders
                        .last_mut()
                        .into_iter()
                        .for_each(|h| h.blocks.extend(blocks.clone())),
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let Paragraph { text, style, number, boxes, .. } = paragraph;
        let label = self.numbering.next(&style, &number);
        let wanted = !text.trim().is_empty() && !self.numbering.is_contents(&style);
        let line = wanted.then(|| format!("{label}{text}"));
        if let Some(holder) = self.holders.last_mut() {
            holder.blocks.extend(line.map(Block::Line));
            holder.blocks.extend(boxes);
        }
    }

    fn end_cell(&mut self) {
        let Some(holder) = self.holders.last_mut() else { return };
        let content = std::mem::take(&mut holder.blocks);
        let Some(table) = &mut holder.table else { return };
        let CellProperties { columns, merge } = table.cell;
        let columns = columns.clamp(1, MOST_COLUMNS);
        let column = table.column;
        table.column += columns;
        let row = table.rows.len().saturating_sub(1);
        if column >= MOST_COLUMNS {
            self.left_out += usize::from(!content.is_empty());
            return;
        }
        if table.above.len() <= column {
            table.above.resize(column + 1, None);
        }
        if merge == Some(false)
            && let Some((above, index)) = table.above[column]
            && let Some(cell) = table.rows.get_mut(above).and_then(|row| row.get_mut(index))
        {
            cell.rows = row - above + 1;
            return;
        }
        let Some(cells) = table.rows.last_mut() else { return };
        table.above[column] = merge.is_some().then_some((row, cells.len()));
        cells.push(Merged { content, columns, rows: 1 });
    }
}
