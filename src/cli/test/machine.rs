//! The outcome for programs: JSON, and JUnit XML with one test case for each example.

use super::{Outcome, Verdict};
use crate::verify::Judgement;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) fn json(outcome: &Outcome) -> String {
    let examples: Vec<Value> = outcome.judged.iter().map(example).collect();
    let value = json!({
        "version": 1,
        "tool": {"name": "gouji", "version": env!("CARGO_PKG_VERSION")},
        "examples": examples,
        "summary": {
            "validated": outcome.count(Verdict::Validated),
            "reported": outcome.count(Verdict::Reported),
            "noisy": outcome.count(Verdict::Noisy),
            "missing": outcome.count(Verdict::Missing),
        },
    });
    format!("{value}\n")
}

fn example(judgement: &Judgement) -> Value {
    let text = |start, end| crate::text::piece(&judgement.example.text, start, end);
    let expected: Vec<&str> =
        judgement.example.marks.iter().map(|mark| text(mark.start, mark.end)).collect();
    let found = judgement.found.iter().map(|found| {
        let span = found.span.range();
        json!({"rule": found.rule, "text": text(span.start, span.end), "message": found.message})
    });
    json!({
        "pack": judgement.pack, "rule": judgement.rule, "file": judgement.file,
        "line": judgement.line, "verdict": judgement.verdict.word(),
        "fails": judgement.example.fails, "whole": judgement.by_all,
        "preview": judgement.preview, "expected": expected, "found": found.collect::<Vec<_>>(),
    })
}

pub(super) fn junit(outcome: &Outcome) -> String {
    let mut suites: BTreeMap<&str, Vec<&Judgement>> = BTreeMap::new();
    for judgement in &outcome.judged {
        suites.entry(&judgement.pack).or_default().push(judgement);
    }
    let failures = |judged: &[&Judgement]| judged.iter().filter(|j| !j.verdict.is_right()).count();
    let all: Vec<&Judgement> = outcome.judged.iter().collect();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"gouji test\" tests=\"{}\" failures=\"{}\">",
        all.len(),
        failures(&all)
    );
    for (pack, judged) in suites {
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">",
            escaped(pack),
            judged.len(),
            failures(&judged)
        );
        judged.iter().for_each(|judgement| case(judgement, &mut out));
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn case(judgement: &Judgement, out: &mut String) {
    let kind = match (judgement.by_all, judgement.example.fails) {
        (true, _) => "whole",
        (false, true) => "fail",
        (false, false) => "pass",
    };
    let _ = write!(
        out,
        "    <testcase classname=\"{}/{}\" name=\"{kind} {}:{}\" file=\"{}\" line=\"{}\"",
        escaped(&judgement.pack),
        escaped(&judgement.rule),
        escaped(&judgement.file),
        judgement.line,
        escaped(&judgement.file),
        judgement.line
    );
    if judgement.verdict.is_right() {
        out.push_str("/>\n");
        return;
    }
    let found: Vec<String> =
        judgement.found.iter().map(|found| format!("{}: {}", found.rule, found.message)).collect();
    let _ = writeln!(
        out,
        ">\n      <failure message=\"{}\">{}</failure>\n    </testcase>",
        judgement.verdict.word(),
        escaped(&format!("{}\n{}", judgement.example.written.trim_end(), found.join("\n")))
    );
}

/// Text that may stand in XML: signs that mean something escaped, control characters left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
