//! The figures of the running text: values, units, what is counted, and for which time.

mod context;
mod zeros;

use super::scan::rest;
use crate::document::{Document, Zone};
use crate::text::{Amount, FoldedSpan, find_amounts, piece, unit_after};
use context::Sentences;
use rust_decimal::Decimal;

/// An amount with what it is said of. A vague one (30余条) is a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Least value meant.
    pub low: Decimal,
    /// Greatest value meant; equal to `low` for an exact number.
    pub high: Decimal,
    /// What is counted: 条, 件, `%` … 万 belongs to the number, not to the unit. A zero in words
    /// (未收到申请) has none.
    pub unit: Option<String>,
    /// Number and unit; of a zero in words all of the wording.
    pub at: FoldedSpan,
    /// The words before it that say what is counted, back to the last comma or figure:
    /// 主动公开政府信息 in 主动公开政府信息51条. Empty if there are none.
    pub before: FoldedSpan,
    /// The words after it, up to the next punctuation: 政府信息 in 公开51条政府信息.
    pub after: FoldedSpan,
    /// The time it is said for.
    pub scope: Scope,
    /// The sentence it stands in.
    pub sentence: FoldedSpan,
    /// Index of its block in the document.
    pub block: usize,
}

/// The time a figure is said for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Its sentence does not say.
    Unsaid,
    /// One year.
    Year(i16),
    /// All years up to a day (历年累计, 截至…累计, 自…以来).
    Cumulative,
}

impl Figure {
    /// The value, if it is exact.
    pub fn exact(&self) -> Option<Decimal> {
        (self.low == self.high).then_some(self.low)
    }

    /// Whether `value` is what this figure says.
    pub fn covers(&self, value: Decimal) -> bool {
        self.low <= value && value <= self.high
    }

    /// Whether it is counted in `unit`.
    pub fn is_in(&self, unit: &str) -> bool {
        self.unit.as_deref() == Some(unit)
    }

    /// The words it is said of, before and after it, as read.
    pub fn subject(&self, document: &Document) -> String {
        [self.before, self.after].map(|part| document.text(part)).concat()
    }
}

/// All figures of opening and body in order; neither dates nor ordinals nor documents' numbers.
/// `year` is the report's, meant by 本年 and 全年.
pub fn figures(document: &Document, year: Option<i16>) -> Vec<Figure> {
    let mut found = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if !Zone::TEXT.contains(&block.zone) || block.is_table() {
            continue;
        }
        let text = document.text(block.at);
        let mut raw = written(text);
        let zeros = zeros::zeros(text);
        if !zeros.is_empty() {
            // 并未接收到一例 says nothing but the zero.
            raw.retain(|raw| {
                zeros.iter().all(|zero| raw.end <= zero.start || zero.end <= raw.start)
            });
            raw.extend(zeros);
            raw.sort_by_key(|raw| (raw.start, raw.end));
        }
        let mut sentences = Sentences::of(text, year);
        let mut last = 0;
        for (i, one) in raw.iter().enumerate() {
            let next = raw.get(i + 1).map_or(text.len(), |next| next.start);
            let around = sentences.around(last, one.start..one.end, next);
            let before = one.object.clone().unwrap_or(around.before);
            last = one.end.max(last);
            found.push(Figure {
                low: one.low,
                high: one.high,
                unit: one.unit.map(str::to_owned),
                at: FoldedSpan::new(one.start, one.end).shift(block.at.start),
                before: FoldedSpan::from(before).shift(block.at.start),
                after: FoldedSpan::from(around.after).shift(block.at.start),
                scope: around.scope,
                sentence: FoldedSpan::from(around.sentence).shift(block.at.start),
                block: index,
            });
        }
    }
    found
}

/// A figure as it stands in the text of one block.
struct Raw<'t> {
    low: Decimal,
    high: Decimal,
    unit: Option<&'t str>,
    start: usize,
    end: usize,
    /// The words of a zero in words that name what there is none of.
    object: Option<std::ops::Range<usize>>,
}

/// The amounts in `text` that count something.
fn written(text: &str) -> Vec<Raw<'_>> {
    let mut found = Vec::new();
    let mut last: Option<Amount> = None;
    for amount in find_amounts(text) {
        found.extend(counted(text, &amount, last.as_ref()));
        last = Some(amount);
    }
    found
}

/// `amount` with its unit, if it counts something.
fn counted<'t>(text: &'t str, amount: &Amount, last: Option<&Amount>) -> Option<Raw<'t>> {
    let unit = unit_after(rest(text, amount.end))?;
    let (mut low, mut start) = (amount.low, amount.start);
    // 3-5个: the first number has no unit of its own.
    let joint = last.map(|last| (last, piece(text, last.end, amount.start)));
    if let Some((last, "-" | "—" | "~" | "至" | "到")) = joint
        && last.low <= low
    {
        (low, start) = (last.low, last.start);
    } else if let Some((last, "、" | "和")) = joint
        && piece(text, 0, last.start).ends_with('第')
    {
        // 第三十一、三十二条.
        return None;
    }
    let before = piece(text, 0, start);
    let ordinal = before.ends_with(['第', '〔', '[', '-', '.', '/']);
    let name = before.ends_with(|c: char| c.is_ascii_alphanumeric());
    if ordinal || name || (amount.in_words && !zeros::counts(text, amount, unit)) {
        return None;
    }
    let end = amount.end + unit.len();
    if low == Decimal::ONE && tells_how_to_count(before) {
        return None;
    }
    let mut high = amount.high;
    if low == high {
        (low, high) = hedged_after(rest(text, end), low);
    }
    Some(Raw { low, high, unit: Some(unit), start, end, object: None })
}

/// Whether 1条 tells how things were counted: 不同渠道公开的同一信息计1条, 按一件计算.
fn tells_how_to_count(before: &str) -> bool {
    const SAME: &[&str] = &["同一", "相同", "重复", "不同", "每"];
    let counting = before.trim_end_matches(['为', '作', '算']);
    let clause = counting.rsplit([',', '。', ';', '(']).next().unwrap_or(counting);
    let same = SAME.iter().any(|word| clause.contains(word));
    same && counting.ends_with(['计', '按', '记'])
}

/// 30条左右, 30条以上: what stands behind the unit makes the number vague.
fn hedged_after(after: &str, value: Decimal) -> (Decimal, Decimal) {
    let tenth = value / Decimal::TEN;
    match after {
        _ if after.starts_with("左右") || after.starts_with("上下") => {
            (value - tenth, value + tenth)
        }
        _ if after.starts_with("以上") || after.starts_with("余") || after.starts_with("多") => {
            (value, value * Decimal::TWO)
        }
        _ => (value, value),
    }
}

#[cfg(test)]
mod tests;
