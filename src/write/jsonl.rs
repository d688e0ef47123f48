//! One JSON object a line, each report as it is finished, the summary last.

use super::json::{Counts, Leftover, Report, compared};
use super::{Style, Writer};
use crate::finding::{Compared, Entry, Summary};
use serde::Serialize;
use std::io::{self, Write};

/// Writes one line per entry.
pub(super) struct Jsonl<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
}

impl<'w> Jsonl<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self { style, out }
    }

    fn line(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}

impl Writer for Jsonl<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        match entry {
            Entry::Report(report) => self.line(&Report::of(report, self.style.min_level)),
            Entry::Compared(comparison) => {
                let word = match comparison.kind {
                    Compared::Years => "pair",
                    Compared::Alike => "alike",
                    Compared::Roster => "roster",
                };
                let shown = compared(comparison, self.style.min_level);
                self.line(&std::collections::BTreeMap::from([(word, shown)]))
            }
            Entry::Skipped { path, code, reason } => {
                let skipped = Leftover::skipped(path, code, reason, self.style.lang);
                self.line(&serde_json::json!({"skipped": skipped}))
            }
            Entry::Failed { path, code, message } => {
                let error = Leftover::failed(path, code, message, self.style.lang);
                self.line(&serde_json::json!({"error": error}))
            }
        }
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        #[derive(Serialize)]
        struct Last {
            summary: Counts,
        }
        self.line(&Last { summary: Counts::of(summary) })
    }
}
