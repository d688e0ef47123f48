//! `year-contact`: ways to reach the office that are not those of last year's report.
//!
//! ```yaml
//! check:
//!   year-contact:
//!     fields: [phone, email, postcode, address]     # each is a case
//! ```
//!
//! A field is compared only where both reports give it, and has changed only if no value of it is
//! the same. A number with and without its area code is the same number.

use super::compare::hash;
use super::{Context, Hit, Kept, Kind, Mark, Outcome, Pair, Side};
use crate::facts::{Contact, Contacts};
use crate::profile::Profile;
use crate::text::skeleton;
use crate::yaml::{Faults, Fields, Node, unknown};

/// The check `year-contact`.
#[derive(Debug)]
pub struct YearContact {
    /// Indices into the cases.
    fields: Vec<usize>,
}

impl Kind for YearContact {
    const NAME: &'static str = "year-contact";
    const CASES: &'static [&'static str] = &["phone", "email", "postcode", "address"];
    const SLOTS: &'static [&'static str] = &["now", "before", "year", "last-year"];
    const ROLES: &'static [&'static str] = &["before"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let named = fields.need("fields", faults);
        fields.finish(faults);
        let mut found = Vec::new();
        for node in named?.items() {
            let word = node.want_text(faults)?;
            match Self::CASES.iter().position(|case| *case == word) {
                Some(index) => found.push(index),
                None => unknown(&node.at, &word, Self::CASES, faults),
            }
        }
        Some(Self { fields: found })
    }

    fn keep(&self, context: &Context<'_>) -> Option<Kept> {
        let mut values = Vec::new();
        for field in &self.fields {
            let contacts = of(&context.facts.contact, *field).iter();
            values.extend(
                contacts.map(|c| (*field as u8, hash(&[&normal(*field, &c.value)]))),
            );
        }
        values.sort_unstable();
        values.dedup();
        Some(Kept::Values(values))
    }

    fn suspects(&self, before: &Kept, now: &Kept) -> bool {
        let (Kept::Values(before), Kept::Values(now)) = (before, now) else { return false };
        self.fields.iter().any(|field| {
            let of = |list: &[(u8, u32)]| -> Vec<u32> {
                let own = list.iter().filter(|(kind, _)| usize::from(*kind) == *field);
                own.map(|(_, value)| *value).collect()
            };
            let (before, now) = (of(before), of(now));
            !before.is_empty() && !now.is_empty() && now.iter().all(|v| !before.contains(v))
        })
    }

    fn compare(&self, pair: &Pair<'_>, out: &mut Outcome) {
        for field in &self.fields {
            let before = of(&pair.before.facts.contact, *field);
            let now = of(&pair.now.facts.contact, *field);
            let (Some(old), Some(new)) = (before.first(), now.first()) else { continue };
            let same = |a: &Contact, b: &Contact| {
                let (a, b) = (normal(*field, &a.value), normal(*field, &b.value));
                // One address may name the province and the other not.
                a == b || (Self::CASES[*field] == "address" && (a.ends_with(&b) || b.ends_with(&a)))
            };
            if now.iter().any(|new| before.iter().any(|old| same(new, old))) {
                continue;
            }
            let mark = Mark::new("before", old.at)
                .on(Side::Before)
                .with("value", old.value.as_str())
                .with("year", pair.before.year);
            let hit = Hit::new(Self::CASES[*field], new.at)
                .with("now", new.value.as_str())
                .with("before", old.value.as_str())
                .with("year", pair.now.year)
                .with("last-year", pair.before.year)
                .mark(mark);
            out.hits.push(hit);
        }
    }
}

fn of(contacts: &Contacts, field: usize) -> &[Contact] {
    match field {
        0 => &contacts.phones,
        1 => &contacts.emails,
        2 => &contacts.postcodes,
        _ => &contacts.addresses,
    }
}

/// The value in the form in which it is compared.
fn normal(field: usize, value: &str) -> String {
    if field > 0 {
        return skeleton(value).to_lowercase();
    }
    // Without its area code a number has seven digits at least.
    let number = value.split('转').next().unwrap_or(value);
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    digits.iter().rev().take(7).rev().collect()
}
