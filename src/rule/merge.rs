//! One root cause, one finding: hits of equations that the same wrong cell explains are merged.

use super::Rule;
use crate::check::{Broken, CellRef, Hit};
use crate::finding::Level;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A hit with the rule it belongs to.
#[derive(Debug)]
pub(super) struct Owned<'r> {
    /// Order of the rule among all in force; the first owns a merged finding.
    pub(super) order: usize,
    pub(super) pack: &'r str,
    pub(super) rule: &'r Rule,
    /// The level of its hit, as the packs in force leave it.
    pub(super) level: Level,
    pub(super) hit: Hit,
    /// What the cell at the hit's place should hold, if the equations agree on it.
    pub(super) expected: Option<Decimal>,
}

/// Merges hits of equations. Two patterns of cause are known: one wrong cell where several broken
/// equations meet, and one case counted in the wrong column.
pub(super) fn merge(mut hits: Vec<Owned<'_>>) -> Vec<Owned<'_>> {
    while let Some((cell, expected, members)) = shared_cell(&hits) {
        let mut group = take(&mut hits, &members);
        // The gravest rule owns the finding, of equals the first in the pack.
        group.sort_by_key(|owned| (owned.level, owned.order));
        hits.push(at_cell(group, cell, expected));
    }
    while let Some(members) = opposite_gaps(&hits) {
        let group = take(&mut hits, &members);
        hits.extend(joined(group));
    }
    hits
}

fn take<'r>(hits: &mut Vec<Owned<'r>>, members: &[usize]) -> Vec<Owned<'r>> {
    let mut taken: Vec<_> = members.iter().rev().map(|i| hits.remove(*i)).collect();
    taken.reverse();
    taken
}

/// The cell that most broken equations share and whose correction would mend them all.
fn shared_cell(hits: &[Owned<'_>]) -> Option<(CellRef, Decimal, Vec<usize>)> {
    let mut cells: BTreeMap<CellRef, Vec<(usize, Decimal, Decimal)>> = BTreeMap::new();
    for (i, owned) in hits.iter().enumerate() {
        // A hit that is merged already has no equation left.
        let Some(broken) = owned.hit.broken.as_ref().filter(|broken| broken.exact) else {
            continue;
        };
        for (cell, value, counts_right) in &broken.cells {
            let change = if *counts_right { broken.gap } else { -broken.gap };
            cells.entry(*cell).or_default().push((i, *value, change));
        }
    }
    let agreed = cells.into_iter().filter(|(_, members)| {
        let changes = members.iter().map(|(_, _, change)| change);
        members.len() >= 2
            && changes.clone().all(|change| *change == members[0].2)
            && (members[0].1 + members[0].2) >= Decimal::ZERO
    });
    let (cell, members) = agreed.max_by_key(|(_, members)| members.len())?;
    let expected = members[0].1 + members[0].2;
    Some((cell, expected, members.into_iter().map(|(i, _, _)| i).collect()))
}

/// The merged finding stands at the shared cell; the operands of all its equations are related.
fn at_cell(group: Vec<Owned<'_>>, cell: CellRef, expected: Decimal) -> Owned<'_> {
    let place = group.iter().find_map(|owned| place_of(&owned.hit, cell));
    let mut group = group.into_iter();
    let Some(mut first) = group.next() else { unreachable!("a group has members") };
    let mut places = vec![first.hit.at.clone()];
    places.extend(first.hit.marks.iter().map(|mark| mark.at.clone()));
    if let Some(place) = place.filter(|place| *place != first.hit.at) {
        // The owner's own primary operand becomes a related one, and the shared cell the primary.
        let moved = first.hit.marks.iter().position(|mark| mark.at == place);
        if let (Some(moved), Some(broken)) = (moved, &first.hit.broken) {
            let name = broken_name(&first.hit, broken);
            first.hit.marks[moved].at = std::mem::replace(&mut first.hit.at, place);
            first.hit.marks[moved].slots = name;
        }
    }
    for other in group {
        let primary = crate::check::Mark {
            role: "addend",
            at: other.hit.at.clone(),
            slots: other
                .hit
                .broken
                .as_ref()
                .map(|b| broken_name(&other.hit, b))
                .unwrap_or_default(),
        };
        for mark in std::iter::once(primary).chain(other.hit.marks) {
            if mark.at != first.hit.at && !places.contains(&mark.at) {
                places.push(mark.at.clone());
                first.hit.marks.push(mark);
            }
        }
    }
    first.hit.broken = None;
    first.expected = Some(expected);
    first
}

/// Name and value of a hit's primary operand, as a label for it.
fn broken_name(hit: &Hit, broken: &Broken) -> crate::check::Slots {
    let primary = broken.cells.iter().position(|(_, _, right)| *right).unwrap_or(0);
    let value = broken.cells.get(primary).map(|(_, value, _)| *value).unwrap_or_default();
    // Along a row the columns tell the operands apart, along a column the rows.
    let along_row = broken.cells.windows(2).all(|pair| pair[0].0.row == pair[1].0.row);
    let name = if along_row { hit.at.cell.last() } else { hit.at.cell.get(1) };
    let name = name.map_or("", |name| name.rsplit('›').next().unwrap_or(name));
    crate::check::Slots(vec![("name", name.into()), ("value", value.into())])
}

/// The place of `cell` in a hit: its primary place or one of its marks.
pub(super) fn place_of(hit: &Hit, cell: CellRef) -> Option<crate::document::Placed> {
    let broken = hit.broken.as_ref()?;
    let index = broken.cells.iter().position(|(known, _, _)| *known == cell)?;
    let primary = broken.cells.iter().position(|(_, _, right)| *right).unwrap_or(0);
    match index {
        _ if index == primary => Some(hit.at.clone()),
        _ if index < primary => hit.marks.get(index).map(|mark| mark.at.clone()),
        _ => hit.marks.get(index - 1).map(|mark| mark.at.clone()),
    }
}

/// Two hits of one rule in one table with opposite gaps: one case in the wrong column.
fn opposite_gaps(hits: &[Owned<'_>]) -> Option<Vec<usize>> {
    let exact = |owned: &Owned<'_>| {
        owned.hit.broken.as_ref().filter(|b| b.exact).map(|b| (b.gap, b.cells[0].0.table))
    };
    for (i, first) in hits.iter().enumerate() {
        let Some((gap, table)) = exact(first) else { continue };
        let opposite = |owned: &&Owned<'_>| {
            std::ptr::eq(owned.rule, first.rule) && exact(owned) == Some((-gap, table))
        };
        let same = |owned: &&Owned<'_>| {
            std::ptr::eq(owned.rule, first.rule) && exact(owned).is_some_and(|(_, t)| t == table)
        };
        // With more than two lines out of balance nobody can say which belong together.
        if hits.iter().filter(same).count() == 2
            && let Some(j) = hits.iter().position(|owned| opposite(&owned))
        {
            return Some(vec![i.min(j), i.max(j)]);
        }
    }
    None
}

fn joined(group: Vec<Owned<'_>>) -> Option<Owned<'_>> {
    let mut group = group.into_iter();
    let mut first = group.next()?;
    for other in group {
        let name =
            other.hit.broken.as_ref().map(|b| broken_name(&other.hit, b)).unwrap_or_default();
        first.hit.marks.push(crate::check::Mark { role: "addend", at: other.hit.at, slots: name });
        first.hit.marks.extend(other.hit.marks);
    }
    first.hit.broken = None;
    Some(first)
}
