//! Layer 6: what a repository already knows of its reports: findings that were waived, findings
//! that are old. The gate is silent about both and exact about what is new.

mod baseline;
mod waivers;

pub use baseline::{Baseline, Recorded};
pub use waivers::{Waiver, Waivers};

use crate::config::below;
use crate::finding::{Comparison, Entry, Finding, Lang};
use std::path::{Path, PathBuf};

/// What findings are compared with before they count.
#[derive(Debug)]
pub struct Gate {
    /// The folder that patterns of the waivers count from.
    pub root: PathBuf,
    /// The waivers.
    pub waivers: Option<Waivers>,
    /// The baseline.
    pub baseline: Option<Baseline>,
    /// Whether all rules are in force, so that what does not occur is gone indeed.
    pub all_rules: bool,
    /// Today: the day that decides what has expired.
    pub as_of: jiff::civil::Date,
}

impl Gate {
    /// A gate that knows nothing: every finding counts.
    pub fn open(as_of: jiff::civil::Date) -> Self {
        Self { root: PathBuf::new(), waivers: None, baseline: None, all_rules: true, as_of }
    }

    /// Marks what is waived and takes out what the baseline knows. May be asked by many threads.
    pub fn apply(&self, entry: &mut Entry) {
        match entry {
            Entry::Report(report) => {
                let path = report.source.path.clone();
                self.waive(&path, &mut report.findings);
                if let Some(baseline) = &self.baseline {
                    let (known, gone) = baseline.compare(&path, &mut report.findings);
                    report.known = known;
                    report.gone = if self.all_rules { gone } else { Vec::new() };
                }
            }
            Entry::Compared(comparison) => self.compared(comparison),
            Entry::Skipped { .. } | Entry::Failed { .. } => {}
        }
    }

    fn compared(&self, comparison: &mut Comparison) {
        for finding in &mut comparison.findings {
            let path = finding.place.file.clone().unwrap_or_default();
            self.waive(&path, std::slice::from_mut(finding));
        }
        if let Some(baseline) = &self.baseline {
            comparison.known = baseline.compare_pairs(&mut comparison.findings);
        }
    }

    fn waive(&self, path: &str, findings: &mut [Finding]) {
        let Some(waivers) = &self.waivers else { return };
        let path = below(&self.root, Path::new(path));
        waivers.apply(path.as_deref(), findings, self.as_of);
    }

    /// What the waivers themselves did wrong: those that were not needed and those that have
    /// expired. `whole` tells that the run read everything below the root.
    pub fn leftovers(&self, whole: bool, lang: Lang) -> Option<Entry> {
        self.waivers.as_ref()?.leftovers(whole && self.all_rules, self.as_of, lang)
    }
}
