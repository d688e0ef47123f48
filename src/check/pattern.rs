//! A regular expression over folded text, compiled on first use.

use super::needed::{Needed, needed};
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
    Regex(Expression),
}

/// A regular expression, and the words that every match of it holds: where they do not stand, it is
/// never compiled.
#[derive(Debug)]
struct Expression {
    folded: String,
    needed: Option<Needed>,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    fn new(folded: &str) -> Self {
        let folded = narrow(folded);
        Self { needed: needed(&folded), folded, compiled: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.folded).ok()).as_ref()
    }

    /// The expression, if `text` can hold a match.
    fn regex_for(&self, text: &str) -> Option<&Regex> {
        self.may_match(text).then(|| self.regex()).flatten()
    }

    fn may_match(&self, text: &str) -> bool {
        self.needed.as_ref().is_none_or(|needed| needed.stands_in(text))
    }
}

/// The expression with `\d` and `\s` for what they can mean in folded text, which knows only the digits
/// 0–9 and few kinds of white space: classes of all scripts take long to compile.
fn narrow(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len() + 16);
    let mut class = false;
    let mut chars = folded.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('d') => out.push_str(if class { "0-9" } else { "[0-9]" }),
                Some('s') => out.push_str(if class { " \t\r\n" } else { "[ \t\r\n]" }),
                next => {
                    out.push(c);
                    out.extend(next);
                }
            },
            _ => {
                class = c == '[' || class && c != ']';
                out.push(c);
            }
        }
    }
    out
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
            Matcher::Regex(Expression::new(&folded))
        } else {
            Matcher::Plain(Box::new(Finder::new(&folded).into_owned()))
        };
        Self { written: written.to_owned(), matcher }
    }

    /// Whether it can be used: a plain word, or an expression that compiles.
    fn is_valid(&self) -> bool {
        match &self.matcher {
            Matcher::Plain(_) => true,
            Matcher::Regex(expression) => expression.regex().is_some(),
        }
    }

    /// The first match within `text`, which stands at `offset` of the folded text.
    pub fn find(&self, text: &str, offset: u32) -> Option<FoldedSpan> {
        let found = match &self.matcher {
            Matcher::Plain(finder) => {
                let at = finder.find(text.as_bytes())?;
                at..at + finder.needle().len()
            }
            Matcher::Regex(expression) => expression.regex_for(text)?.find(text)?.range(),
        };
        Some(FoldedSpan::from(found).shift(offset))
    }

    /// Whether it stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        match &self.matcher {
            Matcher::Plain(finder) => finder.find(text.as_bytes()).is_some(),
            Matcher::Regex(expression) => {
                expression.regex_for(text).is_some_and(|regex| regex.is_match(text))
            }
        }
    }

    /// Whether it can stand in a part of `text`: a quick look before many parts are looked at.
    pub fn may_be_in(&self, text: &str) -> bool {
        match &self.matcher {
            Matcher::Plain(finder) => finder.find(text.as_bytes()).is_some(),
            Matcher::Regex(expression) => expression.may_match(text),
        }
    }

    /// All matches with their groups within `text`, which stands at `offset`: the place is that of
    /// the group `at` if there is one, and `template` (`$1`) is filled in from the groups.
    pub fn find_filled(&self, text: &str, offset: u32, template: Option<&str>) -> Vec<Filled> {
        let Matcher::Regex(expression) = &self.matcher else {
            let found = self.find_all(text, offset);
            let replacement = || template.map(str::to_owned);
            return found
                .map(|whole| Filled { whole, at: whole, replacement: replacement() })
                .collect();
        };
        let Some(regex) = expression.regex_for(text) else { return Vec::new() };
        let filled = |groups: regex::Captures<'_>| {
            let whole = FoldedSpan::from(groups.get(0)?.range()).shift(offset);
            let at = groups.name("at").map(|at| FoldedSpan::from(at.range()).shift(offset));
            let replacement = template.map(|template| {
                let mut out = String::new();
                groups.expand(template, &mut out);
                out
            });
            Some(Filled { whole, at: at.unwrap_or(whole), replacement })
        };
        regex.captures_iter(text).filter_map(filled).collect()
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
            Matcher::Regex(expression) => {
                let found = expression
                    .regex_for(text)
                    .into_iter()
                    .flat_map(move |regex| regex.find_iter(text));
                Box::new(found.map(move |found| FoldedSpan::from(found.range()).shift(offset)))
            }
        }
    }
}

/// A match with its groups.
#[derive(Debug)]
pub struct Filled {
    /// The whole match.
    pub whole: FoldedSpan,
    /// The part that matters: the group `at`, else all.
    pub at: FoldedSpan,
    /// What should stand there.
    pub replacement: Option<String>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_all_scripts_are_narrowed() {
        for (written, narrowed) in [
            (r"第\d{1,3}条\s*", "第[0-9]{1,3}条[ \t\r\n]*"),
            (r"[^甲\s\d]\[\d\]", r"[^甲 TAB0-9]\[[0-9]\]"),
            (r"\\d\p{Han}\D", r"\\d\p{Han}\D"),
        ] {
            assert_eq!(narrow(written), narrowed.replace("TAB", "\t\r\n"), "{written}");
        }
        // Folding leaves no other digits and no other white space.
        let folded = crate::text::fold("１\u{3000}２\u{a0}３\u{2003}４");
        assert!(Pattern::new(r"^\d\s\d\s\d\s\d$").is_in(&folded), "{folded:?}");
    }

    #[test]
    fn groups_tell_the_place_and_fill_the_template() {
        let pattern = Pattern::new(r"(\p{Han})\[(?<at>(\d{4}))\]");
        let found = pattern.find_filled("见甲办[2018]5号", 0, Some("〔$3〕"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].replacement.as_deref(), Some("〔2018〕"));
        assert_eq!(found[0].at.len(), 4);
    }
}
