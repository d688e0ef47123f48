//! One page that needs nothing else: findings in their context, filters, charts; for the screen
//! and for paper.

mod card;
mod chart;
mod context;

use super::item::Kind;
use super::terminal::figures;
use super::{MARK, Style, Writer};
use crate::finding::{Assessment, Comparison, Entry, Finding, Level, Summary, Unassessed, Verdict};
use crate::text::Source;
use chart::{Tally, chart};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;
use std::io::{self, Read as _, Seek as _, Write};
use tempfile::SpooledTempFile;

/// So many bytes of cards are kept in memory; what goes beyond waits in a file of the system.
const MEMORY: usize = 16 << 20;

/// Writes the cards as they come to a place of their own, and the page around them at the end.
pub(super) struct Html<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
    cards: SpooledTempFile,
    quoted: card::Quoted,
    /// What the rules are called that something was told of.
    titles: BTreeMap<String, String>,
    rules: BTreeMap<String, Tally>,
    organs: BTreeMap<String, Tally>,
    clean: Vec<Markup>,
    failed: Vec<Markup>,
    skipped: Vec<Markup>,
}

impl<'w> Html<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self {
            style,
            out,
            cards: SpooledTempFile::new(MEMORY),
            quoted: card::Quoted::default(),
            titles: BTreeMap::new(),
            rules: BTreeMap::new(),
            organs: BTreeMap::new(),
            clean: Vec::new(),
            failed: Vec::new(),
            skipped: Vec::new(),
        }
    }

    fn report(&mut self, report: &Assessment) -> io::Result<()> {
        let lang = self.style.lang;
        let path = &report.source.path;
        let organ = report.organ.as_deref().unwrap_or_default();
        let year = report.year.map(|year| year.to_string());
        let about = html! {
            h2 { @if organ.is_empty() { (path) } @else { (organ) } }
            @if let Some(year) = &year { span class="year" { (year) (lang.pick(" 年度", "")) } }
            @if !organ.is_empty() { span class="file" { (path) } }
        };
        if report.findings.is_empty() && report.unassessed.is_empty() {
            self.clean.push(html! { li { (about) } });
            return Ok(());
        }
        self.tally(organ, path, &report.findings);
        let sources = std::slice::from_ref(&report.source);
        let notes = html! {
            @for note in &report.notes { p class="note" { (note) } }
            @if report.known > 0 {
                p class="note" { (lang.pick("基线已有、未列出：", "In the baseline, not listed: ")) (report.known) }
            }
        };
        let cards = self.cards(&report.findings, &report.unassessed, sources);
        self.section(path, "", &about, &cards, &notes)
    }

    fn compared(&mut self, comparison: &Comparison) -> io::Result<()> {
        if comparison.findings.is_empty() && comparison.unassessed.is_empty() {
            return Ok(());
        }
        let lang = self.style.lang;
        let paths = comparison.paths.join(lang.pick("、", ", "));
        let organ = comparison.organs.first().map_or("", String::as_str);
        let years: Vec<String> = comparison.years.iter().map(i16::to_string).collect();
        let about = html! {
            h2 { (comparison.organs.iter().take(3).cloned().collect::<Vec<_>>().join(lang.pick("、", ", "))) }
            span class="year" { (years.join(lang.pick(" 与 ", " and "))) (lang.pick(" 年度", "")) }
            span class="file" { (paths) }
        };
        self.tally(organ, &paths, &comparison.findings);
        let sources = &comparison.sources;
        let cards = self.cards(&comparison.findings, &comparison.unassessed, sources);
        let notes = html! { @for note in &comparison.notes { p class="note" { (note) } } };
        self.section(&paths, if organ.is_empty() { &paths } else { organ }, &about, &cards, &notes)
    }

    fn cards(
        &mut self,
        findings: &[Finding],
        doubts: &[Unassessed],
        sources: &[Source],
    ) -> Vec<Markup> {
        let lang = self.style.lang;
        let mut cards = Vec::new();
        for finding in findings.iter().filter(|finding| finding.level <= self.style.min_level) {
            let rule = format!("{}/{}", finding.pack, finding.rule);
            self.titles.insert(rule, finding.title.clone());
            cards.push(card::finding(finding, sources, &mut self.quoted, lang));
        }
        for doubt in doubts {
            self.titles.entry(format!("{}/{}", doubt.pack, doubt.rule)).or_default();
            cards.push(card::doubt(doubt, sources, lang));
        }
        cards
    }

    /// Writes the cards of one file, or of several: of these `organ` is what they are counted as,
    /// else the heading tells it.
    fn section(
        &mut self,
        path: &str,
        organ: &str,
        about: &Markup,
        cards: &[Markup],
        notes: &Markup,
    ) -> io::Result<()> {
        let section = html! {
            section class="report" data-file=(path) data-organ=[Some(organ).filter(|organ| !organ.is_empty())] {
                header { (about) }
                @for card in cards { (card) }
                (notes)
            }
        };
        self.cards.write_all(section.into_string().as_bytes())?;
        self.cards.write_all(b"\n")
    }

    fn tally(&mut self, organ: &str, path: &str, findings: &[Finding]) {
        for finding in findings.iter().filter(|finding| finding.level <= self.style.min_level) {
            let kind = Kind::of(finding).code();
            let Some(index) = chart::KINDS.iter().position(|known| *known == kind) else {
                continue;
            };
            let rule = format!("{}/{}", finding.pack, finding.rule);
            let tally = self.rules.entry(rule).or_default();
            tally.name.clone_from(&finding.title);
            tally.counts[index] += 1;
            let organ = if organ.is_empty() { path } else { organ };
            self.organs.entry(organ.to_owned()).or_default().counts[index] += 1;
        }
    }

    fn top(&self, summary: &Summary) -> Markup {
        let lang = self.style.lang;
        let verdict = self.style.verdict(summary);
        let (class, word) = match verdict {
            Verdict::Done => ("done", lang.pick("通过", "Passed")),
            Verdict::Found => ("found", lang.pick("未通过", "Not passed")),
            Verdict::Failed => ("failed", lang.pick("检查未能完成", "Not completed")),
        };
        let counts = figures(summary, 0, &Style { show_unassessed: true, ..self.style });
        html! {
            header class="top" {
                p class="brand" { (lang.pick("勾稽 gouji · 年报检查", "gouji · check of annual reports")) }
                h1 {
                    (lang.pick("政府信息公开年报检查结果", "Annual reports: what was found"))
                    span class={"verdict " (class)} { (word) }
                }
                p class="counts" { (counts) }
            }
            @if !self.failed.is_empty() {
                section class="failed" {
                    h2 { (lang.pick("未能完成", "Could not be done")) }
                    ul { @for one in &self.failed { (one) } }
                }
            }
            div class="tiles" role="group" aria-label=(lang.pick("按级别筛选", "Filter by level")) {
                @for (kind, count) in tiles(summary) {
                    button type="button" class={"tile " (kind.code())} data-kind=(kind.code()) disabled[count == 0] {
                        b { (count) } span { (kind.word(lang)) }
                    }
                }
            }
            div class="charts" {
                (chart(lang.pick("各规则的问题数", "Findings by rule"), "rule", &self.rules, lang))
                (chart(lang.pick("各机关的问题数", "Findings by organ"), "organ", &self.organs, lang))
            }
            form class="tools" {
                input type="search" name="q" placeholder=(lang.pick("搜索问题、原文、机关", "Search")) aria-label=(lang.pick("搜索", "Search"));
                select name="rule" aria-label=(lang.pick("规则", "Rule")) {
                    option value="" { (lang.pick("全部规则", "All rules")) }
                    @for (rule, title) in &self.titles {
                        option value=(rule) { @if !title.is_empty() { (title) " · " } (rule) }
                    }
                }
                select name="file" aria-label=(lang.pick("文件", "File")) { option value="" { (lang.pick("全部文件", "All files")) } }
                button type="reset" { (lang.pick("清除筛选", "Clear")) }
                output data-shown=(lang.pick("显示 {} / {} 处", "{} of {} shown")) {}
            }
        }
    }

    fn bottom(&self) -> Markup {
        let lang = self.style.lang;
        let list = |class: &str, zh, en, items: &[Markup]| {
            html! {
                @if !items.is_empty() {
                    details class=(class) {
                        summary { (lang.pick(zh, en)) " " (items.len()) }
                        ul { @for item in items { (item) } }
                    }
                }
            }
        };
        html! {
            p class="nothing" hidden { (lang.pick("没有符合筛选条件的问题", "Nothing matches the filters")) }
            (list("clean", "未发现问题的报告", "Reports without findings", &self.clean))
            (list("skipped", "跳过的文件", "Skipped files", &self.skipped))
            footer {
                "gouji " (env!("CARGO_PKG_VERSION")) " · " (jiff::Zoned::now().date())
                p { (lang.pick(
                    "级别：错误为违反当年规定或数字确有矛盾；提醒为应予核实；提示为格式与惯例。",
                    "Levels: an error breaks a rule in force or contradicts itself; a warning should be looked at; info is form and convention.",
                )) }
            }
        }
    }
}

impl Writer for Html<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let lang = self.style.lang;
        let leftover = |path: &str, code: &str, words: &str| {
            html! {
                li {
                    @if !path.is_empty() { span class="file" { (path) } }
                    span { (words) } code { (code) }
                }
            }
        };
        match entry {
            Entry::Report(report) => self.report(report)?,
            Entry::Compared(comparison) => self.compared(comparison)?,
            Entry::Skipped { path, code, reason } => {
                self.skipped.push(leftover(path, code, reason.to(lang)));
            }
            Entry::Failed { path, code, message } => {
                self.failed.push(leftover(path, code, message.to(lang)));
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let head = html! {
            (DOCTYPE)
            (PreEscaped(MARK))
            (PreEscaped(format!("<html lang=\"{}\">", self.style.lang.pick("zh-CN", "en"))))
            head {
                meta charset="utf-8";
                // Nothing is fetched, whatever stands in a report.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("gouji ", env!("CARGO_PKG_VERSION")));
                title { (self.style.lang.pick("年报检查结果", "Annual reports: what was found")) }
                style { (PreEscaped(include_str!("page.css"))) }
            }
        };
        self.out.write_all(head.into_string().as_bytes())?;
        self.out.write_all(b"\n<body><main>\n")?;
        self.out.write_all(self.top(summary).into_string().as_bytes())?;
        self.cards.rewind()?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match self.cards.read(&mut buffer)? {
                0 => break,
                read => self.out.write_all(buffer.get(..read).unwrap_or_default())?,
            }
        }
        self.out.write_all(self.bottom().into_string().as_bytes())?;
        let script = html! { script { (PreEscaped(include_str!("page.js"))) } };
        writeln!(self.out, "</main>\n{}</body></html>", script.into_string())?;
        self.out.flush()
    }
}

/// The numbers at the top, by which findings are filtered.
fn tiles(summary: &Summary) -> Vec<(Kind, usize)> {
    let tiles = [
        (Kind::Finding(Level::Error), summary.error),
        (Kind::Finding(Level::Warning), summary.warning),
        (Kind::Finding(Level::Info), summary.info),
        (Kind::Preview, summary.preview),
        (Kind::Waived, summary.waived),
        (Kind::Unassessed, summary.unassessed),
    ];
    let always = |kind: &Kind| matches!(kind, Kind::Finding(_));
    tiles.into_iter().filter(|(kind, count)| *count > 0 || always(kind)).collect()
}
