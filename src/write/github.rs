//! GitHub's annotations: workflow commands on standard output, the ten that matter first.
//!
//! GitHub shows ten annotations of a step and drops the rest in silence, so the rest is counted
//! here. The whole list is for the job summary.

use super::gravest::{Gravest, Row};
use super::item::{Kind, items};
use super::terminal::figures;
use super::{Style, Writer};
use crate::finding::{Entry, Level, Summary};
use std::io::{self, Write};

/// As many annotations as GitHub shows.
const SHOWN: usize = 10;

/// Keeps the gravest lines and writes them at the end.
pub(super) struct Github<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
    gravest: Gravest,
}

impl<'w> Github<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self { style, out, gravest: Gravest::new(SHOWN) }
    }
}

impl Writer for Github<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        for item in items(entry, &self.style) {
            self.gravest.add(&item, self.style.lang);
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let lang = self.style.lang;
        let doubts = self.style.fail_on_unassessed;
        let annotated = |kind| match kind {
            Kind::Failed | Kind::Finding(_) | Kind::Preview => true,
            Kind::Unassessed => doubts,
            Kind::Waived | Kind::Skipped => false,
        };
        let rows = self.gravest.first(annotated);
        for row in &rows {
            writeln!(self.out, "{}", command(row))?;
        }
        let rest = self.gravest.count(annotated) - rows.len();
        let mut counts = figures(summary, 0, &Style { show_unassessed: true, ..self.style });
        if rest > 0 {
            let zh = format!("；另有 {rest} 处没有在此标注");
            let en = format!("; {rest} more without an annotation");
            counts.push_str(lang.pick(&zh, &en));
        }
        // A plain line, not an annotation: it must not take the place of one.
        writeln!(self.out, "{}", one_line(&counts))?;
        self.out.flush()
    }
}

/// `::error file=…,line=…,title=…::message`.
fn command(row: &Row) -> String {
    let word = match row.kind {
        Kind::Failed | Kind::Finding(Level::Error) => "error",
        Kind::Unassessed if row.fails => "error",
        Kind::Finding(Level::Warning) => "warning",
        _ => "notice",
    };
    let mut properties = Vec::new();
    if !row.file.is_empty() {
        let path = row.file.replace('\\', "/");
        properties.push(format!("file={}", property(path.strip_prefix("./").unwrap_or(&path))));
    }
    if let Some([line, column, end_line, end_column]) = row.at {
        properties.push(format!("line={line},endLine={end_line}"));
        // GitHub takes columns only for a place on one line, and its end is the last character.
        if line == end_line {
            let last = end_column.saturating_sub(1).max(column);
            properties.push(format!("col={column},endColumn={last}"));
        }
    }
    properties.push(format!("title={}", property(&format!("{} [{}]", row.title, row.rule))));
    let text = [row.message.as_str(), &row.details].join("\n");
    format!("::{word} {}::{}", properties.join(","), data(text.trim_end()))
}

/// A message: nothing in it ends the command or begins another.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, in which `:` and `,` have a meaning too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_leave_its_command() {
        let row = Row {
            kind: Kind::Finding(Level::Error),
            fails: true,
            file: "年报/a,b:c.txt".into(),
            at: Some([3, 4, 3, 6]),
            rule: "common/percentage".into(),
            title: "占比".into(),
            message: "6.9%\r\n::error::x".into(),
            details: String::new(),
        };
        let want = "::error file=年报/a%2Cb%3Ac.txt,line=3,endLine=3,col=4,endColumn=5,\
                    title=占比 [common/percentage]::6.9%25%0D%0A::error::x";
        assert_eq!(command(&row), want);
    }
}
