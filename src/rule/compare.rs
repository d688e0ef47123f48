//! Runs the rules that compare reports: what they keep of each, whether what was kept is reason to
//! look again, and what they say of a report and last year's.

use super::merge::Owned;
use super::run::{Overlaid, Put, context, finding, names, settled};
use super::{InForce, Judged, Rule, message};
use crate::check::{Hit, Kept, Outcome, Pair, Side};
use crate::document::{Document, Place, Placed};
use crate::facts::{Body, Facts};
use crate::finding::{Finding, Lang, Unassessed};

/// What the rules keep of one report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memo(Vec<(String, Kept)>);

impl Memo {
    /// What the rule called `id` kept.
    pub fn of(&self, id: &str) -> Option<&Kept> {
        self.0.iter().find(|(rule, _)| rule == id).map(|(_, kept)| kept)
    }
}

/// One report, read again.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// What was read.
    pub facts: &'a Facts<'a>,
    /// Its year.
    pub year: i16,
}

/// How reports are compared in this run.
#[derive(Clone, Copy)]
pub struct Comparing<'a> {
    /// The packs in force for the report that is judged.
    pub packs: &'a [InForce<'a>],
    /// Which rules take part.
    pub wanted: &'a dyn Fn(&str, &Rule) -> bool,
    /// Today.
    pub as_of: jiff::civil::Date,
    /// The language of findings.
    pub lang: Lang,
}

impl<'a> Comparing<'a> {
    /// The rules that take part, each once.
    fn rules(self) -> Vec<(&'a InForce<'a>, &'a Rule)> {
        let mut overlaid = Overlaid::new(self.packs);
        let all = self.packs.iter().flat_map(|pack| pack.pack.rules.iter().map(move |r| (pack, r)));
        all.filter(|(pack, rule)| {
            pack.by_year && (self.wanted)(&pack.pack.name, rule) && overlaid.admits(pack, rule)
        })
        .collect()
    }

    /// The rules in force for such reports.
    pub(crate) fn rules_for(
        self,
        year: i16,
        body: Option<Body>,
    ) -> impl Iterator<Item = (&'a InForce<'a>, &'a Rule)> {
        let overlaid = Overlaid::new(self.packs);
        self.rules().into_iter().filter(move |(_, rule)| {
            rule.when.holds(year, body) && !overlaid.is_off(rule, year, body)
        })
    }
}

/// What the rules keep of a report. The years a rule is for do not matter: the rule of the next
/// year wants this year's figures.
pub fn keep(report: Reading<'_>, how: Comparing<'_>) -> Memo {
    let kept = how.rules().into_iter().filter_map(|(pack, rule)| {
        let context = context(report.facts, report.year, pack, how.as_of);
        Some((rule.id.clone(), rule.check.keep(&context)?))
    });
    Memo(kept.collect())
}

/// Whether a rule of this year's report sees reason to read it and last year's again.
pub fn suspects(
    before: &Memo,
    now: &Memo,
    year: i16,
    body: Option<Body>,
    how: Comparing<'_>,
) -> bool {
    how.rules_for(year, body).any(|(_, rule)| {
        let both = before.of(&rule.id).zip(now.of(&rule.id));
        both.is_some_and(|(before, now)| rule.check.suspects(before, now))
    })
}

/// Judges a report together with last year's; `certain` if both are certainly of one organ. Every
/// place names its file.
pub fn compare(now: Reading<'_>, before: Reading<'_>, certain: bool, how: Comparing<'_>) -> Judged {
    let put = |side: Side, at: &Placed| match side {
        Side::Now | Side::Other(_) => in_file(now.facts, at),
        Side::Before => in_file(before.facts, at),
    };
    let mut judged = Judged::default();
    let mut findings = Vec::new();
    let about = (now.year, now.facts.identity.body);
    for (pack, rule) in how.rules_for(about.0, about.1) {
        let contexts = [now, before].map(|r| context(r.facts, r.year, pack, how.as_of));
        let mut outcome = Outcome::default();
        let [now, before] = &contexts;
        rule.check.compare(&Pair { now, before, certain }, &mut outcome);
        let name = pack.pack.name.as_str();
        for hit in outcome.hits {
            let document = Some(now.facts.document);
            findings.extend(worded((name, rule), hit, document, &put, about, how));
        }
        judged.unassessed.extend(outcome.doubts.iter().map(|doubt| Unassessed {
            rule: rule.id.clone(),
            pack: name.to_owned(),
            code: doubt.reason.code(),
            reason: message::reason(&doubt.reason, how.lang),
            place: put(Side::Now, &doubt.at),
        }));
    }
    judged.findings = settled(findings);
    judged
}

/// The place of `at` with the name of its file.
fn in_file(facts: &Facts<'_>, at: &Placed) -> Place {
    let place = facts.document.place(at);
    Place { file: Some(facts.document.source.path.clone()), ..place }
}

/// The finding that a rule of a pack makes of `hit` in `document`; none if such a case is not
/// reported for the year and kind of body the finding is about.
pub fn worded(
    (pack, rule): (&str, &Rule),
    hit: Hit,
    document: Option<&Document>,
    put: &Put<'_>,
    (year, body): (i16, Option<Body>),
    how: Comparing<'_>,
) -> Option<Finding> {
    let level = Overlaid::new(how.packs).level(rule, hit.case, year, body)?;
    let owned = Owned { order: 0, pack, rule, level, hit, expected: None };
    let names = names(how.packs, how.lang);
    settled(vec![finding(owned, document, put, year, &names, how.lang)]).pop()
}
