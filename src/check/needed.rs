//! What every match of a regular expression holds, told without compiling it.

use std::ops::Range;

/// Of each list one word at least stands in every match. Only what is certain is told: nothing of
/// classes, of what may be left out, or of an expression that sets flags.
pub(super) fn needed(expression: &str) -> Vec<Vec<&str>> {
    let mut reader = Reader { text: expression, at: 0, flags: false };
    let mut lists = reader.alternatives();
    if reader.flags || reader.at < expression.len() {
        return Vec::new();
    }
    lists.retain(|list| shortest(list) >= SHORTEST);
    lists.sort_by_key(|list| std::cmp::Reverse(shortest(list)));
    lists.truncate(MOST);
    lists
}

/// Shorter words, in bytes, stand in every text.
const SHORTEST: usize = 2;
/// More lists are not worth the search.
const MOST: usize = 3;

fn shortest(list: &[&str]) -> usize {
    list.iter().map(|word| word.len()).min().unwrap_or_default()
}

/// Reads an expression from left to right.
struct Reader<'e> {
    text: &'e str,
    at: usize,
    /// Whether the expression sets flags, so that its letters may stand for others.
    flags: bool,
}

/// How often something may stand.
#[derive(PartialEq)]
enum Times {
    Once,
    AtLeastOnce,
    MaybeNever,
}

impl<'e> Reader<'e> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// What stands up to the end of the group: of several branches, a word of any.
    fn alternatives(&mut self) -> Vec<Vec<&'e str>> {
        let mut branches = vec![self.sequence()];
        while self.peek() == Some('|') {
            self.bump();
            branches.push(self.sequence());
        }
        if branches.len() == 1 {
            return branches.pop().unwrap_or_default();
        }
        let best = |lists: Vec<Vec<&'e str>>| lists.into_iter().max_by_key(|list| shortest(list));
        let any: Option<Vec<_>> = branches.into_iter().map(best).collect();
        any.map(|lists| vec![lists.concat()]).unwrap_or_default()
    }

    /// What stands up to the next branch.
    fn sequence(&mut self) -> Vec<Vec<&'e str>> {
        let mut lists = Vec::new();
        let mut run = self.at..self.at;
        while let Some(c) = self.peek().filter(|c| !matches!(c, '|' | ')')) {
            self.bump();
            let mut inner = Vec::new();
            match c {
                '(' => inner = self.group(),
                '[' => self.class(),
                '\\' => self.escape(),
                _ => {}
            }
            let plain = !matches!(c, '(' | '[' | '\\' | '.' | '^' | '$');
            let end = self.at;
            let times = self.times();
            if times != Times::MaybeNever {
                lists.extend(inner);
                run.end = if plain { end } else { run.end };
            }
            if !plain || times != Times::Once {
                lists.extend(self.word(run));
                run = self.at..self.at;
            }
        }
        lists.extend(self.word(run));
        lists
    }

    /// What stands at `run`, if anything does.
    fn word(&self, run: Range<usize>) -> Option<Vec<&'e str>> {
        self.text.get(run).filter(|word| !word.is_empty()).map(|word| vec![word])
    }

    /// A group whose bracket was read.
    fn group(&mut self) -> Vec<Vec<&'e str>> {
        if self.peek() == Some('?') {
            self.bump();
            let named = match self.bump() {
                Some(':') => false,
                Some('<') => true,
                Some('P') => self.bump() == Some('<'),
                _ => {
                    self.flags = true;
                    false
                }
            };
            while named && self.bump().is_some_and(|c| c != '>') {}
        }
        let inner = self.alternatives();
        self.bump();
        inner
    }

    /// A class whose bracket was read, and what is nested in it.
    fn class(&mut self) {
        let mut first = true;
        while let Some(c) = self.bump() {
            match c {
                '\\' => self.escape(),
                '[' => self.class(),
                '^' if first => continue,
                ']' if !first => return,
                _ => {}
            }
            first = false;
        }
    }

    /// What follows a backslash: `d`, `p{Han}`, `u{3007}`.
    fn escape(&mut self) {
        let c = self.bump();
        if matches!(c, Some('p' | 'P' | 'x' | 'u' | 'U')) && self.peek() == Some('{') {
            while self.bump().is_some_and(|c| c != '}') {}
        }
    }

    /// How often what was read may stand.
    fn times(&mut self) -> Times {
        let times = match self.peek() {
            Some('?' | '*') => Times::MaybeNever,
            Some('+') => Times::AtLeastOnce,
            Some('{') => {
                self.bump();
                let least = self.peek();
                while self.peek().is_some_and(|c| c != '}') {
                    self.bump();
                }
                if matches!(least, Some('0' | ',')) {
                    Times::MaybeNever
                } else {
                    Times::AtLeastOnce
                }
            }
            _ => return Times::Once,
        };
        self.bump();
        if self.peek() == Some('?') {
            self.bump();
        }
        times
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_pattern;
    use proptest::prelude::*;
    use regex::Regex;

    #[test]
    fn the_words_that_every_match_holds() {
        for (written, words) in [
            ("截止[于]?(\\d{4})年", "截止 年"),
            ("(?:甲|乙)丙丁?", "甲/乙 丙"),
            ("甲乙|丙丁", "甲乙/丙丁"),
            ("甲乙|[丙丁]", ""),
            ("[甲乙]+", ""),
            ("(?:^|[甲])(?<at>丙丁)(?:戊己庚)?", "丙丁"),
            ("“甲”的", "“甲”的"),
            ("(?:国务院令?|国令)(?:第|\\[)?492\\]?号", "国务院/国令 492 号"),
            ("甲{2}乙{0,3}丙{1,2}丁+戊", "甲 丙 丁"),
            ("(?P<a>甲(?:乙|丙戊)+)*丁\\p{Han}己", "丁 己"),
            ("(?i)abc", ""),
            ("[]甲]乙", "乙"),
        ] {
            let folded = fold_pattern(written);
            let mut told: Vec<_> = needed(&folded).iter().map(|list| list.join("/")).collect();
            let mut expected: Vec<_> = words.split(' ').filter(|word| !word.is_empty()).collect();
            told.sort_unstable();
            expected.sort_unstable();
            assert_eq!(told, expected, "{written}");
        }
    }

    const PIECES: &[&str] = &[
        "甲",
        "乙",
        "丙",
        ".",
        "[甲丙]",
        "(?:甲|乙丙)",
        "(?:乙|丙甲)?",
        "(?<a>丁(?:甲|乙))",
        "甲*",
        "丙+",
        "甲{2}",
        "乙{0,2}",
        "(?:甲乙)+",
        "(?:|甲)",
        "(?:丙乙|[丁])",
        "|",
    ];

    proptest! {
        #[test]
        fn no_match_is_without_them(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..7),
            text in "[甲乙丙丁]{0,12}",
        ) {
            let expression = pieces.concat();
            let Ok(regex) = Regex::new(&expression) else { return Ok(()) };
            if let Some(found) = regex.find(&text) {
                for list in needed(&expression) {
                    let held = list.iter().any(|word| found.as_str().contains(word));
                    prop_assert!(held, "{expression} in {text}: {list:?}");
                }
            }
        }
    }
}
