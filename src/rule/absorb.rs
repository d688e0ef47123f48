//! One root cause, one finding, across kinds of check: what only follows from a figure of the
//! running text that is contradicted, and a figure that only confirms what the table's sums need.

use super::merge::{Owned, place_of};
use crate::check::{Hit, Mark};
use crate::finding::Level;
use rust_decimal::Decimal;

/// Takes out the hits that another one explains.
pub(super) fn absorb(mut hits: Vec<Owned<'_>>) -> Vec<Owned<'_>> {
    if hits.iter().all(|owned| owned.hit.stated.is_none()) {
        return hits;
    }
    keep_gravest(&mut hits);
    drop_explained(&mut hits);
    confirm_sums(hits)
}

/// Two packs may judge the same figure, each by its own form: the gravest hit stays, of equals the
/// first.
fn keep_gravest(hits: &mut Vec<Owned<'_>>) {
    let rank = |owned: &Owned<'_>| (owned.rule.levels.of(owned.hit.case), owned.order);
    let stated = hits.iter().filter(|owned| owned.hit.stated.is_some());
    let ranks: Vec<_> = stated.map(|owned| (owned.hit.at.clone(), rank(owned))).collect();
    hits.retain(|owned| {
        owned.hit.stated.is_none()
            || ranks.iter().all(|(at, other)| *at != owned.hit.at || rank(owned) <= *other)
    });
}

/// The share of a figure that is wrong is wrong with it.
fn drop_explained(hits: &mut Vec<Owned<'_>>) {
    let explained: Vec<_> = hits.iter().flat_map(|owned| owned.hit.explains.clone()).collect();
    hits.retain(|owned| {
        owned.hit.stated.is_some() || explained.iter().all(|span| !span.contains(owned.hit.at.at))
    });
}

/// Where the sums of a table do not hold because of one cell, and the text has the figure with which
/// they would, the cell is the cause and the text a witness.
fn confirm_sums(hits: Vec<Owned<'_>>) -> Vec<Owned<'_>> {
    let is_certain = |owned: &Owned<'_>| owned.rule.levels.of(owned.hit.case) == Some(Level::Error);
    let (texts, mut tables): (Vec<_>, Vec<_>) =
        hits.into_iter().partition(|owned| owned.hit.stated.is_some() && is_certain(owned));
    for text in texts {
        let stated = text.hit.stated.unwrap_or_default();
        let witnessed = |owned: &&mut Owned<'_>| {
            let needed = |mark: &Mark| needs(owned, mark) == Some(stated);
            text.hit.marks.iter().any(needed)
        };
        match tables.iter_mut().find(witnessed) {
            Some(owned) => owned.hit.marks.push(witness(&text.hit)),
            None => tables.push(text),
        }
    }
    tables
}

/// What the cell at `mark` would have to hold for the sums of `owned`.
fn needs(owned: &Owned<'_>, mark: &Mark) -> Option<Decimal> {
    if owned.expected.is_some() {
        return owned.expected.filter(|_| owned.hit.at == mark.at);
    }
    let broken = owned.hit.broken.as_ref().filter(|broken| broken.exact)?;
    let mut cells = broken.cells.iter();
    let (_, value, right) =
        cells.find(|(cell, _, _)| place_of(&owned.hit, *cell).as_ref() == Some(&mark.at))?;
    Some(if *right { value + broken.gap } else { value - broken.gap })
}

fn witness(text: &Hit) -> Mark {
    let slot = |name| text.slots.get(name).cloned();
    let mark = Mark::new("addend", text.at.clone());
    match (slot("quantity"), slot("stated")) {
        (Some(name), Some(value)) => mark.with("name", name).with("value", value),
        _ => mark,
    }
}
