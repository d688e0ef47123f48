//! What a pack changes of rules that are not its own: turned off, or of another level, for all
//! reports or some, always with a reason.

use super::decode::{levels, when};
use super::example::{self, Example};
use super::{Levels, Rule, When};
use crate::facts::Body;
use crate::finding::{Level, Words};
use crate::yaml::{Faults, Fields, Node};
use std::ops::Range;

/// One entry of `off:` or `levels:`.
#[derive(Clone, Debug)]
pub struct Change {
    /// The pack that makes it.
    pub pack: String,
    /// Its `pack.yml`, as it is shown.
    pub file: String,
    /// Byte range of the rule's name there.
    pub at: Range<usize>,
    /// The rule as it is named: `rule`, or `pack/rule`.
    pub rule: String,
    /// The path of the rule's file, once that is known.
    pub target: String,
    /// What becomes of the rule.
    pub effect: Effect,
    /// For which reports.
    pub when: When,
    /// Why.
    pub reason: Words,
    /// What proves it.
    pub examples: Vec<Example>,
}

/// What becomes of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is not in force.
    Off,
    /// Its hits have these levels.
    Level(Levels),
}

impl Change {
    /// Whether it is for all reports of its pack.
    pub fn is_unconditional(&self) -> bool {
        let When { years, bodies, other_bodies } = &self.when;
        years.is_none() && bodies.is_empty() && other_bodies.is_empty()
    }

    /// Whether a report can be meant by both, and they disagree about it.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        self.target == other.target
            && self.effect != other.effect
            && self.when.overlaps(&other.when)
    }
}

impl When {
    /// Whether a report can be meant by both.
    fn overlaps(&self, other: &Self) -> bool {
        let years = self.years.zip(other.years).is_none_or(|(a, b)| a.overlaps(b));
        let means = |when: &Self, body: Body| {
            (when.bodies.is_empty() || when.bodies.contains(&body))
                && !when.other_bodies.contains(&body)
        };
        let bodies = Body::WORDS.iter().filter_map(|word| Body::from_word(word));
        let unknown = self.bodies.is_empty() && other.bodies.is_empty();
        years && (unknown || bodies.into_iter().any(|b| means(self, b) && means(other, b)))
    }
}

/// The level of hits of `case` of `rule`, as `changes` leave it, the last one that means the
/// report deciding; `None` if they are not reported.
pub(super) fn level(
    rule: &Rule,
    case: &str,
    changes: &[&Change],
    year: i16,
    body: Option<Body>,
) -> Option<Level> {
    let meant = |change: &&&Change| change.target == rule.file && change.when.holds(year, body);
    match changes.iter().rev().find(meant).map(|change| &change.effect) {
        Some(Effect::Off) => None,
        Some(Effect::Level(levels)) => levels.of(case),
        None => rule.levels.of(case),
    }
}

/// An entry of `off:`.
pub(super) fn off(node: &Node, pack: &str, file: &str, faults: &mut Faults) -> Option<Change> {
    decode(node, pack, file, false, faults)
}

/// An entry of `levels:`.
pub(super) fn level_of(node: &Node, pack: &str, file: &str, faults: &mut Faults) -> Option<Change> {
    decode(node, pack, file, true, faults)
}

fn decode(
    node: &Node,
    pack: &str,
    file: &str,
    with_level: bool,
    faults: &mut Faults,
) -> Option<Change> {
    let mut fields = Fields::of(node, faults)?;
    let named = fields.need("rule", faults);
    let rule = named.and_then(|node| node.want_text(faults));
    let effect = match with_level {
        true => fields
            .need("level", faults)
            .and_then(|node| levels(node, None, faults))
            .map(Effect::Level),
        false => Some(Effect::Off),
    };
    let when = fields.get("when").map(|node| when(node, faults)).unwrap_or_default();
    let reason = fields.need("reason", faults).and_then(|node| node.want_words(faults));
    let examples = match with_level {
        true => fields.get("examples").map(|node| example::examples(node, faults)),
        false => None,
    };
    fields.finish(faults);
    Some(Change {
        pack: pack.to_owned(),
        file: file.to_owned(),
        at: named?.at.clone(),
        rule: rule?,
        target: String::new(),
        effect: effect?,
        when,
        reason: reason?,
        examples: examples.unwrap_or_default(),
    })
}
