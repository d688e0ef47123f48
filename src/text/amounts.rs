//! The numbers of a running text and the ranges that vague wordings cover.

use super::number::{chinese_number, western};
use rust_decimal::Decimal;

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
    /// Whether it is written in Chinese numerals. Before most words they are part of a word
    /// (一些, 三公), so a reader looks closely at what is counted.
    pub in_words: bool,
}

impl Amount {
    /// The value, if the number is exact.
    pub fn exact(&self) -> Option<Decimal> {
        (self.low == self.high).then_some(self.low)
    }
}

/// Finds the numbers in a folded text, western (`13,612`) and Chinese (`三百`), with their vague
/// wordings (`30余` = 30–39, `近100` = 80–100, `4000余万` = 40,000,000–49,990,000).
pub fn find_amounts(text: &str) -> Vec<Amount> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (end, value) = match bytes[at] {
            b'0'..=b'9' => {
                let end = western_end(bytes, at);
                (end, western(&text[at..end]))
            }
            // No numeral begins with another byte.
            0xe3..=0xe9 => {
                let end = numeral_end(text, at);
                (end, numeral(text, at, end))
            }
            _ => (at, None),
        };
        let in_words = !bytes[at].is_ascii_digit();
        match value {
            Some(value) => {
                let amount = vague(text, at..end, value, in_words);
                at = amount.end;
                found.push(amount);
            }
            None if end > at => at = end,
            None => at += char_len(bytes[at]),
        }
    }
    found
}

fn char_len(lead: u8) -> usize {
    match lead {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

fn western_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < bytes.len()
        && (bytes[end].is_ascii_digit()
            || (matches!(bytes[end], b',' | b'.')
                && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)))
    {
        end += 1;
    }
    end
}

fn numeral_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    start + rest.find(|c| !is_numeral(c)).unwrap_or(rest.len())
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
    )
}

/// `三百`, `十二`; `百` and `千` only in `百余`, `近千` (not 千家万户), and never `零` (零件).
fn numeral(text: &str, start: usize, end: usize) -> Option<Decimal> {
    /// A run that long is no number of a report.
    const LONGEST: usize = 3 * 12;
    let written = &text[start..end];
    if written.is_empty() || written == "零" || written.len() > LONGEST {
        return None;
    }
    let counted = written.contains(|c| "一二两三四五六七八九十".contains(c));
    let hedged =
        text[end..].starts_with(['余', '多']) || text[..start].ends_with(['近', '逾', '超']);
    (counted || (hedged && (written == "百" || written == "千")))
        .then(|| chinese_number(written).map(Decimal::from))
        .flatten()
}

/// What the words around a number make of it.
const MORE: &[&str] = &["余", "多", "几"];
/// They multiply the number, larger ones first.
const FACTORS: &[(&str, i64)] = &[("亿", 100_000_000), ("万", 10_000), ("千", 1000), ("百", 100)];

/// Widens the number at `range` by the words around it, and multiplies it by 万 or 亿.
fn vague(text: &str, range: std::ops::Range<usize>, value: Decimal, in_words: bool) -> Amount {
    let before = &text[..range.start];
    let mut end = range.end;
    let step = round_step(value);
    let (mut low, mut high) = (value, value);
    if let Some(word) = MORE.iter().find(|word| text[end..].starts_with(**word)) {
        high = value + step - Decimal::ONE;
        end += word.len();
    } else if ["近", "不足", "不到"].iter().any(|word| before.ends_with(word)) {
        low = (value - step).max(value * Decimal::new(8, 1));
    } else if ["约", "大约", "大概"].iter().any(|word| before.ends_with(word)) {
        let margin = (step / Decimal::TWO).min(value / Decimal::TEN);
        (low, high) = (value - margin, value + margin);
    } else if ["超过", "超", "逾", "突破"].iter().any(|word| before.ends_with(word)) {
        high = value + step - Decimal::ONE;
    }
    if let Some((word, factor)) = FACTORS.iter().find(|(word, _)| text[end..].starts_with(word)) {
        let factor = Decimal::from(*factor);
        (low, high) = (low * factor, high * factor);
        end += word.len();
        if let Some(word) = MORE.iter().find(|word| text[end..].starts_with(**word)) {
            high = low + last_place(value) * factor - Decimal::ONE;
            end += word.len();
        }
    }
    Amount { low, high, start: range.start, end, in_words }
}

/// The place value of the last non-zero digit: 10 for 30, 1000 for 4000, 1 for 37.
fn round_step(value: Decimal) -> Decimal {
    let mut step = Decimal::ONE;
    while !value.is_zero() && (value % (step * Decimal::TEN)).is_zero() {
        step *= Decimal::TEN;
    }
    step
}

/// The place value of the last digit written: 0.1 for 1.2, 10 for 30.
fn last_place(value: Decimal) -> Decimal {
    match value.scale() {
        0 => round_step(value),
        scale => Decimal::new(1, scale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(text: &str) -> String {
        let shown = find_amounts(text).into_iter().map(|amount| match amount.exact() {
            Some(value) => value.normalize().to_string(),
            None => format!("{}..{}", amount.low.normalize(), amount.high.normalize()),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reads_vague_numbers_as_ranges() {
        for (text, expected) in [
            ("公开30余条", "30..39"),
            ("公开30多条", "30..39"),
            ("近100条", "80..100"),
            ("近30条", "24..30"),
            ("约30条", "27..33"),
            ("约120条", "115..125"),
            ("超过100条", "100..199"),
            ("4000余万元", "40000000..49990000"),
            ("1.2万余条", "12000..12999"),
            ("5千余人次", "5000..5999"),
            ("13,612件,占5.9%", "13612 5.9"),
        ] {
            assert_eq!(ranges(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_chinese_numerals() {
        for (text, expected) in [
            ("答复十二件", "12"),
            ("三百余件", "300..399"),
            ("百余件,近千人次", "100..199 800..1000"),
            ("一千二百三十四条", "1234"),
            ("三万二千条", "32000"),
            ("千家万户、零件、百姓", ""),
            ("甲乙丙", ""),
        ] {
            assert_eq!(ranges(text), expected, "{text}");
        }
    }
}
