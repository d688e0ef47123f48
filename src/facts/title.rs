//! The title of a report taken apart: its years, its organ, and whether it is a report's at all.

use super::Fact;
use super::scan::{digit_runs, digits_end, ends_any, has_any, rest, starts_any, without_bracket};
use crate::document::{BlockKind, Document, Zone};
use crate::text::{FoldedSpan, chinese_number, piece, title_on};
use std::ops::Range;

/// The years a report can be about.
pub(super) const YEARS: Range<i16> = 2008..2100;

/// What a report tells of. The organ's name stands before it.
const SUBJECTS: &[&str] = &["政府信息", "政务信息", "信息公开", "政务公开", "公开工作"];
/// What a title may be without naming an organ: `2018年度重点领域政府信息公开…`.
const NO_ORGAN: &[&str] = &[
    "重点领域",
    "重点工作",
    "年度",
    "部门",
    "单位",
    "全面推进",
    "法治政府建设",
    "工作",
    "本",
    "我",
];

/// A title without its line breaks, and the way back.
pub(super) struct Title {
    /// Where it stands.
    pub(super) at: FoldedSpan,
    /// Its folded text on one line, without what a page put around it.
    pub(super) text: String,
    /// Offsets in `text` before which a line break was taken out, one entry for each.
    breaks: Vec<usize>,
}

/// The years a title names.
pub(super) struct TitleYear {
    /// The year, or the second of a school year.
    pub(super) year: i16,
    /// Where it stands in the title's text, with 年 or 学年.
    pub(super) at: Range<usize>,
    /// Whether two consecutive years are named: a school year.
    pub(super) academic: bool,
}

impl Title {
    /// The title of the report; of several, the first that is a report's.
    pub(super) fn find(document: &Document) -> Option<Self> {
        let is_title = |block: &&crate::document::Block| {
            matches!(block.kind, BlockKind::Title)
                && !matches!(block.zone, Zone::Notice | Zone::Residue)
        };
        let mut first = None;
        for block in document.blocks.iter().filter(is_title) {
            let title = Self::new(document, block.at);
            if title.text.is_empty() {
                continue;
            }
            if title.is_report() {
                return Some(title);
            }
            first.get_or_insert(title);
        }
        first
    }

    /// The first words of a text without a title, which may say what it is instead.
    pub(super) fn in_place_of_one(document: &Document) -> Self {
        Self::new(document, document.anchor())
    }

    fn new(document: &Document, mut at: FoldedSpan) -> Self {
        let written = document.text(at);
        let title = title_on(written);
        let written = piece(written, title.start, title.end);
        at.start += title.start as u32;
        at.end = at.start + written.len() as u32;
        let mut text = String::with_capacity(written.len());
        let mut breaks = Vec::new();
        for (index, line) in written.split('\n').enumerate() {
            if index > 0 {
                breaks.push(text.len());
            }
            text.push_str(line);
        }
        Self { at, text, breaks }
    }

    /// Where a part of the title's text stands in the document.
    pub(super) fn span(&self, part: &Range<usize>) -> FoldedSpan {
        let before = |offset: usize| self.breaks.iter().filter(|at| **at <= offset).count();
        let end = part.end.saturating_sub(1);
        let span = FoldedSpan::new(part.start + before(part.start), part.end + before(end));
        span.shift(self.at.start)
    }

    /// The title as it is written, without white space.
    pub(super) fn fact(&self, document: &Document) -> Fact<String> {
        Fact { value: written(document, self.at), at: self.at }
    }

    /// Whether it is the title of an annual report, not of a notice about one.
    pub(super) fn is_report(&self) -> bool {
        let core = core(&self.text);
        !explains(core)
            && has_any(core, &["信息公开", "政务公开", "公开工作"])
            && ends_any(core, &["报告", "年报", "总结", "年度报", "情况汇报"])
    }

    /// Whether it says that the text is something else.
    pub(super) fn is_other(&self) -> bool {
        const OTHERS: &[&str] = &[
            "通知", "公告", "函", "方案", "意见", "办法", "指南", "目录", "制度", "规定", "要点",
            "通报", "批复", "条例", "细则", "规程", "公示", "格式", "说明", "解读",
        ];
        let core = core(&self.text);
        ends_any(core, OTHERS) || explains(core)
    }

    /// The years it names, in order.
    pub(super) fn years(&self) -> Vec<TitleYear> {
        let mut found: Vec<TitleYear> = Vec::new();
        for run in digit_runs(&self.text) {
            if found.last().is_none_or(|last| run.start >= last.at.end) {
                found.extend(year_at(&self.text, &run));
            }
        }
        found.extend(chinese_years(&self.text));
        found.sort_by_key(|year| year.at.start);
        // A year in a bracket at the end may be that of publication: 2018年…报告(2019年公布).
        let body = without_bracket(&self.text).len();
        if found.first().is_some_and(|first| first.at.end <= body) {
            found.retain(|year| year.at.end <= body);
        }
        found
    }

    /// The organ's name: what stands before the subject when the years are taken out.
    pub(super) fn organ(
        &self,
        years: &[TitleYear],
        is_unit: fn(&str) -> bool,
    ) -> Option<Vec<Range<usize>>> {
        let mut parts = Vec::new();
        let mut from = 0;
        let head = self.head();
        for year in years.iter().filter(|year| year.at.end <= head) {
            parts.push(from..year.at.start);
            from = year.at.end;
        }
        parts.push(from..head);
        let parts: Vec<_> = parts.into_iter().filter_map(|part| name(&self.text, part)).collect();
        let Some((first, others)) = parts.split_first() else {
            let bracket =
                self.in_bracket().filter(|at| is_unit(piece(&self.text, at.start, at.end)));
            return bracket.map(|at| vec![at]);
        };
        // 甲字〔2015〕3号 is the letterhead's: the organ stands behind it.
        let numbered = piece(&self.text, 0, head).find(['〔', '[']);
        if let (Some(second), Some(number)) = (others.first(), numbered)
            && number < second.start
            && is_unit(piece(&self.text, second.start, second.end))
        {
            return Some(vec![second.clone()]);
        }
        let mut organ = vec![first.clone()];
        if let Some(second) = others.first()
            && is_unit(piece(&self.text, second.start, second.end))
            // 海关总署2010年海关信息公开…: what the information is about.
            && !piece(&self.text, first.start, first.end)
                .contains(piece(&self.text, second.start, second.end))
        {
            organ.push(second.clone());
        }
        Some(organ)
    }

    /// What stands in a bracket at the end: `…年度报告(甲镇)`.
    fn in_bracket(&self) -> Option<Range<usize>> {
        let open = without_bracket(&self.text).len();
        (open < self.text.len()).then(|| open + 1..self.text.len() - 1)
    }

    /// Where the organ's name ends at the latest.
    fn head(&self) -> usize {
        let text = self.text.as_str();
        let subject = SUBJECTS.iter().filter_map(|word| text.find(word)).min();
        let kind = || {
            ["年度报告", "工作报告", "年报", "报告", "总结"]
                .iter()
                .filter_map(|word| text.find(word))
                .min()
        };
        let head = subject.or_else(kind).unwrap_or(text.len());
        // 青溪镇人民政府信息公开: the 政府 belongs to the name, too.
        let people = piece(text, 0, head).ends_with("人民") && rest(text, head).starts_with("政府");
        if people { head + "政府".len() } else { head }
    }
}

/// The text at `at` as it is written, without white space and invisible characters.
pub(super) fn written(document: &Document, at: FoldedSpan) -> String {
    let visible =
        |c: &char| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}');
    document.written(at).chars().filter(visible).collect()
}

/// Whether a title is that of a page which explains a report: `文字解读:甲局2023年…年度报告`.
fn explains(core: &str) -> bool {
    let head = core.trim_start_matches(['【', '[', '(']);
    starts_any(
        head,
        &["文字解读", "图文解读", "政策解读", "图片解读", "解读", "图解", "一图读懂", "一图看懂"],
    )
}

/// A title without bracket, quotes and points at its end.
fn core(title: &str) -> &str {
    let end = ['》', '”', '"', '。', '.', ' '];
    without_bracket(title.trim_end_matches(end)).trim_end_matches(end)
}

/// The year that the digits at `run` are, unless they are a document's number or a date.
fn year_at(text: &str, run: &Range<usize>) -> Option<TitleYear> {
    let year = number(text, run).filter(|year| YEARS.contains(year))?;
    let before = piece(text, 0, run.start);
    let after = rest(text, run.end);
    if let Some(range) = school_year(text, run, year) {
        return Some(range);
    }
    let numbered =
        before.ends_with(['〔', '[']) || after.starts_with(['〕', ']', '号', '.', '/', '-']);
    let bracketed_number = after.starts_with(')')
        && after.get(1..).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    if numbered || bracketed_number {
        return None;
    }
    let Some(marked) = after.strip_prefix('年') else {
        return Some(TitleYear { year, at: run.clone(), academic: false });
    };
    let month = digits_end(marked, 0);
    if month > 0 && rest(marked, month).starts_with('月') {
        return None;
    }
    Some(TitleYear { year, at: run.start..run.end + "年".len(), academic: false })
}

/// `2016-2017学年`, `2016—17学年`, `(2016-2017)`.
fn school_year(text: &str, run: &Range<usize>, first: i16) -> Option<TitleYear> {
    let after = rest(text, run.end);
    let joined = after.trim_start_matches('年').trim_start_matches(['-', '—', '~', '至', '/']);
    let start = text.len() - joined.len();
    let end = digits_end(text, start);
    if start == run.end || end == start {
        return None;
    }
    let second = match number(text, &(start..end))? {
        short @ 0..100 if end - start == 2 => first / 100 * 100 + short,
        year => year,
    };
    (second == first + 1).then(|| {
        let end = if starts_any(rest(text, end), &["学年"]) {
            end + "学年".len()
        } else if rest(text, end).starts_with('年') {
            end + "年".len()
        } else {
            end
        };
        TitleYear { year: second, at: run.start..end, academic: true }
    })
}

/// `二〇一八年`.
fn chinese_years(text: &str) -> impl Iterator<Item = TitleYear> + '_ {
    text.match_indices('年').filter_map(|(at, _)| {
        let (start, _) = piece(text, 0, at).char_indices().rev().nth(3)?;
        // 0 and O are typed for 〇.
        let numeral = piece(text, start, at).replace(['0', 'O', 'o'], "〇");
        let year = i16::try_from(chinese_number(&numeral)?).ok()?;
        (numeral.starts_with('二') && YEARS.contains(&year)).then(|| TitleYear {
            year,
            at: start..at + "年".len(),
            academic: false,
        })
    })
}

fn number(text: &str, run: &Range<usize>) -> Option<i16> {
    (run.len() <= 4).then(|| piece(text, run.start, run.end).parse().ok()).flatten()
}

/// `part` of the title without the words and marks around a name, if a name is left.
fn name(title: &str, part: Range<usize>) -> Option<Range<usize>> {
    const MARKS: &[char] =
        &[' ', ':', ',', '-', '—', '·', '“', '”', '"', '《', '》', '、', '.', '|', '>'];
    let text = piece(title, part.start, part.end);
    // What follows a document's number is not part of a name.
    let mut name = text.split(['〔', '[']).next().unwrap_or(text).trim_start_matches(MARKS);
    // 【图文】甲局2022年…; 标 题 甲局2022年….
    if let Some((_, after)) = name.strip_prefix('【').and_then(|name| name.split_once('】')) {
        name = after.trim_start_matches(MARKS);
    }
    name = name.strip_prefix("标题").unwrap_or(name).trim_start_matches(MARKS);
    if let Some(after) = name.strip_prefix("附件") {
        name = after.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(MARKS);
    }
    name = name.strip_prefix("关于").unwrap_or(name).trim_matches(MARKS);
    for word in ["度", "学年度", "学年", "年度"] {
        name = name.strip_prefix(word).unwrap_or(name);
    }
    for word in ["年度", "关于", "的"] {
        name = name.strip_suffix(word).unwrap_or(name).trim_matches(MARKS);
    }
    if let Some(inner) = name.strip_prefix('(').and_then(|name| name.strip_suffix(')')) {
        name = inner;
    } else if name.ends_with('(') || (name.starts_with('(') && !name.contains(')')) {
        name = name.trim_matches('(');
    }
    if name.chars().count() < 2 || starts_any(name, NO_ORGAN) {
        return None;
    }
    let start = part.start + (name.as_ptr() as usize - text.as_ptr() as usize);
    Some(start..start + name.len())
}
