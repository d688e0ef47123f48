//! Small searches over folded text that several facts share.

use crate::text::piece;
use std::ops::Range;

/// The runs of western digits in `text`.
pub(super) fn digit_runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next_byte(bytes, at, |byte| byte.is_ascii_digit())?;
        at = digits_end(text, start);
        Some(start..at)
    })
}

/// Where the digits that begin at byte `start` end.
pub(super) fn digits_end(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The first byte at or after `from` that `wanted` accepts. Chinese text holds few ASCII bytes, so
/// whole chunks are looked at together, without a branch for each byte.
pub(super) fn next_byte(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    const CHUNK: usize = 32;
    let mut start = from;
    for chunk in bytes.get(from..)?.chunks(CHUNK) {
        if chunk.iter().fold(false, |any, byte| any | wanted(*byte)) {
            return chunk.iter().position(|byte| wanted(*byte)).map(|i| start + i);
        }
        start += chunk.len();
    }
    None
}

/// What stands from byte `at` on.
pub(super) fn rest(text: &str, at: usize) -> &str {
    piece(text, at, text.len())
}

/// What stands before byte `at` in the same sentence, at most about `bytes` bytes of it.
pub(super) fn sentence_before(text: &str, at: usize, bytes: usize) -> &str {
    let before = piece(text, at.saturating_sub(bytes), at);
    before.rsplit(['。', ';', '\n']).next().unwrap_or(before)
}

/// The rest of the sentence from byte `at` on.
pub(super) fn sentence_after(text: &str, at: usize) -> &str {
    // In bytes: 200 Chinese characters, so that a text without full stops costs nothing.
    let after = piece(text, at, at + 600);
    after.split(['。', ';', '\n']).next().unwrap_or(after)
}

/// The last of `words` to stand in `text`: its end, and its index in `words`. Of two that overlap,
/// the one that ends later, then the longer one.
pub(super) fn last_of(text: &str, words: &[&str]) -> Option<(usize, usize)> {
    let ends = words
        .iter()
        .enumerate()
        .filter_map(|(index, word)| Some((text.rfind(word)? + word.len(), word.len(), index)));
    ends.max().map(|(end, _, index)| (end, index))
}

/// Whether any of `words` stands in `text`.
pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether `text` begins with any of `words`.
pub(super) fn starts_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

/// Whether `text` ends with any of `words`.
pub(super) fn ends_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// `text` without a bracket at its end: `年报(2018年度)` → `年报`.
pub(super) fn without_bracket(text: &str) -> &str {
    match text.rfind('(') {
        Some(at) if at > 0 && text.ends_with(')') => piece(text, 0, at),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_runs_of_digits() {
        let text = "甲镇甲镇甲镇甲镇甲镇甲镇甲镇甲镇甲镇2018年1月共13,612件9";
        let runs: Vec<_> = digit_runs(text).map(|run| piece(text, run.start, run.end)).collect();
        assert_eq!(runs, ["2018", "1", "13", "612", "9"]);
        assert_eq!(digit_runs("").count() + digit_runs("无").count(), 0);
    }

    #[test]
    fn keeps_within_the_sentence() {
        let text = "前一句。统计期限自2018年1月1日起;后一句";
        let at = text.find("2018").unwrap();
        assert_eq!(sentence_before(text, at, 150), "统计期限自");
        assert_eq!(sentence_after(text, at), "2018年1月1日起");
        assert_eq!(last_of("电话/传真:", &["电话", "传真"]), Some(("电话/传真".len(), 1)));
        assert_eq!(without_bracket("年报(2018年度)"), "年报");
    }
}
