//! The dates at both ends of a period, with what they may have lost.

use super::scan::{digits_end, rest};
use crate::text::{chinese_number, find_date, piece};
use jiff::civil::Date;

/// One end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A calendar day.
    Day(Date),
    /// A whole month.
    Month(i16, i8),
    /// A date of that year whose digits or marks were lost.
    Lost(i16),
}

impl Mark {
    pub(super) fn year(self) -> i16 {
        match self {
            Self::Day(day) => day.year(),
            Self::Month(year, _) | Self::Lost(year) => year,
        }
    }

    pub(super) fn first_day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Lost(_) => None,
        }
    }

    pub(super) fn last_day(self) -> Option<Date> {
        match self {
            Self::Month(..) => self.first_day().map(Date::last_of_month),
            _ => self.first_day(),
        }
    }
}

/// A date with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) mark: Mark,
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands after the year: 年, `-`, `.` or `/`.
    pub(super) separator: char,
}

/// The date that begins at byte `at` of `text` with its year.
pub(super) fn token(text: &str, at: usize) -> Option<Token> {
    let window = piece(text, at, at + 48);
    let digits = digits_end(window, 0);
    if digits >= 4
        && let Some(lost) = lost(window, digits)
    {
        return Some(lost.at(at));
    }
    let date = find_date(window, 0).filter(|date| date.start == 0)?;
    let after_year = if digits == 4 { digits } else { "二〇一八".len() };
    let separator = rest(window, after_year).chars().next()?;
    let (mark, end) = match (date.civil(), date.month) {
        (Some(day), _) => (Mark::Day(day), date.end),
        (None, Some(month)) => day_without_mark(window, date.end, date.year, month)
            .unwrap_or((Mark::Month(date.year, month), date.end)),
        _ => return None,
    };
    Some(Token { mark, start: at, end: at + end, separator })
}

/// `2018年1月1至…`: the 日 was forgotten.
fn day_without_mark(text: &str, at: usize, year: i16, month: i8) -> Option<(Mark, usize)> {
    let end = digits_end(text, at);
    let closes = rest(text, end).chars().next().is_none_or(|c| "起至到-—~止),。".contains(c));
    let day = piece(text, at, end).parse().ok().filter(|_| closes)?;
    Some((Mark::Day(Date::new(year, month, day).ok()?), end))
}

/// A date at the start of `text` without all of its marks: `202111日`, `20131月1日`, `2018年11日`,
/// `2018 1 1日`, `20180101`.
fn lost(text: &str, digits: usize) -> Option<Token> {
    let year: i16 = text.get(..4)?.parse().ok().filter(|year| (2000..2100).contains(year))?;
    let after = rest(text, digits);
    let lost = |end| Some(Token { mark: Mark::Lost(year), start: 0, end, separator: '年' });
    match digits {
        4 => {
            let middle = after.strip_prefix(['年', ' '])?;
            let start = text.len() - middle.len();
            let mut end = digits_end(text, start);
            let spaced = after.starts_with(' ');
            if spaced && rest(text, end).starts_with(' ') {
                end = digits_end(text, end + 1);
            }
            let closed = end > start && rest(text, end).starts_with('日');
            closed.then(|| lost(end + "日".len())).flatten()
        }
        // `202020年12月31日`: digits were doubled.
        5..=6 if after.starts_with('年') => {
            let day = piece(text, 0, digits + "年12月31日".len()).find('日')?;
            lost(day + "日".len())
        }
        5..=8 if after.starts_with('日') => lost(digits + "日".len()),
        5..=6 if after.starts_with('月') => {
            let day = digits + "月".len();
            let end = digits_end(text, day);
            lost(if rest(text, end).starts_with('日') { end + "日".len() } else { end })
        }
        8 => {
            let month = text.get(4..6)?.parse().ok()?;
            let day = Date::new(year, month, text.get(6..8)?.parse().ok()?).ok()?;
            Some(Token { mark: Mark::Day(day), start: 0, end: 8, separator: '年' })
        }
        _ => None,
    }
}

impl Token {
    fn at(mut self, start: usize) -> Self {
        self.start += start;
        self.end += start;
        self
    }
}

/// A month, perhaps with a day, whose year stands elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct MonthDay {
    month: i8,
    day: Option<i8>,
    start: usize,
    end: usize,
}

impl MonthDay {
    /// Whether it comes earlier in the year than `mark`.
    pub(super) fn before(&self, mark: &Mark) -> bool {
        mark.first_day().is_some_and(|first| {
            (self.month, self.day.unwrap_or(31)) < (first.month(), first.day())
        })
    }

    /// The date it is in `year`.
    pub(super) fn in_year(self, year: i16) -> Token {
        let day = self.day.and_then(|day| Date::new(year, self.month, day).ok());
        let mark = day.map_or(Mark::Month(year, self.month), Mark::Day);
        Token { mark, start: self.start, end: self.end, separator: '年' }
    }
}

/// `12月31日`, `十二月三十一日`, `12月`, or `12.31` after a date written with that separator.
pub(super) fn month_day(text: &str, at: usize, separator: char) -> Option<MonthDay> {
    let (month, after_month) = numeral(text, at)?;
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    let mark = rest(text, after_month).chars().next()?;
    let between = mark == '月' || separator != '年' && mark == separator;
    if !between {
        return None;
    }
    let after_mark = after_month + mark.len_utf8();
    let Some((day, after_day)) = numeral(text, after_mark) else {
        return (mark == '月').then_some(MonthDay { month, day: None, start: at, end: after_mark });
    };
    // A leap year has all days that any year has.
    let day = i8::try_from(day).ok().filter(|day| Date::new(2000, month, *day).is_ok())?;
    let closed = rest(text, after_day).starts_with(['日', '号']);
    let end = if closed { after_day + "日".len() } else { after_day };
    Some(MonthDay { month, day: Some(day), start: at, end })
}

fn numeral(text: &str, at: usize) -> Option<(u64, usize)> {
    let end = digits_end(text, at);
    if end > at {
        let value = piece(text, at, end).parse().ok().filter(|_| end - at <= 2)?;
        return Some((value, end));
    }
    let after = rest(text, at);
    let length = after.find(|c: char| !"一二三四五六七八九十廿".contains(c)).unwrap_or(after.len());
    Some((chinese_number(piece(after, 0, length))?, at + length))
}
