//! The decoded text of one file, and whether it is the file or was taken out of it.

use super::{Lines, Origin, Position, Span};
use std::sync::OnceLock;

/// One input text with its name.
#[derive(Debug)]
pub struct Source {
    /// The path as the user gave it; shown in findings.
    pub path: String,
    /// The text as it is read and shown: the decoded file, UTF-8 without BOM, line ends as in the
    /// file; or what was extracted from it.
    pub text: String,
    /// The encoding it was decoded from, by its WHATWG name (`UTF-8`, `GB18030`, …).
    pub encoding: &'static str,
    /// Whether `text` was extracted from a container (docx, pdf) rather than being the file.
    pub extracted: bool,
    /// For a web page, whose `text` is what a reader sees of it: the file, and the way there.
    /// Places count in the file.
    pub origin: Option<Origin>,
    lines: OnceLock<Lines>,
    file_lines: OnceLock<Lines>,
}

impl Source {
    /// A source whose text is the file itself.
    pub fn new(path: impl Into<String>, text: String, encoding: &'static str) -> Self {
        Self {
            path: path.into(),
            text,
            encoding,
            extracted: false,
            origin: None,
            lines: OnceLock::new(),
            file_lines: OnceLock::new(),
        }
    }

    /// The text at `span`.
    pub fn slice(&self, span: Span) -> &str {
        super::piece(&self.text, span.start as usize, span.end as usize)
    }

    /// The text of the file, by which places count: of a web page with its tags.
    pub fn file_text(&self) -> &str {
        self.origin.as_ref().map_or(&self.text, |origin| &origin.text)
    }

    /// The line index, built on first use: a report without findings never needs it.
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }

    /// Where `span` of the text stands in the file, by which places count. Of a text that was
    /// extracted from a container there is no such place: the span stays as it is.
    pub fn in_file(&self, span: Span) -> Span {
        self.origin.as_ref().map_or(span, |origin| origin.in_file(span))
    }

    /// Where `span` of the file stands in the text: the way back of [`Self::in_file`].
    pub fn in_text(&self, span: Span) -> Span {
        self.origin.as_ref().map_or(span, |origin| origin.extracted(span, self.text.len()))
    }

    /// Whether `span` of the file holds the very text that was read there, so that it may be
    /// replaced.
    pub fn is_verbatim(&self, span: Span) -> bool {
        let same = |origin: &Origin| {
            let written = super::piece(&origin.text, span.start as usize, span.end as usize);
            written == self.slice(self.in_text(span))
        };
        !self.extracted && self.origin.as_ref().is_none_or(same)
    }

    /// Line and columns of byte `offset` of the file.
    pub fn position(&self, offset: u32) -> Position {
        let Some(origin) = &self.origin else {
            return self.lines().position(&self.text, offset as usize);
        };
        let lines = self.file_lines.get_or_init(|| Lines::new(&origin.text));
        lines.position(&origin.text, offset as usize)
    }
}
