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
    const CASES: &'static [&'static str] = &["no-area-code", "digits", "full-width", "incomplete"];
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
            Part::Email => {
                out.hits.extend(full_width(document, &contact.emails));
                let broken = contact.emails.iter().filter(|email| is_incomplete(&email.value));
                out.hits.extend(broken.map(|email| hit("incomplete", document, email)));
            }
            Part::Url => out.hits.extend(full_width(document, &contact.urls)),
        }
    }
}

fn hit(case: &'static str, document: &Document, contact: &Contact) -> Hit {
    Hit::new(case, contact.at)
        .with("found", document.written(contact.at))
        .with("expected", document.text(contact.at))
}

/// Whether an e-mail address lacks a part. Of QQ邮箱12345678 everybody knows the rest, and what a page put in
/// the address's place is no fault of the report.
fn is_incomplete(email: &str) -> bool {
    let whole =
        email.split_once('@').is_some_and(|(local, host)| !local.is_empty() && host.contains('.'));
    let number = email.bytes().all(|byte| byte.is_ascii_digit());
    !(whole || number || email.starts_with('['))
}

/// A number without area code is a fault only where no number at all shows the code; one hit
/// stands for all of them.
fn phones(document: &Document, contact: &Contacts, out: &mut Outcome) {
    let numbers: Vec<_> = contact.phones.iter().chain(&contact.faxes).collect();
    let shapes: Vec<_> = numbers.iter().map(|contact| Shape::of(&contact.value)).collect();
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
    /// The shape of a number in normal form: `0595-86468502转801`.
    fn of(value: &str) -> Self {
        let number = value.split('转').next().unwrap_or(value);
        let Some((area, local)) = number.split_once('-') else {
            let local = matches!(number.len(), 7 | 8) && number.bytes().all(|b| b.is_ascii_digit());
            return if local { Self::NoAreaCode } else { Self::Other };
        };
        // 010 and 02x stand before eight digits, 03xx to 09xx before seven or eight.
        let (big, small) = (area.starts_with("01") || area.starts_with("02"), area.len() == 4);
        match (area.starts_with('0'), local.len()) {
            (false, _) => Self::Other,
            // 023-12360, 020-96855: a hotline behind its area code.
            (true, 5) if local.starts_with(['1', '9']) => Self::Other,
            (true, 8) if big || small => Self::Whole,
            (true, 7) if !big && small => Self::Whole,
            (true, _) => Self::Impossible,
        }
    }
}

/// Addresses written with full-width signs or spaces, which no browser understands.
fn full_width<'a>(
    document: &'a Document,
    contacts: &'a [Contact],
) -> impl Iterator<Item = Hit> + 'a {
    let wide = |contact: &&Contact| {
        let written = document.written(contact.at);
        let broken = written.contains('\n'); // over two lines of a page
        written.contains(|c: char| matches!(c, '\u{ff01}'..='\u{ff5e}') || c.is_whitespace() && !broken)
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
            ("0598-2345678", Shape::Whole),
            ("010-89581050转8012", Shape::Whole),
            ("89581050", Shape::NoAreaCode),
            ("2766511", Shape::NoAreaCode),
            ("010-8958105", Shape::Impossible),
            ("0595-864685021", Shape::Impossible),
            ("057-86468502", Shape::Impossible),
            ("12345", Shape::Other),
            ("13912345678", Shape::Other),
            ("400-8101234", Shape::Other),
            ("023-12360", Shape::Other),
            ("010-31234", Shape::Impossible),
        ] {
            assert_eq!(Shape::of(text), shape, "{text}");
        }
    }
}
