//! A document as gouji understands it: text, Markdown or JSON.

use crate::document::{Block, BlockKind, Cell, CellKind, Document, Layout, Table, Zone};
use crate::text::FoldedSpan;
use serde::Serialize;

/// What a document is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The text as it was read, line by line; its lines are those that findings in Word files and
    /// PDF are shown on.
    Text,
    /// Headings, paragraphs and tables as Markdown.
    Markdown,
    /// Every part with its kind, its zone and its place.
    Json,
}

impl Target {
    /// The words for them on the command line.
    pub const WORDS: &'static [&'static str] = &["text", "markdown", "json"];

    /// The one with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "text" => Some(Self::Text),
            "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// `document` as `target`, ended by a line break.
pub fn convert(document: &Document, target: Target) -> String {
    match target {
        Target::Text => {
            let text = &document.source.text;
            if text.ends_with('\n') { text.clone() } else { format!("{text}\n") }
        }
        Target::Markdown => markdown(document),
        Target::Json => {
            let json = serde_json::to_string_pretty(&View::of(document));
            // Strings and numbers always serialise.
            json.map_or_else(|error| error.to_string(), |json| format!("{json}\n"))
        }
    }
}

/// The words at `at` on one line: lines that were broken by a page's width are joined, and what was
/// set apart stays apart.
fn line(document: &Document, at: FoldedSpan) -> String {
    let written = document.written(at);
    let lines = written.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("").replace('\t', " ")
}

fn markdown(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        let words = line(document, block.at);
        let part = match &block.kind {
            BlockKind::Table(index) => {
                document.tables.get(*index).map_or(String::new(), |table| rows(document, table))
            }
            _ if words.is_empty() => continue,
            BlockKind::Title => format!("# {words}"),
            BlockKind::Heading(heading) if heading.level <= 2 => {
                format!("{} {words}", "#".repeat(usize::from(heading.level) + 1))
            }
            BlockKind::Heading(_) | BlockKind::Paragraph => words,
        };
        out.push_str(&part);
        out.push_str("\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A table with its merged cells laid out.
fn rows(document: &Document, table: &Table) -> String {
    let width = table.cells.iter().map(|cell| cell.column as usize + 1).max().unwrap_or(1);
    let mut out = Vec::new();
    for row in table.cells.chunk_by(|a, b| a.row == b.row) {
        let mut cells = vec![String::new(); width];
        for cell in row {
            cells[cell.column as usize] = line(document, cell.at).replace('|', "\\|");
        }
        out.push(format!("| {} |", cells.join(" | ")));
        if out.len() == 1 {
            out.push(format!("|{}", " --- |".repeat(width)));
        }
    }
    out.join("\n")
}

/// A document, version 1.
#[derive(Serialize)]
struct View<'d> {
    version: u8,
    path: &'d str,
    format: &'d str,
    encoding: &'d str,
    extracted: bool,
    blocks: Vec<BlockView>,
}

#[derive(Serialize)]
struct BlockView {
    kind: &'static str,
    zone: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ordinal: Option<u32>,
    text: String,
    span: SpanView,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<TableView>,
}

#[derive(Serialize)]
struct SpanView {
    start: u32,
    end: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct TableView {
    grid: bool,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    row: u32,
    column: u32,
    kind: &'static str,
    text: String,
    span: SpanView,
}

impl<'d> View<'d> {
    fn of(document: &'d Document) -> Self {
        let source = &document.source;
        Self {
            version: 1,
            path: &source.path,
            format: document.format,
            encoding: source.encoding,
            extracted: source.extracted,
            blocks: document.blocks.iter().map(|block| part(document, block)).collect(),
        }
    }
}

fn part(document: &Document, block: &Block) -> BlockView {
    let (kind, heading, table) = match &block.kind {
        BlockKind::Title => ("title", None, None),
        BlockKind::Heading(heading) => ("heading", Some(heading), None),
        BlockKind::Paragraph => ("paragraph", None, None),
        BlockKind::Table(index) => ("table", None, document.tables.get(*index)),
    };
    BlockView {
        kind,
        zone: match block.zone {
            Zone::Notice => "notice",
            Zone::Title => "title",
            Zone::Opening => "opening",
            Zone::Narrative => "narrative",
            Zone::Attachment => "attachment",
            Zone::Signature => "signature",
            Zone::Residue => "residue",
        },
        level: heading.map(|heading| heading.level),
        ordinal: heading.and_then(|heading| heading.ordinal).map(|ordinal| ordinal.number),
        text: if table.is_some() { String::new() } else { line(document, block.at) },
        span: span(document, block.at),
        table: table.map(|table| TableView {
            grid: table.layout == Layout::Grid,
            cells: table.cells.iter().map(|one| cell(document, one)).collect(),
        }),
    }
}

fn cell(document: &Document, cell: &Cell) -> CellView {
    CellView {
        row: cell.row,
        column: cell.column,
        kind: match cell.kind {
            CellKind::Label => "label",
            CellKind::Value => "value",
            CellKind::Unit => "unit",
            CellKind::Blank => "blank",
        },
        text: line(document, cell.at),
        span: span(document, cell.at),
    }
}

fn span(document: &Document, at: FoldedSpan) -> SpanView {
    let place = document.source.in_file(document.folded.source(at));
    let position = document.source.position(place.start);
    SpanView { start: place.start, end: place.end, line: position.line, column: position.column }
}
