//! `subjects`: a section of several subjects, of which one is not told of, or has no heading of its own
//! where the others have one.
//!
//! ```yaml
//! check:
//!   subjects:
//!     where: text            # or `headings`: the headings right under the section's own
//!     named: true            # only subjects that the section's heading names, if it names two
//!     least: 1               # so many must be told of before the others are missed
//!     sections:
//!       - section: 复议诉讼
//!         subjects:
//!           - { name: 行政复议, any: [复议] }
//!           - { name: 行政诉讼, any: [诉讼, 应诉] }
//! ```
//!
//! Headings are missed only where there are as many as subjects, a single subject has none and
//! another heading stands in its place: what has been left out altogether is for other checks.

use super::keywords::{Group, list, section};
use super::{Context, Hit, Kind, Outcome};
use crate::facts::Section;
use crate::profile::Profile;
use crate::yaml::{Faults, Fields, Node, unknown};

/// The check `subjects`.
#[derive(Debug)]
pub struct Subjects {
    in_text: bool,
    named: bool,
    least: usize,
    sections: Vec<(String, Vec<Group>)>,
}

const WHERE: &[&str] = &["text", "headings"];

impl Kind for Subjects {
    const NAME: &'static str = "subjects";
    const CASES: &'static [&'static str] = &["untold", "unheaded"];
    const SLOTS: &'static [&'static str] = &["section", "missing", "told", "heading"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let place = fields.need("where", faults);
        let named = fields.get("named").is_some_and(|node| node.want_bool(faults));
        let least = fields.get("least").and_then(|node| node.want_number(faults)).unwrap_or(1);
        let sections = fields.need("sections", faults);
        fields.finish(faults);
        let word = place?.want_text(faults)?;
        if !WHERE.contains(&word.as_str()) {
            unknown(&place?.at, &word, WHERE, faults);
        }
        let sections = list(sections?, faults, |fields, faults| {
            let name = fields.need("section", faults).and_then(|node| section(node, profile, faults));
            let subjects = fields.need("subjects", faults).map(|node| Group::list(node, faults));
            Some((name?, subjects?))
        });
        let least = usize::try_from(least).unwrap_or(1);
        Some(Self { in_text: word == "text", named, least, sections })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        for (name, groups) in &self.sections {
            // Headings that share a name share its subjects.
            let mut named = context.facts.sections.iter().filter(|s| s.name.as_ref() == Some(name));
            if let (Some(section), None) = (named.next(), named.next()) {
                out.hits.extend(self.judge(context, section, groups));
            }
        }
    }
}

impl Subjects {
    fn judge(&self, context: &Context<'_>, section: &Section, groups: &[Group]) -> Option<Hit> {
        let document = context.facts.document;
        let is_named = |group: &&Group| !self.named || group.within(document, section.title).is_some();
        let groups: Vec<&Group> = groups.iter().filter(is_named).collect();
        let below = below(context, section);
        let told = |group: &&Group| match self.in_text {
            true => group.within(document, section.body).is_some(),
            false => below.iter().any(|heading| group.within(document, heading.title).is_some()),
        };
        let (told, missing): (Vec<&Group>, Vec<&Group>) = groups.into_iter().partition(told);
        if missing.is_empty() || told.len() < self.least {
            return None;
        }
        let names = |groups: &[&Group]| {
            groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join("、")
        };
        let hit = |case, at| {
            Hit::new(case, at)
                .with("section", document.written(section.title))
                .with("missing", names(&missing))
                .with("told", names(&told))
        };
        if self.in_text {
            return Some(hit("untold", section.at));
        }
        let is_stranger = |heading: &&&Section| {
            told.iter().all(|group| group.within(document, heading.title).is_none())
        };
        let mut strangers = below.iter().filter(is_stranger);
        let as_many = below.len() == told.len() + 1 && missing.len() == 1;
        let stranger = strangers.next().filter(|_| as_many)?;
        Some(hit("unheaded", stranger.at).with("heading", document.written(stranger.title)))
    }
}

/// In characters.
const LONGEST_HEADING: usize = 24;

/// The headings right under `section`, numbered from 1.
fn below<'c>(context: &'c Context<'_>, section: &Section) -> Vec<&'c Section> {
    // 1、根据…要求，加强…: an item of a list is no heading.
    let is_heading = |title: &str| {
        !title.is_empty() && !title.contains(',') && title.chars().count() <= LONGEST_HEADING
    };
    let inside = |other: &&Section| {
        section.body.contains(other.at)
            && other.ordinal.is_some()
            && is_heading(context.facts.document.text(other.title))
    };
    let all: Vec<&Section> = context.facts.sections.iter().filter(inside).collect();
    let top = all.iter().map(|heading| heading.level).min();
    let below = all.into_iter().filter(|heading| Some(heading.level) == top);
    let below: Vec<&Section> = below.collect();
    let numbered = below.first().is_some_and(|first| first.number == Some(1));
    if numbered { below } else { Vec::new() }
}
