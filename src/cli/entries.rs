//! From inputs to entries: every report judged alone, then those that belong together. `check`,
//! `baseline` and `test --corpus` differ only in what they do with the entries.

use super::args::FileArgs;
use super::compare::{CompareArgs, Files, compare};
use super::discover::{Input, Origin};
use super::fix::{FixArgs, Judged};
use super::run::{Found, each};
use crate::finding::Entry;
use crate::gate::Gate;
use crate::lint::Linter;
use crate::years::{Ledger, Roster};
use std::cell::RefCell;
use std::collections::HashSet;
use std::io;

/// How the reports of a run are judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judging<'r> {
    pub(super) linter: &'r Linter,
    pub(super) gate: &'r Gate,
    pub(super) files: &'r FileArgs,
    pub(super) compare: &'r CompareArgs,
    pub(super) fix: FixArgs,
}

impl Judging<'_> {
    /// Judges what was found and gives the entries to `take`: one for each input in order, then
    /// those of comparisons.
    pub(super) fn entries(
        self,
        found: Found,
        roster: Option<Roster>,
        take: &mut dyn FnMut(Judged) -> io::Result<()>,
    ) -> io::Result<()> {
        let Found { inputs, others } = found;
        let files = Files::of(inputs.iter().chain(&others));
        let judge = |input: &Input, bytes: &[u8]| {
            let (judged, ledger) = self.judge(input, bytes);
            // A failure of the linter takes the way of every failure.
            if let Judged { entry: failed @ Entry::Failed { .. }, .. } = judged {
                return Err(failed);
            }
            if ledger.is_some() {
                files.remember(&input.path, bytes);
            }
            Ok((judged, ledger))
        };
        let mut ledgers = Vec::new();
        each(inputs, self.files, &judge, |result| {
            let failed = |entry| (Judged::of(entry), None);
            let (judged, ledger) = result.unwrap_or_else(failed);
            ledgers.extend(ledger);
            take(judged)
        })?;
        if self.compare.no_compare {
            return Ok(());
        }
        let mut take = |mut entry: Entry| {
            self.gate.apply(&mut entry);
            take(Judged::of(entry))
        };
        let judged = ledgers.len();
        ledgers.extend(self.neighbours(others, &ledgers)?);
        let near = ledgers.len();
        for ledger in self.compare.previous(self.linter) {
            match ledger {
                Ok(ledger) => ledgers.push(ledger),
                Err(failed) => take(failed)?,
            }
        }
        let open = (&files, self.files);
        compare(self.linter, &ledgers, (judged, near), roster, open, &mut take)
    }

    /// Judges and mends one input, and keeps of it what comparing it with others needs.
    fn judge(self, input: &Input, bytes: &[u8]) -> (Judged, Option<Ledger>) {
        let linter = self.linter;
        let first = RefCell::new(None);
        let keep = |bytes: &[u8]| match self.compare.no_compare {
            true => (linter.check(&input.path, bytes), None),
            false => match linter.check_and_keep(&input.path, bytes) {
                Ok((entry, ledger)) => (entry, ledger),
                Err(failed) => (failed, None),
            },
        };
        let check = |bytes: &[u8]| {
            let (mut entry, ledger) = keep(bytes);
            if let Some(ledger) = ledger {
                first.borrow_mut().get_or_insert(ledger);
            }
            self.gate.apply(&mut entry);
            entry
        };
        let judged = self.fix.settle(input, bytes, linter.options().lang, &check);
        let mut ledger = first.into_inner();
        // A file that was mended is compared as it is now.
        if let (Entry::Report(report), Origin::File(path)) = (&judged.entry, &input.from)
            && ledger.is_some()
            && self.fix.writes()
            && !report.fixed.is_empty()
        {
            ledger = std::fs::read(path).ok().and_then(|bytes| keep(&bytes).1);
        }
        (judged, ledger)
    }

    /// What is kept of those of `others` that are about the year before or after a report that was
    /// judged. What cannot be read of them is no matter of this run.
    fn neighbours(self, others: Vec<Input>, ledgers: &[Ledger]) -> io::Result<Vec<Ledger>> {
        let years: HashSet<i16> = ledgers.iter().flat_map(|l| [l.year - 1, l.year + 1]).collect();
        let mut found = Vec::new();
        if !years.is_empty() {
            let wanted = |year| years.contains(&year);
            let keep = |input: &Input, bytes: &[u8]| self.linter.keep(&input.path, bytes, &wanted);
            each(others, self.files, &keep, |result| {
                found.extend(result.ok().flatten());
                Ok(())
            })?;
        }
        Ok(found)
    }
}
