//! The decoded text of one file, and whether it is the file or was taken out of it.

use super::{Lines, Position, Span};
use std::sync::OnceLock;

/// One input text with its name.
#[derive(Debug)]
pub struct Source {
    /// The path as the user gave it; shown in findings.
    pub path: String,
    /// The decoded text, UTF-8 without BOM, line ends as in the file.
    pub text: String,
    /// The encoding it was decoded from, by its WHATWG name (`UTF-8`, `GB18030`, …).
    pub encoding: &'static str,
    /// Whether `text` was extracted from a container (docx, pdf) rather than being the file.
    pub extracted: bool,
    lines: OnceLock<Lines>,
}

impl Source {
    /// A source whose text is the file itself.
    pub fn new(path: impl Into<String>, text: String, encoding: &'static str) -> Self {
        Self { path: path.into(), text, encoding, extracted: false, lines: OnceLock::new() }
    }

    /// The text at `span`.
    pub fn slice(&self, span: Span) -> &str {
        super::piece(&self.text, span.start as usize, span.end as usize)
    }

    /// The line index, built on first use: a report without findings never needs it.
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.text))
    }

    /// Line and columns of byte `offset`.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset as usize)
    }
}
