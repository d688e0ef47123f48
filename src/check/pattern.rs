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
    /// Reads one pattern or a list of them. If the pack is being judged, each is compiled, and a
    /// fault is shown where it stands in the expression.
    pub fn list(node: Option<&Node>, faults: &mut Faults) -> Vec<Self> {
        let Some(node) = node else { return Vec::new() };
        node.items().iter().filter_map(|node| Self::decode(node, faults)).collect()
    }

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let pattern = Self::new(&node.want_text(faults)?);
        if faults.strict && !pattern.is_valid() {
            fault(node, &pattern.written, faults);
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

/// Notes where the pattern `written` of `node` is wrong and what to do.
fn fault(node: &Node, written: &str, faults: &mut Faults) {
    let wrong = |zh: &str, en: &str| {
        (format!("正则表达式有误：{zh}"), format!("not a valid pattern: {en}"))
    };
    match regex_syntax::ast::parse::Parser::new().parse(written) {
        Err(error) => {
            let (zh, en) = super::pattern_words::words(error.kind());
            let (zh, en) = wrong(zh, en);
            let span = error.span();
            faults.push_inside(node, &(span.start.offset..span.end.offset), zh, en);
        }
        // It is well formed; then it is too large, or names a class that does not exist.
        Ok(_) => {
            let (zh, en) = match Regex::new(&fold_pattern(written)) {
                Err(regex::Error::CompiledTooBig(_)) => wrong(
                    "展开后过大；把大的次数“{…}”改小",
                    "too large once compiled; make large repetitions “{…}” smaller",
                ),
                _ => wrong(
                    r"“\p{…}”里的名称不存在，或用了不支持的写法",
                    r"a name in “\p{…}” does not exist, or something unsupported is used",
                ),
            };
            faults.push(&node.at, zh, en);
        }
    }
}
