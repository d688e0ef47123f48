//! What the percentages of a list were computed on, and which of them, or which of its counts, do
//! not fit. Two kinds of check read it: each of them reports its part, so that one cause is one
//! finding.

use crate::facts::{Facts, Figure, List, Opening};
use crate::yaml::{Faults, Fields, Node};
use rust_decimal::Decimal;

/// How far a percentage may lie from the exact one, in units of its last place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tolerance {
    /// Rounded either way (0.5).
    pub(super) rounded: Decimal,
    /// Truncated, or made to fit a total of 100 (1).
    pub(super) forced: Decimal,
}

impl Tolerance {
    /// `rounded: 0.5`, `forced: 1`, which are also meant if nothing is said.
    pub(super) fn decode(fields: &mut Fields<'_>, faults: &mut Faults) -> Self {
        let mut number = |key, default| match fields.get(key) {
            Some(node) => decimal(node, faults).unwrap_or(default),
            None => default,
        };
        Self {
            rounded: number("rounded", Decimal::new(5, 1)),
            forced: number("forced", Decimal::ONE),
        }
    }

    /// How well the percentage `share` fits the exact one.
    pub(super) fn grade(&self, share: Decimal, exact: Decimal) -> Grade {
        let place = Decimal::new(1, share.scale());
        let gap = (share - exact).abs();
        // 47.30% for 47.33%: rounded, and filled up with 0.
        let padded = share.scale() > 1 && share.mantissa() % 10 == 0;
        let rough = if padded { place * Decimal::TEN } else { place };
        match gap {
            _ if gap <= self.rounded * place => Grade::Right,
            _ if gap <= self.forced * place || padded && gap <= self.rounded * rough => {
                Grade::Forced
            }
            _ => Grade::Wrong,
        }
    }
}

/// A number that is written in a rule.
pub(super) fn decimal(node: &Node, faults: &mut Faults) -> Option<Decimal> {
    let number = node.text().and_then(crate::text::amount);
    if number.is_none() {
        faults.push(&node.at, "应为数字", "a number is wanted");
    }
    number
}

/// How well a percentage fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grade {
    Right,
    Forced,
    Wrong,
}

/// A list with what its percentages say.
pub(super) struct Shares<'a> {
    /// Its counts, with the percentages said of them.
    pub(super) items: Vec<Item<'a>>,
    /// All its counts together.
    pub(super) sum: Decimal,
    /// What the percentages were computed on, if most of them agree.
    pub(super) base: Option<Base<'a>>,
    /// The item whose count alone is wrong, and what it should be: then both its percentage and
    /// the list's sum fit.
    pub(super) miscounted: Option<(usize, Decimal)>,
}

pub(super) struct Item<'a> {
    pub(super) count: &'a Figure,
    pub(super) value: Decimal,
    pub(super) share: Option<(&'a Figure, Decimal)>,
}

impl Item<'_> {
    /// The percentage said of it, or that of nothing.
    fn percentage(&self) -> Option<Decimal> {
        let none = self.value.is_zero().then_some(Decimal::ZERO);
        self.share.map(|(_, share)| share).or(none)
    }
}

/// What percentages were computed on.
#[derive(Clone, Copy)]
pub(super) struct Base<'a> {
    pub(super) value: Decimal,
    /// The figure that says so; none if it is the sum of the list.
    pub(super) figure: Option<&'a Figure>,
    /// Whether it is the list's own total.
    pub(super) own: bool,
    /// Whether at least two percentages, and more than half, agree on it.
    pub(super) confirmed: bool,
}

impl<'a> Shares<'a> {
    /// Reads `list`; `tolerance` is the rule's.
    pub(super) fn of(facts: &'a Facts<'_>, list: &List, tolerance: &Tolerance) -> Self {
        let figure = |i: usize| &facts.figures[i];
        let items: Vec<Item<'a>> = list
            .parts
            .iter()
            .map(|part| Item {
                count: figure(part.count),
                value: figure(part.count).low,
                share: part.share.map(|share| (figure(share), figure(share).low)),
            })
            .collect();
        let sum = items.iter().map(|item| item.value).sum();
        let mut shares = Self { items, sum, base: None, miscounted: None };
        shares.base = shares.agreed(facts, list, tolerance);
        shares.miscounted = shares.base.and_then(|base| shares.one_miscounted(base, tolerance));
        shares
    }

    /// How many of its parts have a percentage.
    pub(super) fn shared(&self) -> usize {
        self.items.iter().filter(|item| item.share.is_some()).count()
    }

    /// Whether every part has its percentage; nobody writes 0% behind `重复申请0件`.
    pub(super) fn all_shared(&self) -> bool {
        self.shared() > 0 && self.items.iter().all(|item| item.percentage().is_some())
    }

    /// All percentages together, if every part has one.
    pub(super) fn total_share(&self) -> Option<Decimal> {
        self.items.iter().map(Item::percentage).sum()
    }

    /// The percentage of item `i` as it fits `base`.
    pub(super) fn grade(&self, i: usize, base: Decimal, tolerance: &Tolerance) -> Option<Grade> {
        let (_, share) = self.items[i].share?;
        Some(tolerance.grade(share, percentage(self.items[i].value, base)?))
    }

    /// What it may have been computed on: its own total, its sum, earlier totals.
    pub(super) fn candidates(&self, facts: &'a Facts<'_>, list: &List) -> Vec<Base<'a>> {
        let said = |i: usize, own| {
            let figure = &facts.figures[i];
            Base { value: figure.low, figure: Some(figure), own, confirmed: false }
        };
        let mut found: Vec<Base<'a>> = list.total.map(|i| said(i, true)).into_iter().collect();
        let heads = || list.heads.iter().map(|i| said(*i, false));
        // A sum that is also stated is better shown where it stands.
        found.extend(heads().find(|head| head.value == self.sum));
        if self.items.len() > 1 {
            found.push(Base { value: self.sum, figure: None, own: false, confirmed: false });
        }
        found.extend(heads());
        found.retain(|base| base.value > Decimal::ZERO);
        found
    }

    /// The candidate that most percentages fit: at least two and more than half of them, or one of
    /// two if it is the list's own total, or one told before that the parts make up. A percentage of
    /// nothing fits any.
    fn agreed(&self, facts: &'a Facts<'_>, list: &List, tolerance: &Tolerance) -> Option<Base<'a>> {
        let telling: Vec<usize> = (0..self.items.len())
            .filter(|i| self.items[*i].share.is_some() && !self.items[*i].value.is_zero())
            .collect();
        let score = |base: &Base<'_>| {
            let graded = |wanted| {
                telling
                    .iter()
                    .filter(|i| self.grade(**i, base.value, tolerance) == Some(wanted))
                    .count()
            };
            let right = graded(Grade::Right);
            (right + graded(Grade::Forced), right)
        };
        let mut best: Option<(Base<'a>, (usize, usize))> = None;
        for base in self.candidates(facts, list) {
            let score = score(&base);
            if best.as_ref().is_none_or(|(_, known)| score > *known) {
                best = Some((base, score));
            }
        }
        let (mut base, (fits, _)) = best?;
        if !base.own {
            // Of several figures that say the same, the first is the headline.
            let heads = list.heads.iter().rev().map(|i| &facts.figures[*i]);
            base.figure = heads.into_iter().find(|head| head.low == base.value).or(base.figure);
        }
        base.confirmed = fits >= 2 && fits * 2 > telling.len();
        // None of them fits; but the parts make up the whole that stands before them, and so do the
        // percentages: they can have been computed on nothing else.
        let whole = |base: &Base<'_>| base.own && base.value == self.sum;
        let hundred = (self.total_share().unwrap_or_default() - Decimal::ONE_HUNDRED).abs();
        if fits == 0 && self.items.len() > 1 && self.all_shared() && hundred <= Decimal::ONE {
            return self.candidates(facts, list).into_iter().find(whole);
        }
        let whole = base.own || (base.figure.is_some() && base.value == self.sum);
        (base.confirmed || (whole && fits >= 1 && fits * 2 == telling.len())).then_some(base)
    }

    /// The one wrong item whose count, made to fit the total, also fits its percentage.
    fn one_miscounted(&self, base: Base<'a>, tolerance: &Tolerance) -> Option<(usize, Decimal)> {
        base.figure?;
        let mut wrong = (0..self.items.len())
            .filter(|i| self.grade(*i, base.value, tolerance) == Some(Grade::Wrong));
        let (i, None) = (wrong.next()?, wrong.next()) else { return None };
        let should = self.items[i].value + (base.value - self.sum);
        let (_, share) = self.items[i].share?;
        let fits = should != self.items[i].value
            && should >= Decimal::ZERO
            && tolerance.grade(share, percentage(should, base.value)?) == Grade::Right;
        (fits && self.all_shared()).then_some((i, should))
    }
}

/// `part` of `whole` in per cent, exactly; none of nothing.
pub(super) fn percentage(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (part * Decimal::ONE_HUNDRED).checked_div(whole)
}

/// `exact` with as many decimals as `share` was written with.
pub(super) fn rounded(exact: Decimal, share: Decimal) -> Decimal {
    let mut rounded = exact.round_dp_with_strategy(
        share.scale(),
        rust_decimal::RoundingStrategy::MidpointAwayFromZero,
    );
    rounded.rescale(share.scale());
    rounded
}

/// Whether `list` divides a total that stands right before it.
pub(super) fn divides(list: &List) -> bool {
    list.total.is_some() && list.opening != Opening::Includes && !list.and_so_on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_well_a_percentage_fits() {
        let tolerance = Tolerance { rounded: Decimal::new(5, 1), forced: Decimal::ONE };
        let number = |text: &str| crate::text::amount(text).unwrap();
        for (share, exact, grade) in [
            ("47.33", "47.328", Grade::Right),
            ("47.32", "47.328", Grade::Forced),
            ("47.30", "47.328", Grade::Forced),
            ("47.40", "47.328", Grade::Wrong),
            ("47.35", "47.328", Grade::Wrong),
            ("50", "47.328", Grade::Wrong),
        ] {
            assert_eq!(tolerance.grade(number(share), number(exact)), grade, "{share}");
        }
    }
}
