//! The amounts that the running text counts something with.

use super::scan::{digits_end, has_any, rest};
use crate::document::{Document, Zone};
use crate::text::{Amount, FoldedSpan, find_amounts, piece};
use rust_decimal::Decimal;

/// An amount with its unit. A vague one (30余条) is a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Least value meant.
    pub low: Decimal,
    /// Greatest value meant; equal to `low` for an exact number.
    pub high: Decimal,
    /// What is counted: 条, 件, `%` … 万 belongs to the number, not to the unit.
    pub unit: Option<String>,
    /// Number and unit.
    pub at: FoldedSpan,
}

/// Units, longer ones before those they begin with.
const UNITS: &[&str] = &[
    "人次",
    "人",
    "条次",
    "条",
    "件次",
    "件",
    "次",
    "篇次",
    "篇",
    "个百分点",
    "个",
    "项次",
    "项",
    "份",
    "期",
    "%",
    "‰",
    "元",
    "宗",
    "起",
    "场次",
    "场",
    "家",
    "户",
    "页",
    "名",
    "位",
    "例",
    "批次",
    "批",
    "班次",
    "部",
    "册",
    "张",
    "幅",
    "则",
    "轮次",
    "轮",
    "种",
    "类",
    "栏",
    "组",
    "处",
    "台",
    "套",
    "块",
    "辆",
    "章",
    "版",
    "问",
    "字",
    "点击量",
];
/// Words that only begin like a unit: 12部门, 3个月, 20个工作日.
const NOT_UNITS: &[&str] = &[
    "部门",
    "部委",
    "个月",
    "个工作日",
    "个小时",
    "个年度",
    "处室",
    "处罚",
    "类别",
    "章程",
    "人民",
    "次日",
    "起至",
    "号",
    "期间",
    "页面",
    "位置",
    "名称",
    "组织",
    "家庭",
    "版本",
    "起到",
];

/// All amounts with a unit in opening and body; neither dates nor ordinals nor documents' numbers.
pub fn figures(document: &Document) -> Vec<Figure> {
    let mut found = Vec::new();
    let hundreds = has_any(document.folded.text(), &["百余", "近百", "千余", "近千"]);
    for block in document.prose(Zone::TEXT) {
        let text = document.text(block.at);
        let first = found.len();
        let mut last: Option<Amount> = None;
        for amount in find_amounts(text) {
            if let Some((low, start, unit)) = counted(text, &amount, last.as_ref()) {
                let at = FoldedSpan::new(start, amount.end + unit.len()).shift(block.at.start);
                found.push(Figure { low, high: amount.high, unit: Some(unit.to_owned()), at });
            }
            last = Some(amount);
        }
        if hundreds {
            found.extend(in_words(text).map(|mut figure| {
                figure.at = figure.at.shift(block.at.start);
                figure
            }));
            if let Some(own) = found.get_mut(first..) {
                own.sort_by_key(|figure| figure.at.start);
            }
        }
    }
    found
}

/// The least value, the first byte and the unit of `amount`, if it counts something.
fn counted<'t>(
    text: &'t str,
    amount: &Amount,
    last: Option<&Amount>,
) -> Option<(Decimal, usize, &'t str)> {
    let unit = unit(rest(text, amount.end))?;
    let (mut low, mut start) = (amount.low, amount.start);
    // 3-5个: the first number has no unit of its own.
    let joint = last.map(|last| (last, piece(text, last.end, amount.start)));
    if let Some((last, "-" | "—" | "~" | "至" | "到")) = joint
        && last.low <= low
    {
        (low, start) = (last.low, last.start);
    }
    let before = piece(text, 0, start);
    let ordinal = before.ends_with(['第', '〔', '[', '-', '.', '/']);
    let name = before.ends_with(|c: char| c.is_ascii_alphanumeric());
    (!ordinal && !name).then_some((low, start, unit))
}

fn unit(after: &str) -> Option<&str> {
    if NOT_UNITS.iter().any(|word| after.starts_with(word)) {
        return None;
    }
    let unit = UNITS.iter().find(|unit| after.starts_with(**unit))?;
    Some(piece(after, 0, unit.len()))
}

/// `百余件`, `近千人次`. Other numbers in words are too often words of their own (三公, 一些).
fn in_words(text: &str) -> impl Iterator<Item = Figure> + '_ {
    const WORDS: &[(&str, i64, i64)] =
        &[("百余", 100, 199), ("近百", 90, 100), ("千余", 1000, 1999), ("近千", 900, 1000)];
    WORDS.iter().flat_map(move |(word, low, high)| {
        text.match_indices(word).filter_map(move |(start, _)| {
            // 三百余件 and 近百万元 are other numbers.
            let before = piece(text, 0, start);
            if before.ends_with(|c: char| {
                "一二两三四五六七八九十几数多".contains(c) || c.is_ascii_digit()
            }) {
                return None;
            }
            let end = start + word.len();
            let unit = unit(rest(text, end)).filter(|_| digits_end(text, end) == end)?;
            let at = FoldedSpan::new(start, end + unit.len());
            Some(Figure {
                low: Decimal::from(*low),
                high: Decimal::from(*high),
                unit: Some(unit.to_owned()),
                at,
            })
        })
    })
}
