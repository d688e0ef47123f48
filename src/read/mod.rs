//! Layer 2: file formats → [`Document`].

mod text;

use crate::document::{Block, BlockKind, Document};
use crate::profile::Vocabulary;
use crate::text::{DecodeError, Source, decode};
use encoding_rs::Encoding;

/// What a file is, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, Markdown included.
    Text,
    /// A web page; not read by this version.
    Html,
    /// An Office file in a ZIP archive; not read by this version.
    Zip,
    /// A legacy Office file; not read by this version.
    Ole,
    /// PDF; not read by this version.
    Pdf,
}

impl Format {
    /// The word for it in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Zip => "docx/xlsx",
            Self::Ole => "doc",
            Self::Pdf => "pdf",
        }
    }
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ReadError {
    /// Not a byte, or nothing but white space.
    #[error("empty")]
    Empty,
    /// Its bytes are no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// More lines, headings or cells than any report has.
    #[error("more than {limit} {what}")]
    Limit {
        /// What there is too much of: `lines`, `headings`, `cells`.
        what: &'static str,
        /// The most that is read.
        limit: usize,
    },
    /// A format that is recognised and not read by this version.
    #[error("unsupported format {}", .0.word())]
    Unsupported(Format),
}

/// The format of `bytes`, by content: a `.doc` that is a web page is common.
pub fn detect(bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(1024)];
    if head.starts_with(b"PK\x03\x04") {
        return Format::Zip;
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Format::Ole;
    }
    if head.starts_with(b"%PDF-") {
        return Format::Pdf;
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '\u{fffd}']);
    let markup = start.starts_with('<')
        && ["<html", "<!doctype html", "<head", "<body", "<table", "<div"]
            .iter()
            .any(|tag| text.contains(tag));
    if markup { Format::Html } else { Format::Text }
}

/// Reads `bytes` as a document. `vocabulary` tells what headings and table labels can look like.
///
/// # Errors
/// Empty input, bytes that are no text in the (detected or forced) encoding, or a format that
/// this version does not read.
pub fn read(
    path: &str,
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
    vocabulary: &Vocabulary,
) -> Result<Document, ReadError> {
    let format = detect(bytes);
    if format != Format::Text {
        return Err(ReadError::Unsupported(format));
    }
    let decoded = decode(bytes, encoding)?;
    if decoded.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    within("lines", memchr::memchr_iter(b'\n', decoded.text.as_bytes()).count(), MOST_LINES)?;
    let document = text::read(Source::new(path, decoded.text, decoded.encoding), vocabulary);
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
    within("headings", document.blocks.iter().filter(is_heading).count(), MOST_HEADINGS)?;
    let cells = document.tables.iter().map(|table| table.cells.len()).sum();
    within("cells", cells, MOST_CELLS)?;
    Ok(document)
}

/// The most lines of a file that are read. A report has some hundreds.
pub const MOST_LINES: usize = 100_000;
/// The most headings.
pub const MOST_HEADINGS: usize = 5_000;
/// The most cells of all tables together.
pub const MOST_CELLS: usize = 100_000;

fn within(what: &'static str, count: usize, limit: usize) -> Result<(), ReadError> {
    if count > limit { Err(ReadError::Limit { what, limit }) } else { Ok(()) }
}

/// Reads a text that is already decoded, such as an example of a rule.
pub fn read_text(path: &str, text: &str, vocabulary: &Vocabulary) -> Document {
    text::read(Source::new(path, text.to_owned(), "UTF-8"), vocabulary)
}
