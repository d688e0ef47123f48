//! Dates in folded text.

use super::chinese_number;
use jiff::civil;

/// A date as written; a report may leave out the day or the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Year of the common era, 1990–2099.
    pub year: i16,
    /// Month, 1–12, if written.
    pub month: Option<i8>,
    /// Day of the month, if written; always a day that exists.
    pub day: Option<i8>,
    /// Byte offset of the first character in the text searched.
    pub start: usize,
    /// One past the last byte (after 日, if there is one).
    pub end: usize,
}

impl Date {
    /// The calendar day, if the date is complete.
    pub fn civil(&self) -> Option<civil::Date> {
        civil::Date::new(self.year, self.month?, self.day?).ok()
    }

    /// The date as ISO 8601 writes it, as far as it is known: `2018-01-11`, `2019-03`, `2019`.
    pub fn iso(&self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }
}

/// All dates in `text` that name at least a year and a month: `2018年1月11日`, `2018-1-11`,
/// `2018.01.11`, `2018/1/11`, `二〇一八年一月十一日`, `2019年3月`.
pub fn dates(text: &str) -> Vec<Date> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(date) = find_date(text, from) {
        from = date.end;
        found.push(date);
    }
    found
}

/// The first such date at or after byte `from`.
pub fn find_date(text: &str, from: usize) -> Option<Date> {
    let mut at = from;
    while at < text.len() {
        let rest = &text[at..];
        let next = rest.find(['1', '2', '一', '二'])?;
        at += next;
        // A date begins where its year does: not within a longer run of digits.
        let preceded = text[..at].ends_with(|c: char| c.is_ascii_digit() || NUMERALS.contains(c));
        if !preceded && let Some(date) = date_at(text, at) {
            return Some(date);
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

fn date_at(text: &str, start: usize) -> Option<Date> {
    let (year, mut at) = numeral(text, start, 4)?;
    let year = i16::try_from(year).ok().filter(|year| (1990..2100).contains(year))?;
    let separator = text[at..].chars().next()?;
    if !matches!(separator, '年' | '-' | '.' | '/') {
        return None;
    }
    at += separator.len_utf8();
    let (month, after_month) = numeral(text, at, 2)?;
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    let mut date = Date { year, month: Some(month), day: None, start, end: after_month };
    let next = text[after_month..].chars().next();
    let expected = if separator == '年' { '月' } else { separator };
    if next != Some(expected) {
        // `2018.1` and `2018-1` alone are numbers, not dates.
        return None;
    }
    date.end = after_month + expected.len_utf8();
    let Some((day, after_day)) = numeral(text, date.end, 2) else {
        return (separator == '年').then_some(date);
    };
    let day = i8::try_from(day).ok().filter(|day| civil::Date::new(year, month, *day).is_ok());
    let closes = text[after_day..].starts_with(['日', '号']);
    if separator == '年' && !closes {
        // 2018年1月5件: the number after the month is something else.
        return Some(date);
    }
    date.day = Some(day?);
    date.end = after_day + if closes { '日'.len_utf8() } else { 0 };
    Some(date)
}

const NUMERALS: &str = "〇○零一二三四五六七八九十廿";

/// A numeral of at most `digits` western digits, or a Chinese one; with the offset after it.
fn numeral(text: &str, start: usize, digits: usize) -> Option<(u64, usize)> {
    let rest = &text[start..];
    let western = rest.bytes().take_while(u8::is_ascii_digit).count();
    if western > 0 {
        let fits = western <= digits && (digits == 2 || western == digits);
        return fits.then(|| (rest[..western].parse().unwrap_or(0), start + western));
    }
    // 二十一 is the longest day, and a year has four digits: five show that it is neither.
    let written = rest.chars().take(5).take_while(|c| NUMERALS.contains(*c) || is_round(*c));
    let numeral: String = written.map(|c| if is_round(c) { '〇' } else { c }).collect();
    let length = numeral.chars().count();
    if length == 5 || (digits == 4 && length != 4) {
        return None;
    }
    let end = rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at);
    Some((chinese_number(&numeral)?, start + end))
}

/// What is typed for 〇: 二0一七年, 二O一七年.
fn is_round(c: char) -> bool {
    matches!(c, '0' | 'O' | 'o')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_as_written() {
        for (text, iso) in [
            ("2018年1月11日印发", "2018-01-11"),
            ("二〇一八年十二月三十一日", "2018-12-31"),
            ("二0一七年一月十日", "2017-01-10"),
            ("二O一八年三月", "2018-03"),
            ("2015-1-1", "2015-01-01"),
            ("2021.01.01", "2021-01-01"),
            ("2019年3月", "2019-03"),
            ("2018年2月30日", "none"),
            ("2018年1月5件", "2018-01"),
            ("第2018.1号", "none"),
            ("12018年1月1日", "none"),
        ] {
            let found = find_date(text, 0).map_or("none".to_owned(), |date| date.iso());
            assert_eq!(found, iso, "{text}");
        }
    }

    #[test]
    fn a_date_ends_where_its_last_character_ends() {
        let text = "自2017年1月1日起至2017年12月31日止";
        let ends: Vec<_> = dates(text).iter().map(|d| text[d.start..d.end].to_owned()).collect();
        assert_eq!(ends, ["2017年1月1日", "2017年12月31日"]);
    }
}
