//! Levels that a repository gives to rules instead of their own, for all files or for some.

use super::{compiled, fits};
use crate::finding::{Finding, Level};
use crate::yaml::{Faults, Fields, Node, unknown};
use glob::Pattern;
use std::ops::Range;

/// One change of a level.
#[derive(Clone, Debug)]
pub struct Change {
    /// The rule: `rule`, `pack/rule`, or a pack.
    pub rule: String,
    /// Where the rule is named in the configuration.
    pub at: Range<usize>,
    /// Its level; `None` turns it off.
    pub level: Option<Level>,
    /// The files it is for; all if empty.
    pub paths: Vec<Pattern>,
    /// Why.
    pub reason: String,
}

/// All changes, in the order of the file: of several that fit, the last holds.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// The changes.
    pub changes: Vec<Change>,
}

/// What turns a rule off.
const OFF: &str = "off";

impl Levels {
    pub(super) fn decode(node: &Node, faults: &mut Faults) -> Self {
        Self { changes: node.items().iter().filter_map(|item| change(item, faults)).collect() }
    }

    /// The changes for the file at `path`, counted from the folder of the configuration; `None`
    /// for what has no path below it.
    pub fn of(&self, path: Option<&str>) -> Vec<&Change> {
        let fits = |change: &&Change| {
            change.paths.is_empty() || path.is_some_and(|path| fits(&change.paths, path))
        };
        self.changes.iter().filter(fits).collect()
    }
}

impl Change {
    /// Whether it is about `rule` of `pack`.
    pub fn names(&self, pack: &str, rule: &str) -> bool {
        let full = self.rule.strip_prefix(pack).and_then(|rest| rest.strip_prefix('/'));
        self.rule == pack || self.rule == rule || full == Some(rule)
    }

    /// The words for its level.
    pub fn word(&self) -> &'static str {
        self.level.map_or(OFF, Level::word)
    }
}

/// Whether `changes` turn `rule` of `pack` off.
pub(crate) fn is_off(changes: &[&Change], pack: &str, rule: &str) -> bool {
    changes.iter().rev().find(|change| change.names(pack, rule)).is_some_and(|c| c.level.is_none())
}

/// Gives `findings` the levels of `changes` and puts them in order again.
pub(crate) fn apply(changes: &[&Change], findings: &mut [Finding]) {
    if changes.is_empty() {
        return;
    }
    for finding in findings.iter_mut() {
        let change = changes.iter().rev().find(|c| c.names(&finding.pack, &finding.rule));
        finding.level = change.and_then(|change| change.level).unwrap_or(finding.level);
    }
    // Stable: within a level the order stays.
    findings.sort_by_key(|finding| finding.level);
}

fn change(node: &Node, faults: &mut Faults) -> Option<Change> {
    let mut fields = Fields::of(node, faults)?;
    let rule = fields.need("rule", faults);
    let level = fields.need("level", faults).and_then(|node| {
        let word = node.want_text(faults)?;
        let level = Level::from_word(&word);
        if level.is_none() && word != OFF {
            unknown(&node.at, &word, &["error", "warning", "info", OFF], faults);
            return None;
        }
        Some(level)
    });
    let paths = fields.get("paths").map(|node| compiled(node, faults)).unwrap_or_default();
    let reason = fields.need("reason", faults).and_then(|node| filled(node, faults));
    fields.finish(faults);
    let (name, at) = rule.and_then(|node| Some((node.want_text(faults)?, node.at.clone())))?;
    Some(Change { rule: name, at, level: level?, paths, reason: reason? })
}

/// A text that says something.
pub(crate) fn filled(node: &Node, faults: &mut Faults) -> Option<String> {
    let text = node.want_text(faults)?;
    if text.trim().is_empty() {
        faults.push(&node.at, "不能是空的", "this must not be empty");
        return None;
    }
    Some(text.trim().to_owned())
}
