//! Options about what a repository already knows: waivers and the baseline.

use super::settings::{known_names, no_such};
use super::{Trouble, args::ReportArgs};
use crate::config::{WAIVERS, absolute};
use crate::gate::{Baseline, Gate, Waivers};
use crate::lint::Linter;
use crate::rule::PackFault;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What findings are compared with before they count.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct GateArgs {
    /// 与基线比较，只报新的问题 / Compare with a baseline and report only what is new
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    pub(super) baseline: Option<PathBuf>,
    /// 不与配置写明的基线比较 / Do not compare with the baseline that the configuration names
    #[arg(long)]
    pub(super) no_baseline: bool,
    /// 豁免文件；不写则用配置旁的 gouji-waivers.toml / The waivers; else gouji-waivers.toml beside the configuration
    #[arg(long, value_name = "FILE", conflicts_with = "no_waivers")]
    pub(super) waivers: Option<PathBuf>,
    /// 不用豁免，全部问题照报 / Use no waivers: report everything
    #[arg(long)]
    pub(super) no_waivers: bool,
}

impl GateArgs {
    /// Reads what is to be compared with.
    ///
    /// # Errors
    /// A baseline or waivers that cannot be read or are wrong.
    pub(super) fn gate(&self, report: &ReportArgs, linter: &Linter) -> Result<Gate, Trouble> {
        let waivers = self.waiver_file(report).map(|file| Waivers::read(&file)).transpose();
        let waivers = waivers.map_err(Trouble::Config)?;
        if let Some(waivers) = &waivers {
            let faults = unknown_rules(waivers, linter);
            if !faults.is_empty() {
                return Err(Trouble::Config(faults));
            }
        }
        let baseline = self.baseline_file(report).map(|file| Baseline::read(&file)).transpose();
        let root = waivers.as_ref().map_or_else(PathBuf::new, |waivers| {
            absolute(Path::new(&waivers.file)).parent().unwrap_or(Path::new("/")).to_owned()
        });
        Ok(Gate {
            root,
            waivers,
            baseline: baseline.map_err(Trouble::Words)?,
            all_rules: report.select.is_empty() && report.ignore.is_empty(),
            as_of: linter.options().as_of,
        })
    }

    fn baseline_file(&self, report: &ReportArgs) -> Option<PathBuf> {
        let configured = || Some(report.config.found()?.baseline.as_ref()?.value.clone());
        match self.no_baseline {
            true => None,
            false => self.baseline.clone().or_else(configured),
        }
    }

    /// The file that is named, else the one beside the configuration if there is one.
    fn waiver_file(&self, report: &ReportArgs) -> Option<PathBuf> {
        let configured = || {
            let config = report.config.found()?;
            let named = config.waivers.as_ref().map(|set| set.value.clone());
            named.or_else(|| Some(config.root.join(WAIVERS)).filter(|file| file.exists()))
        };
        match self.no_waivers {
            true => None,
            false => {
                self.waivers.clone().or_else(configured).map(|file| super::settings::shown(&file))
            }
        }
    }
}

fn unknown_rules(waivers: &Waivers, linter: &Linter) -> Vec<PackFault> {
    let named = waivers.list.iter().filter_map(|waiver| Some((waiver, waiver.rule.as_ref()?)));
    let named: Vec<_> = named.collect();
    if named.is_empty() {
        return Vec::new();
    }
    let known = known_names(linter);
    let unknown = named.into_iter().filter(|(_, rule)| !known.contains(rule));
    unknown
        .map(|(waiver, rule)| PackFault {
            file: waivers.file.clone(),
            source: Arc::clone(&waivers.text),
            at: waiver.at.clone(),
            words: no_such(rule, &known),
        })
        .collect()
}
