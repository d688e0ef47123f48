//! `growth`: rates of growth (比上年增长20%) that do not follow from the two years' figures, where
//! both stand in the sentence.
//!
//! ```yaml
//! check:
//!   growth: { rounded: 0.5, forced: 1 }    # as in `percentage`
//! ```
//!
//! Cases: `wrong`, `forced` (the last place is not rounded), `difference` (203条，比上年的186条增加16条).

use super::shares::{Grade, Tolerance, percentage, rounded};
use super::{Context, Hit, Kind, Mark, Outcome};
use crate::facts::{Figure, Scope};
use crate::profile::Profile;
use crate::text::FoldedSpan;
use crate::yaml::{Faults, Fields, Node};
use rust_decimal::Decimal;

/// The check `growth`.
#[derive(Debug)]
pub struct Growth {
    tolerance: Tolerance,
}

const MORE: &[&str] = &["增长", "增加", "上升", "提高", "增幅"];
const LESS: &[&str] = &["下降", "减少", "降低", "降幅"];
/// Words that name last year's figure.
const LAST_YEAR: &[&str] = &["上年", "去年", "上一年"];

impl Kind for Growth {
    const NAME: &'static str = "growth";
    const CASES: &'static [&'static str] = &["wrong", "forced", "difference"];
    const SLOTS: &'static [&'static str] = &["now", "before", "unit", "expected", "written"];
    const ROLES: &'static [&'static str] = &["now", "before", "difference"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let tolerance = Tolerance::decode(&mut fields, faults);
        fields.finish(faults);
        Some(Self { tolerance })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let figures = &context.facts.figures;
        for (i, rate) in figures.iter().enumerate() {
            if rate.is_in("%") {
                out.hits.extend(self.judge(context, &figures[..i], rate));
            } else if let [.., now, before] = &figures[..i] {
                out.hits.extend(difference(context, [now, before, rate]));
            }
        }
    }
}

/// `203条，比上年的186条增加16条`: three figures of one sentence, of which nothing else is said.
fn difference(context: &Context<'_>, [now, before, by]: [&Figure; 3]) -> Option<Hit> {
    let document = context.facts.document;
    let of = |figure: &Figure| document.text(figure.before).trim();
    let (more, less) = (MORE.contains(&of(by)), LESS.contains(&of(by)));
    let compared = of(before).strip_prefix(['比', '较']).is_some_and(names_last_year);
    let same = [now, before].iter().all(|other| other.unit == by.unit && other.sentence == by.sentence);
    if !same || !compared || !(more || less) {
        return None;
    }
    let (now_is, before_is, written) = (now.exact()?, before.exact()?, by.exact()?);
    let expected = if more { now_is - before_is } else { before_is - now_is };
    let unit = by.unit.clone().unwrap_or_default();
    (expected != written).then(|| {
        Hit::new("difference", by.at)
            .with("now", now_is)
            .with("before", before_is)
            .with("expected", format!("{}{unit}", expected.normalize()))
            .with("written", format!("{}{unit}", written.normalize()))
            .with("unit", unit)
            .mark(Mark::new("now", now.at).with("value", now_is))
            .mark(Mark::new("before", before.at).with("value", before_is))
    })
}

impl Growth {
    fn judge(&self, context: &Context<'_>, earlier: &[Figure], rate: &Figure) -> Option<Hit> {
        let document = context.facts.document;
        let words = document.text(rate.before);
        let ends = |words: &str, list: &[&str]| list.iter().any(|word| words.trim_end_matches(['了', '约', '达', '为']).ends_with(word));
        let (more, less) = (ends(words, MORE), ends(words, LESS));
        let written = rate.exact().filter(|_| more || less)?;
        let mut counts = earlier.iter().rev().take_while(|figure| figure.sentence == rate.sentence);
        let (second, first, third) = (counts.next()?, counts.next()?, counts.next());
        let of = |figure: &Figure| document.text(figure.before);
        let difference = ends(of(second), MORE) || ends(of(second), LESS);
        let based = difference && names_last_year(of(first));
        // Two figures of one unit in the sentence, and no third that could be meant.
        if first.unit != second.unit || second.is_in("%") || third.is_some() && !based {
            return None;
        }
        // The difference is wrong itself: one cause, one finding.
        if third.is_some_and(|now| self::difference(context, [now, first, second]).is_some()) {
            return None;
        }
        let (one, two) = (first.exact()?, second.exact()?);
        let (now, before) = match () {
            () if based && ends(of(second), MORE) && more => (one + two, one),
            () if based && ends(of(second), LESS) && less => (one - two, one),
            () if difference && ends(of(second), MORE) && more => (one, one - two),
            () if difference && ends(of(second), LESS) && less => (one, one + two),
            () if difference => return None,
            () if is_last_years(context, first, of(first)) && !is_last_years(context, second, of(second)) => (two, one),
            () if is_last_years(context, second, of(second)) && !is_last_years(context, first, of(first)) => (one, two),
            () => return None,
        };
        let change = if more { now - before } else { before - now };
        if before <= Decimal::ZERO || change < Decimal::ZERO {
            return None;
        }
        let exact = percentage(change, before)?;
        let case = match self.tolerance.grade(written, exact) {
            Grade::Right => return None,
            Grade::Forced => "forced",
            Grade::Wrong => "wrong",
        };
        let expected = rounded(exact, written);
        let number = FoldedSpan { start: rate.at.start, end: rate.at.end - 1 };
        let role = if difference { "difference" } else if two == now { "now" } else { "before" };
        let other = if role == "before" || difference && !based { "now" } else { "before" };
        let hit = Hit::new(case, rate.at)
            .with("now", now)
            .with("before", before)
            .with("unit", first.unit.clone().unwrap_or_default())
            .with("expected", format!("{expected}%"))
            .with("written", format!("{written}%"))
            .mark(Mark::new(other, first.at).with("value", one))
            .mark(Mark::new(role, second.at).with("value", two));
        Some(hit.suggest(number, expected.to_string()))
    }
}

/// Whether a figure after `words` is last year's own: 比上年的171条增加15条.
fn names_last_year(words: &str) -> bool {
    let words = words.trim_end_matches(['的', '度', '同', '期']);
    LAST_YEAR.iter().any(|word| words.ends_with(word))
}

/// Whether `figure` is said for the year before the report's.
fn is_last_years(context: &Context<'_>, figure: &Figure, words: &str) -> bool {
    figure.scope == Scope::Year(context.year - 1) || LAST_YEAR.iter().any(|word| words.contains(word))
}
