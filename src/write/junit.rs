//! JUnit's XML: a suite per report, a case per finding; what makes the run fail, fails there too.

use super::item::{Item, Kind, items};
use super::{Style, Writer, xml};
use crate::finding::{Entry, Summary};
use std::io::{self, Write};

/// Writes one `<testsuite>` per input.
pub(super) struct Junit<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
    begun: bool,
}

/// What a case tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It makes the run fail.
    Failure,
    /// The job could not be done.
    Error,
    /// Nothing was judged, or it need not be mended.
    Skipped,
    /// It is reported and does not count.
    Told,
}

impl<'w> Junit<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self { style, out, begun: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        self.out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        xml::open(&mut self.out, 0, "testsuites", &[("name", env!("CARGO_PKG_NAME"))])
    }

    fn case(&mut self, item: &Item<'_>) -> io::Result<()> {
        let lang = self.style.lang;
        let at = item.place.map_or(String::new(), |place| match item.extracted {
            true => format!(" {}", place.path),
            false => format!(" {}:{}", place.start.line, place.start.column),
        });
        let title = item.finding.map_or(item.kind.word(lang), |finding| &finding.title);
        let name = format!("{title}{at}");
        let attributes = [("name", name.as_str()), ("classname", &item.rule)];
        let message = item.message.as_ref();
        let kind = [("type", item.kind.code()), ("message", message)];
        let mut text = format!("{}{at}\n{message}", item.file);
        let details = item.details(usize::MAX, lang);
        if !details.is_empty() {
            text.push('\n');
            text.push_str(&details);
        }
        xml::open(&mut self.out, 4, "testcase", &attributes)?;
        match outcome(item) {
            Outcome::Failure => xml::text(&mut self.out, 6, "failure", &kind, &text)?,
            Outcome::Error => xml::text(&mut self.out, 6, "error", &kind, &text)?,
            Outcome::Skipped => xml::text(&mut self.out, 6, "skipped", &kind[1..], &text)?,
            Outcome::Told => {
                let text = format!("[{}] {text}", item.kind.word(lang));
                xml::text(&mut self.out, 6, "system-out", &[], &text)?;
            }
        }
        xml::close(&mut self.out, 4, "testcase")
    }
}

impl Writer for Junit<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.begin()?;
        let (name, items) = (suite(entry), items(entry, &self.style));
        let count = |wanted| items.iter().filter(|item| outcome(item) == wanted).count();
        let (failures, errors) = (count(Outcome::Failure), count(Outcome::Error));
        let skipped = count(Outcome::Skipped);
        let attributes = [
            ("name", name),
            ("tests", &items.len().max(1).to_string()),
            ("failures", &failures.to_string()),
            ("errors", &errors.to_string()),
            ("skipped", &skipped.to_string()),
        ];
        xml::open(&mut self.out, 2, "testsuite", &attributes)?;
        if items.is_empty() {
            let title = self.style.lang.pick("未发现问题", "nothing found");
            xml::empty(&mut self.out, 4, "testcase", &[("name", title), ("classname", "gouji")])?;
        }
        for item in &items {
            self.case(item)?;
        }
        xml::close(&mut self.out, 2, "testsuite")
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.begin()?;
        xml::close(&mut self.out, 0, "testsuites")?;
        self.out.flush()
    }
}

fn suite(entry: &Entry) -> &str {
    let path = match entry {
        Entry::Report(report) => report.source.path.as_str(),
        Entry::Compared(comparison) => comparison.paths.last().map_or("", String::as_str),
        Entry::Skipped { path, .. } | Entry::Failed { path, .. } => path,
    };
    if path.is_empty() { env!("CARGO_PKG_NAME") } else { path }
}

fn outcome(item: &Item<'_>) -> Outcome {
    match item.kind {
        Kind::Failed => Outcome::Error,
        _ if item.fails => Outcome::Failure,
        Kind::Waived | Kind::Unassessed | Kind::Skipped => Outcome::Skipped,
        Kind::Finding(_) | Kind::Preview => Outcome::Told,
    }
}
