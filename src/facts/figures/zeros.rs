//! Numbers in words: which Chinese numerals count something, and how a report says that there
//! was nothing to count (未收到申请, 无行政复议, 政策解读数量：无).

use super::super::scan::{ends_any, has_any, rest, starts_any};
use super::Raw;
use crate::text::{Amount, piece};
use rust_decimal::Decimal;

/// Units that a Chinese numeral is counted in; before others it is a set phrase (四个意识, 三类).
const COUNTED: &[&str] = &[
    "条", "件", "人次", "份", "篇", "宗", "起", "例", "次", "场", "场次", "元", "册", "批次", "人",
    "名", "家", "户", "项", "页", "%",
];
/// Units that 一 counts in; elsewhere it is no number (一次性, 一项工作, 一起).
const COUNTED_BY_ONE: &[&str] = &["件", "例", "宗", "份", "人次", "篇", "条"];
/// Words after which a numeral speaks of each or of any one.
const EACH: &[&str] =
    &["每", "同", "任", "任何", "某", "这", "那", "逐", "唯", "凡", "各", "统", "哪"];

/// Whether a Chinese numeral counts something: 答复十二件, 收到一件申请; not 四个意识, 每一件.
pub(super) fn counts(text: &str, amount: &Amount, unit: &str) -> bool {
    let before = piece(text, 0, amount.start);
    if !COUNTED.contains(&unit) || ends_any(before, EACH) {
        return false;
    }
    if piece(text, amount.start, amount.end) != "一" {
        return true;
    }
    // 受理一件、答复一件 means each one.
    let again = |text: &str| text.contains(&format!("一{unit}"));
    COUNTED_BY_ONE.contains(&unit)
        && !again(super::super::scan::sentence_before(text, amount.start, 60))
        && !again(super::super::scan::sentence_after(text, amount.end))
}

const DENIALS: &[&str] = &["没有", "未有", "未", "无", "不存在", "零"];
/// What did not happen.
const VERBS: &[&str] = &[
    "接收到",
    "收到过",
    "收到",
    "接到",
    "接收",
    "受理",
    "发生过",
    "发生",
    "出现",
    "产生",
    "收取",
    "引发",
    "引起",
    "涉及到",
    "涉及",
    "提起",
    "存在",
    "接受",
    "有",
    "因",
];
/// What there can be none of.
const OBJECTS: &[&str] = &[
    "申请",
    "行政复议",
    "行政诉讼",
    "复议",
    "诉讼",
    "举报",
    "申诉",
    "投诉",
    "费用",
    "收费",
    "案件",
    "请求",
];
/// The wording of a zero is not longer, in bytes.
const LONGEST: usize = 150;

/// The zeros that `text` says in words, one for each thing there was none of.
pub(super) fn zeros(text: &str) -> Vec<Raw<'_>> {
    let mut found = Vec::new();
    for (start, first) in text.match_indices(['没', '未', '无', '不', '零']) {
        if found.last().is_some_and(|last: &Raw<'_>| start < last.end) {
            continue;
        }
        if first == "无" && piece(text, 0, start).ends_with(':') {
            found.extend(said_none(text, start));
        } else {
            found.extend(denied(text, start));
        }
    }
    found
}

/// `政策解读数量:无`.
fn said_none(text: &str, start: usize) -> Option<Raw<'_>> {
    const COUNTABLE: &[&str] =
        &["数量", "件数", "条数", "次数", "情况", "申请", "费用", "金额", "复议", "诉讼"];
    let end = start + "无".len();
    let label = super::super::scan::sentence_before(text, start - 1, 90);
    let alone = matches!(rest(text, end).chars().next(), None | Some('。' | ';' | ',' | '\n'));
    (alone && ends_any(label, COUNTABLE)).then(|| zero(start, end, None))
}

/// 未收到…申请, 没有…行政复议、行政诉讼.
fn denied(text: &str, start: usize) -> Vec<Raw<'_>> {
    let clause = piece(text, start, start + LONGEST);
    let clause = clause.split([',', '。', ';', ':', '(', '\n']).next().unwrap_or(clause);
    let Some(denial) = DENIALS.iter().find(|word| clause.starts_with(**word)) else {
        return Vec::new();
    };
    // 如未收到答复 supposes it only; 有无 asks.
    if ends_any(piece(text, 0, start), &["如", "若", "凡", "对", "有", "如果"]) {
        return Vec::new();
    }
    let said = rest(clause, denial.len());
    let verb = VERBS.iter().find(|verb| said.starts_with(**verb));
    let plain = matches!(*denial, "没有" | "无" | "不存在" | "零");
    let body = match verb {
        Some(verb) => rest(said, verb.len()),
        None if plain => said,
        None => return Vec::new(),
    };
    // 未受理的申请 are some; 无法, 无需 say something else; a number would say how many.
    if starts_any(body, &["的", "法", "需", "关", "论", "不", "条件", "理由"])
        || (verb.is_none() && has_any(body, &["的申请人", "要求", "能力"]))
        || body.contains(|c: char| c.is_ascii_digit() && c != '0' && !dated(body))
    {
        return Vec::new();
    }
    let offset = start + clause.len() - body.len();
    objects(body)
        .into_iter()
        .map(|(from, to)| zero(start, offset + to, Some(offset + from..offset + to)))
        .collect()
}

/// Whether the digits of `body` are those of a year.
fn dated(body: &str) -> bool {
    body.contains("年")
}

/// Where the things stand that `body` denies. 申请 before 行政复议 is how one gets there.
fn objects(body: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for object in OBJECTS {
        for (at, _) in body.match_indices(object) {
            found.push((at, at + object.len()));
        }
    }
    found.sort_unstable_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)));
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let mut begin = 0;
    for (i, (from, to)) in found.iter().copied().enumerate() {
        if kept.last().is_some_and(|(_, end)| from < *end) || (i > 0 && from < found[i - 1].1) {
            continue;
        }
        let follows = rest(body, to);
        let more = found.iter().skip(i + 1).any(|(next, _)| *next >= to);
        let ends =
            follows.is_empty() || starts_any(follows, &["、", "和", "及", "与", "或", "/", "以及"]);
        if piece(body, from, to) == "申请" && more && !ends {
            continue;
        }
        kept.push((begin, to));
        begin = to
            + follows
                .chars()
                .next()
                .filter(|c| "、和及与或/".contains(*c))
                .map_or(0, char::len_utf8);
    }
    kept
}

fn zero<'t>(start: usize, end: usize, object: Option<std::ops::Range<usize>>) -> Raw<'t> {
    Raw { low: Decimal::ZERO, high: Decimal::ZERO, unit: None, start, end, object }
}
