//! The baseline: the findings of one day, by fingerprint. One a line and sorted, so that two
//! branches that change different reports merge without conflict.

use crate::config::{absolute, below};
use crate::finding::{Compared, Entry, Finding, Gone, Words};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The version of the file.
const VERSION: u32 = 1;
/// The most characters of a text that are kept, for people.
const SHOWN: usize = 40;

/// What was found on the day it was made.
#[derive(Debug)]
pub struct Baseline {
    root: PathBuf,
    reports: BTreeMap<String, BTreeSet<Recorded>>,
    pairs: BTreeMap<String, BTreeSet<Recorded>>,
}

/// One finding as it is recorded: nothing in it depends on the language of the run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The pack and id of its rule.
    pub rule: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its human path.
    pub place: String,
    /// The beginning of the text it stands at.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    #[serde(default)]
    reports: BTreeMap<String, BTreeSet<Recorded>>,
    #[serde(default)]
    pairs: BTreeMap<String, BTreeSet<Recorded>>,
}

impl Baseline {
    /// A baseline without findings, to be written at `file`.
    pub fn empty(file: &Path) -> Self {
        let root = absolute(file).parent().unwrap_or(Path::new("/")).to_owned();
        Self { root, reports: BTreeMap::new(), pairs: BTreeMap::new() }
    }

    /// Reads `file`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(file: &Path) -> Result<Self, Words> {
        let shown = file.display();
        let text = std::fs::read_to_string(file).map_err(|error| {
            let hint = match error.kind() {
                std::io::ErrorKind::NotFound => {
                    ("；先用 gouji baseline 建立", "; make it with gouji baseline")
                }
                _ => ("", ""),
            };
            Words {
                zh: format!("基线文件 {shown} 读不了：{error}{}", hint.0),
                en: format!("the baseline {shown} cannot be read: {error}{}", hint.1),
            }
        })?;
        let stored: Stored =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| Words {
                zh: format!("基线文件 {shown}:{}:{} 有误：{error}", error.line(), error.column()),
                en: format!(
                    "the baseline {shown}:{}:{} is wrong: {error}",
                    error.line(),
                    error.column()
                ),
            })?;
        if stored.version != VERSION {
            let version = stored.version;
            return Err(Words {
                zh: format!(
                    "基线文件 {shown} 是第 {version} 版，本程序只读第 {VERSION} 版；请重新建立"
                ),
                en: format!(
                    "the baseline {shown} has version {version}, and {VERSION} is wanted; make it anew"
                ),
            });
        }
        Ok(Self { reports: stored.reports, pairs: stored.pairs, ..Self::empty(file) })
    }

    /// The key of a file: its path from the folder of the baseline, or as it is.
    fn key(&self, path: &str) -> String {
        below(&self.root, Path::new(path)).unwrap_or_else(|| path.replace('\\', "/"))
    }

    /// Takes what it has for the file out of `findings`, marks the others as new, and tells how
    /// many it took and what of its own did not occur.
    pub(super) fn compare(&self, path: &str, findings: &mut Vec<Finding>) -> (usize, Vec<Gone>) {
        let recorded = self.reports.get(&self.key(path));
        let found: BTreeSet<&str> = findings.iter().map(|one| one.fingerprint.as_str()).collect();
        let absent = |one: &&Recorded| !found.contains(one.fingerprint.as_str());
        let gone = recorded.into_iter().flatten().filter(absent).map(Recorded::gone).collect();
        (take_known(findings, |finding| has(recorded, finding)), gone)
    }

    /// Takes what it has out of findings of several files, by the file each stands in.
    pub(super) fn compare_pairs(&self, findings: &mut Vec<Finding>) -> usize {
        take_known(findings, |finding| {
            let path = finding.place.file.as_deref().unwrap_or_default();
            has(self.pairs.get(&self.key(path)), finding)
        })
    }

    /// Records the findings of an entry in place of those it had for the same file.
    pub fn record(&mut self, entry: &Entry) {
        match entry {
            Entry::Report(report) if report.year.is_some() => {
                let kept = report.findings.iter().filter(|one| one.waived.is_none());
                let key = self.key(&report.source.path);
                self.reports.insert(key, kept.map(Recorded::of).collect());
            }
            Entry::Compared(comparison) => {
                // That these were compared is known though nothing is found: of a pair the later
                // report, of a roster the list. Who is alike is seen only among all reports.
                if matches!(comparison.kind, Compared::Years | Compared::Roster)
                    && let Some(path) = comparison.paths.last()
                {
                    self.pairs.entry(self.key(path)).or_default();
                }
                for one in comparison.findings.iter().filter(|one| one.waived.is_none()) {
                    let key = self.key(one.place.file.as_deref().unwrap_or_default());
                    self.pairs.entry(key).or_default().insert(Recorded::of(one));
                }
            }
            Entry::Report(_) | Entry::Skipped { .. } | Entry::Failed { .. } => {}
        }
    }

    /// The folder its paths count from.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Keeps of `old` only what occurs in this one too; of what this one says nothing about, all
    /// that is of files that still exist. `whole` tells that everything below the root was read.
    pub fn prune(&self, old: &Self, whole: bool) -> Self {
        let both = |old: &Records, new: &Records, silent: &dyn Fn(&str) -> bool| {
            let kept = old.iter().filter_map(|(path, records)| {
                let kept = match new.get(path) {
                    Some(now) => records.iter().filter(|one| held(now, one)).cloned().collect(),
                    None if silent(path) => records.clone(),
                    None => BTreeSet::new(),
                };
                Some((path.clone(), kept)).filter(|(_, kept): &(_, BTreeSet<_>)| !kept.is_empty())
            });
            kept.collect()
        };
        Self {
            root: self.root.clone(),
            reports: both(&old.reports, &self.reports, &|path| self.is_there(path)),
            pairs: both(&old.pairs, &self.pairs, &|path| self.is_open(path, whole)),
        }
    }

    /// Takes over from `old` what this one says nothing about, of files that still exist. `whole`
    /// tells that everything below the root was read.
    pub fn keep_unread(&mut self, old: &Self, whole: bool) {
        for (path, records) in &old.pairs {
            if !self.pairs.contains_key(path) && self.is_open(path, whole) {
                self.pairs.insert(path.clone(), records.clone());
            }
        }
        for (path, records) in &old.reports {
            if !self.reports.contains_key(path) && self.is_there(path) {
                self.reports.insert(path.clone(), records.clone());
            }
        }
    }

    fn is_there(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Whether it is not known what comparing the file with others would find now: it was not read,
    /// or perhaps without those it belongs with.
    fn is_open(&self, path: &str, whole: bool) -> bool {
        self.is_there(path) && !(whole && self.reports.contains_key(path))
    }

    /// How many findings are in it, and of how many files.
    pub fn counts(&self) -> (usize, usize) {
        let all = || self.reports.iter().chain(&self.pairs).filter(|(_, all)| !all.is_empty());
        let files: BTreeSet<&String> = all().map(|(path, _)| path).collect();
        (all().map(|(_, records)| records.len()).sum(), files.len())
    }

    /// The file's text: one finding a line, all sorted.
    pub fn text(&self) -> String {
        let mut out = format!("{{\n\"version\": {VERSION},\n");
        out.push_str(&format!("\"reports\": {{{}}},\n", written(&self.reports)));
        out.push_str(&format!("\"pairs\": {{{}}}\n}}\n", written(&self.pairs)));
        out
    }
}

/// Findings by file.
type Records = BTreeMap<String, BTreeSet<Recorded>>;

fn written(records: &Records) -> String {
    let string = |text: &str| serde_json::Value::from(text).to_string();
    let one = |record: &Recorded| {
        let Recorded { rule, fingerprint, place, text } = record;
        let fields =
            [("rule", rule), ("fingerprint", fingerprint), ("place", place), ("text", text)];
        let fields = fields.map(|(key, value)| format!("\"{key}\": {}", string(value)));
        format!("  {{{}}}", fields.join(", "))
    };
    let files = records.iter().filter(|(_, all)| !all.is_empty()).map(|(path, all)| {
        let all: Vec<String> = all.iter().map(one).collect();
        format!("\n{}: [\n{}\n]", string(path), all.join(",\n"))
    });
    files.collect::<Vec<_>>().join(",")
}

impl Recorded {
    fn of(finding: &Finding) -> Self {
        let text: String = finding.place.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            rule: format!("{}/{}", finding.pack, finding.rule),
            fingerprint: finding.fingerprint.clone(),
            place: without_paragraph(&finding.place.path).to_owned(),
            text: text.chars().take(SHOWN).collect(),
        }
    }

    fn gone(&self) -> Gone {
        Gone {
            rule: self.rule.clone(),
            fingerprint: self.fingerprint.clone(),
            place: self.place.clone(),
            text: self.text.clone(),
        }
    }
}

/// The human path without the number of the paragraph, which changes when text moves.
fn without_paragraph(path: &str) -> &str {
    let is_number = |last: &str| {
        let digits = last.strip_prefix('第').and_then(|rest| rest.strip_suffix('段'));
        digits.is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit()))
    };
    match path.rsplit_once(" › ") {
        Some((section, last)) if is_number(last) => section,
        None if is_number(path) => "",
        _ => path,
    }
}

fn held(records: &BTreeSet<Recorded>, one: &Recorded) -> bool {
    records.iter().any(|other| other.fingerprint == one.fingerprint)
}

fn has(recorded: Option<&BTreeSet<Recorded>>, finding: &Finding) -> bool {
    recorded.is_some_and(|all| all.iter().any(|one| one.fingerprint == finding.fingerprint))
}

fn take_known(findings: &mut Vec<Finding>, known: impl Fn(&Finding) -> bool) -> usize {
    let before = findings.len();
    findings.retain(|finding| finding.waived.is_some() || !known(finding));
    for finding in findings.iter_mut() {
        finding.new = finding.waived.is_none();
    }
    before - findings.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(fingerprint: &str) -> Recorded {
        Recorded {
            rule: "common/sums".into(),
            fingerprint: fingerprint.into(),
            place: "三、表".into(),
            text: "“12”".into(),
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("base.json");
        let mut baseline = Baseline::empty(&file);
        for (path, print) in [("乙.txt", "2"), ("甲.txt", "1"), ("乙.txt", "1")] {
            baseline.reports.entry(path.into()).or_default().insert(recorded(print));
        }
        std::fs::write(&file, baseline.text()).unwrap();
        let read = Baseline::read(&file).unwrap();
        assert_eq!((read.counts(), read.text()), ((3, 2), baseline.text()));
        assert_eq!(baseline.text().lines().filter(|line| line.contains("sums")).count(), 3);
    }

    #[test]
    fn pruning_only_takes_away() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("base.json");
        std::fs::write(folder.path().join("丙.txt"), "").unwrap();
        let (mut old, mut now) = (Baseline::empty(&file), Baseline::empty(&file));
        for (path, print) in [("甲.txt", "1"), ("甲.txt", "2"), ("乙.txt", "1"), ("丙.txt", "1")]
        {
            old.reports.entry(path.into()).or_default().insert(recorded(print));
        }
        now.reports.insert("甲.txt".into(), [recorded("2"), recorded("3")].into());
        let pruned = now.prune(&old, false);
        assert_eq!(pruned.reports["甲.txt"], [recorded("2")].into());
        assert!(pruned.reports.contains_key("丙.txt") && !pruned.reports.contains_key("乙.txt"));
    }

    #[test]
    fn what_was_not_compared_again_stays_unless_everything_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("base.json");
        let mut old = Baseline::empty(&file);
        for path in ["甲.txt", "乙.txt", "丙.txt"] {
            std::fs::write(folder.path().join(path), "").unwrap();
            old.pairs.insert(path.into(), [recorded("1")].into());
        }
        old.pairs.insert("丁.txt".into(), [recorded("1")].into());
        let now = |whole| {
            let mut now = Baseline::empty(&file);
            // Both were read, one of them was compared with last year's; 丁 is gone.
            now.reports = ["甲.txt", "乙.txt"].map(|path| (path.into(), BTreeSet::new())).into();
            now.pairs.insert("甲.txt".into(), BTreeSet::new());
            let pruned = now.prune(&old, whole);
            now.keep_unread(&old, whole);
            let kept = |one: &Baseline| {
                let full = one.pairs.iter().filter(|(_, records)| !records.is_empty());
                full.map(|(path, _)| path.clone()).collect::<Vec<_>>()
            };
            assert_eq!(kept(&pruned), kept(&now));
            kept(&now)
        };
        assert_eq!(now(false), ["丙.txt", "乙.txt"]);
        assert_eq!(now(true), ["丙.txt"]);
    }

    #[test]
    fn a_damaged_baseline_is_an_error_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("base.json");
        for text in ["", "{\"version\": 2}", "{\"version\": 1, \"report\": {}}"] {
            std::fs::write(&file, text).unwrap();
            assert!(Baseline::read(&file).is_err(), "{text}");
        }
    }
}
