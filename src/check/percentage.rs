//! `percentage`: shares of a whole (1件，占总数的5.9%) that do not follow from the figures they are
//! said of. What a share was computed on is what most shares of its list agree with.
//!
//! ```yaml
//! check:
//!   percentage:
//!     rounded: 0.5      # a share may lie this far from the exact one, in units of its last place
//!     forced: 1         # up to here it was truncated, or made to fit a total of 100
//! ```
//!
//! Cases: `wrong` (the whole stands with it, and other shares confirm it), `unsure` (one share
//! alone, or a whole further away), `forced`.

use super::shares::{Base, Grade, Shares, Tolerance, divides, percentage, rounded};
use super::{Context, Hit, Kind, Mark, Outcome};
use crate::facts::{List, Opening};
use crate::profile::Profile;
use crate::text::FoldedSpan;
use crate::yaml::{Faults, Fields, Node};

/// The check `percentage`.
#[derive(Debug)]
pub struct Percentage {
    tolerance: Tolerance,
}

/// More parts of a sum are not shown.
const MOST_ADDENDS: usize = 30;

impl Kind for Percentage {
    const NAME: &'static str = "percentage";
    const CASES: &'static [&'static str] = &["wrong", "unsure", "forced"];
    const SLOTS: &'static [&'static str] = &["name", "part", "whole", "unit", "expected", "written"];
    const ROLES: &'static [&'static str] = &["part", "whole", "addend"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let tolerance = Tolerance::decode(&mut fields, faults);
        fields.finish(faults);
        Some(Self { tolerance })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        for list in &context.facts.lists {
            let shares = Shares::of(context.facts, list, &self.tolerance);
            if shares.shared() == 0 {
                continue;
            }
            match shares.base {
                Some(base) => self.by_base(context, list, &shares, base, out),
                None => self.alone(context, list, &shares, out),
            }
        }
    }
}

impl Percentage {
    /// Judges a list whose shares agree on what they were computed on.
    fn by_base(
        &self,
        context: &Context<'_>,
        list: &List,
        shares: &Shares<'_>,
        base: Base<'_>,
        out: &mut Outcome,
    ) {
        for i in 0..shares.items.len() {
            let case = match shares.grade(i, base.value, &self.tolerance) {
                Some(Grade::Wrong) if base.own && base.confirmed => "wrong",
                Some(Grade::Wrong) if !base.confirmed && self.explained(context, list, shares, i) => continue,
                Some(Grade::Wrong) => "unsure",
                Some(Grade::Forced) => "forced",
                _ => continue,
            };
            // A wrong count is the list's matter.
            if shares.miscounted.is_none_or(|(wrong, _)| wrong != i) {
                out.hits.extend(hit(context, case, shares, i, base));
            }
        }
    }

    /// Whether some earlier total explains the share of item `i`.
    fn explained(&self, context: &Context<'_>, list: &List, shares: &Shares<'_>, i: usize) -> bool {
        let fits = |base: &Base<'_>| {
            shares.grade(i, base.value, &self.tolerance) == Some(Grade::Right)
        };
        shares.candidates(context.facts, list).iter().any(fits)
    }

    /// Judges shares that nothing else confirms: only where the whole stands right before them, and
    /// no earlier total explains them.
    fn alone(&self, context: &Context<'_>, list: &List, shares: &Shares<'_>, out: &mut Outcome) {
        let [item] = shares.items.as_slice() else { return };
        let Some((share, _)) = item.share else { return };
        let candidates = shares.candidates(context.facts, list);
        let explained = self.explained(context, list, shares, 0);
        let own = candidates.iter().find(|base| base.own && base.value >= item.value);
        let Some(base) = own.filter(|_| !explained && divides(list)) else { return };
        let near = base.figure.is_some_and(|whole| whole.sentence == share.sentence);
        let case = match shares.grade(0, base.value, &self.tolerance) {
            Some(Grade::Wrong) if near && list.opening == Opening::Among => "unsure",
            Some(Grade::Forced) => "forced",
            _ => return,
        };
        out.hits.extend(hit(context, case, shares, 0, *base));
    }
}

fn hit(context: &Context<'_>, case: &'static str, shares: &Shares<'_>, i: usize, base: Base<'_>) -> Option<Hit> {
    let document = context.facts.document;
    let item = &shares.items[i];
    let (figure, share) = item.share?;
    let expected = rounded(percentage(item.value, base.value)?, share);
    let name = |at: FoldedSpan| document.text(at).trim().to_owned();
    let number = FoldedSpan { start: figure.at.start, end: figure.at.end - 1 };
    let mut hit = Hit::new(case, figure.at)
        .with("name", name(item.count.before))
        .with("part", item.value)
        .with("whole", base.value)
        .with("unit", item.count.unit.clone().unwrap_or_default())
        .with("expected", format!("{expected}%"))
        .with("written", format!("{share}%"))
        .mark(Mark::new("part", item.count.at).with("value", item.value))
        .suggest(number, expected.to_string());
    match base.figure {
        Some(whole) => hit = hit.mark(Mark::new("whole", whole.at).with("value", base.value)),
        // The whole stands nowhere: it is the sum of these.
        None => {
            for other in shares.items.iter().filter(|other| other.count.at != item.count.at).take(MOST_ADDENDS) {
                let mark = Mark::new("addend", other.count.at).with("name", name(other.count.before));
                hit = hit.mark(mark.with("value", other.value));
            }
        }
    }
    Some(hit)
}
