//! `keywords`: things a report must speak of somewhere, each known by some words.
//!
//! ```yaml
//! check:
//!   keywords:
//!     groups:
//!       - { name: 工作考核, any: [考核, 考评] }
//!       - { name: 责任追究, any: [责任追究, 问责] }
//!     section: 总体情况              # leave out for the whole report
//! ```

use super::{Context, Hit, Kind, Outcome, Pattern};
use crate::document::{BlockKind, Document, Zone};
use crate::profile::Profile;
use crate::text::FoldedSpan;
use crate::yaml::{Faults, Fields, Node, Value, unknown};

/// The check `keywords`.
#[derive(Debug)]
pub struct Keywords {
    groups: Vec<Group>,
    section: Option<String>,
}

/// A thing and the words it is known by.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) any: Vec<Pattern>,
}

impl Kind for Keywords {
    const NAME: &'static str = "keywords";
    const CASES: &'static [&'static str] = &["absent", "one-absent"];
    const SLOTS: &'static [&'static str] = &["missing"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let groups = fields.need("groups", faults).map(|node| Group::list(node, faults));
        let section = fields.get("section").and_then(|node| section(node, profile, faults));
        fields.finish(faults);
        Some(Self { groups: groups?, section })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let section = match &self.section {
            None => None,
            // That a section is missing is for `sections` to say.
            Some(name) => match context.facts.section(name) {
                Some(section) => Some(section),
                None => return,
            },
        };
        let told = |group: &Group| match section {
            None => group.in_prose(document, Zone::REPORT),
            Some(section) => group.within(document, section.at.union(section.body)).is_some(),
        };
        let groups = self.groups.iter().filter(|group| !told(group));
        let missing: Vec<_> = groups.map(|group| group.name.as_str()).collect();
        if !missing.is_empty() {
            let at = section.map_or_else(|| document.anchor(), |section| section.at);
            let case = if missing.len() == 1 { "one-absent" } else { "absent" };
            out.hits.push(Hit::new(case, at).with("missing", missing.join("、")));
        }
    }
}

/// The name of a section of the profile.
pub(super) fn section(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<String> {
    let name = node.want_text(faults)?;
    if profile.section(&name).is_none() {
        let known: Vec<_> = profile.sections.iter().map(|s| s.name.as_str()).collect();
        unknown(&node.at, &name, &known, faults);
    }
    Some(name)
}

impl Group {
    /// Reads `[{name, any}, …]`.
    pub(super) fn list(node: &Node, faults: &mut Faults) -> Vec<Self> {
        list(node, faults, Self::decode)
    }

    /// Takes `name` and `any` out of `fields`.
    pub(super) fn decode(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Self> {
        let name = fields.need("name", faults).and_then(|node| node.want_text(faults));
        let any = fields.need("any", faults);
        Some(Self { name: name?, any: Pattern::list(Some(any?), faults) })
    }

    /// Whether one of the words stands in headings or paragraphs of `zones`.
    pub(super) fn in_prose(&self, document: &Document, zones: &'static [Zone]) -> bool {
        any_in_prose(&self.any, document, zones)
    }

    /// One of the words within `span`.
    pub(super) fn within(&self, document: &Document, span: FoldedSpan) -> Option<FoldedSpan> {
        let text = document.text(span);
        self.any.iter().find_map(|word| word.find(text, span.start))
    }
}

/// Whether one of `words` stands in headings or paragraphs of `zones`. Each word is sought in the
/// whole text at once; most reports have the first, and the others are never compiled.
pub(super) fn any_in_prose(words: &[Pattern], document: &Document, zones: &[Zone]) -> bool {
    let in_prose = |found: FoldedSpan| {
        let block = document.block_at(found).map(|index| &document.blocks[index]);
        block.is_some_and(|block| {
            zones.contains(&block.zone)
                && !matches!(block.kind, BlockKind::Table(_))
                && block.at.contains(found)
        })
    };
    let text = document.folded.text();
    words.iter().any(|word| word.find_all(text, 0).any(in_prose))
}

/// Reads a list of mappings.
pub(super) fn list<T>(
    node: &Node,
    faults: &mut Faults,
    decode: impl Fn(&mut Fields<'_>, &mut Faults) -> Option<T>,
) -> Vec<T> {
    let Value::List(items) = &node.value else {
        faults.push(&node.at, "此处应为列表", "a list is wanted here");
        return Vec::new();
    };
    let mut read = |item| {
        let mut fields = Fields::of(item, faults)?;
        let decoded = decode(&mut fields, faults);
        fields.finish(faults);
        decoded
    };
    items.iter().filter_map(&mut read).collect()
}
