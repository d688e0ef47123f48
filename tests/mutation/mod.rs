//! Six clean reports: every single change is found, or is listed with the reason why not.

mod changes;

use changes::{Change, Kind};
use gouji::finding::{Entry, Finding, Level};
use gouji::lint::{Linter, Options};
use gouji::years::Ledger;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    Linter::new(Options::new(jiff::civil::date(2026, 6, 1)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
});

const REPORTS: [&str; 6] = [
    "2012-education",
    "2013-education",
    "2016-county",
    "2019-county",
    "2020-county",
    "2023-transport",
];

/// The least share, in percent, that is to be found of all changes: what is reached. The goal is 95;
/// the list says under `gap` what a careful auditor finds and no rule does yet.
const LEAST: usize = 95;

/// The changes that are not found, by report, under a line with the reason that begins with `#`.
/// `GOUJI_UPDATE=1` writes those that are not in it to `unnamed.list`, to be put under a reason.
fn list() -> PathBuf {
    folder().join("undetected.list")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutation")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join(format!("{name}.txt"))).expect("a report")
}

/// What is found in a report and in its pair with the other year's report of the same organ.
struct Found {
    own: Vec<Finding>,
    paired: Vec<Finding>,
}

/// The reports of the same organ about the year before and after.
const YEARS: [[&str; 2]; 2] =
    [["2012-education", "2013-education"], ["2019-county", "2020-county"]];

/// A report that stays as it is while the other of its pair is changed.
struct Partner {
    text: String,
    ledger: Ledger,
}

impl Partner {
    fn of(name: &str) -> Option<Self> {
        let pair = YEARS.iter().find(|pair| pair.contains(&name))?;
        let other = pair.iter().find(|other| **other != name)?;
        let text = text(other);
        let ledger = LINTER.keep(PARTNER, text.as_bytes(), &|_| true).ok().flatten();
        Some(Self { text, ledger: ledger.expect("a report") })
    }

    /// What the pair yields; nothing if the two are no longer taken for one.
    fn compare(&self, text: &str, ledger: Ledger) -> Vec<Finding> {
        let ledgers = [self.ledger.clone(), ledger];
        let matches = gouji::years::matches(&ledgers, 2, 2);
        let open = |path: &str| {
            let text = if path == PARTNER { &self.text } else { text };
            Ok(text.as_bytes().to_vec())
        };
        let entries =
            matches.pairs.iter().map(|pair| gouji::years::compare(&LINTER, &ledgers, pair, &open));
        entries
            .flat_map(|entry| match entry {
                Entry::Compared(compared) => compared.findings,
                _ => Vec::new(),
            })
            .collect()
    }
}

const REPORT: &str = "report.txt";
const PARTNER: &str = "partner.txt";

/// None if the report is no longer taken for one, or its year can no longer be told.
fn check(text: &str, partner: Option<&Partner>) -> Option<Found> {
    match LINTER.check_and_keep(REPORT, text.as_bytes()) {
        Ok((Entry::Report(report), ledger)) => {
            let paired = partner.zip(ledger).map(|(partner, ledger)| partner.compare(text, ledger));
            Some(Found { own: report.findings, paired: paired.unwrap_or_default() })
        }
        _ => None,
    }
}

/// How often each rule finds something on each line.
fn places(findings: &[Finding]) -> BTreeMap<(&str, u32), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry((finding.rule.as_str(), finding.place.start.line)).or_default() += 1;
    }
    counts
}

/// Whether `found` has something that the clean report has not.
fn is_new(clean: &Found, found: Option<&Found>) -> bool {
    let more = |clean: &[Finding], found: &[Finding]| {
        let clean = places(clean);
        places(found).iter().any(|(place, count)| count > clean.get(place).unwrap_or(&0))
    };
    found.is_none_or(|found| more(&clean.own, &found.own) || more(&clean.paired, &found.paired))
}

/// All changes of a report and whether each is found.
fn judged(name: &str) -> Vec<(Change, bool)> {
    let (text, partner) = (text(name), Partner::of(name));
    let clean = check(&text, partner.as_ref()).expect("a report");
    let changes = changes::of(&text);
    let detected =
        |change: &Change| is_new(&clean, check(&change.apply(&text), partner.as_ref()).as_ref());
    let found: Vec<bool> = changes.par_iter().map(detected).collect();
    changes.into_iter().zip(found).collect()
}

/// The named changes with the reason why each cannot be found.
fn named() -> BTreeMap<String, String> {
    let file = std::fs::read_to_string(list()).expect("the list");
    let mut reason = String::new();
    let mut named = BTreeMap::new();
    for line in file.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("# ") {
            Some(words) => words.clone_into(&mut reason),
            None => drop(named.insert(line.to_owned(), reason.clone())),
        }
    }
    named
}

fn percent(part: usize, whole: usize) -> String {
    let tenths = (part * 1000).checked_div(whole).unwrap_or(0);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Found and all.
#[derive(Clone, Copy, Default)]
struct Share {
    found: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, found: bool) {
        self.found += usize::from(found);
        self.all += 1;
    }

    fn told(self) -> String {
        format!("{}/{} ({})", self.found, self.all, percent(self.found, self.all))
    }
}

#[test]
fn the_clean_reports_yield_nothing_but_info() {
    for name in REPORTS {
        let Found { own, paired } =
            check(&text(name), Partner::of(name).as_ref()).expect("a report");
        let graver: Vec<_> = own.iter().chain(&paired).filter(|f| f.level != Level::Info).collect();
        assert!(graver.is_empty(), "{name}: {graver:#?}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the shares, with --nocapture")]
fn every_change_is_found_or_named() {
    let named = named();
    let free = |line: &str| named.get(line).is_some_and(|reason| reason.starts_with(FREE));
    let (mut missed, mut unnamed) = (BTreeSet::new(), String::new());
    let (mut all, mut told) = (Share::default(), Share::default());
    let mut table = String::new();
    for name in REPORTS {
        let (mut sum, mut bound) = (Share::default(), Share::default());
        let mut kinds: BTreeMap<Kind, Share> = BTreeMap::new();
        let mut apart = BTreeSet::new();
        for (change, found) in judged(name) {
            let line = format!("{name}: {}", change.name);
            sum.add(found);
            kinds.entry(change.kind).or_default().add(found);
            if !found && free(&line) {
                apart.insert(change.at.start);
            } else {
                bound.add(found);
            }
            if !found {
                if !named.contains_key(&line) {
                    let _ = writeln!(unnamed, "{line}");
                }
                missed.insert(line);
            }
        }
        let _ = writeln!(
            table,
            "{name}: all {}, without the free figures {}",
            sum.told(),
            bound.told()
        );
        for (kind, share) in kinds {
            let _ = writeln!(table, "    {kind:?} {}", share.told());
        }
        assert!(apart.len() >= 10 || update(), "{name}: only {} free figures", apart.len());
        all = Share { found: all.found + sum.found, all: all.all + sum.all };
        told = Share { found: told.found + bound.found, all: told.all + bound.all };
    }
    let _ = writeln!(table, "all {}, without the free figures {}", all.told(), told.told());
    println!("{table}");
    if update() {
        std::fs::write(folder().join("unnamed.list"), unnamed).expect("written");
        return;
    }
    assert!(unnamed.is_empty(), "neither found nor named:\n{unnamed}\n{table}");
    let stale: Vec<_> = named.keys().filter(|line| !missed.contains(*line)).collect();
    assert!(stale.is_empty(), "named, but found: {stale:#?}");
    assert!(all.found * 100 >= all.all * LEAST, "{table}");
}

/// What the reason of a free figure begins with.
const FREE: &str = "free figure";

fn update() -> bool {
    std::env::var_os("GOUJI_UPDATE").is_some()
}
