//! Layer 6: reports compared: one year's with the next's, and those of different organs. Each
//! report leaves a small ledger; files never wait for each other, and only where the ledgers give
//! reason are two files read again and looked at together.

mod alike;
mod example;
mod pair;
mod roster;

pub(crate) use example::Examples;

pub use alike::{Cluster, clusters};
pub use pair::{Match, Matches, Unclear, Why, matches};
pub use roster::{Roster, RosterFault};

use crate::document::Document;
use crate::facts::{Body, Facts, Identity, OrganName};
use crate::finding::{Compared, Comparison, Entry};
use crate::lint::{Linter, failed};
use crate::rule::{self, InForce, Memo, Reading, Rule};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;

/// What is kept of one report, two kilobytes at most.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The file.
    pub path: String,
    /// The report year.
    pub year: i16,
    /// The organ as written.
    pub organ: Option<String>,
    /// The organ's name taken apart.
    name: Option<OrganName>,
    body: Option<Body>,
    academic: bool,
    memo: Memo,
    /// Tells whether the file is still the same when it is read again.
    digest: u64,
}

impl Ledger {
    /// Keeps what is needed of a report.
    pub(crate) fn new(facts: &Facts<'_>, year: i16, memo: Memo, bytes: &[u8]) -> Self {
        let Identity { organ, body, academic, .. } = &facts.identity;
        let organ = organ.as_ref().map(|organ| organ.value.clone());
        Self {
            path: facts.document.source.path.clone(),
            year,
            name: organ.as_deref().map(|organ| OrganName::of(organ, *body)),
            organ,
            body: *body,
            academic: *academic,
            memo,
            digest: digest(bytes),
        }
    }
}

fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// Gives the bytes of a file by the path it was judged under.
pub type Open<'o> = dyn Fn(&str) -> io::Result<Vec<u8>> + Sync + 'o;

/// A report, read again.
struct Again<'l> {
    document: Document,
    identity: Identity,
    year: i16,
    linter: &'l Linter,
}

impl<'l> Again<'l> {
    /// Reads the report of `ledger` again.
    ///
    /// # Errors
    /// [`Entry::Failed`] if it cannot be read any more, or is not what it was.
    fn read(linter: &'l Linter, ledger: &Ledger, open: &Open<'_>) -> Result<Self, Entry> {
        let path = &ledger.path;
        let bytes = open(path).map_err(|error| {
            let zh = format!("与其他报告核对时读不了：{error}");
            failed(path, "unreadable", zh, format!("cannot be read again to be compared: {error}"))
        })?;
        if digest(&bytes) != ledger.digest {
            let (zh, en) = (
                "检查过程中文件有改动；请重新检查",
                "the file changed while it was being checked; check it again",
            );
            return Err(failed(path, "changed", zh, en));
        }
        let (document, identity, _) = linter.open(path, &bytes, Some(ledger.year))?;
        Ok(Self { document, identity, year: ledger.year, linter })
    }

    fn see(&self) -> Result<(Facts<'_>, Vec<InForce<'l>>), Entry> {
        self.linter.see(&self.document, self.identity.clone(), self.year)
    }
}

/// Judges the two reports of `pair` together. Both are read again only if their ledgers give
/// reason to; the entry of a pair that agrees has no findings.
pub fn compare(linter: &Linter, ledgers: &[Ledger], pair: &Match, open: &Open<'_>) -> Entry {
    let (before, now) = (&ledgers[pair.before], &ledgers[pair.now]);
    let mut comparison = Comparison {
        kind: Compared::Years,
        organs: now.organ.iter().cloned().collect(),
        years: vec![before.year, now.year],
        paths: vec![before.path.clone(), now.path.clone()],
        findings: Vec::new(),
        unassessed: Vec::new(),
        notes: pair.notes(before, now, linter.options().lang),
        known: 0,
        sources: Vec::new(),
    };
    match judge(linter, before, now, pair.certain, open, &mut comparison) {
        Ok(()) => Entry::Compared(Box::new(comparison)),
        Err(failed) => failed,
    }
}

fn judge(
    linter: &Linter,
    before: &Ledger,
    now: &Ledger,
    certain: bool,
    open: &Open<'_>,
    out: &mut Comparison,
) -> Result<(), Entry> {
    let packs = linter.library().select(now.year, now.academic, &linter.options().packs);
    let wanted = |pack: &str, rule: &Rule| linter.wants_in(&now.path, pack, rule);
    let how = linter.comparing(&packs, &wanted);
    if !rule::suspects(&before.memo, &now.memo, now.year, now.body, how) {
        return Ok(());
    }
    let (old, new) = (Again::read(linter, before, open)?, Again::read(linter, now, open)?);
    let ((old_facts, _), (new_facts, packs)) = (old.see()?, new.see()?);
    let how = linter.comparing(&packs, &wanted);
    let reading = |facts, year| Reading { facts, year };
    let judged =
        rule::compare(reading(&new_facts, new.year), reading(&old_facts, old.year), certain, how);
    out.findings = judged.findings;
    linter.relevel(&now.path, &mut out.findings);
    out.unassessed = judged.unassessed;
    drop((new_facts, old_facts));
    if !(out.findings.is_empty() && out.unassessed.is_empty()) {
        out.sources = vec![new.document.source, old.document.source];
    }
    Ok(())
}
