//! A regular expression over folded text, compiled on first use.

use crate::text::{FoldedSpan, fold_pattern};
use crate::yaml::{Faults, Node};
use regex::Regex;
use std::sync::OnceLock;

/// A pattern of a rule file. Authors write it as the report does; it is folded like the text.
#[derive(Debug)]
pub struct Pattern {
    /// As the author wrote it.
    pub written: String,
    folded: String,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Reads a pattern. Whether it compiles is judged when the pack is tested.
    pub fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        Some(Self::new(&node.want_text(faults)?))
    }

    /// The pattern `written`.
    pub fn new(written: &str) -> Self {
        let folded = fold_pattern(written);
        Self { written: written.to_owned(), folded, regex: OnceLock::new() }
    }

    /// The compiled expression; `None` if it is not a valid one.
    pub fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(&self.folded).ok()).as_ref()
    }

    /// The first match within `text`, which stands at `offset` of the folded text.
    pub fn find(&self, text: &str, offset: u32) -> Option<FoldedSpan> {
        self.find_all(text, offset).next()
    }

    /// All matches within `text`, which stands at `offset` of the folded text. A pattern without
    /// metacharacters is searched as the plain text it is.
    pub fn find_all<'t>(
        &'t self,
        text: &'t str,
        offset: u32,
    ) -> Box<dyn Iterator<Item = FoldedSpan> + 't> {
        let plain = !self.folded.contains(|c: char| c.is_ascii_punctuation());
        if plain {
            let found = text.match_indices(self.folded.as_str());
            return Box::new(
                found.map(move |(at, piece)| FoldedSpan::new(at, at + piece.len()).shift(offset)),
            );
        }
        let found = self.regex().into_iter().flat_map(move |regex| regex.find_iter(text));
        Box::new(found.map(move |found| FoldedSpan::from(found.range()).shift(offset)))
    }
}
