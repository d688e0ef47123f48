//! `punctuation`: marks that the standard (GB/T 15834-2011, GB/T 9704-2012) has otherwise; one hit
//! tells of all places of one kind.
//!
//! ```yaml
//! check:
//!   punctuation: { find: half-width }     # see `FAULTS`
//! ```

mod brackets;
mod marks;

use super::prose::{gather, lines};
use super::{Context, Hit, Kind, Outcome};
use crate::document::Document;
use crate::profile::Profile;
use crate::yaml::{Faults, Fields, Node, unknown};

/// The check `punctuation`.
#[derive(Debug)]
pub struct Punctuation {
    fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    HalfWidth,
    PauseMark,
    AfterBracket,
    ArabicOrdinal,
    HeadingEnd,
    SpaceInTitle,
    Doubled,
    Unbalanced,
    Unfinished,
}

/// The faults that can be sought, by their names in rule files.
const FAULTS: &[(&str, Fault)] = &[
    // `,` `;` `:` `(` `)` between Chinese characters; case `throughout` where the report has no others.
    ("half-width", Fault::HalfWidth),
    // 《…》、《…》 and “…”、“…”.
    ("pause-mark", Fault::PauseMark),
    // （一）、
    ("after-bracket", Fault::AfterBracket),
    // 1、
    ("arabic-ordinal", Fault::ArabicOrdinal),
    // A heading on a line of its own that ends in a mark.
    ("heading-end", Fault::HeadingEnd),
    // Spaces within 《…》.
    ("space-in-title", Fault::SpaceInTitle),
    // ，， 。。 ，。
    ("doubled", Fault::Doubled),
    // A bracket or quotation mark without its partner.
    ("unbalanced", Fault::Unbalanced),
    // A paragraph that ends in a comma, right before a heading.
    ("unfinished", Fault::Unfinished),
];

impl Kind for Punctuation {
    const NAME: &'static str = "punctuation";
    const CASES: &'static [&'static str] = &["found", "throughout"];
    const SLOTS: &'static [&'static str] = &["count", "list", "text", "right"];
    const ROLES: &'static [&'static str] = &["other"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let fault = fields.need("find", faults).and_then(|node| {
            let word = node.want_text(faults)?;
            let known = FAULTS.iter().find(|(name, _)| *name == word).map(|(_, fault)| *fault);
            if known.is_none() {
                let names: Vec<_> = FAULTS.iter().map(|(name, _)| *name).collect();
                unknown(&node.at, &word, &names, faults);
            }
            known
        });
        fields.finish(faults);
        Some(Self { fault: fault? })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        out.hits.extend(self.hit(context.facts.document));
    }
}

impl Punctuation {
    fn hit(&self, document: &Document) -> Option<Hit> {
        let lines = lines(document);
        let each = |find: fn(&Document, super::prose::Line<'_>) -> Vec<super::prose::Found>| {
            lines.iter().flat_map(|line| find(document, *line)).collect::<Vec<_>>()
        };
        let (case, found) = match self.fault {
            Fault::HalfWidth => {
                let found = each(marks::half_width);
                let throughout = !found.is_empty() && !document.source.text.contains(['，', '；']);
                (if throughout { "throughout" } else { "found" }, found)
            }
            Fault::PauseMark => ("found", each(marks::pause_mark)),
            Fault::AfterBracket => ("found", each(marks::after_bracket)),
            Fault::ArabicOrdinal => ("found", each(marks::arabic_ordinal)),
            Fault::SpaceInTitle => ("found", each(marks::space_in_title)),
            Fault::Doubled => ("found", each(marks::doubled)),
            Fault::HeadingEnd => ("found", marks::heading_end(document)),
            Fault::Unbalanced => ("found", brackets::unbalanced(document, &lines)),
            Fault::Unfinished => ("found", marks::unfinished(document)),
        };
        gather(case, document, found, !matches!(self.fault, Fault::Unbalanced | Fault::Unfinished))
    }
}
