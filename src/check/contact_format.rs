//! `contact-format`: one part of the contact details, judged as it is written.
//!
//! ```yaml
//! check:
//!   contact-format: { part: phone }       # phone, postcode, email, url
//! ```

use super::{Context, Hit, Kind, Outcome};
use crate::document::Document;
use crate::facts::{Contact, Contacts};
use crate::profile::Profile;
use crate::yaml::{Faults, Fields, Node, unknown};

/// The check `contact-format`.
#[derive(Debug)]
pub struct ContactFormat {
    part: Part,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Phone,
    Postcode,
    Email,
    Url,
}

const PARTS: &[(&str, Part)] = &[
    ("phone", Part::Phone),
    ("postcode", Part::Postcode),
    ("email", Part::Email),
    ("url", Part::Url),
];

impl Kind for ContactFormat {
    const NAME: &'static str = "contact-format";
    const CASES: &'static [&'static str] = &["no-area-code", "digits", "full-width"];
    const SLOTS: &'static [&'static str] = &["found", "expected"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let part = fields.need("part", faults).and_then(|node| {
            let text = node.want_text(faults)?;
            let part = PARTS.iter().find(|(name, _)| *name == text).map(|(_, part)| *part);
            if part.is_none() {
                let names: Vec<_> = PARTS.iter().map(|(name, _)| *name).collect();
                unknown(&node.at, &text, &names, faults);
            }
            part
        });
        fields.finish(faults);
        Some(Self { part: part? })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let (document, contact) = (context.facts.document, &context.facts.contact);
        match self.part {
            Part::Phone => phones(document, contact, out),
            Part::Postcode => {
                let wrong = contact.postcodes.iter().filter(|code| {
                    let digits = code.value.chars().filter(char::is_ascii_digit).count();
                    digits != 6
                });
                out.hits.extend(wrong.map(|code| hit("digits", document, code)));
            }
            Part::Email => out.hits.extend(full_width(document, &contact.emails)),
            Part::Url => out.hits.extend(full_width(document, &contact.urls)),
        }
    }
}

fn hit(case: &'static str, document: &Document, contact: &Contact) -> Hit {
    Hit::new(case, contact.at)
        .with("found", document.written(contact.at))
        .with("expected", document.text(contact.at))
}

/// A number without area code is a fault only where no number at all shows the code; one hit
/// stands for all of them.
fn phones(document: &Document, contact: &Contacts, out: &mut Outcome) {
    let numbers: Vec<_> = contact.phones.iter().chain(&contact.faxes).collect();
    let shapes: Vec<_> = numbers.iter().map(|c| Shape::of(document.text(c.at), &c.value)).collect();
    if !shapes.contains(&Shape::Whole)
        && let Some(i) = shapes.iter().position(|shape| *shape == Shape::NoAreaCode)
    {
        out.hits.push(hit("no-area-code", document, numbers[i]));
    }
    let wrong = numbers.iter().zip(&shapes).filter(|(_, shape)| **shape == Shape::Impossible);
    out.hits.extend(wrong.map(|(number, _)| hit("digits", document, number)));
}

/// What kind of telephone number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A landline with its area code.
    Whole,
    /// Seven or eight digits alone.
    NoAreaCode,
    /// An area code before too few or too many digits.
    Impossible,
    /// A mobile, a hotline, or what cannot be judged.
    Other,
}

impl Shape {
    fn of(written: &str, value: &str) -> Self {
        let text = if value.is_empty() { written } else { value };
        let local = text.split(['转', '/', '、', ';']).next().unwrap_or(text);
        let groups: Vec<&str> =
            local.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
        let groups = groups.strip_prefix(&["86"]).unwrap_or(&groups);
        let Some(first) = groups.first() else { return Self::Other };
        if first.starts_with('0') {
            return Self::landline(groups);
        }
        match groups {
            [number] if matches!(number.len(), 7 | 8) => Self::NoAreaCode,
            _ => Self::Other,
        }
    }

    /// `0595 86468502`, `010 8958 1050`, `059586468502`.
    fn landline(groups: &[&str]) -> Self {
        let first = groups[0];
        let code = if matches!(first.as_bytes(), [b'0', b'1' | b'2', ..]) { 3 } else { 4 };
        let glued = first.len().saturating_sub(code);
        let number = match groups.get(1) {
            _ if first.len() < code => return Self::Other,
            _ if glued > 0 => glued,
            Some(group) if matches!(group.len(), 3 | 4) => {
                group.len() + groups.get(2).map_or(0, |rest| rest.len())
            }
            Some(group) => group.len(),
            None => return Self::Other,
        };
        let possible = number == 8 || (code == 4 && number == 7);
        match number {
            _ if possible => Self::Whole,
            // Far too short or too long: an extension or a second number without a mark.
            5..=10 => Self::Impossible,
            _ => Self::Other,
        }
    }
}

/// Addresses written with full-width signs, which no browser understands.
fn full_width<'a>(
    document: &'a Document,
    contacts: &'a [Contact],
) -> impl Iterator<Item = Hit> + 'a {
    let wide = |contact: &&Contact| {
        let written = document.written(contact.at);
        written.contains(|c: char| matches!(c, '\u{ff01}'..='\u{ff5e}' | '。'))
    };
    contacts.iter().filter(wide).map(|contact| hit("full-width", document, contact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_by_their_shape() {
        for (text, shape) in [
            ("0595-86468502", Shape::Whole),
            ("(0598)2345678", Shape::Whole),
            ("010-89581050转8012", Shape::Whole),
            ("010 8958 1050", Shape::Whole),
            ("059586468502", Shape::Whole),
            ("86-0595-86468502", Shape::Whole),
            ("0595-86468502-801", Shape::Whole),
            ("89581050", Shape::NoAreaCode),
            ("2766511", Shape::NoAreaCode),
            ("010-8958105", Shape::Impossible),
            ("0595-864685021", Shape::Impossible),
            ("12345", Shape::Other),
            ("13912345678", Shape::Other),
            ("400-810-1234", Shape::Other),
            ("无", Shape::Other),
        ] {
            assert_eq!(Shape::of(text, ""), shape, "{text}");
        }
    }
}
