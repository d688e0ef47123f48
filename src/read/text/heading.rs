//! Headings: levels, ordinals, and where the title ends and the body begins.

use crate::profile::{SectionName, Vocabulary};
use crate::text::{chinese_number, piece, skeleton};

/// A heading at the start of a folded line.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::read) struct Found {
    pub(in crate::read) level: u8,
    pub(in crate::read) number: u32,
    /// Bytes of the ordinal.
    pub(in crate::read) ordinal: usize,
    /// Bytes of ordinal and title together, without closing punctuation.
    pub(in crate::read) title: usize,
    /// Where the body begins, if it follows on the same line.
    pub(in crate::read) body: Option<usize>,
}

/// The longest title, in characters. What is longer is a numbered paragraph.
const LONGEST: usize = 40;

/// The heading that `line` (folded) begins with.
pub(in crate::read) fn at_start(line: &str, vocabulary: &Vocabulary) -> Option<Found> {
    let (level, number, ordinal) = ordinal(line)?;
    let rest = piece(line, ordinal, line.len());
    if rest.is_empty() || rest.starts_with(['是', '年', '月', '日', '%', '、']) || is_list(rest)
    {
        return None;
    }
    // `一概述`: without a separator only a known section is a heading.
    let bare = level == 1
        && line.chars().nth(numeral_length(line)).is_some_and(|c| !is_separator(c))
        && !line.starts_with('第');
    if bare && !(rest.chars().count() <= 20 && vocabulary.section(rest).is_some()) {
        return None;
    }
    let title = title_length(rest, level, vocabulary);
    let after = ordinal + title;
    let body = piece(line, after, line.len()).trim_start_matches(['。', ':', ';', ',', '.', '!']);
    let body_at = line.len() - body.len();
    Some(Found {
        level,
        number,
        ordinal,
        title: after,
        body: (!body.is_empty()).then_some(body_at),
    })
}

/// `二、三级…` after `一、`: an enumeration, not a title.
fn is_list(rest: &str) -> bool {
    let numeral = numeral_length(rest);
    numeral > 0 && rest.chars().nth(numeral) == Some('、')
}

/// Level, number and byte length of an ordinal.
pub(super) fn ordinal(line: &str) -> Option<(u8, u32, usize)> {
    let first = line.chars().next()?;
    match first {
        '(' => bracketed(line),
        '第' => part(line),
        '0'..='9' => arabic(line),
        c if is_numeral(c) => chinese(line),
        _ => None,
    }
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

fn is_separator(c: char) -> bool {
    matches!(c, '、' | ',' | '.' | ':' | ';' | '·')
}

fn numeral_length(line: &str) -> usize {
    line.chars().take_while(|c| is_numeral(*c)).count()
}

/// `一、`, `一,、`, `十二.`, and `一` before a known title.
fn chinese(line: &str) -> Option<(u8, u32, usize)> {
    let end = line.find(|c: char| !is_numeral(c))?;
    let numeral = piece(line, 0, end);
    if numeral.chars().count() > 3 {
        return None;
    }
    let number = u32::try_from(chinese_number(numeral)?).ok()?;
    let rest = piece(line, end, line.len());
    let separators = rest.len() - rest.trim_start_matches(is_separator).len();
    Some((1, number, end + separators))
}

/// `(一)`, `(一)、`, `(1)`.
fn bracketed(line: &str) -> Option<(u8, u32, usize)> {
    let close = line.find(')')?;
    let inner = piece(line, 1, close);
    let rest = piece(line, close + 1, line.len());
    let end = close + 1 + (rest.len() - rest.trim_start_matches(['、', '.', ',']).len());
    if inner.chars().all(is_numeral) && !inner.is_empty() {
        return Some((2, u32::try_from(chinese_number(inner)?).ok()?, end));
    }
    let digits = (1..=2).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| (4, inner.parse().unwrap_or(0), end))
}

/// `第一部分`, `第二章`.
fn part(line: &str) -> Option<(u8, u32, usize)> {
    let rest = line.strip_prefix('第')?;
    let end = rest.find(|c: char| !is_numeral(c))?;
    let number = u32::try_from(chinese_number(piece(rest, 0, end))?).ok()?;
    let after = piece(rest, end, rest.len());
    let word = ["部分", "章"].into_iter().find(|word| after.starts_with(word))?;
    let after = piece(after, word.len(), after.len());
    Some((1, number, line.len() - after.trim_start_matches(is_separator).len()))
}

/// `1.`, `1、`, `1)`; never `1.1` or `27.45%`.
fn arabic(line: &str) -> Option<(u8, u32, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 2 {
        return None;
    }
    let number = piece(line, 0, digits).parse().ok().filter(|number| *number > 0)?;
    let rest = piece(line, digits, line.len());
    let mut chars = rest.chars();
    let level = match chars.next()? {
        '.' | '、' | ',' => 3,
        ')' => 4,
        _ => return None,
    };
    let after = chars.as_str().trim_start_matches(['.', '、', ',']);
    if after.starts_with(|c: char| c.is_ascii_digit()) && rest.starts_with(['.', ',']) {
        return None;
    }
    Some((level, number, line.len() - after.len()))
}

/// How many bytes of `rest` are the title: up to the first full stop, colon or semicolon; all of
/// it if it is short; nothing if it is a paragraph with a number before it.
fn title_length(rest: &str, level: u8, vocabulary: &Vocabulary) -> usize {
    if level == 1
        && let Some(known) = known_title(rest, vocabulary)
    {
        return known;
    }
    let stop = rest.find(['。', ':', ';', '!', '?']).unwrap_or(rest.len());
    let title = piece(rest, 0, stop);
    if title.chars().count() <= LONGEST { stop } else { 0 }
}

/// An official section title that the body follows without any mark (`总体情况2021年,我局…`).
fn known_title(rest: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let titles = vocabulary.sections.iter().map(|section| section.title.as_str());
    let known = titles.filter(|title| rest.starts_with(title)).map(str::len).max()?;
    let next = piece(rest, known, rest.len()).chars().next()?;
    (next.is_ascii_digit() || matches!(next, '本' | '我' | '全' | '根' | '按')).then_some(known)
}

/// Whether a line without an ordinal is the heading of a known section and nothing else, and no
/// label of a form.
pub(in crate::read) fn is_section(line: &str, vocabulary: &Vocabulary) -> bool {
    let length = line.chars().count();
    (8..=40).contains(&length)
        && line.ends_with(['况', '项', '施'])
        && !line.contains(['。', ',', ';', '(', '|', '“'])
        && vocabulary.section(line).is_some_and(|section| is_one_item(section, line))
        && vocabulary.label(&skeleton(line)).is_none()
}

/// Whether every part of a title between `、` speaks of the section: 行政复议、行政诉讼 is one item,
/// 主动公开、依申请公开 is not.
pub(super) fn is_one_item(section: &SectionName, title: &str) -> bool {
    let told = |part: &str| section.terms.iter().flatten().any(|word| part.contains(word.as_str()));
    !title.contains('、') || title.split('、').all(told)
}

/// How far a heading can reach, in bytes.
const NEAR: usize = 240;

/// Where a heading of a known section is glued to the end of a sentence within `line`
/// (`…得到满足。二、主动公开政府信息情况`).
pub(super) fn glued(line: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = piece(line, from, line.len()).find(['。', ';', '!']) {
        let mark = from + at;
        let start = mark + piece(line, mark, line.len()).chars().next().map_or(1, char::len_utf8);
        from = start;
        // Longer than any heading with its ordinal; the text behind it is not looked at.
        let rest = piece(line, start, (start + NEAR).min(line.len()));
        if !rest.starts_with(is_numeral) || !rest.contains('、') {
            continue;
        }
        let Some((1, _, ordinal)) = ordinal(rest) else { continue };
        let title = piece(rest, ordinal, rest.len());
        let stop = title.find(['。', ':', ';', '(']).unwrap_or(title.len());
        let title = piece(title, 0, stop);
        let separated = rest.chars().nth(numeral_length(rest)) == Some('、');
        let plain = !title.contains(',') && !is_list(title) && title.chars().count() <= 30;
        let known = plain && vocabulary.section(title).is_some();
        if separated
            && (known || known_title(piece(rest, ordinal, rest.len()), vocabulary).is_some())
        {
            return Some(start);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Profile, SectionName};

    fn vocabulary() -> Vocabulary {
        let section = |name: &str, terms: &[&str]| SectionName {
            name: name.to_owned(),
            title: name.to_owned(),
            ordinal: None,
            terms: terms.iter().map(|term| vec![(*term).to_owned()]).collect(),
            unless: Vec::new(),
        };
        let sections = vec![section("总体情况", &["总体情况", "概述"]), section("收费", &["收费"])];
        Vocabulary::new([&Profile { sections, ..Profile::default() }])
    }

    #[test]
    fn reads_ordinals_in_all_their_shapes() {
        let at = |line: &str| {
            at_start(line, &vocabulary())
                .map(|f| (f.level, f.number, line[f.ordinal..f.title].to_owned()))
        };
        for (line, level, number, title) in [
            ("一、总体情况", 1, 1, "总体情况"),
            ("一,、概述", 1, 1, "概述"),
            ("一概述", 1, 1, "概述"),
            ("十二、收费", 1, 12, "收费"),
            ("第三部分收费情况", 1, 3, "收费情况"),
            ("(二)加强领导,落实责任。", 2, 2, "加强领导,落实责任"),
            ("1.政府网站。依托平台", 3, 1, "政府网站"),
            ("1、加强队伍建设", 3, 1, "加强队伍建设"),
            ("(3)其他", 4, 3, "其他"),
            ("一、总体情况2021年,我局公开12条", 1, 1, "总体情况"),
        ] {
            assert_eq!(at(line), Some((level, number, title.to_owned())), "{line}");
        }
        for line in [
            "27.45%;政策类",
            "1.1万元",
            "一是加强领导",
            "2018年1月",
            "三公经费",
            "十九大精神",
            "一方面",
        ] {
            assert_eq!(at(line), None, "{line}");
        }
    }

    #[test]
    fn a_body_on_the_same_line_is_told_apart() {
        let line = "(一)主动公开。2021年共12条。";
        let found = at_start(line, &vocabulary()).unwrap();
        assert_eq!(&line[found.body.unwrap()..], "2021年共12条。");
        let paragraph = format!("1、{}", "很".repeat(60));
        assert_eq!(at_start(&paragraph, &vocabulary()).unwrap().title, "1、".len());
    }

    #[test]
    fn a_heading_glued_to_a_sentence_is_found() {
        let line = "需求得到满足。二、收费情况";
        assert_eq!(&line[glued(line, &vocabulary()).unwrap()..], "二、收费情况");
        assert_eq!(glued("完成工作。一、二、三级联动收费", &vocabulary()), None);
    }
}
