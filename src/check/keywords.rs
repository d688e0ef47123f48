//! `keywords`: things a report must speak of somewhere, each known by some words.
//!
//! ```yaml
//! check:
//!   keywords:
//!     groups:
//!       - { name: 工作考核, any: [考核, 考评] }
//!       - { name: 责任追究, any: [责任追究, 问责] }
//! ```

use super::{Context, Hit, Kind, Outcome, Pattern};
use crate::document::{BlockKind, Document, Zone};
use crate::profile::Profile;
use crate::text::FoldedSpan;
use crate::yaml::{Faults, Fields, Node, Value};

/// The check `keywords`.
#[derive(Debug)]
pub struct Keywords {
    groups: Vec<Group>,
}

/// A thing and the words it is known by.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) any: Vec<Pattern>,
}

impl Kind for Keywords {
    const NAME: &'static str = "keywords";
    const CASES: &'static [&'static str] = &["absent"];
    const SLOTS: &'static [&'static str] = &["missing"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let groups = fields.need("groups", faults).map(|node| Group::list(node, faults));
        fields.finish(faults);
        Some(Self { groups: groups? })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let absent = |group: &&Group| !group.in_prose(document, Zone::REPORT);
        let missing: Vec<_> =
            self.groups.iter().filter(absent).map(|group| group.name.as_str()).collect();
        if !missing.is_empty() {
            out.hits.push(
                Hit::new("absent", document.anchor()).with("missing", missing.join("、")),
            );
        }
    }
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
