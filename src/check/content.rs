//! `content`: things a report must tell of in its text; where they stand in a table alone, that
//! is said once for all of them.
//!
//! ```yaml
//! check:
//!   content:
//!     items:
//!       - name: 依申请公开情况
//!         any: [收到申请, 依申请公开情况]      # words that tell of it
//!         mentions: [申请]                    # words that name it: not absent, yet nothing is told
//!       - { name: 收费及减免情况, any: [收费, 减免], absent: false }   # absent: another rule's matter
//! ```

use super::keywords::{Group, any_in_prose, list};
use super::{Context, Hit, Kind, Mark, Outcome, Pattern};
use crate::document::{Document, Zone};
use crate::profile::Profile;
use crate::text::FoldedSpan;
use crate::yaml::{Faults, Fields, Node};

/// The check `content`.
#[derive(Debug)]
pub struct Content {
    items: Vec<Item>,
}

#[derive(Debug)]
struct Item {
    group: Group,
    /// Words that name the thing without telling of it.
    mentions: Vec<Pattern>,
    /// Whether its absence is this rule's matter.
    absent: bool,
}

impl Kind for Content {
    const NAME: &'static str = "content";
    const CASES: &'static [&'static str] = &["absent", "table-only"];
    const SLOTS: &'static [&'static str] = &["items"];
    const ROLES: &'static [&'static str] = &["table"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let items = fields.need("items", faults).map(|node| list(node, faults, Item::decode));
        fields.finish(faults);
        Some(Self { items: items? })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        const TEXT: &[Zone] = &[Zone::Opening, Zone::Narrative, Zone::Attachment];
        let document = context.facts.document;
        let mut tabled = Vec::new();
        for Item { group: item, mentions, absent } in &self.items {
            if item.in_prose(document, TEXT) {
                continue;
            }
            match in_tables(item, document) {
                Some(at) => tabled.push((item, at)),
                None if *absent && !any_in_prose(mentions, document, TEXT) => out.hits.push(
                    Hit::new("absent", document.anchor()).with("items", item.name.as_str()),
                ),
                None => {}
            }
        }
        out.hits.extend(table_only(document, &tabled));
    }
}

impl Item {
    fn decode(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Self> {
        let absent = fields.get("absent").is_none_or(|node| node.want_bool(faults));
        let mentions = Pattern::list(fields.get("mentions"), faults);
        Some(Self { group: Group::decode(fields, faults)?, mentions, absent })
    }
}

/// Where one of the item's words stands in a table, whether or not its form is known.
fn in_tables(item: &Group, document: &Document) -> Option<FoldedSpan> {
    document.tables.iter().find_map(|table| item.within(document, table.at))
}

fn table_only(document: &Document, tabled: &[(&Group, FoldedSpan)]) -> Option<Hit> {
    if tabled.is_empty() {
        return None;
    }
    let names: Vec<_> = tabled.iter().map(|(item, _)| item.name.as_str()).collect();
    let mut hit = Hit::new("table-only", document.anchor()).with("items", names.join("、"));
    for (item, at) in tabled {
        hit = hit.mark(Mark::new("table", *at).with("items", item.name.as_str()));
    }
    Some(hit)
}
