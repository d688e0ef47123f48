//! Numbers as reports write them, and what they mean.

use rust_decimal::Decimal;
use std::str::FromStr as _;

/// An amount in a text: exactly one value, or the range that a vague wording covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Least value meant.
    pub low: Decimal,
    /// Greatest value meant; equal to `low` for an exact number.
    pub high: Decimal,
    /// Byte range of the number in the text that was searched, without its unit.
    pub start: usize,
    /// End of that range.
    pub end: usize,
}

impl Amount {
    /// The value, if the number is exact.
    pub fn exact(&self) -> Option<Decimal> {
        (self.low == self.high).then_some(self.low)
    }
}

/// Reads a whole folded text as one number: `13,612`, `-3`, `+3`, `1.1`, `十二`, `一百零三`.
pub fn amount(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix(['-', '—']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let value = match digits.chars().next()? {
        '0'..='9' => western(digits)?,
        _ => Decimal::from(chinese_number(digits)?),
    };
    Some(if negative { -value } else { value })
}

/// The longest number read, in characters with its commas.
const MOST_DIGITS: usize = 18;

/// `1,234`, `1234`, `12.50`; commas must stand before groups of three digits.
fn western(text: &str) -> Option<Decimal> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, Some(fraction)),
        Some(_) => return None,
        None => (text, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    // No report counts that far, and every later sum and product stays within Decimal.
    if text.len() > MOST_DIGITS {
        return None;
    }
    if !is_digits(first) || (grouped && first.len() > 3) {
        return None;
    }
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    if let Some(fraction) = fraction {
        digits.push('.');
        digits.push_str(fraction);
    }
    Decimal::from_str(&digits).ok()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Reads a Chinese numeral: `十二`, `一百零三`, `二〇一九`, `廿五`, `两千`, `三万二千`, `零`.
pub fn chinese_number(text: &str) -> Option<u64> {
    let (mut total, mut section, mut digit) = (0u64, 0u64, None::<u64>);
    let mut digits_only = true;
    let mut read = 0u64;
    for c in text.chars() {
        let unit = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            '廿' => {
                section += 20;
                digits_only = false;
                continue;
            }
            _ => {
                let value = chinese_digit(c)?;
                read = read.checked_mul(10)?.checked_add(value)?;
                digit = Some(value);
                continue;
            }
        };
        digits_only = false;
        if unit >= 10_000 {
            section += digit.take().unwrap_or(0);
            total =
                (total + section.max(u64::from(total == 0 && section == 0))).checked_mul(unit)?;
            section = 0;
        } else {
            section += digit.take().unwrap_or(1) * unit;
        }
    }
    if text.is_empty() {
        return None;
    }
    Some(if digits_only { read } else { total + section + digit.unwrap_or(0) })
}

fn chinese_digit(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Finds the numbers in a folded text: western ones with their vague wordings
/// (`30余` = 30–39, `近100` = 90–100, `4000余万` = 40,000,000–49,990,000).
/// Chinese numerals before other words are too often words of their own (一些, 三公) to be read.
pub fn find_amounts(text: &str) -> Vec<Amount> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        while i < bytes.len()
            && (bytes[i].is_ascii_digit()
                || (matches!(bytes[i], b',' | b'.')
                    && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)))
        {
            i += 1;
        }
        if let Some(value) = western(&text[start..i]) {
            let (found_amount, end) = vague(text, start, i, value);
            found.push(found_amount);
            i = end;
        }
    }
    found
}

/// Widens the number at `start..end` by the words around it, and multiplies it by 万 or 亿.
fn vague(text: &str, start: usize, end: usize, value: Decimal) -> (Amount, usize) {
    let before = &text[..start];
    let mut after = &text[end..];
    let mut close = end;
    let step = round_step(value);
    let (mut low, mut high) = (value, value);
    if let Some(word) = ["余", "多", "几"].iter().find(|word| after.starts_with(**word)) {
        high = value + step - Decimal::ONE;
        after = &after[word.len()..];
        close += word.len();
    } else if before.ends_with("近") {
        low = value - step;
    } else if before.ends_with("约") {
        (low, high) = (value - step / Decimal::TEN, value + step / Decimal::TEN);
    }
    for (word, factor) in [("亿", 100_000_000), ("万", 10_000)] {
        if after.starts_with(word) {
            low *= Decimal::from(factor);
            high *= Decimal::from(factor);
            close += word.len();
            break;
        }
    }
    (Amount { low, high, start, end: close }, close)
}

/// The place value of the last non-zero digit: 10 for 30, 1000 for 4000, 1 for 37.
fn round_step(value: Decimal) -> Decimal {
    let mut step = Decimal::ONE;
    while !value.is_zero() && (value % (step * Decimal::TEN)).is_zero() {
        step *= Decimal::TEN;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_numbers_as_written() {
        for (text, value) in [
            ("13,612", "13612"),
            ("0", "0"),
            ("1.10", "1.10"),
            ("十二", "12"),
            ("一百零三", "103"),
            ("二〇一九", "2019"),
            ("廿五", "25"),
            ("三万二千", "32000"),
            ("零", "0"),
            ("-1", "-1"),
            ("+3", "3"),
        ] {
            assert_eq!(amount(text), Decimal::from_str(value).ok(), "{text}");
        }
        assert_eq!(amount("79228162514264337593543950335"), None);
        for text in ["", "1,20", "1,2000", "12、", "/", "一些", "1.2.3"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn reads_vague_numbers_as_ranges() {
        let ranges = |text: &str| {
            let amounts = find_amounts(text);
            amounts.iter().map(|a| (a.low.to_string(), a.high.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(ranges("公开30余条"), [("30".into(), "39".into())]);
        assert_eq!(ranges("近100条"), [("0".into(), "100".into())]);
        assert_eq!(ranges("4000余万元"), [("40000000".into(), "49990000".into())]);
        assert_eq!(ranges("13,612件，占5.9%").len(), 2);
    }

    proptest! {
        #[test]
        fn grouped_digits_mean_what_plain_ones_do(n in 0u64..1_000_000_000) {
            let plain = n.to_string();
            let mut grouped = String::new();
            for (i, c) in plain.chars().enumerate() {
                if i > 0 && (plain.len() - i) % 3 == 0 {
                    grouped.push(',');
                }
                grouped.push(c);
            }
            prop_assert_eq!(amount(&grouped), Some(Decimal::from(n)));
        }
    }
}
