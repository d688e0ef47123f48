//! The examples of a rule: its proof, its documentation, its before and after.

use super::decode::bodies;
use super::manifest::items;
use crate::facts::Body;
use crate::yaml::{Faults, Fields, Node, Value};
use std::ops::Range;

/// An example of a rule: a text, and what its rule must find in it.
#[derive(Clone, Debug)]
pub struct Example {
    /// The text as written, with its marks.
    pub written: String,
    /// The text without marks.
    pub text: String,
    /// Byte ranges that `«…»` enclosed; none for an example that must pass.
    pub marks: Vec<Range<usize>>,
    /// Whether the rule must find something.
    pub fails: bool,
    /// The year it stands for.
    pub year: Option<i16>,
    /// The kind of body it stands for.
    pub body: Option<Body>,
    /// Whether it is a whole report, in which no rule at all may find anything.
    pub whole: bool,
    /// Byte offset of the example in its file.
    pub at: usize,
}

/// Reads `examples:`. If `faults` is strict, each must also be able to prove something.
pub(super) fn examples(node: &Node, faults: &mut Faults) -> Vec<Example> {
    let Some(mut fields) = Fields::of(node, faults) else { return Vec::new() };
    let (pass, fail) = (fields.get("pass"), fields.get("fail"));
    fields.finish(faults);
    if faults.strict {
        for (list, key, zh, en) in
            [(pass, "pass", "合格", "passes"), (fail, "fail", "不合格", "fails")]
        {
            if list.is_none() {
                let zh = format!("缺少“{key}”：至少写一个{zh}的示例，证明这条规则有效");
                let en = format!("“{key}” is missing: a rule needs an example that {en}");
                faults.push(&node.at, zh, en);
            }
        }
    }
    let passing = items(pass).filter_map(|node| example(node, false, faults)).collect::<Vec<_>>();
    let failing = items(fail).filter_map(|node| example(node, true, faults));
    passing.into_iter().chain(failing).collect()
}

fn example(node: &Node, fails: bool, faults: &mut Faults) -> Option<Example> {
    let (text, year, body, whole) = if node.entries().is_some() {
        let mut fields = Fields::of(node, faults)?;
        let text = fields.need("text", faults);
        let year = fields.get("year").and_then(|node| year(node, faults));
        let body = fields.get("body").and_then(|node| bodies(node, faults).first().copied());
        let whole = fields.get("whole").is_some_and(|node| node.want_bool(faults));
        fields.finish(faults);
        (text?, year, body, whole)
    } else {
        (node, None, None, false)
    };
    if matches!(text.value, Value::Null) || text.text().is_some_and(|text| text.trim().is_empty()) {
        faults.push(
            &text.at,
            "示例是空的；写上一段报告的文字",
            "an empty example; write some text of a report",
        );
        return None;
    }
    let written = text.want_text(faults)?;
    if faults.strict {
        judge_marks(text, &written, fails, faults);
        if whole && fails {
            let (zh, en) = (
                "whole 只用于合格的示例：一份任何规则都查不出问题的完整报告",
                "“whole” is for passing examples: a whole report in which no rule finds anything",
            );
            faults.push(&node.at, zh, en);
        }
    }
    let (text, marks) = unmark(&written);
    Some(Example { written, text, marks, fails, year, body, whole, at: node.at.start })
}

fn year(node: &Node, faults: &mut Faults) -> Option<i16> {
    let year = node.text().and_then(|text| text.parse().ok()).filter(|y| (1990..2100).contains(y));
    if year.is_none() {
        faults.push(&node.at, "年度应写作 2022 这样的四位数字", "a year is written as 2022");
    }
    year
}

/// Reports marks that do not pair, and marks that are missing or out of place.
fn judge_marks(node: &Node, written: &str, fails: bool, faults: &mut Faults) {
    let mut open: Option<usize> = None;
    let mut marks = 0;
    for (at, c) in written.char_indices() {
        let part = at..at + c.len_utf8();
        match c {
            '«' | '»' if !fails => {
                let (zh, en) = (
                    "合格的示例里不应有“«”“»”；要查出问题的示例写在 fail 下",
                    "no “«” or “»” in an example that passes; what must be found stands under “fail”",
                );
                faults.push_inside(node, &part, zh, en);
                return;
            }
            '«' if open.is_some() => {
                faults.push_inside(node, &part, "“«”里面又有“«”", "a “«” within another");
                return;
            }
            '«' => open = Some(at),
            '»' => {
                if open.take().is_none() {
                    faults.push_inside(node, &part, "“»”前面没有“«”", "a “»” without its “«”");
                    return;
                }
                marks += 1;
            }
            _ => {}
        }
    }
    if let Some(at) = open {
        let part = at..at + '«'.len_utf8();
        faults.push_inside(node, &part, "“«”没有对应的“»”", "a “«” without its “»”");
    } else if fails && marks == 0 {
        let (zh, en) = (
            "不合格的示例里要用“«…»”标出应当查出的文字",
            "an example that fails marks with “«…»” what must be found",
        );
        faults.push(&node.at, zh, en);
    }
}

/// Takes the marks `«…»` out of a text.
fn unmark(text: &str) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(text.len());
    let mut marks = Vec::new();
    let mut open = None;
    for c in text.chars() {
        match c {
            '«' => open = Some(out.len()),
            '»' => marks.extend(open.take().map(|start| start..out.len())),
            c => out.push(c),
        }
    }
    (out, marks)
}
