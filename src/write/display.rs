//! The text made for one frame, as miette wants it.
//!
//! miette prints whole lines and counts columns in bytes. So it is given only the lines needed,
//! each already cut to windows around its marks, by a source that knows the true line numbers and
//! the true column, in characters, for the header.

use super::frame::Look;
use crate::finding::Level;
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::ops::Range;

/// The text made for one frame.
#[derive(Debug, Default)]
pub(super) struct Display {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) first_line: usize,
    pub(super) labels: Vec<Label>,
}

#[derive(Debug)]
pub(super) struct Label {
    pub(super) at: Range<usize>,
    pub(super) words: String,
    pub(super) primary: bool,
    pub(super) line: u32,
    pub(super) column: u32,
}

impl Display {
    /// The frame as it stands on the terminal, with line and column in its header if `numbered`.
    pub(super) fn draw(&self, numbered: bool, look: &Look) -> String {
        let mut out = String::new();
        if handler(self, numbered, look).render_report(&mut out, self).is_err() {
            return String::new();
        }
        // The first line is miette's own message, which is empty here.
        out.lines().skip(1).map(|line| format!("{}\n", line.trim_end())).collect()
    }
}

fn handler(display: &Display, numbered: bool, look: &Look) -> GraphicalReportHandler {
    let mut styles = if look.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    if look.color {
        let primary = match look.level {
            Level::Error => styles.error.bold(),
            Level::Warning => styles.warning.bold(),
            Level::Info => styles.advice.bold(),
        };
        let other = styles.highlights.last().copied().unwrap_or_default();
        styles.highlights = display
            .labels
            .iter()
            .map(|label| if label.primary { primary } else { other })
            .collect();
    }
    let characters =
        if look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_context_lines(1)
        .without_syntax_highlighting()
        .with_width(look.width.max(20));
    if numbered { handler } else { handler.without_primary_span_start() }
}

impl SourceCode for Display {
    /// Always the whole display text; where miette asks for the header (no context), with the
    /// true line and column.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_before: usize,
        _context_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let spot = self.labels.iter().find(|label| label.at.start == span.offset());
        let (line, column) = match spot {
            Some(label) if context_before == 0 => {
                (label.line.saturating_sub(1) as usize, label.column.saturating_sub(1) as usize)
            }
            _ => (self.first_line, 0),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            SourceSpan::from((0, self.text.len())),
            line,
            column,
            self.text.matches('\n').count(),
        )))
    }
}

impl std::fmt::Display for Display {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Display {}

impl Diagnostic for Display {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = |label: &Label| {
            let words = (!label.words.is_empty()).then(|| label.words.clone());
            let at = SourceSpan::from((label.at.start, label.at.len()));
            match label.primary {
                true => LabeledSpan::new_primary_with_span(words, at),
                false => LabeledSpan::new_with_span(words, at),
            }
        };
        Some(Box::new(self.labels.iter().map(span)))
    }
}
