//! What every match of a regular expression holds, told without compiling it.

use crate::text::piece;
use memchr::memmem::Finder;

/// What stands in every match of an expression. Only what is certain is told: nothing of large
/// classes, of what may be left out, or of an expression that sets flags.
#[derive(Debug)]
pub(super) enum Needed {
    /// This word.
    Word(Box<Finder<'static>>),
    /// One of these characters.
    OneOf(Vec<char>),
    /// A character that is none of these.
    NoneOf(Vec<char>),
    /// One of these.
    Any(Vec<Self>),
    /// All of these.
    All(Vec<Self>),
    /// A word with others near it.
    Near(Box<Near>),
}

/// One of some words, and what stands before and after it.
#[derive(Debug)]
pub(super) struct Near {
    words: Vec<Needed>,
    before: Side,
    after: Side,
}

/// What stands on one side of a word, all of it within so many bytes, if that is known.
#[derive(Debug)]
struct Side {
    needed: Vec<Needed>,
    longest: Option<usize>,
}

impl Side {
    /// `parts` beside a word, the nearest first, that may lie `slack` bytes away from it.
    fn new(parts: impl Iterator<Item = Part>, slack: Option<usize>) -> Self {
        let mut side = Self { needed: Vec::new(), longest: slack };
        let mut reach = slack;
        for part in parts {
            reach = add(reach, part.longest);
            if let Some(needed) = part.needed {
                side.needed.push(needed);
                side.longest = reach;
            }
        }
        // What reaches far is sought once in the whole text: it would be sought again at every word.
        side.longest = side.longest.filter(|longest| *longest <= FARTHEST);
        side
    }

    fn stands_in(&self, text: &str) -> bool {
        self.needed.iter().all(|needed| needed.stands_in(text))
    }
}

/// Reads `expression`.
pub(super) fn needed(expression: &str) -> Option<Needed> {
    let mut reader = Reader { text: expression, at: 0, flags: false };
    let part = reader.alternatives();
    if reader.flags || reader.at < expression.len() {
        return None;
    }
    // A character alone stands in every text.
    part.needed.filter(|needed| needed.weight() > 1)
}

/// In bytes; what reaches further is not sought around each word.
const FARTHEST: usize = 400;
/// Larger classes tell nothing.
const LARGEST_CLASS: usize = 64;

impl Needed {
    /// Whether it stands in `text`.
    pub(super) fn stands_in(&self, text: &str) -> bool {
        match self {
            Self::Word(word) => word.find(text.as_bytes()).is_some(),
            Self::OneOf(chars) => text.contains(chars.as_slice()),
            Self::NoneOf(chars) => text.contains(|c| !chars.contains(&c)),
            Self::Any(parts) => parts.iter().any(|part| part.stands_in(text)),
            Self::All(parts) => parts.iter().all(|part| part.stands_in(text)),
            Self::Near(near) => near.stands_in(text),
        }
    }

    /// How much it tells: the bytes of the shortest word that will do.
    fn weight(&self) -> usize {
        match self {
            Self::Word(word) => word.needle().len(),
            Self::OneOf(_) | Self::NoneOf(_) => 1,
            Self::Any(parts) => parts.iter().map(Self::weight).min().unwrap_or_default(),
            Self::All(parts) => parts.iter().map(Self::weight).max().unwrap_or_default(),
            Self::Near(near) => near.words.iter().map(Self::weight).min().unwrap_or_default(),
        }
    }

    /// The words, if it is nothing but one of some words.
    fn words(&self) -> &[Self] {
        match self {
            Self::Word(_) => std::slice::from_ref(self),
            Self::Any(parts) if parts.iter().all(|part| matches!(part, Self::Word(_))) => parts,
            _ => &[],
        }
    }

    /// All of `parts`, which follow each other.
    fn sequence(mut parts: Vec<Part>) -> Option<Self> {
        let weight = |part: &Part| {
            let needed = part.needed.as_ref().filter(|needed| !needed.words().is_empty());
            needed.map_or(0, Self::weight)
        };
        let heaviest = (0..parts.len()).rev().max_by_key(|i| weight(&parts[*i]))?;
        let told = parts.iter().filter(|part| part.needed.is_some()).count();
        if told < 2 || weight(&parts[heaviest]) == 0 {
            let mut told: Vec<Self> = parts.into_iter().filter_map(|part| part.needed).collect();
            return if told.len() < 2 { told.pop() } else { Some(Self::All(told)) };
        }
        let after = parts.split_off(heaviest + 1);
        let Part { needed, longest } = parts.pop()?;
        let words = match needed? {
            Self::Any(words) => words,
            word => vec![word],
        };
        // A word of several may be shorter than another, and may be repeated.
        let shortest = words.iter().map(Self::weight).min()?;
        let slack = longest.map(|longest| longest.saturating_sub(shortest));
        let before = Side::new(parts.into_iter().rev(), slack);
        let after = Side::new(after.into_iter(), slack);
        Some(Self::Near(Box::new(Near { words, before, after })))
    }
}

impl Near {
    fn stands_in(&self, text: &str) -> bool {
        let far = |side: &Side| side.longest.is_none() && !side.stands_in(text);
        if far(&self.before) || far(&self.after) {
            return false;
        }
        // A character that lies in a window in part is none of the match.
        let before = |at: usize| {
            self.before.longest.is_none_or(|longest| {
                let from = text.ceil_char_boundary(at.saturating_sub(longest));
                self.before.stands_in(piece(text, from, at))
            })
        };
        let after = |end: usize| {
            self.after.longest.is_none_or(|longest| {
                let to = text.floor_char_boundary(end + longest);
                self.after.stands_in(piece(text, end, to))
            })
        };
        self.words.iter().any(|word| {
            let Needed::Word(word) = word else { return false };
            let length = word.needle().len();
            word.find_iter(text.as_bytes()).any(|at| before(at) && after(at + length))
        })
    }
}

fn add(sum: Option<usize>, length: Option<usize>) -> Option<usize> {
    sum.zip(length).map(|(sum, length)| sum.saturating_add(length))
}

/// A part of an expression.
#[derive(Default)]
struct Part {
    /// What all its matches hold.
    needed: Option<Needed>,
    /// The bytes of its longest match, if there is a longest.
    longest: Option<usize>,
}

impl Part {
    fn word(word: &str) -> Self {
        let finder = Finder::new(word).into_owned();
        Self { needed: Some(Needed::Word(Box::new(finder))), longest: Some(word.len()) }
    }
}

/// Reads an expression from left to right.
struct Reader<'e> {
    text: &'e str,
    at: usize,
    /// Whether the expression sets flags, so that its letters may stand for others.
    flags: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// What stands up to the end of the group.
    fn alternatives(&mut self) -> Part {
        let mut branches = vec![self.sequence()];
        while self.peek() == Some('|') {
            self.bump();
            branches.push(self.sequence());
        }
        if branches.len() == 1 {
            return branches.pop().unwrap_or_default();
        }
        let longest: Option<Vec<usize>> = branches.iter().map(|branch| branch.longest).collect();
        let needed: Option<Vec<Needed>> =
            branches.into_iter().map(|branch| branch.needed).collect();
        Part {
            needed: needed.map(Needed::Any),
            longest: longest.and_then(|lengths| lengths.into_iter().max()),
        }
    }

    /// What stands up to the next branch.
    fn sequence(&mut self) -> Part {
        let mut parts = Vec::new();
        let mut word = String::new();
        while let Some(c) = self.peek().filter(|c| !matches!(c, '|' | ')')) {
            self.bump();
            let part = match c {
                '(' => self.group(),
                '[' => self.class(),
                '\\' => self.escape(),
                '^' | '$' => Part { needed: None, longest: Some(0) },
                '.' => ANY_CHARACTER,
                c => Part::word(c.encode_utf8(&mut [0; 4])),
            };
            let plain = !matches!(c, '(' | '[' | '\\' | '.' | '^' | '$');
            let (least, most) = self.times();
            if plain && (least, most) == (1, Some(1)) {
                word.push(c);
                continue;
            }
            parts.extend((!word.is_empty()).then(|| Part::word(&word)));
            word.clear();
            let longest = part.longest.zip(most);
            parts.push(Part {
                needed: part.needed.filter(|_| least > 0),
                longest: longest.map(|(longest, most)| longest.saturating_mul(most)),
            });
        }
        parts.extend((!word.is_empty()).then(|| Part::word(&word)));
        let longest = parts.iter().map(|part| part.longest).fold(Some(0), add);
        Part { needed: Needed::sequence(parts), longest }
    }

    /// A group whose bracket was read.
    fn group(&mut self) -> Part {
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
    fn class(&mut self) -> Part {
        let mut chars: Vec<char> = Vec::new();
        // Whether it is a plain list of characters.
        let mut list = true;
        let other = self.peek() == Some('^');
        if other {
            self.bump();
        }
        let start = self.at;
        while let Some(c) = self.bump() {
            match c {
                ']' if self.at > start + 1 => break,
                '\\' => match self.peek() {
                    Some(c) if c.is_ascii_punctuation() => {
                        self.bump();
                        chars.push(c);
                    }
                    _ => {
                        self.escape();
                        list = false;
                    }
                },
                '[' => {
                    self.class();
                    list = false;
                }
                '-' if chars.last() == Some(&'0') && self.peek() == Some('9') => {
                    chars.extend('1'..'9');
                }
                '-' | '&' | '~' => list = false,
                c => chars.push(c),
            }
        }
        if !list || chars.len() > LARGEST_CLASS {
            return ANY_CHARACTER;
        }
        let longest = chars.iter().map(|c| c.len_utf8()).max();
        match other {
            true => Part { needed: Some(Needed::NoneOf(chars)), ..ANY_CHARACTER },
            false => Part { needed: Some(Needed::OneOf(chars)), longest },
        }
    }

    /// What follows a backslash: `d`, `p{Han}`, `u{3007}`.
    fn escape(&mut self) -> Part {
        let c = self.bump();
        let bare = match c {
            Some('p' | 'P') => 1,
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            _ => return ANY_CHARACTER,
        };
        if self.peek() == Some('{') {
            while self.bump().is_some_and(|c| c != '}') {}
        } else {
            for _ in 0..bare {
                self.bump();
            }
        }
        ANY_CHARACTER
    }

    /// How often what was read may stand: at least, and at most if there is a limit.
    fn times(&mut self) -> (usize, Option<usize>) {
        let times = match self.peek() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => {
                let rest = self.text.get(self.at + 1..).unwrap_or_default();
                let inner = rest.split('}').next().unwrap_or_default();
                self.at += inner.len() + 1;
                let (least, most) = inner.split_once(',').unwrap_or((inner, inner));
                (least.trim().parse().unwrap_or(0), most.trim().parse().ok())
            }
            _ => return (1, Some(1)),
        };
        self.bump();
        if self.peek() == Some('?') {
            self.bump();
        }
        // 甲{2}{3}: nobody writes it, and nothing is told of it.
        self.flags |= matches!(self.peek(), Some('*' | '+' | '{'));
        times
    }
}

/// What may be any character.
const ANY_CHARACTER: Part = Part { needed: None, longest: Some(char::MAX.len_utf8()) };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_pattern;
    use proptest::prelude::*;
    use regex::Regex;

    /// `9[丙丁] (戊/己) 12甲`: one of two words, one of two characters within the 9 bytes before it, and
    /// a word within the 12 bytes after it.
    fn told(needed: &Needed) -> String {
        let list = |parts: &[Needed], between: &str| {
            parts.iter().map(told).collect::<Vec<_>>().join(between)
        };
        let side = |side: &Side| match (&*side.needed, side.longest) {
            ([], _) => String::new(),
            (needed, None) => list(needed, "+"),
            (needed, Some(longest)) => format!("{longest}{}", list(needed, "+")),
        };
        match needed {
            Needed::Word(word) => String::from_utf8_lossy(word.needle()).into_owned(),
            Needed::OneOf(chars) => format!("[{}]", String::from_iter(chars)),
            Needed::NoneOf(chars) => format!("[^{}]", String::from_iter(chars)),
            Needed::Any(parts) => list(parts, "/"),
            Needed::All(parts) => list(parts, "+"),
            Needed::Near(near) => {
                let words = list(&near.words, "/");
                format!("{} ({words}) {}", side(&near.before), side(&near.after)).trim().to_owned()
            }
        }
    }

    #[test]
    fn the_words_that_every_match_holds() {
        for (written, words) in [
            ("截止[于]?(\\d{4})年", "(截止) 22年"),
            ("(?:甲|乙)丙丁?", "(甲/乙) 3丙"),
            ("甲乙|丙丁", "甲乙/丙丁"),
            ("甲乙|[^丙丁]", ""),
            ("[甲乙]+", ""),
            ("甲[乙丙]+", "(甲) [乙丙]"),
            ("的[”》](?<at>的)", "(的) 6[”》]+的"),
            ("(?:^|[甲])(?<at>丙丁)(?:戊己庚)?", "丙丁"),
            ("“甲”的", "“甲”的"),
            ("(?:国务院令?|国令)(?:第|\\[)?492\\]?号", "(国务院/国令) 20492+号"),
            ("动公[^开布0-9]", "(动公) 4[^开布0123456789]"),
            ("甲[0-9a-f]乙", "(甲) 7乙"),
            ("甲{2}乙{0,3}丙{1,2}丁+戊", "(甲) 丙+丁+戊"),
            ("(?P<a>甲(?:乙|丙戊)+)*丁\\p{Han}己", "(丁) 7己"),
            ("(?:甲.乙|丙)丁", "10(甲) 7乙/丙 (丁)"),
            ("甲{2,}乙", "(甲) 乙"),
            ("甲[^乙]{0,3}丙", "(甲) 15丙"),
            ("(?i)abc", ""),
            ("[]甲]乙", "3[]甲] (乙)"),
        ] {
            let told = needed(&fold_pattern(written)).as_ref().map(told).unwrap_or_default();
            assert_eq!(told, words, "{written}");
        }
    }

    #[test]
    fn words_that_stand_too_far_apart_are_no_match() {
        let may_match = |expression: &str, text: &str| needed(expression).unwrap().stands_in(text);
        let article = "条例》?第(?:三十三|33)条";
        assert!(may_match(article, "《条例》第33条") && may_match(article, "条例第三十三条"));
        assert!(!may_match(article, "《条例》第三十条，三十三件，第33条"));
        let dropped = "主动公[^开布]";
        assert!(may_match(dropped, "主动公的"));
        assert!(!may_match(dropped, "主动公开的，主动公布的，主动公"));
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
        "[^甲]{1,2}",
        "丙[^甲乙]",
        "[丙丁]",
        "^",
        r"\pL",
        r"\x61",
        r"\d",
        r"\u4e59",
        "|",
    ];

    proptest! {
        #[test]
        fn no_match_is_without_them(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..7),
            text in "[甲乙丙丁a1]{0,12}",
        ) {
            let expression = pieces.concat();
            let Ok(regex) = Regex::new(&expression) else { return Ok(()) };
            if let (Some(found), Some(needed)) = (regex.find(&text), needed(&expression)) {
                let held = needed.stands_in(&text) && needed.stands_in(found.as_str());
                prop_assert!(held, "{expression} in {text}: {needed:?}");
            }
        }
    }
}
