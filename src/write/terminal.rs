//! For people: each finding with frames around its places, then what could not be done, then one
//! line of figures.

use super::card::{doubt, finding, headline, note, paint};
use super::wrap::{hang, tidy};
use super::{Style, Writer};
use crate::finding::{Assessment, Entry, Finding, Lang, Level, Summary, Unassessed};
use crate::text::Source;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Up to so many skipped files are named.
const NAMED: usize = 10;

/// Writes to a terminal.
pub(super) struct Terminal<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
    /// Whether something stands above, so that a blank line is due.
    begun: bool,
    /// Findings below the least level shown.
    hidden: usize,
    /// The first skipped files with the reasons.
    skipped: Vec<(String, String)>,
    /// What could not be done, drawn.
    failed: Vec<String>,
    /// Notes on reports of which nothing is shown: the first of these reports and how many there are.
    /// A note that a pack was not in force must not be missing where nothing was found.
    silent: BTreeMap<String, (String, usize)>,
}

impl<'w> Terminal<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self {
            style,
            out,
            begun: false,
            hidden: 0,
            skipped: Vec::new(),
            failed: Vec::new(),
            silent: BTreeMap::new(),
        }
    }

    fn block(&mut self, text: &str) -> io::Result<()> {
        if self.begun {
            self.out.write_all(b"\n")?;
        }
        self.begun = true;
        self.out.write_all(text.as_bytes())
    }

    /// Findings with their places in `sources`, the first of which is the report itself; whether
    /// anything was shown.
    fn judged(
        &mut self,
        sources: &[&Source],
        findings: &[Finding],
        unassessed: &[Unassessed],
    ) -> io::Result<bool> {
        let mut shown = false;
        for one in findings.iter().filter(|one| one.waived.is_none()) {
            if one.level > self.style.min_level {
                self.hidden += 1;
                continue;
            }
            shown = true;
            self.block(&finding(sources, one, &self.style))?;
        }
        if self.style.show_unassessed {
            for one in unassessed {
                shown = true;
                self.block(&doubt(sources, one, &self.style))?;
            }
        }
        Ok(shown)
    }

    fn notes(&mut self, name: &str, notes: &[String]) -> io::Result<()> {
        if notes.is_empty() {
            return Ok(());
        }
        let notes = format!("{}\n{}", tidy(name), notes.join("\n"));
        self.block(&note(self.style.lang.pick("附注", "note"), &notes, &self.style))
    }

    fn skipped_block(&self, all: usize) -> Option<String> {
        if all == 0 || all > NAMED {
            return None;
        }
        let word = self.style.lang.pick("跳过", "skipped");
        let line = |(path, reason): &(String, String)| {
            let text = format!("{}{}{reason}", tidy(path), self.style.lang.pick("：", ": "));
            hang(&format!("{word} "), &text, self.style.width).join("\n") + "\n"
        };
        Some(self.skipped.iter().map(line).collect())
    }
}

impl Writer for Terminal<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        match entry {
            Entry::Report(report) => {
                for block in changed(report, &self.style) {
                    self.block(&block)?;
                }
                let source = &report.source;
                let (findings, unassessed) = (&report.findings, &report.unassessed);
                if self.judged(&[source], findings, unassessed)? {
                    self.notes(&source.path, &report.notes)?;
                } else {
                    for note in &report.notes {
                        let first = || (source.path.clone(), 0);
                        self.silent.entry(note.clone()).or_insert_with(first).1 += 1;
                    }
                }
            }
            Entry::Compared(comparison) => {
                let sources: Vec<&Source> = comparison.sources.iter().collect();
                let (findings, unassessed) = (&comparison.findings, &comparison.unassessed);
                let paths = comparison.paths.join(", ");
                self.judged(&sources, findings, unassessed)?;
                self.notes(&paths, &comparison.notes)?;
            }
            Entry::Skipped { path, reason, .. } => {
                if self.skipped.len() <= NAMED {
                    let reason = reason.to(self.style.lang).to_owned();
                    self.skipped.push((path.clone(), reason));
                }
            }
            Entry::Failed { path, code, message } => {
                let tag = format!("failed[{code}]");
                let message = message.to(self.style.lang);
                let colon = self.style.lang.pick("：", ": ");
                let text = match path.as_str() {
                    "" => message.to_owned(),
                    path => format!("{path}{colon}{message}"),
                };
                self.failed.push(headline(&tag, &text, Level::Error, &self.style));
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        for (note, (first, reports)) in std::mem::take(&mut self.silent) {
            let name = match (reports, self.style.lang) {
                (1, _) => first,
                (n, Lang::Zh) => format!("{first} 等 {n} 份报告"),
                (n, Lang::En) => format!("{first} and {} more", n - 1),
            };
            self.notes(&name, &[note])?;
        }
        if let Some(skipped) = self.skipped_block(summary.skipped) {
            self.block(&skipped)?;
        }
        if !self.failed.is_empty() {
            let failed = self.failed.concat();
            self.block(&failed)?;
        }
        let line = figures(summary, self.hidden, &self.style);
        let lines = hang("", &line, self.style.width);
        let bold = lines.iter().map(|line| paint(&self.style, "1", line) + "\n");
        let text: String = bold.collect();
        self.block(&text)?;
        self.out.flush()
    }
}

/// What was mended in a file, and what of its baseline is gone.
fn changed(report: &Assessment, style: &Style) -> Vec<String> {
    let path = tidy(&report.source.path);
    let mut blocks = Vec::new();
    let mut add = |word: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let lines = lines.iter().map(|line| hang("  ", &tidy(line), style.width).join("\n"));
            let head = hang(&format!("{word} "), &path, style.width).join("\n");
            blocks.push(format!("{head}\n{}\n", lines.collect::<Vec<_>>().join("\n")));
        }
    };
    let fixed = report.fixed.iter().map(|fixed| format!("{} {}", fixed.rule, fixed.message));
    add(style.lang.pick("已修改", "fixed"), fixed.collect());
    let gone = report.gone.iter().map(|gone| {
        let at = if gone.place.is_empty() { "" } else { " › " };
        format!("{} {}{at}“{}”", gone.rule, gone.place, gone.text)
    });
    add(style.lang.pick("基线中的问题已消失", "gone from the baseline"), gone.collect());
    blocks
}

/// `检查报告 5 份：错误 3，提醒 9，提示 20；无法判定 2（--show-unassessed 可查看）；跳过 1`.
pub(super) fn figures(summary: &Summary, hidden: usize, style: &Style) -> String {
    match style.lang {
        Lang::Zh => figures_zh(summary, hidden, style.show_unassessed),
        Lang::En => figures_en(summary, hidden, style.show_unassessed),
    }
}

fn figures_zh(summary: &Summary, hidden: usize, unassessed_shown: bool) -> String {
    let found = [
        ("错误", summary.error),
        ("提醒", summary.warning),
        ("提示", summary.info),
        ("试行", summary.preview),
    ];
    let found: Vec<String> = counted(&found).map(|(word, n)| format!("{word} {n}")).collect();
    let mut text = match (summary.reports, found.is_empty()) {
        (0, _) => "没有检查任何报告".to_owned(),
        (n, true) => format!("检查报告 {n} 份：未发现问题"),
        (n, false) => format!("检查报告 {n} 份：{}", found.join("，")),
    };
    if hidden > 0 {
        text.push_str(&format!("（其中 {hidden} 处低于 --min-level，未列出）"));
    }
    if summary.unassessed > 0 {
        text.push_str(&format!("；无法判定 {}", summary.unassessed));
        text.push_str(if unassessed_shown { "" } else { "（--show-unassessed 可查看）" });
    }
    let rest = [
        ("已修改", summary.fixed),
        ("已豁免", summary.waived),
        ("基线已有", summary.known),
        ("基线中已消失", summary.gone),
        ("跳过", summary.skipped),
        ("未能完成", summary.errors),
    ];
    for (word, n) in counted(&rest) {
        text.push_str(&format!("；{word} {n}"));
    }
    text
}

fn figures_en(summary: &Summary, hidden: usize, unassessed_shown: bool) -> String {
    let many = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let found = [
        ("error", summary.error),
        ("warning", summary.warning),
        ("info", summary.info),
        ("preview", summary.preview),
    ];
    let found: Vec<String> = counted(&found).map(|(word, n)| many(n, word)).collect();
    let mut text = match (summary.reports, found.is_empty()) {
        (0, _) => "no report was checked".to_owned(),
        (n, true) => format!("{} checked: nothing found", many(n, "report")),
        (n, false) => format!("{} checked: {}", many(n, "report"), found.join(", ")),
    };
    if hidden > 0 {
        text.push_str(&format!(" ({hidden} below --min-level not listed)"));
    }
    if summary.unassessed > 0 {
        text.push_str(&format!("; {} unassessed", summary.unassessed));
        text.push_str(if unassessed_shown { "" } else { " (see --show-unassessed)" });
    }
    let rest = [
        ("fixed", summary.fixed),
        ("waived", summary.waived),
        ("in the baseline", summary.known),
        ("gone from the baseline", summary.gone),
        ("skipped", summary.skipped),
        ("failed", summary.errors),
    ];
    for (word, n) in counted(&rest) {
        text.push_str(&format!("; {n} {word}"));
    }
    text
}

fn counted<'a>(counts: &'a [(&'a str, usize)]) -> impl Iterator<Item = (&'a str, usize)> {
    counts.iter().copied().filter(|(_, n)| *n > 0)
}
