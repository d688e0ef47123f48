//! `gouji baseline`: records what is found today, so that only what is new is reported.

use super::args::{FileArgs, ReportArgs};
use super::compare::CompareArgs;
use super::entries::Judging;
use super::fix::FixArgs;
use super::gate::GateArgs;
use super::run::inputs;
use super::screen::Screen;
use super::{DONE, FAILED, Trouble, atomic, complain, linter};
use crate::config::BASELINE;
use crate::finding::{Entry, Words};
use crate::gate::Baseline;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// 把现有的问题记入基线 / Record the findings of today as the baseline
#[derive(Clone, Debug, Args)]
pub(super) struct Record {
    /// 文件、文件夹或通配符 / Files, folders, patterns
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// 基线文件；不写则用配置写明的，或配置旁的 gouji-baseline.json / The baseline; else the configured one, or gouji-baseline.json beside the configuration
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// 只从基线里删去已经消失的问题，不加新的 / Only take away what is gone, add nothing
    #[arg(long)]
    prune: bool,
    #[command(flatten)]
    report: ReportArgs,
    #[command(flatten)]
    files: FileArgs,
    #[command(flatten)]
    compare: CompareArgs,
    /// 豁免文件；被豁免的问题不记入基线 / The waivers: what is waived is not recorded
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
}

impl Record {
    pub(super) fn settle(&mut self) -> Result<(), Trouble> {
        self.report.settle(&self.paths, Some(&self.files))?;
        self.files.settle(self.report.config.found());
        Ok(())
    }

    pub(super) fn report(&self) -> &ReportArgs {
        &self.report
    }

    pub(super) fn run(&self, screen: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let linter = linter(&self.report, screen)?;
        let gate =
            GateArgs { no_baseline: true, waivers: self.waivers.clone(), ..GateArgs::default() };
        let gate = gate.gate(&self.report, &linter)?;
        let file = self.file();
        let old = match file.exists() {
            true => Some(Baseline::read(&file).map_err(Trouble::Words)?),
            false => None,
        };
        if self.prune && old.is_none() {
            return Err(Trouble::Words(nothing_to_prune(&file)));
        }
        let found = inputs(&self.paths, &self.files, Some("."), screen.lang())?;
        let roster = self.compare.roster(screen.lang())?;
        let mut now = Baseline::empty(&file);
        let mut failures = String::new();
        let judging = Judging {
            linter: &linter,
            gate: &gate,
            files: &self.files,
            compare: &self.compare,
            fix: FixArgs::default(),
        };
        judging.entries(found, roster, &mut |judged| {
            match judged.entry {
                Entry::Failed { path, code, message } => {
                    let message = message.to(screen.lang());
                    failures.push_str(&format!("failed[{code}] {path}: {message}\n"));
                }
                entry => now.record(&entry),
            }
            Ok(())
        })?;
        if !failures.is_empty() {
            complain(&failures);
            complain(screen.lang().pick(
                "error: 有文件没有检查完，基线没有改动\n",
                "error: not every file could be checked; the baseline is unchanged\n",
            ));
            return Ok(FAILED);
        }
        let whole = !self.compare.no_compare && self.files.are_all(&self.paths, now.root());
        let new = match (&old, self.prune) {
            (Some(old), true) => now.prune(old, whole),
            (Some(old), false) => {
                now.keep_unread(old, whole);
                now
            }
            (None, _) => now,
        };
        atomic::replace(&file, new.text().as_bytes())
            .map_err(|error| Trouble::Words(unwritten(&file, &error)))?;
        let ((findings, reports), shown) = (new.counts(), super::settings::shown(&file));
        let before = old.map_or(0, |old| old.counts().0);
        let zh = format!(
            "{}：{reports} 个文件，{findings} 个问题（原有 {before} 个）\n",
            shown.display()
        );
        let en = format!(
            "{}: {findings} findings in {reports} files ({before} before)\n",
            shown.display()
        );
        out.write_all(screen.lang().pick(&zh, &en).as_bytes())?;
        out.flush()?;
        Ok(DONE)
    }

    fn file(&self) -> PathBuf {
        let config = self.report.config.found();
        let configured = config.and_then(|config| Some(config.baseline.as_ref()?.value.clone()));
        let beside = config.map(|config| config.root.join(BASELINE));
        let named = self.file.clone().or(configured).or(beside);
        named.unwrap_or_else(|| PathBuf::from(BASELINE))
    }
}

fn nothing_to_prune(file: &std::path::Path) -> Words {
    Words {
        zh: format!("没有基线 {}，无从删减；先用 gouji baseline 建立", file.display()),
        en: format!(
            "there is no baseline {} to prune; make it with gouji baseline",
            file.display()
        ),
    }
}

fn unwritten(file: &std::path::Path, error: &std::io::Error) -> Words {
    Words {
        zh: format!("无法写入 {}：{error}", file.display()),
        en: format!("cannot write {}: {error}", file.display()),
    }
}
