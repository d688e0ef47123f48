//! `contact`: how to reach the office that answers for the report.
//!
//! ```yaml
//! check:
//!   contact: { need: [phone, address, postcode, email] }
//! ```

use super::{Context, Hit, Kind, Outcome, Slot};
use crate::facts::Contacts;
use crate::profile::Profile;
use crate::text::FoldedSpan;
use crate::yaml::{Faults, Fields, Node, Value, unknown};

/// The check `contact`.
#[derive(Debug)]
pub struct Contact {
    need: Vec<&'static str>,
}

/// The parts a contact can have.
const PARTS: &[&str] = &["phone", "address", "postcode", "email"];

impl Kind for Contact {
    const NAME: &'static str = "contact";
    const CASES: &'static [&'static str] = &["missing", "incomplete"];
    const SLOTS: &'static [&'static str] = &["missing"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let mut need = Vec::new();
        if let Some(node) = fields.need("need", faults) {
            let alone = std::slice::from_ref(node);
            let items = if let Value::List(items) = &node.value { items.as_slice() } else { alone };
            need.extend(items.iter().filter_map(|item| part(item, faults)));
        }
        fields.finish(faults);
        Some(Self { need })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let contact = &context.facts.contact;
        let Some(first) = first(contact) else {
            out.hits.push(
                Hit::new("missing", context.facts.document.anchor()).with("missing", keys(&self.need)),
            );
            return;
        };
        let missing: Vec<_> =
            self.need.iter().copied().filter(|part| !has(contact, part)).collect();
        if !missing.is_empty() {
            out.hits.push(Hit::new("incomplete", first).with("missing", keys(&missing)));
        }
    }
}

fn part(node: &Node, faults: &mut Faults) -> Option<&'static str> {
    let text = node.want_text(faults)?;
    let known = PARTS.iter().copied().find(|part| *part == text);
    if known.is_none() {
        unknown(&node.at, &text, PARTS, faults);
    }
    known
}

fn keys(parts: &[&str]) -> Slot {
    Slot::Keys(parts.iter().map(|part| (*part).to_owned()).collect())
}

fn has(contact: &Contacts, part: &str) -> bool {
    match part {
        "phone" => !contact.phones.is_empty(),
        "address" => !contact.addresses.is_empty(),
        "postcode" => !contact.postcodes.is_empty(),
        _ => !contact.emails.is_empty(),
    }
}

/// The first way to reach the office. A web address alone is none: every report names a website.
fn first(contact: &Contacts) -> Option<FoldedSpan> {
    let ways = [&contact.phones, &contact.addresses, &contact.emails, &contact.postcodes];
    let all = ways.into_iter().chain([&contact.faxes]).flatten();
    all.map(|way| way.at).min()
}
