//! Reports whose lines were run together: white space stands where a line broke.

use super::heading;
use super::line::{Line, is_date_line};
use super::title;
use crate::profile::Vocabulary;
use crate::text::{fold, piece};

/// Shorter lines are paragraphs, however they are spaced.
const LONG: usize = 100 * "字".len();
/// How many words may stand before the title: a breadcrumb, the name of a column.
const HEAD: usize = 12;
/// How many headings of known sections make a line one that was run together.
const MANY: usize = 2;

/// Cuts lines that were run together where a heading, a title or the signature begins and ends.
pub(super) fn split(text: &str, mut lines: Vec<Line>, vocabulary: &Vocabulary) -> Vec<Line> {
    if let Some((at, title, rest)) = title_before_text(text, &lines) {
        lines.splice(at..=at, [title, rest]);
    }
    let suspect = |line: &Line| is_suspect(piece(text, line.start, line.end));
    if !lines.iter().any(suspect) {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let words = if suspect(&line) { words(text, &line) } else { Vec::new() };
        let known = |word: &&Word| word.is_section(vocabulary);
        if words.iter().filter(known).take(MANY).count() < MANY {
            out.push(line);
            continue;
        }
        let mut start = line.start;
        for i in 1..words.len() {
            if breaks(&words, i) {
                out.push(Line::new(text, start, words[i - 1].end));
                start = words[i].start;
            }
        }
        out.push(Line::new(text, start, line.end));
    }
    out
}

/// How far down a line may begin with the title, in lines.
const TOP: usize = 30;

/// The line that begins with the title and goes on with the text, and its two halves:
/// `甲县2018年政府信息公开工作年度报告 根据《条例》…`.
fn title_before_text(text: &str, lines: &[Line]) -> Option<(usize, Line, Line)> {
    const BEGINNINGS: &[&str] = &["根据", "按照", "依据", "按", "本", "现", "为", "20", "一、"];
    let long = |line: &Line| line.end - line.start >= LONG;
    lines.iter().take(TOP).enumerate().filter(|(_, line)| long(line)).find_map(|(at, line)| {
        let head = piece(text, line.start, line.start + LONG);
        let ends = head.match_indices(char::is_whitespace).map(|(end, _)| line.start + end);
        ends.filter(|end| title::is_title(&fold(piece(text, line.start, *end)))).find_map(|end| {
            let rest = piece(text, end, line.end);
            let begin = line.end - rest.trim_start().len();
            let goes_on = BEGINNINGS.iter().any(|word| rest.trim_start().starts_with(word));
            goes_on
                .then(|| (at, Line::new(text, line.start, end), Line::new(text, begin, line.end)))
        })
    })
}

/// Whether white space stands before `二、` and its neighbour: most lines are done with after this.
fn is_suspect(line: &str) -> bool {
    let apart = |ordinal: &str| {
        line.match_indices(ordinal).any(|(at, _)| piece(line, 0, at).ends_with(char::is_whitespace))
    };
    line.len() >= LONG && apart("二、") && (apart("一、") || apart("三、"))
}

/// What stands between two stretches of white space.
struct Word {
    start: usize,
    end: usize,
    folded: String,
}

/// The words of a line. White space beside a digit or a Latin letter sets nothing apart, unless
/// the sentence ends there.
fn words(text: &str, line: &Line) -> Vec<Word> {
    let written = piece(text, line.start, line.end);
    let mut words: Vec<Word> = Vec::new();
    let mut joined = false;
    for part in written.split(char::is_whitespace).filter(|part| !part.is_empty()) {
        let start = line.start + (part.as_ptr() as usize - written.as_ptr() as usize);
        let end = start + part.len();
        let dated = words.last().is_some_and(|last| {
            let digit = part.starts_with(|c: char| c.is_ascii_digit());
            digit
                && piece(text, last.start, last.end).ends_with(['年', '月'])
                && heading::ordinal(part).is_none()
        });
        let short = |text: &str| text.chars().count() == 1;
        let spread = short(part)
            && words.last().is_some_and(|last| {
                let last = piece(text, last.start, last.end);
                last.chars().count() <= 4 && last.split(['、', ' ']).next_back().is_some_and(short)
            });
        let goes_on = joined || dated || spread || begins_within(part);
        match words.last_mut().filter(|_| goes_on) {
            Some(last) => last.end = end,
            None => words.push(Word { start, end, folded: String::new() }),
        }
        joined = part.ends_with(is_thin);
    }
    for word in &mut words {
        word.folded = fold(piece(text, word.start, word.end));
    }
    words
}

fn is_thin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '(' | '（' | '《' | '“' | ',' | '，' | '、')
}

/// Whether a part goes on with the one before it: `年` of `2014 年`, `12` before `条`; but not
/// `1、`, which begins something.
fn begins_within(part: &str) -> bool {
    part.starts_with(['年', '月', '日', '条', '件', '%', '、', '，', '。', '；', '）', '》', '”'])
}

impl Word {
    /// Whether it begins with the heading of a known section.
    fn is_section(&self, vocabulary: &Vocabulary) -> bool {
        let Some((1, _, ordinal)) = heading::ordinal(&self.folded) else { return false };
        let title = piece(&self.folded, ordinal, self.folded.len());
        let title = title.split(['。', ':', ';', '(']).next().unwrap_or(title);
        let short = (2..=30).contains(&title.chars().count());
        short && !title.contains(',') && vocabulary.section(title).is_some()
    }

    fn is_numbered(&self) -> bool {
        heading::ordinal(&self.folded).is_some_and(|(_, number, end)| {
            number > 0 && !piece(&self.folded, end, self.folded.len()).starts_with("是")
        })
    }

    /// A heading, a title or a name: no sentence.
    fn is_short(&self) -> bool {
        self.folded.chars().count() <= 40 && !self.folded.contains(['。', ',', ';'])
    }
}

/// Whether a line ended before word `i`.
fn breaks(words: &[Word], i: usize) -> bool {
    let (before, here) = (&words[i - 1], &words[i]);
    let near_end = words.len() - i <= 2;
    here.is_numbered()
        || before.is_numbered() && before.is_short()
        || i <= HEAD && (title::is_title(&before.folded) || title::is_title(&here.folded))
        || near_end && (is_date_line(&here.folded) || title::is_organ(&here.folded))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Profile, SectionName};
    use crate::read::text::line;

    fn cut(text: &str) -> Vec<String> {
        let section = |name: &str| SectionName {
            name: name.into(),
            title: name.into(),
            ordinal: None,
            terms: vec![vec![name.into()]],
            unless: Vec::new(),
        };
        let sections = vec![section("概述"), section("主动公开"), section("收费")];
        let vocabulary = Vocabulary::new([&Profile { sections, ..Profile::default() }]);
        let lines = split(text, line::split(text), &vocabulary);
        lines.iter().map(|line| text[line.start..line.end].to_owned()).collect()
    }

    #[test]
    fn a_body_on_one_line_is_cut_at_its_headings() {
        let prose = "各项工作运行正常".repeat(12);
        let text = format!(
            "甲镇2014 年政府信息公开年度报告 统计期限为2014 年 1 月 1 日至12月31日。 一、概述 2014年，{prose}。 \
             二、主动公开情况 （一）数量 公开 12 条，包括 道路 信息。 三、答复情况 没有。 甲镇人民政府 2015 年 1 月 9 日"
        );
        let expected = [
            "甲镇2014 年政府信息公开年度报告",
            "统计期限为2014 年 1 月 1 日至12月31日。",
            "一、概述",
            &format!("2014年，{prose}。"),
            "二、主动公开情况",
            "（一）数量",
            "公开 12 条，包括 道路 信息。",
            "三、答复情况",
            "没有。",
            "甲镇人民政府",
            "2015 年 1 月 9 日",
        ];
        assert_eq!(cut(&text), expected);
    }

    #[test]
    fn a_title_before_the_text_of_its_line_is_cut_off() {
        let prose = "各项工作运行正常".repeat(15);
        let text =
            format!("首页\n甲大学2015-2016学年 信息公开年度报告 根据《办法》编制，{prose}。");
        let expected = [
            "首页",
            "甲大学2015-2016学年 信息公开年度报告",
            &format!("根据《办法》编制，{prose}。"),
        ];
        assert_eq!(cut(&text), expected);
        let text = format!("甲县公布2016年政府信息公开年度报告 以来，{prose}。");
        assert_eq!(cut(&text), [text]);
    }

    #[test]
    fn a_paragraph_with_a_list_is_left_alone() {
        let text = format!("{} 一、加强领导。 二、加强培训。 三、收费公开。", "很".repeat(100));
        assert_eq!(cut(&text), [text]);
    }
}
