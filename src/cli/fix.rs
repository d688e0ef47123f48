//! `gouji check --fix`: mends files, or shows how they would be mended.

use super::atomic;
use super::discover::{Input, Origin, unreadable};
use crate::finding::{Assessment, Entry, Fixed, Lang, Level, Words};
use crate::fix::mend;
use clap::Args;
use std::io;
use std::path::Path;

/// After so many rounds a fix that brings about another is given up.
const ROUNDS: usize = 10;

/// Whether and how files are mended.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct FixArgs {
    /// 修改文件：只用确定无误的修改（文字、标点） / Mend files by certain fixes (wording, punctuation)
    #[arg(long)]
    pub(super) fix: bool,
    /// 修改文件：连同仅供参考的修改；表格里的数字从不修改 / Mend files by suggested fixes too; never figures in tables
    #[arg(long)]
    pub(super) unsafe_fixes: bool,
    /// 只显示会怎样修改，不写文件 / Show how files would be mended, write nothing
    #[arg(long)]
    pub(super) diff: bool,
}

/// What became of one input.
#[derive(Debug)]
pub(super) struct Judged {
    /// As it stands after the fixes, or as it is if they are only shown.
    pub(super) entry: Entry,
    /// How it would be mended.
    pub(super) diff: String,
}

impl Judged {
    /// Nothing was mended.
    pub(super) fn of(entry: Entry) -> Self {
        Self { entry, diff: String::new() }
    }
}

/// A file as one stage of mending leaves it.
struct Stage {
    bytes: Vec<u8>,
    text: String,
    entry: Entry,
    fixed: Vec<Fixed>,
}

impl FixArgs {
    /// Whether files are changed.
    pub(super) fn writes(self) -> bool {
        (self.fix || self.unsafe_fixes) && !self.diff
    }

    /// Judges `input` by `judge` and mends it as far as is asked.
    pub(super) fn settle(
        self,
        input: &Input,
        bytes: &[u8],
        lang: Lang,
        judge: &dyn Fn(&[u8]) -> Entry,
    ) -> Judged {
        let entry = judge(bytes);
        let Entry::Report(report) = &entry else { return Judged::of(entry) };
        if !(self.fix || self.unsafe_fixes || self.diff) {
            return Judged::of(entry);
        }
        match self.stages(report, bytes, judge) {
            Err(words) => Judged::of(noted(entry, &words, lang)),
            Ok(stages) if self.diff => {
                let diff = diff(report, &stages, lang);
                Judged { entry, diff }
            }
            Ok(stages) => Judged::of(self.written(input, bytes, entry, stages)),
        }
    }

    /// The file after the certain fixes, and after those that are suggested: what there is of them.
    fn stages(
        self,
        report: &Assessment,
        bytes: &[u8],
        judge: &dyn Fn(&[u8]) -> Entry,
    ) -> Result<Vec<(bool, Stage)>, Words> {
        let mut stages: Vec<(bool, Stage)> = Vec::new();
        for suggested in [false, true] {
            if suggested && !(self.unsafe_fixes || self.diff) {
                break;
            }
            let (from, before) = match stages.last() {
                Some((_, stage)) => match &stage.entry {
                    Entry::Report(report) => (report.as_ref(), stage.bytes.as_slice()),
                    _ => break,
                },
                None => (report, bytes),
            };
            if let Some(stage) = rounds(from, before, suggested, judge)? {
                stages.push((suggested, stage));
            }
        }
        Ok(stages)
    }

    fn written(
        self,
        input: &Input,
        bytes: &[u8],
        entry: Entry,
        stages: Vec<(bool, Stage)>,
    ) -> Entry {
        let mut fixed = Vec::new();
        let mut last = None;
        for (_, stage) in stages {
            fixed.extend(stage.fixed);
            last = Some((stage.bytes, stage.entry));
        }
        let Some((new, mut mended)) = last else { return entry };
        let Origin::File(path) = &input.from else { return entry };
        if let Err(error) = replace(path, bytes, &new) {
            return input.failed("not-written", not_written(&error));
        }
        if let Entry::Report(report) = &mut mended {
            report.fixed = fixed;
        }
        mended
    }
}

/// Mends until nothing is left to mend.
fn rounds(
    report: &Assessment,
    bytes: &[u8],
    suggested: bool,
    judge: &dyn Fn(&[u8]) -> Entry,
) -> Result<Option<Stage>, Words> {
    let mut stage: Option<Stage> = None;
    for _ in 0..ROUNDS {
        let (from, before) = match &stage {
            None => (report, bytes),
            Some(stage) => match &stage.entry {
                Entry::Report(report) => (report.as_ref(), stage.bytes.as_slice()),
                _ => return Err(worse()),
            },
        };
        let Some(mended) = mend(before, from, suggested)? else { return Ok(stage) };
        let entry = judge(&mended.bytes);
        let Entry::Report(after) = &entry else { return Err(worse()) };
        if after.year != report.year || errors(after) > errors(report) {
            return Err(worse());
        }
        let mut fixed = stage.take().map(|stage| stage.fixed).unwrap_or_default();
        fixed.extend(mended.fixed);
        stage = Some(Stage { bytes: mended.bytes, text: mended.text, entry, fixed });
    }
    Err(Words {
        zh: format!("修改 {ROUNDS} 遍之后还有可改的，没有写入；请报告给规则的作者"),
        en: format!(
            "after {ROUNDS} rounds there was still something to mend, so nothing was written; tell the author of the rule"
        ),
    })
}

fn errors(report: &Assessment) -> usize {
    report.findings.iter().filter(|finding| finding.level == Level::Error).count()
}

fn worse() -> Words {
    Words {
        zh: "修改后反而多出错误，没有写入".to_owned(),
        en: "the changed file would have more errors, so nothing was written".to_owned(),
    }
}

fn noted(mut entry: Entry, words: &Words, lang: Lang) -> Entry {
    if let Entry::Report(report) = &mut entry {
        report.notes.push(words.to(lang).to_owned());
    }
    entry
}

/// Writes the new bytes, unless somebody changed the file in the meantime.
fn replace(path: &Path, old: &[u8], new: &[u8]) -> io::Result<()> {
    if std::fs::read(path)? != old {
        return Err(io::Error::other("changed by another program"));
    }
    atomic::replace(path, new)
}

fn not_written(error: &io::Error) -> Words {
    let why = unreadable(error);
    let reason = |text: &str, cut: &str| text.strip_prefix(cut).unwrap_or(text).to_owned();
    Words {
        zh: format!("无法写回修改：{}", reason(&why.zh, "无法读取：")),
        en: format!("cannot write the changes: {}", reason(&why.en, "cannot be read: ")),
    }
}

/// The changes as a patch, the certain ones first, those that are suggested after a remark.
fn diff(report: &Assessment, stages: &[(bool, Stage)], lang: Lang) -> String {
    let path = report.source.path.replace('\\', "/");
    let mut out = String::new();
    let mut before = report.source.file_text();
    for (suggested, stage) in stages {
        let word = match suggested {
            false => lang.pick("确定无误的修改（--fix）", "certain fixes (--fix)"),
            true => {
                lang.pick("仅供参考的修改（--unsafe-fixes）", "suggested fixes (--unsafe-fixes)")
            }
        };
        out.push_str(&format!("# {path}: {word}\n"));
        for fixed in &stage.fixed {
            out.push_str(&format!("#   {} {}\n", fixed.rule, fixed.message.replace('\n', " ")));
        }
        let patch = similar::TextDiff::from_lines(before, &stage.text);
        let (old, new) = (format!("a/{path}"), format!("b/{path}"));
        out.push_str(&patch.unified_diff().context_radius(1).header(&old, &new).to_string());
        before = &stage.text;
    }
    out
}
