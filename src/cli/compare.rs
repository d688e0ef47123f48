//! After all reports: those of one organ about consecutive years, those of different organs that
//! are alike, and the list of organs that must report.

use super::Trouble;
use super::args::FileArgs;
use super::discover::{Input, Origin, refused};
use crate::finding::{Compared, Comparison, Entry, Lang};
use crate::lint::{Linter, failed};
use crate::read::MAX_FILE;
use crate::years::{self, Ledger, Roster, Unclear, Why};
use clap::Args;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// So many pairs are looked at before their entries are written.
const CHUNK: usize = 64;

/// What reports are compared with.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct CompareArgs {
    /// 上一年度的报告，不单独检查（可重复） / Last year's report, not judged itself (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(super) previous: Vec<PathBuf>,
    /// 应公布报告的机关名单（CSV） / List of the organs that must report (CSV)
    #[arg(long, value_name = "LIST.csv")]
    pub(super) expect: Option<PathBuf>,
    /// 只逐份检查，不与上一年度和其他机关的报告核对 / Judge each report alone
    #[arg(long, conflicts_with_all = ["previous", "expect"])]
    pub(super) no_compare: bool,
}

/// The files of a run, which may have to be read a second time.
#[derive(Debug, Default)]
pub(super) struct Files {
    paths: HashMap<String, PathBuf>,
    /// What came from standard input, which can be read only once.
    stdin: Mutex<HashMap<String, Vec<u8>>>,
}

impl Files {
    /// The files that `inputs` name.
    pub(super) fn of<'i>(inputs: impl Iterator<Item = &'i Input>) -> Self {
        let file = |input: &Input| match &input.from {
            Origin::File(path) => Some((input.path.clone(), path.clone())),
            Origin::Stdin | Origin::Nothing(..) => None,
        };
        Self { paths: inputs.filter_map(file).collect(), stdin: Mutex::default() }
    }

    /// Remembers `bytes` if they came from standard input.
    pub(super) fn remember(&self, path: &str, bytes: &[u8]) {
        if !self.paths.contains_key(path)
            && let Ok(mut stdin) = self.stdin.lock()
        {
            stdin.insert(path.to_owned(), bytes.to_vec());
        }
    }

    fn open(&self, path: &str) -> io::Result<Vec<u8>> {
        let kept = self.stdin.lock().ok().and_then(|stdin| stdin.get(path).cloned());
        match kept {
            Some(bytes) => Ok(bytes),
            None => bytes(self.paths.get(path).map_or(Path::new(path), PathBuf::as_path)),
        }
    }
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl CompareArgs {
    /// The list of organs, if one is given.
    pub(super) fn roster(&self, lang: Lang) -> Result<Option<Roster>, Trouble> {
        let Some(path) = &self.expect else { return Ok(None) };
        let shown = path.display().to_string();
        let usage = |words: String| Trouble::Usage(format!("--expect {shown}{words}"));
        let bytes = bytes(path).map_err(|error| usage(format!(": {error}")))?;
        let roster = Roster::read(&shown, &bytes).map_err(|fault| {
            let line = if fault.line > 0 { format!(":{}", fault.line) } else { String::new() };
            usage(format!("{line}: {}", fault.words.to(lang)))
        })?;
        Ok(Some(roster))
    }

    /// What is kept of the reports that `--previous` names, or why one cannot be used.
    pub(super) fn previous(&self, linter: &Linter) -> Vec<Result<Ledger, Entry>> {
        let ledger = |path: &PathBuf| {
            let shown = path.display().to_string();
            match bytes(path) {
                Ok(bytes) => linter.keep(&shown, &bytes, &|_| true),
                Err(error) => {
                    let (code, words) = refused(path, &error);
                    Err(failed(&shown, code, words.zh, words.en))
                }
            }
        };
        self.previous.iter().filter_map(|path| ledger(path).transpose()).collect()
    }
}

/// Compares the reports of a run, in order: pairs, then reports that are alike, then the list. Of
/// `ledgers` the first are of reports that were judged, up to `judged`, the next of those that git
/// says are unchanged, up to `near`, the others of `--previous`.
pub(super) fn compare(
    linter: &Linter,
    ledgers: &[Ledger],
    (judged, near): (usize, usize),
    roster: Option<Roster>,
    (files, args): (&Files, &FileArgs),
    mut take: impl FnMut(Entry) -> io::Result<()>,
) -> io::Result<()> {
    // One report has nothing to be compared with: threads would begin for nothing.
    if ledgers.len() < 2 && judged == ledgers.len() && roster.is_none() {
        return Ok(());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads()).build();
    let pool = pool.map_err(io::Error::other)?;
    let open = |path: &str| files.open(path);
    let matches = years::matches(ledgers, judged, near);
    for chunk in matches.pairs.chunks(CHUNK) {
        let one = |pair| years::compare(linter, ledgers, pair, &open);
        let entries: Vec<Entry> = pool.install(|| chunk.par_iter().map(one).collect());
        entries.into_iter().try_for_each(&mut take)?;
    }
    for left in &matches.unclear {
        take(unclear(ledgers, left, linter.options().lang))?;
    }
    for chunk in years::clusters(linter, &ledgers[..judged], &matches).chunks(CHUNK) {
        let one = |cluster: &years::Cluster| cluster.judge(linter, ledgers, &matches, &open);
        let entries: Vec<_> = pool.install(|| chunk.par_iter().map(one).collect());
        entries.into_iter().flatten().try_for_each(&mut take)?;
    }
    let told = roster.and_then(|roster| roster.judge(linter, &ledgers[..judged], &matches));
    told.into_iter().try_for_each(take)
}

/// What is told of reports that cannot be paired.
fn unclear(ledgers: &[Ledger], Unclear { now, before, why }: &Unclear, lang: Lang) -> Entry {
    let all = || before.iter().chain(now).map(|index| &ledgers[*index]);
    let mut years: Vec<i16> = all().map(|ledger| ledger.year).collect();
    years.sort_unstable();
    years.dedup();
    let (zh, en) = match why {
        Why::Several => (
            "同名报告不止一份，分不清哪两份属于同一机关，没有核对",
            "several reports bear this name; which belong together cannot be told, so they were not compared",
        ),
        Why::OtherYear => (
            "--previous 所给的不是上一年度的报告，没有核对",
            "--previous does not name last year’s report; nothing was compared with it",
        ),
        Why::OtherOrgan => (
            "--previous 所给的报告与所检查的报告不是同一机关，没有核对",
            "--previous names the report of another organ; nothing was compared with it",
        ),
    };
    Entry::Compared(Box::new(Comparison {
        kind: Compared::Unpaired,
        organs: now.iter().filter_map(|index| ledgers[*index].organ.clone()).take(1).collect(),
        years,
        paths: all().map(|ledger| ledger.path.clone()).collect(),
        findings: Vec::new(),
        unassessed: Vec::new(),
        notes: vec![lang.pick(zh, en).to_owned()],
        known: 0,
        sources: Vec::new(),
    }))
}
