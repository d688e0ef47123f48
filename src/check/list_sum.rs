//! `list-sum`: lists in the running text whose parts do not add up to the total they divide.
//!
//! ```yaml
//! check:
//!   list-sum:
//!     least: 95              # a list that holds less of the total, in per cent, may be meant to
//!     least-with-shares: 85  # … where every part has its percentage
//!     most: 150              # a list that holds more of it has parts that overlap
//!     most-with-shares: 105  # … where every part has its percentage
//!     overlapping: [网站, 微信]  # words of lists whose parts may count the same thing twice
//!     disjoint: [申请]          # … unless the list speaks of these
//!     rounded: 0.5           # as in `percentage`
//!     forced: 1
//! ```
//!
//! Cases: `over` and `under` (the sum against the total), `over-shares` and `under-shares` (every
//! part has its percentage), `count` (one count is wrong: another one fits both the total and its
//! percentage), `total` (the percentages fit the sum, not the total), `short` (far less than the
//! total, although nothing says that the list leaves anything out), `exceeds` (what is said to be
//! among the total, 其中, is more than all of it).

use super::shares::{Shares, Tolerance, decimal, divides};
use super::{Context, Hit, Kind, Mark, Outcome, Pattern};
use crate::document::Document;
use crate::facts::{Figure, List, Opening, Scope};
use crate::profile::Profile;
use crate::text::FoldedSpan;
use crate::yaml::{Faults, Fields, Node};
use rust_decimal::Decimal;

/// The check `list-sum`.
#[derive(Debug)]
pub struct ListSum {
    plain: Bounds,
    shared: Bounds,
    overlapping: Vec<Pattern>,
    disjoint: Vec<Pattern>,
    tolerance: Tolerance,
}

/// What share of its total a list may hold and still be meant to divide it, in per cent.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    least: Decimal,
    most: Decimal,
}

impl Bounds {
    fn decode(
        fields: &mut Fields<'_>,
        (least, most): (&'static str, &'static str),
        faults: &mut Faults,
    ) -> Option<Self> {
        let least = fields.need(least, faults).and_then(|node| decimal(node, faults));
        let most = fields.need(most, faults).and_then(|node| decimal(node, faults));
        Some(Self { least: least?, most: most? })
    }

    fn case(self, sum: Decimal, total: Decimal) -> Option<&'static str> {
        let share = sum * Decimal::ONE_HUNDRED;
        match () {
            () if sum > total && share <= total * self.most => Some("over"),
            () if sum < total && share >= total * self.least => Some("under"),
            () => None,
        }
    }
}

impl Kind for ListSum {
    const NAME: &'static str = "list-sum";
    const CASES: &'static [&'static str] =
        &["over", "under", "over-shares", "under-shares", "count", "total", "short", "exceeds"];
    const SLOTS: &'static [&'static str] =
        &["sum", "total", "unit", "difference", "parts", "name", "value", "expected", "shares", "lacking"];
    const ROLES: &'static [&'static str] = &["part", "total", "share"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let plain = Bounds::decode(&mut fields, ("least", "most"), faults);
        let shared = Bounds::decode(&mut fields, ("least-with-shares", "most-with-shares"), faults);
        let overlapping = Pattern::list(fields.get("overlapping"), faults);
        let disjoint = Pattern::list(fields.get("disjoint"), faults);
        let tolerance = Tolerance::decode(&mut fields, faults);
        fields.finish(faults);
        Some(Self { plain: plain?, shared: shared?, overlapping, disjoint, tolerance })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        for list in &context.facts.lists {
            let divided = || (list.parts.len() > 1).then(|| self.divided(context, list)).flatten();
            out.hits.extend(divided().or_else(|| exceeding(context, list)));
        }
    }
}

impl ListSum {
    /// Judges a list of several parts.
    fn divided(&self, context: &Context<'_>, list: &List) -> Option<Hit> {
        let shares = Shares::of(context.facts, list, &self.tolerance);
        let hit = match shares.base {
            Some(base) if shares.all_shared() => {
                self.with_shares(context, list, &shares, base.figure)
            }
            _ if shares.shared() == 0 => self.plain(context, list, &shares),
            _ => None,
        };
        hit.filter(|_| !is_completed(context, list, shares.sum))
    }

    /// Judges a list whose every part has its percentage.
    fn with_shares(
        &self,
        context: &Context<'_>,
        list: &List,
        shares: &Shares<'_>,
        base: Option<&Figure>,
    ) -> Option<Hit> {
        let own = list.total.map(|i| &context.facts.figures[i]);
        if let Some(total) = base {
            if shares.sum == total.low {
                return own.filter(|own| self.misnames(context, list, shares, own)).map(|own| sums(context, list, "total", shares, own));
            }
            if let Some((i, should)) = shares.miscounted {
                return Some(count(context, shares, (i, should), total));
            }
            let case = self.shared.case(shares.sum, total.low)?;
            let overlaps = case == "over" && self.overlaps(context, list, Some(total));
            // Shares that make 100% lack nothing that could be told of.
            let full = shares.total_share() == Some(Decimal::ONE_HUNDRED);
            let case = match case {
                _ if full => case,
                "over" => "over-shares",
                _ => "under-shares",
            };
            return (!overlaps).then(|| sums(context, list, case, shares, total));
        }
        // The percentages fit the sum: then the total that stands right before it does not.
        let whole = shares
            .total_share()
            .is_some_and(|all| (all - Decimal::ONE_HUNDRED).abs() <= Decimal::ONE);
        let own = own.filter(|_| divides(list));
        let total = own.or_else(|| self.headline(context, list, shares))?;
        let among = context.facts.document.text(total.before).starts_with("其中");
        (whole && !among && total.low != shares.sum)
            .then(|| sums(context, list, "total", shares, total))
    }

    /// Whether the list is said to be of `own` (66条信息中，…), while its parts make up another total
    /// that was told before, and all of it.
    fn misnames(&self, context: &Context<'_>, list: &List, shares: &Shares<'_>, own: &Figure) -> bool {
        let document = context.facts.document;
        let whole = shares.total_share().is_some_and(|all| (all - Decimal::ONE_HUNDRED).abs() <= Decimal::ONE);
        let among = document.text(own.after).trim_end().ends_with('中');
        whole && among && divides(list) && own.low != shares.sum && !document.text(own.before).starts_with("其中")
    }

    /// The figure of the sentence before that the list seems to divide: nearly its sum, and no part
    /// of the whole itself (通过网站公开…).
    fn headline<'a>(
        &self,
        context: &Context<'a>,
        list: &List,
        shares: &Shares<'_>,
    ) -> Option<&'a Figure> {
        let head = &context.facts.figures[*list.heads.first()?];
        let gap = (head.low - shares.sum).abs() * Decimal::ONE_HUNDRED;
        let words = context.facts.document.text(head.before);
        let fits = list.total.is_none()
            && head.block == shares.items[0].count.block
            && head.scope != Scope::Cumulative
            && gap <= head.low * (Decimal::ONE_HUNDRED - self.shared.least)
            && !self.overlapping.iter().any(|pattern| pattern.is_in(words));
        fits.then_some(head)
    }

    /// Judges a list without percentages.
    fn plain(&self, context: &Context<'_>, list: &List, shares: &Shares<'_>) -> Option<Hit> {
        if list.and_so_on || list.opening == Opening::Includes {
            return None;
        }
        let total = match list.total {
            Some(total) => &context.facts.figures[total],
            None => self.far_total(context, list, shares)?,
        };
        let among = list.opening == Opening::Among;
        // Two parts under 其中 may be the two worth telling of.
        if (among && list.parts.len() < 3)
            || shares.sum == total.low
            || total.low.is_zero()
            || self.overlaps(context, list, Some(total))
            || shares.items.iter().any(|item| item.count.scope == Scope::Cumulative && total.scope != Scope::Cumulative)
        {
            return None;
        }
        let case = match self.plain.case(shares.sum, total.low) {
            Some(case) => case,
            None if shares.sum < total.low && list.opening == Opening::Divides && list.total.is_some() && list.parts.len() > 2 => "short",
            None => return None,
        };
        Some(sums(context, list, case, shares, total))
    }

    /// The total that an earlier sentence gives, for a long list that begins with 其中 and holds
    /// nearly all of it.
    fn far_total<'a>(&self, context: &Context<'a>, list: &List, shares: &Shares<'_>) -> Option<&'a Figure> {
        if list.opening != Opening::Among || list.parts.len() < 4 {
            return None;
        }
        let heads = || list.heads.iter().map(|i| &context.facts.figures[*i]);
        if heads().any(|head| head.low == shares.sum) {
            return None;
        }
        let most = shares.items.iter().map(|item| item.value).max()?;
        let head = heads().find(|head| {
            head.scope != Scope::Cumulative
                && head.low >= most
                && !context.facts.document.text(head.before).starts_with("其中")
        })?;
        let near = shares.sum * self.plain.least <= head.low * Decimal::ONE_HUNDRED;
        near.then_some(head)
    }

    /// Whether the parts may count the same thing twice: published on a site and again elsewhere.
    fn overlaps(&self, context: &Context<'_>, list: &List, total: Option<&Figure>) -> bool {
        let document = context.facts.document;
        let says = |patterns: &[Pattern], figure: &Figure| {
            let words = document.text(figure.before);
            patterns.iter().any(|pattern| pattern.is_in(words))
        };
        let parts = || list.parts.iter().map(|part| &context.facts.figures[part.count]);
        parts().any(|part| says(&self.overlapping, part))
            && !parts().chain(total).any(|figure| says(&self.disjoint, figure))
    }
}

/// Whether the sum fits with what stands beside the list in its sentence: the total is that of two
/// figures (公开35条,更新1条,其中…), or the last part is none by its words (…;结转下年1件).
fn is_completed(context: &Context<'_>, list: &List, sum: Decimal) -> bool {
    let figures = &context.facts.figures;
    let (Some(total), Some(last)) = (list.total, list.parts.last()) else { return false };
    let total = &figures[total];
    let beside = |i: Option<usize>, sentence: FoldedSpan| {
        let figure = i.and_then(|i| figures.get(i)).filter(|figure| figure.sentence == sentence);
        figure.filter(|figure| figure.unit == total.unit).and_then(Figure::exact)
    };
    let before = beside(list.total.and_then(|i| i.checked_sub(1)), total.sentence);
    let end = last.share.map_or(last.count, |share| share.max(last.count));
    let after = beside(Some(end + 1), figures[end].sentence);
    let own = total.low;
    before.is_some_and(|before| own + before == sum) || after.is_some_and(|after| sum + after == own)
}

/// The first part under 其中, if it is more than what it is a part of; what follows may be no part. Where
/// other figures stand before the total in its sentence, 其中 may mean one of them.
fn exceeding(context: &Context<'_>, list: &List) -> Option<Hit> {
    let figures = &context.facts.figures;
    let index = list.total.filter(|_| list.opening == Opening::Among)?;
    let total = &figures[index];
    if index.checked_sub(1).is_some_and(|last| figures[last].sentence == total.sentence) {
        return None;
    }
    let part = list.parts.first().map(|part| &figures[part.count]).filter(|part| part.low > total.high)?;
    let comparable = part.scope != Scope::Cumulative || total.scope == Scope::Cumulative;
    comparable.then(|| {
        Hit::new("exceeds", part.at)
            .with("name", context.facts.document.text(part.before).trim().to_owned())
            .with("value", part.low)
            .with("total", total.low)
            .with("unit", total.unit.clone().unwrap_or_default())
            .mark(Mark::new("total", total.at).with("value", total.low))
    })
}

/// The sum against the total. It stands at the total, or, where that is far away, at the list.
fn sums(context: &Context<'_>, list: &List, case: &'static str, shares: &Shares<'_>, total: &Figure) -> Hit {
    let document = context.facts.document;
    let own = list.total.is_some_and(|own| context.facts.figures[own].at == total.at);
    let far = !own && case != "total";
    let first = shares.items[0].count;
    let mut hit = Hit::new(case, if far { first.at } else { total.at })
        .with("sum", shares.sum)
        .with("total", total.low)
        .with("unit", total.unit.clone().unwrap_or_default())
        .with("difference", (shares.sum - total.low).abs())
        .with("parts", sum_of(shares));
    if let Some(all) = shares.total_share() {
        hit = hit.with("shares", format!("{all}%"));
        hit = hit.with("lacking", format!("{}%", (Decimal::ONE_HUNDRED - all).abs()));
    }
    if far {
        hit = hit.mark(Mark::new("total", total.at).with("value", total.low));
    }
    for item in shares.items.iter().skip(usize::from(far)) {
        hit = hit.mark(part(document, item.count, item.value));
    }
    hit
}

/// One count is wrong, and it is known what it should be.
fn count(
    context: &Context<'_>,
    shares: &Shares<'_>,
    (i, should): (usize, Decimal),
    total: &Figure,
) -> Hit {
    let document = context.facts.document;
    let item = &shares.items[i];
    let number = FoldedSpan { start: item.count.at.start, end: item.count.at.end - unit_len(item.count) };
    let mut hit = Hit::new("count", item.count.at)
        .with("name", document.text(item.count.before).trim().to_owned())
        .with("value", item.value)
        .with("expected", should)
        .with("sum", shares.sum)
        .with("total", total.low)
        .with("parts", sum_of(shares))
        .with("unit", total.unit.clone().unwrap_or_default())
        .with("difference", (shares.sum - total.low).abs())
        .suggest(number, should.normalize().to_string())
        .mark(Mark::new("total", total.at).with("value", total.low));
    if let Some((share, value)) = item.share {
        hit = hit.with("shares", format!("{value}%")).mark(Mark::new("share", share.at).with("value", format!("{value}%")));
    }
    for (_, other) in shares.items.iter().enumerate().filter(|(other, _)| *other != i) {
        hit = hit.mark(part(document, other.count, other.value));
    }
    hit
}

fn unit_len(figure: &Figure) -> u32 {
    figure.unit.as_ref().map_or(0, |unit| unit.len() as u32)
}

fn part(document: &Document, figure: &Figure, value: Decimal) -> Mark {
    let name = document.text(figure.before).trim().to_owned();
    Mark::new("part", figure.at).with("name", name).with("value", value)
}

/// `14 + 1 + 4`.
fn sum_of(shares: &Shares<'_>) -> String {
    let values: Vec<String> = shares.items.iter().map(|item| item.value.normalize().to_string()).collect();
    values.join(" + ")
}
