//! The outcome for people: what is wrong, with what was expected beside what was found.

use super::{Outcome, Verdict};
use crate::verify::Judgement;
use crate::write::{Style, hanging};
use std::ops::Range;

pub(super) fn told(outcome: &Outcome, style: &Style) -> String {
    let mut out: String = outcome.wrong().map(|judgement| wrong(judgement, style)).collect();
    let count = |verdict| outcome.count(verdict);
    let (validated, reported) = (count(Verdict::Validated), count(Verdict::Reported));
    let (noisy, missing) = (count(Verdict::Noisy), count(Verdict::Missing));
    let zh = format!(
        "示例 {} 个：合格且未误报 {validated}，不合格且已查出 {reported}，误报 {noisy}，漏报 {missing}",
        outcome.judged.len()
    );
    let en = format!(
        "{} examples: {validated} validated, {reported} reported, {noisy} noisy, {missing} missing",
        outcome.judged.len()
    );
    out.push_str(&hanging("", style.lang.pick(&zh, &en), style));
    out
}

/// One example that is not judged as it says.
fn wrong(judgement: &Judgement, style: &Style) -> String {
    let word = match (judgement.verdict, judgement.by_all) {
        (Verdict::Missing, _) => style.lang.pick("漏报", "missing"),
        (_, true) => style.lang.pick("误报（完整报告）", "noisy (whole report)"),
        _ => style.lang.pick("误报", "noisy"),
    };
    let trial = match judgement.preview {
        true => style.lang.pick("（试行）", " (preview)"),
        false => "",
    };
    let head = format!("{word}[{}/{}]{trial} ", judgement.pack, judgement.rule);
    let mut out = hanging(&head, &format!("{}:{}", judgement.file, judgement.line), style);
    out.push_str(&diff(judgement, style));
    for found in &judgement.found {
        let text = format!("{}: {}", found.rule, found.message);
        out.push_str(&hanging(style.lang.pick("  查出 ", "  found "), &text, style));
    }
    if judgement.found.is_empty() {
        let (zh, en) = ("什么也没有查出", "nothing was found");
        out.push_str(&hanging("  ", style.lang.pick(zh, en), style));
    }
    out.push('\n');
    out
}

/// The lines of the example in which what was expected and what was found differ.
fn diff(judgement: &Judgement, style: &Style) -> String {
    let text = &judgement.example.text;
    let found: Vec<Range<usize>> = judgement.found.iter().map(|f| f.span.range()).collect();
    let expected = marked(text, &judgement.example.marks);
    let actual = marked(text, &found);
    let mut out = String::new();
    for (expected, actual) in expected.lines().zip(actual.lines()) {
        if expected != actual {
            out.push_str(&hanging(style.lang.pick("  应为 ", "  wanted "), expected, style));
            out.push_str(&hanging(style.lang.pick("  实为 ", "  actual "), actual, style));
        }
    }
    out
}

/// The text with `«…»` around each place. A place that runs over several lines is closed at the
/// end of each, so that lines can be compared.
fn marked(text: &str, places: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let opens = |place: &&Range<usize>| place.start == at;
        out.extend(places.iter().filter(opens).map(|_| '«'));
        out.push(c);
        let end = at + c.len_utf8();
        out.extend(places.iter().filter(|place| place.end == end).map(|_| '»'));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_marked_as_examples_mark_them() {
        assert_eq!(marked("甲乙丙\n丁", &[3..6, 10..13]), "甲«乙»丙\n«丁»");
    }
}
