//! `period`: the statistics period (统计期限), which must be the report year.

use super::{Context, Hit, Kind, Mark, Outcome, Slot};
use crate::document::{Document, Zone};
use crate::facts::Damage;
use crate::profile::Profile;
use crate::text::{FoldedSpan, piece};
use crate::yaml::{Faults, Fields, Node};
use jiff::civil::{Date, date};

/// The check `period`, written `period: {}`.
#[derive(Debug)]
pub struct Period;

impl Kind for Period {
    const NAME: &'static str = "period";
    const CASES: &'static [&'static str] =
        &["missing", "incomplete", "damaged", "other-year", "partial"];
    const SLOTS: &'static [&'static str] = &["year", "found", "start", "end"];
    const ROLES: &'static [&'static str] = &["open-ended", "other-dates"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        Fields::of(node, faults)?.finish(faults);
        Some(Self)
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let facts = context.facts;
        let Some(period) = &facts.period else {
            out.hits.push(missing(context));
            return;
        };
        let hit = |case| {
            Hit::new(case, period.at)
                .with("year", context.year)
                .with("found", facts.document.written(period.at))
        };
        let dated = |hit: Hit, (start, end): (Date, Date)| {
            hit.with("start", Slot::Day(start.to_string())).with("end", Slot::Day(end.to_string()))
        };
        match (period.damage, period.start.zip(period.end)) {
            (Damage::OpenEnd, _) => out.hits.push(missing(context)),
            (Damage::None, Some(_)) if facts.identity.academic => {}
            (Damage::None, Some(days)) => match judge(days.0, days.1, context.year) {
                // Dates of another year that nothing calls the statistics period.
                Some("other-year") if !period.labelled => {
                    out.hits.push(missing(context).mark(Mark::new("other-dates", period.at)));
                }
                case => out.hits.extend(case.map(|case| dated(hit(case), days))),
            },
            (Damage::Incomplete, _) if names_a_year(facts.document.text(period.at)) => {
                out.hits.push(hit("incomplete"));
            }
            _ => out.hits.push(hit("damaged")),
        }
    }
}

/// `统计期限为2018年度` leaves days out; `自年月日起至年月日止` was never filled in.
fn names_a_year(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) || text.contains("二〇")
}

/// What is wrong with the period from `start` to `end` of the report about `year`.
fn judge(start: Date, end: Date, year: i16) -> Option<&'static str> {
    let days = (end - start).get_days();
    let own = [start, end].iter().any(|date| date.year() == year);
    if start.year() != year || end.year() != year {
        // December to November: about a year, half of it the report's own.
        let shifted = own && (300..=400).contains(&days);
        return Some(if shifted { "partial" } else { "other-year" });
    }
    let (first, last) = (date(year, 1, 1), date(year, 12, 31));
    // The Regulation of 2007 came into force on 1 May 2008.
    let began = year == 2008 && start == date(2008, 5, 1);
    ((start != first && !began) || end != last).then_some("partial")
}

/// The report names no period; where it says “since 1 January” that is shown.
fn missing(context: &Context<'_>) -> Hit {
    let document = context.facts.document;
    let mut hit = Hit::new("missing", document.anchor()).with("year", context.year);
    for at in open_ended(document) {
        hit = hit.mark(Mark::new("open-ended", at));
    }
    hit
}

/// `2019年1月1日以来`, wherever it stands.
fn open_ended(document: &Document) -> Vec<FoldedSpan> {
    let mut found = Vec::new();
    for block in document.prose(Zone::TEXT) {
        let text = document.text(block.at);
        for words in ["年1月1日以来", "年1月1日起以来"] {
            for (at, _) in text.match_indices(words) {
                let year = piece(text, at.saturating_sub(4), at);
                if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) {
                    found.push(FoldedSpan::new(at - 4, at + words.len()).shift(block.at.start));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_their_faults() {
        for (start, end, year, case) in [
            ((2018, 1, 1), (2018, 12, 31), 2018, None),
            ((2008, 5, 1), (2008, 12, 31), 2008, None),
            ((2018, 3, 20), (2018, 12, 31), 2018, Some("partial")),
            ((2018, 1, 1), (2018, 12, 30), 2018, Some("partial")),
            ((2017, 12, 1), (2018, 11, 30), 2018, Some("partial")),
            ((2017, 1, 1), (2017, 12, 31), 2018, Some("other-year")),
            ((2018, 1, 1), (2019, 12, 31), 2018, Some("other-year")),
        ] {
            let day = |(y, m, d): (i16, i8, i8)| date(y, m, d);
            assert_eq!(judge(day(start), day(end), year), case, "{start:?}");
        }
    }
}
