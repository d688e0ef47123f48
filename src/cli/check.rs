//! `gouji check`: the main job.

use super::args::{FileArgs, ReportArgs, format};
use super::output::{Output, Outputs, output};
use super::run::{each, inputs};
use super::screen::Screen;
use super::{DONE, FAILED, FOUND, Trouble, linter};
use crate::finding::{Entry, Level, Summary, Verdict, Words};
use crate::write::{Format, Style};
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::{Path, PathBuf};

/// 检查年度报告 / Check annual reports
#[derive(Debug, Args)]
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
    report: ReportArgs,
    #[command(flatten)]
    files: FileArgs,
    /// 退出码 1 的最低级别 / Least level that makes the exit code 1
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_on: FailOn,
    /// 有无法判定的事项时退出码为 1 / Exit code 1 if anything could not be judged
    #[arg(long)]
    fail_on_unassessed: bool,
    /// 没有找到年报不算错误 / It is no error if no report is found
    #[arg(long)]
    allow_empty: bool,
    /// 显示的最低级别 / Least level shown
    #[arg(long, value_name = "LEVEL", default_value = "info", value_parser = level())]
    min_level: Level,
    /// 显示无法判定的事项 / Show what could not be judged
    #[arg(long)]
    show_unassessed: bool,
}

/// The least level that fails a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Info => Some(Level::Info),
            Self::Never => None,
        }
    }
}

fn level() -> impl clap::builder::TypedValueParser<Value = Level> {
    super::args::one_of(&["error", "warning", "info"], Level::from_word)
}

impl Check {
    pub(super) fn run(&self, screen: &Screen, out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let linter = linter(&self.report, screen)?;
        let mut inputs = inputs(&self.paths, &self.files, Some("."), screen.lang())?;
        let style = Style {
            show_unassessed: self.show_unassessed,
            min_level: self.min_level,
            fail_on: self.fail_on.level(),
            fail_on_unassessed: self.fail_on_unassessed,
            ..screen.style()
        };
        let packs = |name: &str| linter.about(name);
        let mut outputs = Outputs::new(self.format, &self.output, style, &packs, out)?;
        inputs.retain(|input| input.named || !outputs.writes(Path::new(&input.path)));
        let mut summary = Summary::default();
        // A failure of the linter takes the way of every failure.
        let judge = |path: &str, bytes: &[u8]| match linter.check(path, bytes) {
            failed @ Entry::Failed { .. } => Err(failed),
            entry => Ok(entry),
        };
        each(inputs, &self.files, &judge, |result| {
            let entry = result.unwrap_or_else(|entry| entry);
            summary.add(&entry);
            outputs.entry(&entry)
        })?;
        if summary.reports + summary.errors == 0 && !self.allow_empty {
            let entry = no_report();
            summary.add(&entry);
            outputs.entry(&entry)?;
        }
        outputs.finish(&summary, screen.lang())?;
        Ok(exit_code(summary.verdict(self.fail_on.level(), self.fail_on_unassessed)))
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
        exit_code(summary.verdict(check.fail_on.level(), check.fail_on_unassessed))
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
