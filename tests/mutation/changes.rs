//! Every single change of one figure, percentage, list part, cell, year, ordinal or heading.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Cell,
    Figure,
    Heading,
    ListPart,
    Ordinal,
    Percentage,
    Year,
}

/// One change of a report.
pub(super) struct Change {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
    new: String,
    /// Line, words around, and what becomes of them.
    pub(super) name: String,
}

impl Change {
    /// The changed text.
    pub(super) fn apply(&self, text: &str) -> String {
        [&text[..self.at.start], &self.new, &text[self.at.end..]].concat()
    }
}

/// Contact details, addresses of pages and the numbers of clauses and decrees are no figures of the
/// report.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    regex("https?://[^）]*|[^（，]*@[^）]*|地址：[^，]*|邮编：[0-9]+|电话：[0-9-]+|第[0-9]+号")
});
static FIGURE: LazyLock<Regex> = LazyLock::new(|| regex("[0-9](?:[0-9,]*[0-9])?(?:\\.[0-9]+)?"));
/// 共分七个部分, 三个方面.
static DECLARED: LazyLock<Regex> = LazyLock::new(|| regex("([二三四五六七八九])个(?:方面|部分)"));
static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        "^(?:附件)?(?:（([一二三四五六七八九])）|([一二三四五六七八九])、)|([一二三四五六七八九])是",
    )
});
static HEADING: LazyLock<Regex> = LazyLock::new(|| regex("^[一二三四五六七八九]、(.*[^。])$"));
static SUBHEADING: LazyLock<Regex> =
    LazyLock::new(|| regex("^（[一二三四五六七八九]）([^。，；：]*)。"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

/// All changes of `text`.
pub(super) fn of(text: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        let mut put = |kind, at: Range<usize>, new: &str| {
            let (before, after) = (shown_before(&line[..at.start]), shown_after(&line[at.end..]));
            let name = format!("{}: {before}«{}→{new}»{after}", number + 1, &line[at.clone()]);
            let at = start + at.start..start + at.end;
            changes.push(Change { kind, at, new: new.to_owned(), name });
        };
        if line.contains('\t') {
            cells(line, &mut put);
        } else {
            figures(line, &mut put);
            words(line, &mut put);
        }
        start += line.len() + 1;
    }
    changes
}

fn shown_before(text: &str) -> String {
    let skipped = text.chars().count().saturating_sub(12);
    text.chars().skip(skipped).map(shown).collect()
}

fn shown_after(text: &str) -> String {
    text.chars().take(6).map(shown).collect()
}

fn shown(c: char) -> char {
    if c == '\t' { ' ' } else { c }
}

/// Each cell with a figure.
fn cells(line: &str, put: &mut impl FnMut(Kind, Range<usize>, &str)) {
    let mut from = 0;
    for cell in line.split('\t') {
        let figure = cell.strip_suffix("万元").unwrap_or(cell);
        if from > 0 && figure.trim_start_matches(['+', '-']).parse::<f64>().is_ok() {
            for new in others(figure) {
                put(Kind::Cell, from..from + figure.len(), &new);
            }
        }
        from += cell.len() + 1;
    }
}

/// Each figure of the running text.
fn figures(line: &str, put: &mut impl FnMut(Kind, Range<usize>, &str)) {
    let apart: Vec<Range<usize>> = APART.find_iter(line).map(|found| found.range()).collect();
    for found in FIGURE.find_iter(line) {
        if apart.iter().any(|apart| apart.start <= found.start() && found.end() <= apart.end) {
            continue;
        }
        let (before, after) = (&line[..found.start()], &line[found.end()..]);
        let kind = if after.starts_with('年') && found.len() == 4 {
            Kind::Year
        } else if after.starts_with('%') {
            Kind::Percentage
        } else if is_part(before, after) {
            Kind::ListPart
        } else {
            Kind::Figure
        };
        for new in others(found.as_str()) {
            put(kind, found.range(), &new);
        }
    }
}

/// Whether a figure is one of several after 其中 or before its share.
fn is_part(before: &str, after: &str) -> bool {
    let sentence = before.rsplit(['。', '：']).next().unwrap_or_default();
    let rest = after.split('。').next().unwrap_or_default();
    let share = after.chars().skip(1).collect::<String>();
    (share.starts_with("，占") && share.contains('%'))
        || sentence.contains("其中")
            && (rest.contains(['、', '；']) || sentence.contains(['、', '；']))
}

/// Each ordinal, declared number of parts, and heading.
fn words(line: &str, put: &mut impl FnMut(Kind, Range<usize>, &str)) {
    for found in ORDINAL.captures_iter(line) {
        for digit in found.iter().skip(1).flatten() {
            put(Kind::Ordinal, digit.range(), &following(digit.as_str()));
        }
    }
    for found in DECLARED.captures_iter(line) {
        put(Kind::Figure, found.get(1).expect("a digit").range(), &following(&found[1]));
    }
    for heading in [&HEADING, &SUBHEADING] {
        if let Some(words) = heading.captures(line).and_then(|found| found.get(1)) {
            put(Kind::Heading, words.range(), "有关工作");
        }
    }
}

/// The next Chinese digit.
fn following(digit: &str) -> String {
    const DIGITS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let at = DIGITS.iter().position(|other| *other == digit).expect("a digit");
    DIGITS[at + 1].to_owned()
}

/// The figure with its last digit one up, and with its first digit another one; a year one up and
/// one down.
fn others(figure: &str) -> Vec<String> {
    let digits = |at: usize, add: u8| {
        let mut bytes = figure.as_bytes().to_vec();
        bytes[at] = b'0' + (bytes[at] - b'0' + add) % 10;
        String::from_utf8(bytes).expect("digits")
    };
    let first = figure.find(|c: char| c.is_ascii_digit()).expect("a digit");
    let last = figure.len() - 1;
    let up = match figure.as_bytes()[last] {
        b'9' if first == last => figure.replace('9', "10"),
        b'9' => digits(last, 8),
        _ => digits(last, 1),
    };
    let year = figure.len() == 4 && figure.starts_with("20") && !figure.contains('.');
    let other = if year {
        digits(last, 9)
    } else if figure.as_bytes()[first] == b'9' || first == last && figure == "8" {
        digits(first, 8)
    } else {
        digits(first, if first == last { 2 } else { 1 })
    };
    if up == other { vec![up] } else { vec![up, other] }
}
