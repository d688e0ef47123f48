//! A regular expression over folded text, compiled on first use.

use crate::text::{FoldedSpan, fold_pattern};
use crate::yaml::{Faults, Node};
use memchr::memmem::Finder;
use regex::Regex;
use std::ops::Range;
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
    /// Reads one pattern or a list of them. If the pack is being judged, each is compiled, and a
    /// fault is shown where it stands in the expression.
    pub fn list(node: Option<&Node>, faults: &mut Faults) -> Vec<Self> {
        let Some(node) = node else { return Vec::new() };
        node.items().iter().filter_map(|node| Self::decode(node, faults)).collect()
    }

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let pattern = Self::new(&node.want_text(faults)?);
        if faults.strict && !pattern.is_valid() {
            let (at, detail) = fault(node, &pattern.written);
            let (zh, en) =
                (format!("正则表达式有误：{detail}"), format!("not a valid pattern: {detail}"));
            faults.push(&at, zh, en);
        }
        Some(pattern)
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
    fn is_valid(&self) -> bool {
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

/// Where a pattern is wrong and how, in its own words; the place is exact where the scalar stands
/// in the file as it is read.
fn fault(node: &Node, written: &str) -> (Range<usize>, String) {
    let parsed = regex_syntax::ast::parse::Parser::new().parse(written);
    let Err(error) = parsed else {
        let error = Regex::new(&fold_pattern(written)).err();
        let detail = error.map(|error| error.to_string()).unwrap_or_default();
        return (node.at.clone(), detail.lines().last().unwrap_or_default().trim().to_owned());
    };
    // A quoted scalar begins after its quote.
    let quote = usize::from(node.at.len() > written.len());
    let start = node.at.start + quote + error.span().start.offset;
    let end = node.at.start + quote + error.span().end.offset;
    (start..end.max(start), error.kind().to_string())
}
