//! Markdown, for a job summary or a comment: the verdict, the gravest findings, the reports.

use super::gravest::{Gravest, Row};
use super::item::{Kind, items};
use super::terminal::figures;
use super::{Style, Writer};
use crate::finding::{Entry, Summary, Verdict};
use std::io::{self, Write};

/// The most rows of one kind: GitHub refuses a summary over 1 MiB, and nobody reads it.
const ROWS: usize = 200;
/// The most characters of a cell.
const CELL: usize = 400;

/// Keeps the gravest lines and writes them at the end.
pub(super) struct Markdown<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
    gravest: Gravest,
}

impl<'w> Markdown<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self { style, out, gravest: Gravest::new(ROWS) }
    }

    /// The rows of one kind as a table, long ones folded away.
    fn table(&mut self, kind: Kind) -> io::Result<()> {
        let lang = self.style.lang;
        let (rows, all) = (self.gravest.first(|k| k == kind), self.gravest.count(|k| k == kind));
        if rows.is_empty() {
            return Ok(());
        }
        let word = kind.word(lang);
        let open = rows.iter().any(|row| row.fails) || kind == Kind::Failed;
        match open {
            true => writeln!(self.out, "\n### {word} {all}\n")?,
            false => writeln!(self.out, "\n<details><summary>{word} {all}</summary>\n")?,
        }
        let head = lang.pick("位置 | 问题 | 规则", "place | finding | rule");
        writeln!(self.out, "| {head} |\n| --- | --- | --- |")?;
        for row in &rows {
            let at = row.at.map_or(String::new(), |[line, column, ..]| format!(":{line}:{column}"));
            let place = format!("{}{at}", row.file);
            let place = if place.is_empty() { "—".to_owned() } else { cell(&place) };
            writeln!(self.out, "| {place} | {} | `{}` |", said(row), cell(&row.rule))?;
        }
        if all > rows.len() {
            let rest = all - rows.len();
            let zh = format!("……另有 {rest} 处");
            let en = format!("… and {rest} more");
            writeln!(self.out, "\n{}", lang.pick(&zh, &en))?;
        }
        if !open {
            writeln!(self.out, "\n</details>")?;
        }
        Ok(())
    }
}

impl Writer for Markdown<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        for item in items(entry, &self.style) {
            self.gravest.add(&item, self.style.lang);
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let lang = self.style.lang;
        let (mark, word) = match self.style.verdict(summary) {
            Verdict::Done => ("✅", lang.pick("通过", "passed")),
            Verdict::Found => ("❌", lang.pick("未通过", "findings")),
            Verdict::Failed => {
                ("⛔", lang.pick("检查未能完成", "the check could not be completed"))
            }
        };
        writeln!(self.out, "{}", super::MARK)?;
        let title = lang.pick("政府信息公开工作年度报告检查", "Check of annual reports");
        writeln!(self.out, "## {mark} {title}{}{word}\n", lang.pick("：", ": "))?;
        let counts = figures(summary, 0, &Style { show_unassessed: true, ..self.style });
        writeln!(self.out, "{}", cell(&counts))?;
        for kind in Kind::ALL {
            self.table(kind)?;
        }
        let version = env!("CARGO_PKG_VERSION");
        writeln!(self.out, "\n<sub>gouji {version}</sub>")?;
        self.out.flush()
    }
}

fn said(row: &Row) -> String {
    match row.kind {
        Kind::Failed | Kind::Skipped => cell(&row.message),
        _ => format!("**{}**<br>{}", cell(&row.title), cell(&row.message)),
    }
}

/// Text that is nothing but text inside a table.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == CELL {
            out.push('…');
            break;
        }
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '@' => out.extend(['\\', c]),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_one_cell_of_plain_text() {
        assert_eq!(cell("a|b\n<img> `x` **y**"), "a\\|b &lt;img&gt; \\`x\\` \\*\\*y\\*\\*");
        assert_eq!(cell(&"长".repeat(500)).chars().count(), CELL + 1);
    }
}
