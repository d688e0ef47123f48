//! Layer 2: file formats → [`Document`].

mod archive;
mod cache;
mod debris;
mod doc;
mod docx;
mod extract;
mod html;
mod mht;
#[cfg(feature = "pdf")]
mod pdf;
mod sheet;
mod text;
mod words;

use crate::document::{Block, BlockKind, Document, Remark};
use crate::profile::Vocabulary;
use crate::text::{DecodeError, MAX_BYTES, Source, decode};
use archive::Archive;
use encoding_rs::Encoding;
use extract::Extract;

pub use archive::{MOST_PARTS, MOST_UNPACKED};
pub use cache::Cache;
pub use words::{remark, words};

/// What a file is, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Text with the marks of Markdown.
    Markdown,
    /// A web page.
    Html,
    /// A web page saved with its pictures in one file.
    Mht,
    /// A Word file.
    Docx,
    /// A Word 97–2003 file, also as WPS writes it.
    Doc,
    /// PDF.
    Pdf,
    /// An Excel file.
    Xlsx,
    /// An Excel 97–2003 file.
    Xls,
    /// Something that is recognised and not read: its usual name.
    Other(&'static str),
}

impl Format {
    /// The word for it in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Mht => "mht",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Other(word) => word,
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
    /// A file of this format that is damaged, or not what it seems to be.
    #[error("damaged {0}")]
    Damaged(&'static str),
    /// A file that asks for a password.
    #[error("encrypted")]
    Encrypted,
    /// A PDF of pictures.
    #[error("no text")]
    NoText,
    /// A format that is recognised and not read.
    #[error("unsupported format {}", .0.word())]
    Unsupported(Format),
}

/// The format of `bytes`, by content: a `.doc` that is a web page is common.
pub fn detect(bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(4096)];
    if head.starts_with(b"PK\x03\x04") {
        return zipped(bytes);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return ole(bytes);
    }
    if head.starts_with(b"{\\rtf") {
        return Format::Other("rtf");
    }
    if memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some() {
        return Format::Pdf;
    }
    // Tags are ASCII; a page in UTF-16 is told when it lost its NUL bytes.
    let mut head = head.to_ascii_lowercase();
    head.retain(|byte| *byte != 0);
    let start = head.iter().find(|b| b.is_ascii() && !char::from(**b).is_whitespace());
    const TAGS: &[&str] = &[
        "<html",
        "<!doctype html",
        "<head",
        "<body",
        "<table",
        "<div",
        "<p>",
        "<p ",
        "<meta",
        "<title",
        "<span",
        "<h1",
        "<style",
        "<script",
        "<section",
        "<article",
        "<center",
    ];
    let holds = |tag: &&str| memchr::memmem::find(&head, tag.as_bytes()).is_some();
    if start == Some(&b'<') && TAGS.iter().any(holds) {
        return Format::Html;
    }
    if mht::is_message(&head) {
        return Format::Mht;
    }
    if is_markdown(bytes) { Format::Markdown } else { Format::Text }
}

/// What kind of file an archive is.
fn zipped(bytes: &[u8]) -> Format {
    let Ok(mut archive) = Archive::open(bytes) else { return Format::Other("zip") };
    match () {
        () if archive.has("xl/workbook.xml") => Format::Xlsx,
        () if archive.has_under("word/") => Format::Docx,
        () if archive.has("OFD.xml") => Format::Other("ofd"),
        () if archive.has("content.xml") => Format::Other("odt"),
        () if archive.has("_rels/.rels") && docx::main_part(&mut archive).is_ok() => Format::Docx,
        () => Format::Other("zip"),
    }
}

/// What kind of file a compound file is, by the names of its streams.
fn ole(bytes: &[u8]) -> Format {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    match () {
        () if has("EncryptedPackage") => Format::Other("encrypted"),
        () if has("WordDocument") => Format::Doc,
        () if has("Workbook") || has("Book\0") => Format::Xls,
        () => Format::Other("ole"),
    }
}

/// Whether a text has the marks of Markdown: headings with `#`, or the line under a table's head.
fn is_markdown(bytes: &[u8]) -> bool {
    let heading = |line: &[u8]| {
        let rest = line.iter().skip_while(|b| **b == b'#');
        line.starts_with(b"#")
            && rest.clone().next() == Some(&b' ')
            && line.len() - rest.count() <= 6
    };
    let rule = |line: &[u8]| {
        line.starts_with(b"|")
            && line.windows(3).any(|dashes| dashes == b"---")
            && line.iter().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\r'))
    };
    let mut headings = 0;
    bytes.split(|b| *b == b'\n').any(|line| {
        headings += usize::from(heading(line));
        headings > 1 || rule(line)
    })
}

/// Reads `bytes` as a document. `vocabulary` tells what headings and table labels can look like;
/// `cache` saves taking out what was taken out before.
///
/// # Errors
/// Empty input, bytes that are no text in the (detected or forced) encoding, or a format that
/// this version does not read.
pub fn read(
    path: &str,
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
    vocabulary: &Vocabulary,
    cache: Option<&Cache>,
) -> Result<Document, ReadError> {
    if bytes.len() > MAX_FILE {
        return Err(ReadError::Decode(DecodeError::TooLarge { bytes: bytes.len() }));
    }
    let format = detect(bytes);
    let (extract, encoding) = match format {
        Format::Text | Format::Markdown => {
            let decoded = decode(bytes, encoding)?;
            (Extract { text: decoded.text, ..Extract::default() }, decoded.encoding)
        }
        Format::Html => {
            let decoded = decode_page(bytes, encoding)?;
            (html::extract(decoded.text, vocabulary), decoded.encoding)
        }
        Format::Mht => {
            let page = mht::page(bytes).ok_or(ReadError::Damaged("mht"))?;
            let mut extract = html::extract(page, vocabulary);
            // Places in the page are no places in the file.
            extract.origin = None;
            extract.remarks.push(Remark::ExtractedPlaces);
            (extract, UNKNOWN)
        }
        Format::Docx | Format::Doc | Format::Xlsx | Format::Xls | Format::Pdf => {
            let extract = || taken_out(format, bytes, vocabulary);
            let extract = match cache {
                Some(cache) => cache.get(format, bytes, vocabulary, extract),
                None => extract(),
            };
            (extract?, UNKNOWN)
        }
        Format::Other("encrypted") => return Err(ReadError::Encrypted),
        Format::Other("zip") => {
            Archive::open(bytes)?;
            return Err(ReadError::Unsupported(format));
        }
        Format::Other(_) => return Err(ReadError::Unsupported(format)),
    };
    understand(path, format, extract, encoding, vocabulary)
}

/// Takes text and tables out of a file of a format that is more than text: what takes most of the
/// time of reading it.
fn taken_out(format: Format, bytes: &[u8], vocabulary: &Vocabulary) -> Result<Extract, ReadError> {
    match format {
        Format::Docx => docx::extract(&mut Archive::open(bytes)?),
        Format::Doc => doc::extract(bytes),
        Format::Xlsx => {
            Archive::open(bytes)?.within_limits()?;
            sheet::xlsx(bytes)
        }
        Format::Xls => sheet::xls(bytes),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::extract(bytes, vocabulary),
        _ => Err(ReadError::Unsupported(format)),
    }
}

/// Decodes a web page: as told, else as it says itself if that holds, else as any text.
fn decode_page(
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
) -> Result<crate::text::Decoded, DecodeError> {
    let named = if encoding.is_none() { html::charset(bytes) } else { None };
    match named.map(|named| decode(bytes, Some(named))) {
        Some(Ok(decoded)) => Ok(decoded),
        _ => decode(bytes, encoding),
    }
}

/// Reads what was taken out of a file as a report.
fn understand(
    path: &str,
    format: Format,
    extract: Extract,
    encoding: &'static str,
    vocabulary: &Vocabulary,
) -> Result<Document, ReadError> {
    let Extract { text, origin, grids, broken, left_out, mut remarks } = extract;
    remarks.extend((left_out > 0).then_some(Remark::CellsLeftOut(left_out)));
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if text.len() > MAX_BYTES {
        return Err(ReadError::Limit { what: "bytes of text", limit: MAX_BYTES });
    }
    within("lines", memchr::memchr_iter(b'\n', text.as_bytes()).count(), MOST_LINES)?;
    within("cells", grids.iter().map(|grid| grid.cells.len()).sum(), MOST_CELLS)?;
    let mut source = Source::new(path, text, encoding);
    source.extracted = remarks.contains(&Remark::ExtractedPlaces);
    source.origin = origin;
    let mut document = text::read(source, &grids, broken.as_deref(), vocabulary);
    if remarks.contains(&Remark::InferredTables) {
        debris::set_aside(&mut document);
    }
    document.remarks = remarks;
    document.format = format.word();
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
    within("headings", document.blocks.iter().filter(is_heading).count(), MOST_HEADINGS)?;
    let cells = document.tables.iter().map(|table| table.cells.len()).sum();
    within("cells", cells, MOST_CELLS)?;
    Ok(document)
}

/// The largest file that is read, in bytes (64 MiB): a Word file may be full of pictures. Of text
/// and web pages no more than [`MAX_BYTES`] are read.
pub const MAX_FILE: usize = 64 << 20;
/// The encoding of formats that have none of their own choice.
const UNKNOWN: &str = "UTF-8";
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
    text::read(Source::new(path, text.to_owned(), "UTF-8"), &[], None, vocabulary)
}
