//! Numbers as reports write them, and what they mean.

use rust_decimal::Decimal;
use std::str::FromStr as _;

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
pub(super) fn western(text: &str) -> Option<Decimal> {
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
