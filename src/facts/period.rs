//! The statistics period (统计期限) in all its wordings, even if damaged.

use super::identity::Identity;
use super::scan::{
    digit_runs, digits_end, has_any, last_of, rest, sentence_after, sentence_before, starts_any,
};
use super::span_of_days::{Mark, Token, month_day, token};
use crate::document::{Block, Document, Zone};
use crate::text::{FoldedSpan, dates, piece};
use jiff::civil::Date;

/// What is wrong with a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Damage {
    /// Nothing: both dates can be read.
    None,
    /// Digits or the marks between them were lost: `202111日起至20211230日止`.
    LostDigits,
    /// There is a label, but no date or only one.
    Incomplete,
    /// It begins but does not end: `2019年1月1日以来`.
    OpenEnd,
}

/// The time that the figures of a report are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first day, if it can be read.
    pub start: Option<Date>,
    /// Its last day, if it can be read.
    pub end: Option<Date>,
    /// What is wrong with it.
    pub damage: Damage,
    /// The dates as written, else the phrase that promises them.
    pub at: FoldedSpan,
    /// Whether words such as 统计期限 stand before it.
    pub labelled: bool,
}

/// A period with the year it is about, which is known of a damaged one, too.
pub(super) struct Found {
    pub(super) period: Period,
    pub(super) year: Option<i16>,
    rank: u8,
}

/// Finds the statistics period of the report that `identity` tells of.
pub fn period(document: &Document, identity: &Identity) -> Option<Period> {
    let year = identity.year.as_ref().map(|year| year.value);
    find(document, year, identity.academic).map(|found| found.period)
}

/// Words that promise the period.
const STRONG: &[&str] = &[
    "统计期",
    "统计时",
    "统计限",
    "统计日期",
    "统计周期",
    "统计区间",
    "统计年度",
    "统计范围",
    "统计数据",
    "数据统计",
    "统计的",
    "数据时",
    "数据期",
    "起止时",
    "起止日",
    "报告期",
    "报告时",
    "涵盖",
    "统计截",
    "统计自",
];
/// Words that promise it in a sentence about the report, and close to the date.
const WEAK: &[&str] = &["时间", "期限", "时限", "周期", "数据", "信息"];
/// Where it may stand.
const ZONES: &[Zone] = &[Zone::Opening, Zone::Narrative, Zone::Attachment];

/// Finds it knowing the report's year, if it is known.
pub(super) fn find(document: &Document, year: Option<i16>, academic: bool) -> Option<Found> {
    let chinese = has_any(document.folded.text(), &["年一月", "年九月", "年元月", "年五月"]);
    let mut best: Option<Found> = None;
    for block in document.prose(ZONES) {
        let text = document.text(block.at);
        let mut done = 0;
        let western = digit_runs(text).filter(|run| run.len() >= 4).map(|run| run.start);
        let mut starts: Vec<usize> = western.collect();
        if chinese {
            starts.extend(dates(text).iter().map(|date| date.start));
            starts.sort_unstable();
        }
        for at in starts {
            if at < done {
                continue;
            }
            let Some(first) = token(text, at) else { continue };
            done = first.end;
            let Some(found) = candidate(text, block, &first, academic) else { continue };
            done = found.period.at.end as usize - block.at.start as usize;
            if best.as_ref().is_none_or(|best| found.rank > best.rank) {
                best = Some(found);
            }
        }
        if best.as_ref().is_some_and(|best| best.rank == RANK_WHOLE) {
            return best;
        }
    }
    best.or_else(|| promised(document, year))
}

const RANK_WHOLE: u8 = 4;
const RANK_DAMAGED: u8 = 3;
const RANK_UNLABELLED: u8 = 2;
const RANK_PROMISED: u8 = 1;

/// The period that begins with `first`, if what stands around it makes it one.
fn candidate(text: &str, block: &Block, first: &Token, academic: bool) -> Option<Found> {
    let before = sentence_before(text, first.start, 180);
    let second = second(text, first);
    let place = |end: usize| FoldedSpan::new(first.start, end).shift(block.at.start);
    let found = |period: Period, rank| Some(Found { year: year_of(&period, first), period, rank });
    let label = label(before, second.is_some());
    let labelled = label != Label::None;
    let Some(second) = second else {
        if label != Label::Direct {
            return None;
        }
        let after = rest(text, first.end).trim_start_matches(['起', ',', '开', '始']);
        let open = starts_any(after, &["以来", "至今", "到今", "至目前", "到目前"]);
        let is_end = before.ends_with(['至', '到', '止']);
        let lost = matches!(first.mark, Mark::Lost(_));
        let damage = match (open, lost) {
            (_, true) => Damage::LostDigits,
            (true, _) => Damage::OpenEnd,
            _ => Damage::Incomplete,
        };
        let start = if is_end { None } else { first.mark.first_day() };
        let end = if is_end { first.mark.last_day() } else { None };
        return found(Period { start, end, damage, at: place(first.end), labelled }, RANK_DAMAGED);
    };
    let (start, end) = (first.mark.first_day(), second.mark.last_day());
    let lost = matches!(first.mark, Mark::Lost(_)) || matches!(second.mark, Mark::Lost(_));
    let damage = if lost { Damage::LostDigits } else { Damage::None };
    let period = Period { start, end, damage, at: place(second.end), labelled };
    // 开展数据统计工作,3月1日至5月1日…: a word near by makes a period of a whole year alone.
    let usual = lost || is_whole_year(start?, end?, true);
    if label == Label::Direct || label == Label::Near && usual {
        return found(period, if lost { RANK_DAMAGED } else { RANK_WHOLE });
    }
    let speaks = has_any(before, &["报告", "年报", "数据", "统计"]);
    let counts = if lost { speaks } else { is_whole_year(start?, end?, academic) };
    (counts && Zone::TEXT.contains(&block.zone)).then(|| found(period, RANK_UNLABELLED)).flatten()
}

fn year_of(period: &Period, first: &Token) -> Option<i16> {
    let day = period.end.or(period.start);
    day.map(|day| day.year()).or(Some(first.mark.year()))
}

fn is_whole_year(start: Date, end: Date, academic: bool) -> bool {
    let days = (start.month(), start.day(), end.month(), end.day());
    days == (1, 1, 12, 31) && start.year() == end.year()
        || academic && days == (9, 1, 8, 31) && start.year() + 1 == end.year()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    None,
    /// Somewhere before the dates in their sentence: enough for a range of a whole year.
    Near,
    /// Before the date with nothing of its own between them.
    Direct,
}

/// What of a sentence before its first date promises the period. 据统计 tells where a figure comes
/// from, and 报告期内 that something happened.
fn label(before: &str, range: bool) -> Label {
    if let Some((end, _)) = last_of(before, STRONG)
        && !reports_a_count(before)
        && !rest(before, end).starts_with('内')
    {
        let between = rest(before, end);
        if between
            .chars()
            .all(|c| "为是自从由于:截至到止时间日期限段数据,在的起(统计区周".contains(c))
        {
            return Label::Direct;
        }
        let close = between.chars().count();
        if range && close <= 8 && !between.contains(',') {
            return Label::Direct;
        }
        if range && close <= 30 {
            return Label::Near;
        }
    }
    let speaks = has_any(before, &["报告", "年报", "数据", "统计表"]);
    let near = |(end, _)| rest(before, end).chars().count() <= 8;
    if range && speaks && last_of(before, WEAK).is_some_and(near) {
        Label::Near
    } else {
        Label::None
    }
}

/// 据统计, but not 数据统计.
fn reports_a_count(before: &str) -> bool {
    has_any(before, &["经统计", "统计局"])
        || before.match_indices("据统计").any(|(at, _)| !piece(before, 0, at).ends_with('数'))
}

/// The date that a range ends with, when `first` begins one.
fn second(text: &str, first: &Token) -> Option<Token> {
    let mut after = rest(text, first.end);
    let (mut joined, mut begun) = (false, false);
    let mut year = first.mark.year();
    for _ in 0..12 {
        let c = after.chars().next()?;
        if c == '(' {
            let close = after.find(')').filter(|close| *close <= 60)?;
            after = rest(after, close + 1);
            continue;
        }
        if let Some(word) =
            ["当年", "同年", "本年", "次年", "翌年"].iter().find(|word| after.starts_with(**word))
        {
            year += i16::from(matches!(*word, "次年" | "翌年"));
            after = rest(after, word.len()).trim_start_matches('度');
            continue;
        }
        if c.is_ascii_digit() || "一二三四五六七八九十〇○".contains(c) {
            break;
        }
        if !"起始开,、止至到截—-~自日当 ".contains(c) {
            return None;
        }
        joined |= "至到—-~".contains(c);
        begun |= c == '起';
        after = rest(after, c.len_utf8());
    }
    let at = text.len() - after.len();
    let second = token(text, at);
    // 自1月1日起12月31日止 lacks 至 and says the same.
    let ended = |second: &Token| rest(text, second.end).starts_with('止');
    let whole = joined || begun && second.as_ref().is_some_and(ended);
    if !whole {
        return None;
    }
    if second.is_some() {
        return second;
    }
    let later = month_day(text, at, first.separator)?;
    let next = year == first.mark.year() && later.before(&first.mark);
    Some(later.in_year(year + i16::from(next)))
}

/// A label without any date: `统计期限自年月日起`, `统计期限为1月1日至12月31日`.
fn promised(document: &Document, year: Option<i16>) -> Option<Found> {
    const LABELS: &[&str] = &["统计期", "统计时", "统计限", "统计周期", "起止时"];
    const VERBS: &[&str] = &["为", ":", "是", "自", "从", "由"];
    let text = document.folded.text();
    if !text.contains("统计") && !text.contains("起止时") {
        return None;
    }
    for block in document.prose(Zone::TEXT) {
        let text = document.text(block.at);
        for (at, _) in LABELS
            .iter()
            .filter(|label| text.contains(**label))
            .flat_map(|label| text.match_indices(label))
        {
            let phrase = sentence_after(text, at);
            let head =
                phrase.char_indices().nth(9).map_or(phrase, |(end, _)| piece(phrase, 0, end));
            let sentence = sentence_before(text, at, 120);
            if !has_any(head, VERBS)
                || !has_any(sentence, &["报告", "年报", "数据"]) && !sentence.is_empty()
            {
                continue;
            }
            return Some(range_without_year(text, block, at, year).unwrap_or_else(|| {
                let end = phrase.find([',', '(']).unwrap_or(phrase.len());
                let named = digit_runs(phrase).find(|run| run.len() == 4);
                let named = named.and_then(|run| piece(phrase, run.start, run.end).parse().ok());
                let at = FoldedSpan::new(at, at + end).shift(block.at.start);
                let period = Period {
                    start: None,
                    end: None,
                    damage: Damage::Incomplete,
                    at,
                    labelled: true,
                };
                Found { period, year: named.or(year), rank: RANK_PROMISED }
            }));
        }
    }
    None
}

fn range_without_year(text: &str, block: &Block, label: usize, year: Option<i16>) -> Option<Found> {
    let year = year?;
    let phrase = sentence_after(text, label);
    let start = label + digit_runs(phrase).next()?.start;
    if digits_end(text, start) > start + 2 {
        return None;
    }
    let first = month_day(text, start, '年')?.in_year(year);
    let second = second(text, &first)?;
    let at = FoldedSpan::new(start, second.end).shift(block.at.start);
    let period = Period {
        start: first.mark.first_day(),
        end: second.mark.last_day(),
        damage: Damage::None,
        at,
        labelled: true,
    };
    Some(Found { period, year: Some(year), rank: RANK_WHOLE })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{document, line};
    use super::*;

    /// `2018-01-01..2018-12-31`, with its damage and `?` where nothing labels it.
    fn shown(found: Option<Period>) -> String {
        let Some(found) = found else { return "none".to_owned() };
        let day = |day: Option<Date>| day.map_or("?".to_owned(), |day| day.to_string());
        let damage = match found.damage {
            Damage::None => "",
            Damage::LostDigits => " lost",
            Damage::Incomplete => " incomplete",
            Damage::OpenEnd => " open",
        };
        let label = if found.labelled { "" } else { " unlabelled" };
        format!("{}..{}{damage}{label}", day(found.start), day(found.end))
    }

    fn read(text: &str) -> String {
        shown(find(&line(Zone::Opening, text), Some(2018), false).map(|found| found.period))
    }

    #[test]
    fn reads_every_wording() {
        const WHOLE: &str = "2018-01-01..2018-12-31";
        for text in [
            "本年报中所列数据的统计期限自2018年1月1日起至2018年12月31日止。",
            "本报告统计期为2018年1月1日至12月31日。",
            "所列数据的统计期限自2018年1月1日起2018年12月31日止。",
            "数据统计时限:2018年1月1日—12月31日。",
            "本报告的统计限为2018年1月1日到2018年12月31日。",
            "统计数据时限从2018年1月1日起到2018年12月31日止",
            "本报告数据时限为2018年1月1日-2018年12月31日。",
            "统计时间：2018-1-1至2018-12-31。",
            "统计日期2018.01.01～2018.12.31",
            "统计周期为2018年１月１日至１２月３１日。",
            "统计区间为2018年1月1日——12月31日",
            "所列数据起止时间为2018年1月1日至2018年12月31日。",
            "起止时限:2018年1月1日--2018年12月31日",
            "本报告数据时间段为2018年1月1日至2018年12月31日。",
            "本年度报告涵盖2018年1月1日至12月31日期间的工作。",
            "本报告中的数据自2018年1月1日起,至2018年12月31日止。",
            "报告所列数据时间为2018年1月1日至2018年12月31日。",
            "使用数据统计期限由2018年1月1日始至12月31日止",
            "统计数据的期限为二〇一八年一月一日至十二月三十一日。",
            "除特别说明外,数据统计期限为2018年1月1日至当年12月31日。",
            "报告期为2018年1月1日至2018年12月31日。",
            "统计期限为1月1日至12月31日。",
            "本报告统计期限为2018年1月至12月。",
            "统计期限为2018年1月1至2018年12月31日。",
            "统计期限为20180101至20181231。",
            "统计期限为2018/1/1-12/31。",
            "统计期限自2018年1月1日(含当日)起至2018年12月31日止。",
            "统计期限为二〇一八年一月一日至二〇一八年十二月三十一日。2019年1月10日公布",
            "数据统计以本机关掌握的为准,均为2018年1月1日至2018年12月31日。",
        ] {
            assert_eq!(read(text), WHOLE, "{text}");
        }
    }

    #[test]
    fn reads_damaged_and_unusual_ones_as_what_they_are() {
        for (text, expected) in [
            ("本报告统计期限自202111日起至20211230日止。", "?..? lost"),
            ("统计期限自20131月1日至201312月31日", "?..? lost"),
            ("统计期限自2010年11日至2010年1231日", "?..? lost"),
            ("统计期限自2010 1 1日起至2010 12 31日止", "?..? lost"),
            ("本报告所列数据自202111日起至20211231日止", "?..? lost"),
            ("统计期限自2018年1月1日至20181231日", "2018-01-01..? lost"),
            ("本报告的统计期限自年月日起至年月日止。", "?..? incomplete"),
            ("本报告统计期限为2018年度。", "?..? incomplete"),
            ("统计期限截至2018年12月31日。", "?..2018-12-31 incomplete"),
            ("统计期限自2018年1月1日起。", "2018-01-01..? incomplete"),
            ("统计时限为2018年1月1日以来。", "2018-01-01..? open"),
            ("统计时限自2018年1月1日起至今。", "2018-01-01..? open"),
            ("统计期限为2008年5月1日至2008年12月31日。", "2008-05-01..2008-12-31"),
            ("统计期限为2018年2月1日至2018年11月30日。", "2018-02-01..2018-11-30"),
            ("统计期限为2016-2017学年(2016年9月1日到2017年8月31日止)。", "2016-09-01..2017-08-31"),
            ("统计期限为2016年9月1日至次年8月31日。", "2016-09-01..2017-08-31"),
            ("重点围绕2018年1月1日至12月31日主动公开等情况", "2018-01-01..2018-12-31 unlabelled"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn other_dates_are_no_period() {
        for text in [
            "2018年1月1日以来,我镇并未接收到一例申请。",
            "该项目自2018年3月1日至2018年10月1日施工。",
            "据统计,2018年1月1日至6月30日共公开12条。",
            "公示期限为2018年3月1日至2018年3月7日。",
            "报告期内,我局于2018年3月1日举办培训。",
            "2018年12月31日前完成统计工作。",
            "2018年,共公开政府信息198条。",
            "加强统计时效管理。",
            "本报告由六部分组成。",
            "统计局2018年3月1日至5月1日开展普查。",
            "开展数据统计工作,2018年3月1日至5月1日共收集12条。",
        ] {
            assert_eq!(read(text), "none", "{text}");
        }
    }

    #[test]
    fn stands_where_its_dates_stand_and_not_in_a_notice() {
        let document = document(&[
            (Zone::Notice, "统计期限为2016年1月1日至12月31日。"),
            (Zone::Title, "甲镇2017年政府信息公开工作年度报告"),
            (Zone::Opening, "在2017年1月1日至12月31日,甲镇认真工作。"),
            (Zone::Narrative, "本报告统计期限自2017年1月1日起至2017年12月31日止。"),
        ]);
        let found = find(&document, None, false).unwrap().period;
        assert!(found.labelled);
        assert_eq!(document.written(found.at), "2017年1月1日起至2017年12月31日");
    }

    #[test]
    fn a_school_year_needs_no_label_in_a_school_report() {
        let text = "本报告反映2016年9月1日至2017年8月31日的工作";
        let of =
            |academic| shown(find(&line(Zone::Opening, text), None, academic).map(|f| f.period));
        assert_eq!(of(true), "2016-09-01..2017-08-31 unlabelled");
        assert_eq!(of(false), "none");
    }
}
