//! Checkstyle's XML, which many editors and CI servers read.

use super::item::{Kind, items};
use super::{Style, Writer, xml};
use crate::finding::{Entry, Level, Summary};
use std::io::{self, Write};

/// Writes one `<file>` per input that there is something to say of.
pub(super) struct Checkstyle<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
    begun: bool,
}

impl<'w> Checkstyle<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self { style, out, begun: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        self.out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        // The version is that of the format.
        self.out.write_all(b"<checkstyle version=\"4.3\">\n")
    }
}

impl Writer for Checkstyle<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.begin()?;
        let mut open = None;
        for item in items(entry, &self.style) {
            if open != Some(item.file) {
                if open.is_some() {
                    xml::close(&mut self.out, 2, "file")?;
                }
                xml::open(&mut self.out, 2, "file", &[("name", name(item.file))])?;
                open = Some(item.file);
            }
            let (line, column) = (item.line().to_string(), item.place.map(|p| p.start.column));
            let column = column.filter(|_| !item.extracted).map(|column| column.to_string());
            let word = item.kind.word(self.style.lang);
            let message = match item.kind {
                Kind::Finding(_) => item.located(self.style.lang).into_owned(),
                _ => format!("[{word}] {}", item.located(self.style.lang)),
            };
            let source = format!("gouji.{}", item.rule.replace('/', "."));
            let mut attributes = vec![("line", line.as_str())];
            attributes.extend(column.as_deref().map(|column| ("column", column)));
            attributes.extend([("severity", severity(item.kind)), ("message", &message)]);
            attributes.push(("source", &source));
            xml::empty(&mut self.out, 4, "error", &attributes)?;
        }
        if open.is_some() {
            xml::close(&mut self.out, 2, "file")?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.begin()?;
        self.out.write_all(b"</checkstyle>\n")?;
        self.out.flush()
    }
}

/// A failure of the whole run has no file.
fn name(file: &str) -> &str {
    if file.is_empty() { "gouji" } else { file }
}

fn severity(kind: Kind) -> &'static str {
    match kind {
        Kind::Failed | Kind::Finding(Level::Error) => "error",
        Kind::Finding(Level::Warning) => "warning",
        _ => "info",
    }
}
