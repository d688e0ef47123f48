//! `short-forms`: names such as 《条例》 that are used before anything says what they stand for.
//!
//! ```yaml
//! check:
//!   short-forms:
//!     names: [条例, 办法]                 # what stands between 《 and 》
//!     defined: [简称, 下称]               # a definition: one of these, and the name after it
//! ```

use super::prose::{Found, gather, lines};
use super::{Context, Kind, Outcome};
use crate::document::Document;
use crate::profile::Profile;
use crate::text::{FoldedSpan, fold, piece};
use crate::yaml::{Faults, Fields, Node};

/// The check `short-forms`.
#[derive(Debug)]
pub struct ShortForms {
    names: Vec<String>,
    defined: Vec<String>,
}

impl Kind for ShortForms {
    const NAME: &'static str = "short-forms";
    const CASES: &'static [&'static str] = &["found"];
    const SLOTS: &'static [&'static str] = &["count", "list", "text"];
    const ROLES: &'static [&'static str] = &["other"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let mut words = |key, faults: &mut Faults| {
            let words = fields.need(key, faults)?.want_texts(faults);
            Some(words.iter().map(|word| fold(word)).collect::<Vec<_>>())
        };
        let (names, defined) = (words("names", faults), words("defined", faults));
        fields.finish(faults);
        Some(Self { names: names?, defined: defined? })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let text = document.folded.text();
        let lines = lines(document);
        let mut found = Vec::new();
        for name in &self.names {
            let quoted = format!("《{name}》");
            if !text.contains(&quoted) || self.is_defined(text, name) {
                continue;
            }
            let places = lines.iter().flat_map(|line| {
                let places = document.text(line.at).match_indices(&quoted);
                places.map(|(at, _)| FoldedSpan::new(at, at + quoted.len()).shift(line.at.start))
            });
            found.extend(places.take(1).map(|at| short(document, at)));
        }
        found.sort_by_key(|found| found.at.at);
        out.hits.extend(gather("found", document, found, false));
    }
}

fn short(document: &Document, at: FoldedSpan) -> Found {
    Found::new(document, document.folded.source(at), None)
}

/// How far behind a defining word the name stands, in bytes: `以下简称“新修订的《条例》”`.
const REACH: usize = 48;

impl ShortForms {
    /// Whether something says what `name` stands for.
    fn is_defined(&self, text: &str, name: &str) -> bool {
        self.defined.iter().any(|word| {
            text.match_indices(word.as_str()).any(|(at, _)| {
                let after = piece(text, at + word.len(), at + word.len() + REACH);
                // A line may end within the definition.
                let after = after.replace('\n', "");
                after.split('。').next().is_some_and(|after| after.contains(name))
            })
        })
    }
}
