//! Reports of different organs about one year that are nearly the same.

use super::{Again, Ledger, Matches, Open};
use crate::check::{Check, Kept, SameText, Side, Sketch};
use crate::document::{Place, Placed};
use crate::finding::{Compared, Comparison, Entry, Finding};
use crate::lint::Linter;
use crate::rule::{self, InForce, Rule};
use std::collections::{BTreeMap, HashMap};

/// Reports whose sketches are alike, by their indices among the ledgers, in the order of their paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The rule that compares them.
    rule: String,
    /// The reports.
    members: Vec<usize>,
}

/// In one place of the index, so many reports are compared with each newcomer: enough to tell
/// apart, and time stays linear where thousands are the same.
const LEADERS: usize = 4;
/// A cluster falls apart into so many findings at most; what is left then is like none of them.
const ROUNDS: usize = 8;

/// Puts the reports of each year into clusters, in time that grows with their number alone: only
/// sketches that share a band are compared.
pub fn clusters(linter: &Linter, ledgers: &[Ledger], organs: &Matches) -> Vec<Cluster> {
    let mut years: BTreeMap<(i16, bool), Vec<usize>> = BTreeMap::new();
    for (index, ledger) in ledgers.iter().enumerate() {
        if organs.organs[index].is_some() {
            years.entry((ledger.year, ledger.academic)).or_default().push(index);
        }
    }
    let mut found = Vec::new();
    for ((year, academic), mut reports) in years {
        reports.sort_by(|a, b| ledgers[*a].path.cmp(&ledgers[*b].path));
        let packs = linter.library().select(year, academic, &linter.options().packs);
        for (_, rule, check) in rules(linter, &packs) {
            let of = |index: &usize| match ledgers[*index].memo.of(&rule.id) {
                Some(Kept::Sketch(sketch)) if check.is_long(sketch) => Some((*index, sketch)),
                _ => None,
            };
            let sketches: Vec<_> = reports.iter().filter_map(of).collect();
            let members = grouped(check, &sketches).into_iter();
            let several = members.filter(|members| different(members, organs));
            found.extend(several.map(|members| Cluster { rule: rule.id.clone(), members }));
        }
    }
    found
}

fn different(members: &[usize], organs: &Matches) -> bool {
    members.windows(2).any(|pair| organs.organs[pair[0]] != organs.organs[pair[1]])
}

/// The rules that compare the texts of different organs.
fn rules<'p>(
    linter: &'p Linter,
    packs: &'p [InForce<'p>],
) -> impl Iterator<Item = (&'p str, &'p Rule, &'p SameText)> {
    let all = packs.iter().flat_map(|pack| pack.pack.rules.iter().map(move |rule| (pack, rule)));
    all.filter_map(|(pack, rule)| match &rule.check {
        Check::SameText(check)
            if linter.wants(&pack.pack.name, rule) && rule.levels.of("organs").is_some() =>
        {
            Some((pack.pack.name.as_str(), rule, check))
        }
        _ => None,
    })
}

/// Joins what shares a band and is alike; each group of two or more in the order of `sketches`.
fn grouped(check: &SameText, sketches: &[(usize, &Sketch)]) -> Vec<Vec<usize>> {
    let mut parents: Vec<usize> = (0..sketches.len()).collect();
    let mut leaders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, (_, sketch)) in sketches.iter().enumerate() {
        for band in sketch.bands() {
            let leaders = leaders.entry(band).or_default();
            let like = leaders.iter().find(|leader| check.resembles(sketches[**leader].1, sketch));
            match like {
                Some(leader) => {
                    let (one, two) = (root(&parents, *leader), root(&parents, index));
                    parents[one.max(two)] = one.min(two);
                }
                None if leaders.len() < LEADERS => leaders.push(index),
                None => {}
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, (report, _)) in sketches.iter().enumerate() {
        let root = root(&parents, index);
        groups.entry(root).or_default().push(*report);
    }
    groups.into_values().filter(|members| members.len() > 1).collect()
}

fn root(parents: &[usize], mut index: usize) -> usize {
    while parents[index] != index {
        index = parents[index];
    }
    index
}

impl Cluster {
    /// Compares the texts themselves: one entry for those that are like the first of them, one for
    /// those that are like the first of the rest, and so on. One report besides the first is in
    /// memory at a time.
    pub fn judge(
        &self,
        linter: &Linter,
        ledgers: &[Ledger],
        organs: &Matches,
        open: &Open<'_>,
    ) -> Vec<Entry> {
        let mut found = Vec::new();
        let mut rest = self.members.clone();
        for _ in 0..ROUNDS {
            let Some((first, others)) = rest.split_first() else { break };
            if others.is_empty() {
                break;
            }
            match self.like(linter, ledgers, organs, *first, others, open) {
                Ok((entry, left)) => {
                    found.extend(entry);
                    rest = left;
                }
                Err(failed) => {
                    found.push(failed);
                    break;
                }
            }
        }
        found
    }

    /// The finding for `first` and those of `others` that are like it; and those that are not.
    fn like(
        &self,
        linter: &Linter,
        ledgers: &[Ledger],
        organs: &Matches,
        first: usize,
        others: &[usize],
        open: &Open<'_>,
    ) -> Result<(Option<Entry>, Vec<usize>), Entry> {
        let own = Again::read(linter, &ledgers[first], open)?;
        let (facts, packs) = own.see()?;
        let as_of = linter.options().as_of;
        let Some((pack, rule, check)) = rules(linter, &packs).find(|(_, r, _)| r.id == self.rule)
        else {
            return Ok((None, Vec::new()));
        };
        let in_force = packs.iter().find(|in_force| in_force.pack.name == pack);
        let Some(in_force) = in_force else { return Ok((None, Vec::new())) };
        let context = rule::context(&facts, own.year, in_force, as_of);
        let (mut like, mut places, mut left) = (Vec::new(), Vec::new(), Vec::new());
        let mut paths = vec![ledgers[first].path.clone()];
        for index in others {
            let other = Again::read(linter, &ledgers[*index], open)?;
            let (other_facts, _) = other.see()?;
            let shared =
                check.shared(&context, &rule::context(&other_facts, other.year, in_force, as_of));
            match shared {
                Some(shared) if organs.organs[*index] != organs.organs[first] => {
                    let name = ledgers[*index].organ.clone().unwrap_or_default();
                    like.push((name, shared.percent));
                    let anchor = other.document.place(&other.document.anchor().into());
                    let file = Some(ledgers[*index].path.clone());
                    places.push(Place { file, ..anchor });
                    paths.push(ledgers[*index].path.clone());
                }
                Some(_) => {}
                None => left.push(*index),
            }
        }
        if like.is_empty() {
            return Ok((None, left));
        }
        let put = |side: Side, at: &Placed| match side {
            Side::Other(index) => places[index].clone(),
            Side::Now | Side::Before => {
                Place { file: Some(ledgers[first].path.clone()), ..own.document.place(at) }
            }
        };
        let hit = check.alike(&context, &like);
        let path = &ledgers[first].path;
        let wanted = |pack: &str, rule: &Rule| linter.wants_in(path, pack, rule);
        let how = linter.comparing(&packs, &wanted);
        let about = (own.year, facts.identity.body);
        let found = wanted(pack, rule)
            .then(|| rule::worded((pack, rule), hit, Some(&own.document), &put, about, how))
            .flatten();
        let mut findings: Vec<Finding> = found.into_iter().collect();
        linter.relevel(path, &mut findings);
        let mut names: Vec<String> = ledgers[first].organ.iter().cloned().collect();
        names.extend(like.into_iter().map(|(name, _)| name));
        drop(facts);
        let comparison = Comparison {
            kind: Compared::Alike,
            organs: names,
            years: vec![own.year],
            paths,
            findings,
            unassessed: Vec::new(),
            notes: Vec::new(),
            known: 0,
            sources: vec![own.document.source],
        };
        Ok((Some(Entry::Compared(Box::new(comparison))), left))
    }
}
