//! The numerals of automatic numbers.

use std::fmt::Write as _;

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
const BRANCHES: [&str; 12] =
    ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"];
const LEGAL: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];

/// `number` in the numerals that Word calls `format` (ECMA-376, 17.18.59). Formats that no Chinese
/// document uses are given in digits.
pub(super) fn numeral(number: u32, format: &str) -> String {
    let enclosed = |first: u32, most: u32| {
        let code = (1..=most).contains(&number).then(|| first + number - 1);
        code.and_then(char::from_u32).map_or_else(|| number.to_string(), String::from)
    };
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => {
            digits(number, |d| char::from_u32(0xff10 + d).map(String::from).unwrap_or_default())
        }
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCountingThousand" => counting(number, &DIGITS, ["十", "百", "千"]),
        "taiwaneseCounting"
        | "ideographDigital"
        | "japaneseDigitalTenThousand"
        | "koreanDigital2" => {
            if format == "taiwaneseCounting" && number < 100 {
                counting(number, &DIGITS, ["十", "百", "千"])
            } else {
                digits(number, |d| DIGITS.get(d as usize).copied().unwrap_or_default().to_owned())
            }
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" => {
            counting(number, &LEGAL, ["拾", "佰", "仟"])
        }
        "ideographTraditional" => cycle(number, &STEMS),
        "ideographZodiac" => cycle(number, &BRANCHES),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(0x2460, 20),
        "decimalEnclosedParen" => enclosed(0x2474, 20),
        "decimalEnclosedFullstop" => enclosed(0x2488, 20),
        "ideographEnclosedCircle" => enclosed(0x3280, 10),
        "lowerLetter" => letters(number, b'a'),
        "upperLetter" => letters(number, b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        _ => number.to_string(),
    }
}

fn digits(number: u32, digit: impl Fn(u32) -> String) -> String {
    number.to_string().chars().filter_map(|c| c.to_digit(10)).map(digit).collect()
}

fn cycle(number: u32, words: &[&str]) -> String {
    let index = number.saturating_sub(1) as usize % words.len();
    words.get(index).copied().unwrap_or_default().to_owned()
}

/// `二十一`, `一百〇三`; below twenty `十一` without its 一.
fn counting(number: u32, words: &[&str; 10], units: [&str; 3]) -> String {
    if !(1..10_000).contains(&number) {
        return digits(number, |d| words.get(d as usize).copied().unwrap_or_default().to_owned());
    }
    let mut out = String::new();
    let mut gap = false;
    for power in (0..4_u32).rev() {
        let digit = number / 10_u32.pow(power) % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push_str(words[0]);
            gap = false;
        }
        let bare = power == 1 && digit == 1 && out.is_empty();
        let unit = power.checked_sub(1).and_then(|i| units.get(i as usize)).copied().unwrap_or("");
        let word = if bare { "" } else { words.get(digit as usize).copied().unwrap_or("") };
        let _ = write!(out, "{word}{unit}");
    }
    out
}

/// a … z, aa, bb …
fn letters(number: u32, first: u8) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(first + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(8) as usize).collect()
}

fn roman(number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(3999);
    let mut out = String::new();
    for (value, word) in PARTS {
        while left >= value {
            out.push_str(word);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numerals_as_word_writes_them() {
        for (number, format, written) in [
            (1, "chineseCountingThousand", "一"),
            (10, "chineseCounting", "十"),
            (21, "chineseCountingThousand", "二十一"),
            (103, "japaneseCounting", "一百〇三"),
            (12, "ideographDigital", "一二"),
            (3, "decimalEnclosedCircle", "③"),
            (4, "upperRoman", "IV"),
            (28, "lowerLetter", "bb"),
            (2, "ideographTraditional", "乙"),
            (11, "chineseLegalSimplified", "拾壹"),
            (7, "decimal", "7"),
            (5, "decimalFullWidth", "５"),
        ] {
            assert_eq!(numeral(number, format), written, "{format}");
        }
    }
}
