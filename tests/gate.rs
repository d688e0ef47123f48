//! A repository of reports: what is old stays silent, what is new is told exactly.

use crate::support::{Figures, Writing, report};
use gouji::finding::{Assessment, Entry};
use gouji::lint::{Linter, Options};
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    Linter::new(Options::new(jiff::civil::date(2026, 6, 1)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
});

fn check(text: &str) -> Assessment {
    match LINTER.check("report.md", text.as_bytes()) {
        Entry::Report(report) => *report,
        other => panic!("{other:#?}"),
    }
}

fn fingerprints(text: &str) -> Vec<String> {
    let mut all: Vec<String> =
        check(text).findings.into_iter().map(|finding| finding.fingerprint).collect();
    all.sort();
    all
}

/// A report with faults in its tables, its headings and its text.
fn faulty() -> String {
    let mut figures = Figures::default();
    figures.applications[12][0] += 1;
    figures.reviews[4] += 1;
    let text = report(&figures, Writing::Ruled);
    text.replace("（五）监督保障情况", "（六）监督保障情况")
        .replace("自2022年1月1日起", "自2021年1月1日起")
}

#[test]
fn fingerprints_stay_while_text_moves_above_them() {
    let text = faulty();
    let before = fingerprints(&text);
    assert!(before.len() >= 4, "{before:?}");
    let moved = [
        // A paragraph more at the very top, and one in every section.
        text.replace("\n\n一、总体情况", "\n\n现将有关情况公布如下。\n\n一、总体情况"),
        text.replace(
            "依法答复各类申请，无超期答复的情况。",
            "依法答复各类申请。\n\n无超期答复的情况。",
        ),
        text.replace(
            "三、收到和处理政府信息公开申请情况\n",
            "三、收到和处理政府信息公开申请情况\n\n本年度情况见下表。\n",
        ),
        // Blank lines and line ends.
        text.replace('\n', "\r\n"),
        text.replace("\n\n", "\n\n\n"),
    ];
    for (index, changed) in moved.iter().enumerate() {
        assert_ne!(*changed, text, "{index}");
        assert_eq!(fingerprints(changed), before, "{index}");
    }
}
