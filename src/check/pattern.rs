//! A regular expression over folded text, compiled on first use.

use crate::text::{FoldedSpan, fold_pattern};
use crate::yaml::{Faults, Node};
use memchr::memmem::Finder;
use regex::Regex;
use std::sync::OnceLock;

/// A pattern of a rule file. Authors write it as the report does; it is folded like the text.
#[derive(Debug)]
pub struct Pattern {
    /// As the author wrote it.
    pub written: String,
    matcher: Matcher,
}

/// Most patterns are plain words, which need no regular expression.
#[derive(Debug)]
enum Matcher {
    Plain(Box<Finder<'static>>),
    Regex(String, OnceLock<Option<Regex>>),
}

impl Pattern {
    /// Reads a pattern. Whether it compiles is judged when the pack is tested.
    pub fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        Some(Self::new(&node.want_text(faults)?))
    }

    /// The pattern `written`.
    pub fn new(written: &str) -> Self {
        let folded = fold_pattern(written);
        let matcher = if folded.contains(|c: char| c.is_ascii_punctuation()) {
            Matcher::Regex(folded, OnceLock::new())
        } else {
            Matcher::Plain(Box::new(Finder::new(&folded).into_owned()))
        };
        Self { written: written.to_owned(), matcher }
    }

    /// Whether it can be used: a plain word, or an expression that compiles.
    pub fn is_valid(&self) -> bool {
        match &self.matcher {
            Matcher::Plain(_) => true,
            Matcher::Regex(folded, regex) => compiled(folded, regex).is_some(),
        }
    }

    /// The first match within `text`, which stands at `offset` of the folded text.
    pub fn find(&self, text: &str, offset: u32) -> Option<FoldedSpan> {
        self.find_all(text, offset).next()
    }

    /// All matches within `text`, which stands at `offset` of the folded text.
    pub fn find_all<'t>(
        &'t self,
        text: &'t str,
        offset: u32,
    ) -> Box<dyn Iterator<Item = FoldedSpan> + 't> {
        match &self.matcher {
            Matcher::Plain(finder) => {
                let length = finder.needle().len();
                let found = finder.find_iter(text.as_bytes());
                Box::new(found.map(move |at| FoldedSpan::new(at, at + length).shift(offset)))
            }
            Matcher::Regex(folded, regex) => {
                let regex = compiled(folded, regex);
                let found = regex.into_iter().flat_map(move |regex| regex.find_iter(text));
                Box::new(found.map(move |found| FoldedSpan::from(found.range()).shift(offset)))
            }
        }
    }
}

fn compiled<'r>(folded: &str, regex: &'r OnceLock<Option<Regex>>) -> Option<&'r Regex> {
    regex.get_or_init(|| Regex::new(folded).ok()).as_ref()
}
