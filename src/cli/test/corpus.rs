//! Packs tried out on real reports: how often each rule finds something, and in what share of the
//! files, so that an author sees the noise before anyone else does.

use super::super::args::{FileArgs, ReportArgs};
use super::super::compare::CompareArgs;
use super::super::entries::Judging;
use super::super::fix::FixArgs;
use super::super::run::inputs;
use super::{DONE, FAILED, Screen, Trouble, linter};
use crate::finding::{Assessment, Entry};
use crate::gate::Gate;
use crate::write::{Style, hanging};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

/// What was found in all files.
#[derive(Debug, Default)]
struct Counts {
    reports: usize,
    /// Files that could not be judged, with the reason.
    failed: Vec<(String, String)>,
    /// By `pack/rule`.
    rules: BTreeMap<String, Count>,
}

#[derive(Debug, Default)]
struct Count {
    level: &'static str,
    preview: bool,
    findings: usize,
    files: usize,
    unassessed: usize,
    /// The first finding, to have a look at.
    first: Option<String>,
}

pub(super) fn run(
    paths: &[PathBuf],
    args: &ReportArgs,
    tested: &[String],
    as_json: bool,
    screen: &Screen,
    mut out: Box<dyn Write + '_>,
) -> Result<u8, Trouble> {
    let mut args = args.clone();
    // A pack that must be asked for is asked for by being tested.
    args.pack.extend(tested.iter().cloned());
    if args.select.is_empty() {
        args.select = tested.to_vec();
    }
    let linter = linter(&args, screen)?;
    let mut counts = Counts::default();
    for rule in linter.rules() {
        if tested.contains(&rule.pack) && !rule.off {
            let name = format!("{}/{}", rule.pack, rule.id);
            let count = Count { level: rule.gravest, preview: rule.preview, ..Count::default() };
            counts.rules.insert(name, count);
        }
    }
    let files = FileArgs::default();
    let gate = Gate::open(linter.options().as_of);
    let compare = CompareArgs { no_compare: true, ..CompareArgs::default() };
    let judging = Judging {
        linter: &linter,
        gate: &gate,
        files: &files,
        compare: &compare,
        fix: FixArgs::default(),
    };
    let found = inputs(paths, &files, None, screen.lang())?;
    judging.entries(found, None, &mut |judged| {
        match judged.entry {
            Entry::Report(report) => counts.add(&report),
            Entry::Failed { path, message, .. } => {
                counts.failed.push((path, message.to(screen.lang()).to_owned()));
            }
            Entry::Skipped { .. } | Entry::Compared(_) => {}
        }
        Ok(())
    })?;
    let text = if as_json { counts.json() } else { counts.told(&screen.style()) };
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(if counts.reports == 0 { FAILED } else { DONE })
}

impl Counts {
    fn add(&mut self, report: &Assessment) {
        self.reports += 1;
        let mut hit = BTreeSet::new();
        for finding in &report.findings {
            let name = format!("{}/{}", finding.pack, finding.rule);
            let count = self.rules.entry(name.clone()).or_default();
            count.findings += 1;
            count.files += usize::from(hit.insert(name));
            count.first.get_or_insert_with(|| {
                let (path, at) = (&report.source.path, finding.place.span.range().start);
                let line = report.source.lines().line_of(at) + 1;
                format!("{path}:{line} {}", finding.message)
            });
        }
        for unassessed in &report.unassessed {
            let name = format!("{}/{}", unassessed.pack, unassessed.rule);
            self.rules.entry(name).or_default().unassessed += 1;
        }
    }

    /// Rules by the share of files they hit, the noisiest first.
    fn sorted(&self) -> Vec<(&String, &Count)> {
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.sort_by_key(|(name, count)| (usize::MAX - count.files, *name));
        rules
    }

    fn share(&self, count: &Count) -> f64 {
        count.files as f64 / self.reports.max(1) as f64
    }

    fn json(&self) -> String {
        let rule = |(name, count): (&String, &Count)| {
            json!({
                "rule": name, "level": count.level, "preview": count.preview,
                "findings": count.findings, "files": count.files, "share": self.share(count),
                "unassessed": count.unassessed, "first": count.first,
            })
        };
        let failed = self.failed.iter().map(|(path, why)| json!({"path": path, "message": why}));
        let value = json!({
            "version": 1,
            "tool": {"name": "gouji", "version": env!("CARGO_PKG_VERSION")},
            "reports": self.reports,
            "failed": failed.collect::<Vec<_>>(),
            "rules": self.sorted().into_iter().map(rule).collect::<Vec<_>>(),
        });
        format!("{value}\n")
    }

    fn told(&self, style: &Style) -> String {
        let mut out = String::new();
        let (zh, en) = (" 占比    文件    问题  规则", "share   files   found  rule");
        out.push_str(&hanging("", style.lang.pick(zh, en), style));
        let (hit, silent): (Vec<_>, Vec<_>) =
            self.sorted().into_iter().partition(|(_, count)| count.findings > 0);
        for (name, count) in hit {
            let trial = match count.preview {
                true => style.lang.pick("（试行）", " (preview)"),
                false => "",
            };
            let share = self.share(count) * 100.0;
            let head = format!("{share:5.1}% {:>6} {:>7}  ", count.files, count.findings);
            out.push_str(&hanging(&head, &format!("{name} {}{trial}", count.level), style));
            if let Some(first) = &count.first {
                out.push_str(&hanging("                        ", first, style));
            }
        }
        let silent: Vec<&str> = silent.iter().map(|(name, _)| name.as_str()).collect();
        if !silent.is_empty() {
            let head = style.lang.pick("没有查出问题的规则：", "rules that found nothing: ");
            out.push_str(&hanging(head, &silent.join(style.lang.pick("、", ", ")), style));
        }
        for (path, why) in &self.failed {
            let head = style.lang.pick("未能检查 ", "not judged: ");
            out.push_str(&hanging(head, &format!("{path}: {why}"), style));
        }
        let zh = format!("报告 {} 份，未能检查 {} 份", self.reports, self.failed.len());
        let en = format!("{} reports, {} not judged", self.reports, self.failed.len());
        out.push_str(&hanging("", style.lang.pick(&zh, &en), style));
        out
    }
}
