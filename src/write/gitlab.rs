//! GitLab's code quality report: one JSON array, an object per issue.

use super::item::{Item, Kind, items};
use super::{Style, Writer};
use crate::finding::{Entry, Level, Summary};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes one array.
pub(super) struct Gitlab<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
    begun: bool,
}

impl<'w> Gitlab<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self { style, out, begun: false }
    }

    fn issue(&self, item: &Item<'_>) -> Value {
        let lang = self.style.lang;
        let text = item.located(lang);
        let description = match item.kind {
            Kind::Finding(_) => text.into_owned(),
            kind => format!("[{}] {text}", kind.word(lang)),
        };
        let end = item.place.filter(|_| !item.extracted).map_or(1, |place| place.end.line);
        // GitLab wants paths as git has them, and shows the issue at no place otherwise.
        let path = item.file.replace('\\', "/");
        json!({
            "type": "issue",
            "check_name": item.rule,
            "description": description,
            "content": {"body": item.details(usize::MAX, lang)},
            "categories": ["Style"],
            "severity": severity(item.kind),
            "fingerprint": fingerprint(item),
            "location": {
                "path": path.strip_prefix("./").unwrap_or(&path),
                "lines": {"begin": item.line(), "end": end.max(item.line())},
            },
        })
    }
}

impl Writer for Gitlab<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        for item in items(entry, &self.style) {
            let issue = self.issue(&item);
            self.out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
            self.begun = true;
            serde_json::to_writer(&mut self.out, &issue)?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        self.out.flush()
    }
}

fn severity(kind: Kind) -> &'static str {
    match kind {
        Kind::Failed => "blocker",
        Kind::Finding(Level::Error) => "critical",
        Kind::Finding(Level::Warning) => "major",
        Kind::Finding(Level::Info) => "minor",
        Kind::Preview | Kind::Waived | Kind::Unassessed | Kind::Skipped => "info",
    }
}

/// GitLab shows one issue of each fingerprint, so the file is part of it; lines are not, or every
/// edit above would make old issues new.
fn fingerprint(item: &Item<'_>) -> String {
    let own = match (item.finding, item.place) {
        (Some(finding), _) => [finding.fingerprint.as_str(), "", ""],
        (None, Some(place)) => [place.path.as_str(), &place.text, &item.message],
        (None, None) => [""; 3],
    };
    let parts = [item.file, item.kind.code(), &item.rule].into_iter().chain(own);
    // FNV-1a: Rust's own hashers do not promise to stay the same.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.flat_map(|part| part.bytes().chain([0xff])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}
