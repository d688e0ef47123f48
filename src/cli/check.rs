//! `gouji check`: the main job.

use super::args::{FileArgs, ReportArgs, format, one_of};
use super::compare::CompareArgs;
use super::entries::Judging;
use super::fix::{FixArgs, Judged};
use super::gate::GateArgs;
use super::output::{Output, Outputs, output};
use super::run::inputs;
use super::screen::Screen;
use super::settings::open;
use super::watch::watch;
use super::{DONE, FAILED, FOUND, Trouble, complain, linter, told};
use crate::finding::{Entry, FailOn, Level, Summary, Verdict, Words};
use crate::lint::Linter;
use crate::write::{Format, Style};
use clap::Args;
use std::io::{self, IsTerminal as _, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

/// 检查年度报告 / Check annual reports
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "退出码 / exit codes: 0 完成且无 --fail-on 级别的问题 / nothing at --fail-on; 1 有 / findings; 2 未能完成 / could not be done"
)]
pub(super) struct Check {
    /// 文件、文件夹或通配符，- 为标准输入 / Files, folders, patterns, - for standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// 输出格式 / Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = format())]
    format: Format,
    /// 另写入文件，格式=文件（可重复） / Also write to a file, FORMAT=FILE (repeatable)
    #[arg(short, long, value_name = "FORMAT=FILE", value_parser = output)]
    output: Vec<Output>,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    #[command(flatten)]
    pub(super) files: FileArgs,
    #[command(flatten)]
    pub(super) compare: CompareArgs,
    #[command(flatten)]
    pub(super) gate: GateArgs,
    #[command(flatten)]
    fix: FixArgs,
    /// 退出码 1 的最低级别，默认 error / Least level that makes the exit code 1, error by default
    #[arg(long, value_name = "LEVEL", value_parser = one_of(FailOn::WORDS, FailOn::from_word))]
    pub(super) fail_on: Option<FailOn>,
    /// 有无法判定的事项时退出码为 1 / Exit code 1 if anything could not be judged
    #[arg(long)]
    pub(super) fail_on_unassessed: bool,
    /// 没有找到年报不算错误 / It is no error if no report is found
    #[arg(long)]
    pub(super) allow_empty: bool,
    /// 显示的最低级别，默认 info / Least level shown, info by default
    #[arg(long, value_name = "LEVEL", value_parser = one_of(Level::WORDS, Level::from_word))]
    pub(super) min_level: Option<Level>,
    /// 显示无法判定的事项 / Show what could not be judged
    #[arg(long)]
    show_unassessed: bool,
    /// 文件有变化就重新检查，按 Ctrl-C 结束 / Check again whenever a file changes, until Ctrl-C
    #[arg(long)]
    watch: bool,
}

impl Check {
    /// Looks for the configuration and takes from it what the command line leaves open.
    pub(super) fn settle(&mut self) -> Result<(), Trouble> {
        self.report.settle(&self.paths, Some(&self.files))?;
        let config = self.report.config.found().cloned();
        self.files.settle(config.as_ref());
        let Some(config) = config else { return Ok(()) };
        let is_set = |set: &Option<crate::config::Set<bool>>| set.as_ref().is_some_and(|s| s.value);
        open(&mut self.fail_on, config.fail_on.as_ref());
        open(&mut self.min_level, config.min_level.as_ref());
        self.fail_on_unassessed |= is_set(&config.fail_on_unassessed);
        self.allow_empty |= is_set(&config.allow_empty);
        Ok(())
    }

    pub(super) fn run(&self, screen: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        self.sound()?;
        if !self.watch {
            // The process ends with the run: freeing the rules one by one would only take time.
            let linter = ManuallyDrop::new(linter(&self.report, screen)?);
            return self.once(&linter, screen, &mut out);
        }
        let config = self.report.config.found().map(AsRef::as_ref);
        let cache = self.report.cache.place(config);
        let root = config.map(|config| config.root.clone());
        let paths: Vec<PathBuf> = self.paths.iter().cloned().chain(root).collect();
        watch(&paths, cache.as_deref(), || {
            if io::stdout().is_terminal() {
                out.write_all(b"\x1b[2J\x1b[H")?;
            }
            // The configuration and the packs may be what was changed.
            let mut again = self.clone();
            let done = again
                .settle()
                .and_then(|()| again.once(&linter(&again.report, screen)?, screen, &mut out));
            if let Err(trouble) = done {
                complain(&told(&trouble, screen));
            }
            Ok(())
        })
    }

    /// Options that are right one by one and not together.
    fn sound(&self) -> Result<(), Trouble> {
        let stdin = self.paths.iter().any(|path| path.as_os_str() == "-")
            || self.files.files_from.as_ref().is_some_and(|list| list.as_os_str() == "-");
        let words = |zh: &str, en: &str| {
            Err(Trouble::Words(Words { zh: zh.to_owned(), en: en.to_owned() }))
        };
        if self.watch && stdin {
            return words("--watch 不能用于标准输入", "--watch cannot be used with standard input");
        }
        if self.fix.writes() && self.paths.iter().any(|path| path.as_os_str() == "-") {
            let en = "--fix cannot write standard input back; show the changes with --diff";
            return words("--fix 不能写回标准输入；可用 --diff 查看怎样修改", en);
        }
        if self.fix.diff && (self.format != Format::Terminal || !self.output.is_empty()) {
            return words(
                "--diff 输出的是补丁，不能和 --format、--output 一起用",
                "--diff prints a patch and cannot be used with --format or --output",
            );
        }
        if self.files.changed.is_some() && self.compare.expect.is_some() {
            let en = "--expect needs all reports and cannot be used with --changed";
            return words("--expect 要看全部报告，不能和 --changed 一起用", en);
        }
        Ok(())
    }

    fn once(&self, linter: &Linter, screen: &Screen, out: &mut dyn Write) -> Result<u8, Trouble> {
        let lang = screen.lang();
        let roster = self.compare.roster(lang)?;
        let gate = self.gate.gate(&self.report, linter)?;
        let mut found = inputs(&self.paths, &self.files, Some("."), lang)?;
        let style = Style {
            show_unassessed: self.show_unassessed,
            min_level: self.min_level.unwrap_or(Level::Info),
            fail_on: self.least(),
            fail_on_unassessed: self.fail_on_unassessed,
            ..screen.style()
        };
        // A patch alone goes to standard output, so that it can be applied; the rest is told aside.
        let (mut patch, told): (_, Box<dyn Write + '_>) = match self.fix.diff {
            true => (Some(out), Box::new(io::stderr())),
            false => (None, Box::new(out)),
        };
        let packs = |name: &str| linter.about(name);
        let mut outputs = Outputs::new(self.format, &self.output, style, &packs, told)?;
        found.inputs.retain(|input| input.named || !outputs.writes(Path::new(&input.path)));
        let mut summary = Summary::default();
        let judging = Judging {
            linter,
            gate: &gate,
            files: &self.files,
            compare: &self.compare,
            fix: self.fix,
        };
        judging.entries(found, roster, &mut |Judged { entry, diff }| {
            summary.add(&entry);
            match (&mut patch, &entry) {
                (Some(patch), Entry::Report(_)) => patch.write_all(diff.as_bytes()),
                _ => outputs.entry(&entry),
            }
        })?;
        let leftovers = gate.leftovers(self.files.are_all(&self.paths, &gate.root), lang);
        let empty = summary.reports + summary.errors == 0;
        let none = empty && !self.allow_empty && self.files.changed.is_none();
        for entry in leftovers.into_iter().chain(none.then(no_report)) {
            summary.add(&entry);
            outputs.entry(&entry)?;
        }
        outputs.finish(&summary, lang)?;
        if let Some(patch) = &mut patch {
            patch.flush()?;
        }
        Ok(exit_code(summary.verdict(self.least(), self.fail_on_unassessed)))
    }

    /// The least level that fails the run.
    fn least(&self) -> Option<Level> {
        self.fail_on.unwrap_or_default().level()
    }
}

fn exit_code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Done => DONE,
        Verdict::Found => FOUND,
        Verdict::Failed => FAILED,
    }
}

fn no_report() -> Entry {
    Entry::Failed {
        path: String::new(),
        code: "no-report",
        message: Words {
            zh: "没有找到年度报告；请核对路径，确实没有时加 --allow-empty".into(),
            en: "no annual report was found; check the path, or allow it with --allow-empty".into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        check: Check,
    }

    fn code(arguments: &[&str], summary: Summary) -> u8 {
        let line = ["gouji"].iter().chain(arguments);
        let check = Line::parse_from(line).check;
        exit_code(summary.verdict(check.least(), check.fail_on_unassessed))
    }

    #[test]
    fn exit_codes_are_fixed() {
        let counts =
            Summary { reports: 1, warning: 1, unassessed: 1, preview: 3, ..Summary::default() };
        assert_eq!(code(&[], counts), 0);
        assert_eq!(code(&["--fail-on", "warning"], counts), 1);
        assert_eq!(code(&["--fail-on-unassessed"], counts), 1);
        assert_eq!(code(&["--fail-on", "never"], Summary { error: 1, ..counts }), 0);
        assert_eq!(code(&[], Summary { error: 1, ..counts }), 1);
        assert_eq!(code(&["--fail-on", "never"], Summary { errors: 1, ..counts }), 2);
    }
}
