//! `residue`: what a web page or a word processor left in the text; one hit for all of it.
//!
//! ```yaml
//! check:
//!   residue:
//!     anywhere: ['&nbsp;']                     # words of the text
//!     dropped: ['[bookmark:']                  # what reading drops, as it stands in the file
//!     lines: ['^字号', '>>']                   # in lines that are no part of the report, but not of a web page
//! ```

use super::prose::{Found, gather};
use super::{Context, Kind, Outcome, Pattern};
use crate::document::Zone;
use crate::profile::Profile;
use crate::text::{FoldedSpan, Span};
use crate::yaml::{Faults, Fields, Node};

/// The check `residue`.
#[derive(Debug)]
pub struct Residue {
    anywhere: Vec<String>,
    dropped: Vec<String>,
    lines: Vec<Pattern>,
}

impl Kind for Residue {
    const NAME: &'static str = "residue";
    const CASES: &'static [&'static str] = &["found"];
    const SLOTS: &'static [&'static str] = &["count", "list", "text"];
    const ROLES: &'static [&'static str] = &["other"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let mut words = |key| {
            fields.get(key).map(|node| node.want_texts(faults)).unwrap_or_default()
        };
        let (anywhere, dropped) = (words("anywhere"), words("dropped"));
        let lines = Pattern::list(fields.get("lines"), faults);
        fields.finish(faults);
        Some(Self { anywhere, dropped, lines })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        // What was taken out of a container or a page's code was not seen by a reader.
        if document.source.extracted {
            return;
        }
        let mut found = Vec::new();
        for word in &self.anywhere {
            let places = document.folded.text().match_indices(word.as_str());
            let source = |at| document.folded.source(FoldedSpan::new(at, at + word.len()));
            found.extend(places.map(|(at, _)| Found::new(document, source(at), None)));
        }
        for word in &self.dropped {
            let places = document.source.text.match_indices(word.as_str());
            let source = |at| Span::new(at, at + word.len());
            found.extend(places.map(|(at, _)| Found::new(document, source(at), None)));
        }
        // What stands around an article on a web page belongs there.
        let page = document.source.origin.is_some();
        let left = document.blocks.iter().filter(|block| !page && block.zone == Zone::Residue);
        for block in left {
            let line = document.text(block.at);
            if self.lines.iter().any(|pattern| pattern.is_in(line)) {
                found.push(Found::new(document, document.folded.source(block.at), None));
            }
        }
        found.sort_by_key(|found| found.at.source.map(|span| span.start));
        out.hits.extend(gather("found", document, found, false));
    }
}
