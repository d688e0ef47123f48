//! From a place in what a scalar says to the bytes of the file it was read from: through quotes,
//! escapes, folded lines and the indentation of blocks.

use std::ops::Range;

/// The bytes of `source` from which the bytes `part` of `value` were read; the scalar stands at
/// `at`. The whole scalar if it cannot be followed.
pub(super) fn inside(
    source: &str,
    at: &Range<usize>,
    value: &str,
    part: &Range<usize>,
) -> Range<usize> {
    let mut cursor = Cursor::new(source, at);
    let (mut start, mut end) = (None, None);
    for (offset, c) in value.char_indices() {
        let Some(origin) = cursor.find(c) else { return at.clone() };
        if offset >= part.start && start.is_none() {
            start = Some(origin.start);
        }
        if offset < part.end {
            end = Some(origin.end);
        }
    }
    let start = start.unwrap_or(cursor.at);
    start..end.unwrap_or(start).max(start)
}

/// Goes through a scalar as it is written.
struct Cursor<'s> {
    source: &'s str,
    at: usize,
    quote: Option<char>,
}

impl<'s> Cursor<'s> {
    fn new(source: &'s str, at: &Range<usize>) -> Self {
        let first = source.get(at.start..).and_then(|rest| rest.chars().next());
        let quote = first.filter(|c| matches!(c, '"' | '\''));
        let header = first.is_some_and(|c| matches!(c, '|' | '>'));
        let line = || source.get(at.start..)?.find('\n').map(|end| at.start + end + 1);
        let at = match header {
            true => line().unwrap_or(at.start),
            false => at.start + usize::from(quote.is_some()),
        };
        Self { source, at, quote }
    }

    fn peek(&self) -> Option<char> {
        self.source.get(self.at..).and_then(|rest| rest.chars().next())
    }

    /// Where the next character of the value, `wanted`, is written.
    fn find(&mut self, wanted: char) -> Option<Range<usize>> {
        loop {
            let start = self.at;
            let found = self.peek()?;
            self.at += found.len_utf8();
            match found {
                '\\' if self.quote == Some('"') => {
                    self.escape();
                    return Some(start..self.at);
                }
                '\'' if self.quote == Some('\'') && wanted == '\'' => {
                    self.at += usize::from(self.peek() == Some('\''));
                    return Some(start..self.at);
                }
                _ if found == wanted => return Some(start..self.at),
                // A folded line break stands for a space.
                '\n' | '\r' if wanted == ' ' => return Some(start..self.at),
                _ if found.is_whitespace() => {}
                _ => return None,
            }
        }
    }

    /// Passes over what follows a backslash.
    fn escape(&mut self) {
        let Some(kind) = self.peek() else { return };
        let digits = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        self.at += kind.len_utf8();
        for _ in 0..digits {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::{Faults, Value, parse};

    /// What `part` of the text under `键` is written as.
    fn written(yaml: &str, part: &str) -> String {
        let root = parse(yaml).unwrap();
        let node = root.get("键").unwrap();
        let Value::Text(value) = &node.value else { panic!("text in {yaml:?}") };
        let start = value.find(part).unwrap_or_else(|| panic!("{part} in {value:?}"));
        let mut faults = Faults::default();
        faults.push_inside(node, &(start..start + part.len()), "甲", "a");
        let fault = faults.found.remove(0).resolved(yaml);
        yaml[fault.at].to_owned()
    }

    #[test]
    fn a_place_in_a_scalar_is_a_place_in_the_file() {
        assert_eq!(written("键: 甲(乙\n", "(乙"), "(乙");
        assert_eq!(written("键: '甲''s(乙'\n", "(乙"), "(乙");
        assert_eq!(written("键: '甲''s(乙'\n", "'s"), "''s");
        assert_eq!(written("键: \"甲\\u4e59\\\\d(\"\n", "\\d("), "\\\\d(");
        assert_eq!(written("键: \"甲\\u4e59(\"\n", "乙"), "\\u4e59");
        assert_eq!(written("键: |\n  甲乙\n    丙(丁\n", "(丁"), "(丁");
        assert_eq!(written("键: >-\n  甲乙\n  丙(丁\n", "丙("), "丙(");
        assert_eq!(written("键: 甲乙\n  丙(丁\n尾: 一\n", "丙(丁"), "丙(丁");
    }
}
