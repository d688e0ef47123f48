//! Ordinals as headings write them.

/// The ordinal of heading `number` of `level`: `三、`, `（三）`, `3.`, `（3）`.
pub(super) fn ordinal(level: u8, number: u32) -> String {
    match level {
        0 => format!("第{}部分", chinese(number)),
        1 => format!("{}、", chinese(number)),
        2 => format!("（{}）", chinese(number)),
        3 => format!("{number}."),
        _ => format!("（{number}）"),
    }
}

/// A number below 100 as a Chinese numeral; in digits from 100 on.
pub(super) fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10, DIGITS[(number % 10) as usize]);
    match tens {
        0 if number == 0 => "〇".to_owned(),
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        2..=9 => format!("{}十{ones}", DIGITS[tens as usize]),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_ordinals() {
        let written = [(1, 3), (2, 10), (1, 12), (2, 20), (3, 4), (4, 21), (0, 2)];
        let ordinals: Vec<_> = written.iter().map(|(level, n)| ordinal(*level, *n)).collect();
        assert_eq!(ordinals, ["三、", "（十）", "十二、", "（二十）", "4.", "（21）", "第二部分"]);
    }
}
