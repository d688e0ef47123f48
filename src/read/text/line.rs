//! The lines of a text, and what a line is by its own looks.

use super::heading;
use crate::text::{chinese_number, find_date, piece, unit_alone};
use std::ops::Range;

/// A line of the source: byte range without its line break.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What is no part of the report: Markdown's marks, Word's bookmarks. In order.
    cuts: Vec<Range<usize>>,
}

impl Line {
    /// The line of `text` between two offsets.
    pub(super) fn new(text: &str, start: usize, end: usize) -> Self {
        const INVISIBLE: &[char] = &['\u{200b}', '\u{200c}', '\u{200d}', '\u{feff}'];
        let start = end - piece(text, start, end).trim_start_matches(INVISIBLE).len();
        let written = piece(text, start, end);
        let mut cuts = Vec::new();
        let bytes = written.as_bytes();
        if memchr::memchr3(b'[', b'*', b'#', bytes).is_some() {
            cuts.extend(hashes(written));
            cuts.extend(emphasis(written));
            cuts.extend(bookmark(written));
            cuts.sort_unstable_by_key(|cut| cut.start);
        }
        for cut in &mut cuts {
            *cut = start + cut.start..start + cut.end;
        }
        Self { start, end, cuts }
    }

    /// The parts of the line that are the report's.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(self.start).chain(self.cuts.iter().map(|cut| cut.end));
        let ends = self.cuts.iter().map(|cut| cut.start).chain(std::iter::once(self.end));
        starts.zip(ends).map(|(start, end)| start..end).filter(|piece| !piece.is_empty())
    }
}

/// Markdown's mark of a heading.
fn hashes(line: &str) -> Option<Range<usize>> {
    let rest = line.trim_start_matches('#');
    let hashes = line.len() - rest.len();
    ((1..=6).contains(&hashes) && rest.starts_with(' ')).then_some(0..hashes)
}

/// Markdown's marks of emphasis, if every one that opens is closed.
fn emphasis(line: &str) -> Vec<Range<usize>> {
    const MARK: &str = "**";
    let marks: Vec<_> = line.match_indices(MARK).map(|(at, _)| at..at + MARK.len()).collect();
    let words = !line.trim_matches(['*', ' ']).is_empty();
    if words && marks.len().is_multiple_of(2) { marks } else { Vec::new() }
}

/// Word's bookmark as some converters write it.
fn bookmark(line: &str) -> Option<Range<usize>> {
    let at = line.find("[bookmark:")?;
    let close = piece(line, at, line.len()).find(']')?;
    Some(at..at + close + 1)
}

/// Which lines, given folded, are what a web page puts around an article, or a table of contents.
pub(super) fn residue<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<bool> {
    let mut contents = false;
    lines
        .map(|text| {
            let entry = is_entry(text, if contents { 0 } else { LEADERS });
            contents = text == "目录" || contents && (text.is_empty() || entry);
            text == "目录" || entry || is_page_residue(text)
        })
        .collect()
}

/// How many dots lead from a title to its page.
const LEADERS: usize = 3;

/// Whether a line of a table of contents: `一、总体情况........3`.
fn is_entry(text: &str, leaders: usize) -> bool {
    let title = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = title.trim_end_matches(['.', '·', '-', '_', '—']);
    title.len() < text.len()
        && title.chars().count() - bare.chars().count() >= leaders
        && heading::ordinal(text).is_some_and(|(level, _, _)| level <= 2)
        && text.chars().count() <= 90
        && !bare.contains(['。', ',', ';'])
}

/// All lines of `text`; LF, CR LF and CR end a line, and so does a form feed.
pub(super) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 60 + 1);
    let mut start = 0;
    let bytes = text.as_bytes();
    for end in memchr::memchr3_iter(b'\n', b'\r', 0x0c, bytes) {
        // The LF of a CR LF was taken with its CR.
        if end >= start {
            lines.push(Line::new(text, start, end));
            let pair = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
            start = end + 1 + usize::from(pair);
        }
    }
    if start < text.len() {
        lines.push(Line::new(text, start, text.len()));
    }
    lines
}

/// Whether a folded line is a page number: `-2-`, `—3—`, `第3页共9页`.
pub(super) fn is_page_number(text: &str) -> bool {
    let inner = text.trim_matches(|c| matches!(c, '-' | '—' | '~'));
    let digits =
        |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if inner.len() < text.len()
        && text.starts_with(['-', '—', '~'])
        && text.ends_with(['-', '—', '~'])
    {
        return digits(inner);
    }
    let Some(page) = text.strip_prefix('第') else { return false };
    let Some((number, rest)) = page.split_once('页') else { return false };
    let total = rest.trim_start_matches(',').strip_prefix('共').and_then(|t| t.strip_suffix('页'));
    digits(number) && (rest.is_empty() || total.is_some_and(digits))
}

/// Whether a folded line is what a web page puts around an article: breadcrumb, metadata, buttons.
pub(super) fn is_page_residue(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "ICP备",
        "[字",
        "【字",
        "上一条",
        "上一篇",
        "下一条",
        "下一篇",
        "主办单位",
        "主题分类",
        "主题词",
        "体裁",
        "作者:",
        "信息来源",
        "信息索引",
        "公开方式",
        "公开时限",
        "公开目录",
        "公开范围",
        "公文生成日期",
        "关键词",
        "关闭",
        "内容概述",
        "分享",
        "发布单位:",
        "发布日期",
        "发布时间",
        "发布机构",
        "发文字号",
        "发文日期",
        "发文时间",
        "发文机关",
        "名称:",
        "备注/文号",
        "字体",
        "字号",
        "当前位置",
        "您当前的位置",
        "您现在的位置",
        "您的位置",
        "成文日期",
        "所在位置",
        "打印",
        "扫一扫",
        "扫描二维码",
        "收藏",
        "文号:",
        "文号|",
        "文章来源",
        "无障碍",
        "日期:",
        "时间:",
        "有效性",
        "来源:",
        "标题:",
        "浏览次数",
        "浏览量",
        "点击数",
        "点击率",
        "版权所有",
        "生成日期",
        "相关链接",
        "相关附件",
        "索引号",
        "组配分类",
        "编辑:",
        "访问次数",
        "语音播报",
        "责任编辑",
        "返回",
        "阅读次数",
        "附件下载",
        "首页",
    ];
    // Buttons of which nothing else says what they are.
    const WHOLE: &[&str] = &[
        "大 中 小",
        "大中小",
        "微信",
        "微博",
        "我要纠错",
        "打印本页",
        "朗读",
        "听全文",
        "纠错",
        "语音朗读",
        "长者模式",
    ];
    // In bytes: about 90 Chinese characters.
    if text.len() > 270 || text.is_empty() {
        return false;
    }
    let crumbs = memchr::memchr(b'>', text.as_bytes()).is_some() || text.contains('»');
    if crumbs
        && (text.contains(">>") || text.contains("首页>") || text.contains('»') || breadcrumb(text))
    {
        return true;
    }
    // The nearest start at or before the text in order: no start begins with another.
    let starts = |text: &str| {
        let next = STARTS.partition_point(|start| *start <= text);
        next.checked_sub(1).is_some_and(|at| text.starts_with(STARTS[at]))
    };
    let text = text.trim_start_matches(['•', '·', '●', '■', '*', ' ']);
    // `索 引 号 | …`: the words of an index card are spaced out.
    let spaced = || text.chars().nth(1) == Some(' ');
    let packed = || text.chars().filter(|c| *c != ' ').take(8).collect::<String>();
    starts(text) || WHOLE.contains(&text) || spaced() && starts(&packed()) || is_published(text)
}

/// Whether a line tells when and by whom a page was published: `政府办 2024-01-22 阅读 12`.
fn is_published(text: &str) -> bool {
    const BESIDE: &[&str] = &[
        "作者", "分享", "字体", "字号", "打印", "播报", "收藏", "来源", "次数", "浏览", "点击",
        "编辑", "阅读",
    ];
    let date = |six: &[u8]| {
        six[..4].iter().all(u8::is_ascii_digit) && six[4] == b'-' && six[5].is_ascii_digit()
    };
    text.len() <= 180
        && !text.contains(['。', ';'])
        && text.as_bytes().windows(6).any(date)
        && BESIDE.iter().any(|word| text.contains(word))
        // Some pages print this behind the title, on its line.
        && !super::title::is_title(text)
}

fn breadcrumb(text: &str) -> bool {
    let steps = text.matches('>').count();
    steps >= 2 && !text.contains('<') && !text.contains('。')
}

/// Whether a folded line is a date and little else: `2018年1月11日`, `(2019年3月)`.
pub(in crate::read) fn is_date_line(text: &str) -> bool {
    if text.chars().count() > 24 {
        return false;
    }
    let Some(date) = find_date(text, 0) else { return false };
    let rest = text.chars().count() - piece(text, date.start, date.end).chars().count();
    rest <= 4
}

/// Whether a folded cell is a figure or what is written in its place.
pub(in crate::read) fn is_value(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "/",
        "-",
        "--",
        "—",
        "——",
        "―",
        "\\",
        "无",
        "不涉及",
        "零",
        "〇",
        "不适用",
        "↑",
        "↓",
        "*",
        "/0",
    ];
    // `六十一`; a single numeral may be the ordinal of a label that was cut in two.
    let numeral = text.len() >= 6 && text.len() <= 30 && chinese_number(text).is_some();
    if SIGNS.contains(&text) || numeral {
        return true;
    }
    let bare = text.trim_start_matches(['+', '-', '增', '减', '↑', '↓', '(', '约']);
    let Some(first) = bare.bytes().next() else { return false };
    if !first.is_ascii_digit() {
        return false;
    }
    let digits =
        bare.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(bare.len());
    let number = piece(bare, 0, digits);
    let unit = piece(bare, digits, bare.len()).trim_end_matches(')');
    // `1.` and `2、` are ordinals of labels.
    !number.ends_with(['.', ',']) && (unit.is_empty() || is_unit(unit))
}

/// Whether a folded cell is the unit of a row's figures.
pub(super) fn is_unit(text: &str) -> bool {
    unit_alone(text.trim_start_matches('(').trim_end_matches(')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_puts_around_an_article() {
        for text in [
            "首页>政务公开>年报",
            "发布时间:2020-01-02",
            "字号:大中小",
            "打印本页",
            "索引号:123/2020",
        ] {
            assert!(is_page_residue(text), "{text}");
        }
        for text in ["一、总体情况", "时间紧,任务重", "来源广泛", "发现问题", ""]
        {
            assert!(!is_page_residue(text), "{text}");
        }
    }

    #[test]
    fn page_numbers_are_not_figures() {
        for text in ["-2-", "—13—", "第3页", "第3页,共9页"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["-2", "2", "2018", "第3条", "-"] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn figures_and_what_stands_in_their_place() {
        for text in ["0", "1,234", "1.1", "+3", "-1", "/", "无", "251000元", "0件", "增15"] {
            assert!(is_value(text), "{text}");
        }
        for text in ["1.", "2、", "条", "1.当面申请数", "规章", "第3页", "2018年1月"] {
            assert!(!is_value(text), "{text}");
        }
    }

    #[test]
    fn marks_of_markdown_are_no_part_of_a_line() {
        for (text, expected) in [
            ("## 一、概述", " 一、概述"),
            ("**一、概述**", "一、概述"),
            ("### **一、概述** ", "一、概述"),
            ("**（一）甲。**乙和**丙**", "（一）甲。乙和丙"),
            ("甲**乙", "甲**乙"),
            ("****", "****"),
            ("####", "####"),
        ] {
            let found: String = split(text)[0].pieces().map(|range| &text[range]).collect();
            assert_eq!(found.trim(), expected.trim());
        }
    }

    #[test]
    fn a_table_of_contents_is_no_part_of_the_report() {
        let lines = [
            "目录",
            "一、概述1",
            "",
            "二、收费...2",
            "正文",
            "三、其他....3",
            "三、共3",
            "一、概述",
        ];
        let expected = [true, true, false, true, false, true, false, false];
        assert_eq!(residue(lines.into_iter()), expected);
    }

    #[test]
    fn a_bookmark_is_no_part_of_its_line() {
        let text = "[bookmark: _GoBack]（三）人次\r\n二\r三";
        let lines = split(text);
        assert_eq!(lines.len(), 3);
        let pieces: Vec<_> = lines[0].pieces().map(|r| &text[r]).collect();
        assert_eq!(pieces, ["（三）人次"]);
    }
}
