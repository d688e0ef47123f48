//! One report in which text and tables contradict each other, and what mends it.

use gouji::finding::{Entry, Finding, Level};
use gouji::lint::{Linter, Options};
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    Linter::new(Options::new(jiff::civil::date(2026, 6, 1)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
});
const OFFICE: &str = include_str!("contradictions/office.md");
const RULES: [&str; 2] = ["requests-in-text", "items-in-text"];

fn check(text: &str) -> Vec<Finding> {
    match LINTER.check("office.md", text.as_bytes()) {
        Entry::Report(report) => report.findings,
        other => panic!("{other:?}"),
    }
}

fn contradictions(text: &str) -> Vec<Finding> {
    let all = check(text).into_iter();
    all.filter(|finding| RULES.contains(&finding.rule.as_str())).collect()
}

fn mended() -> String {
    OFFICE
        .replace("258件，占33.9%", "275件，占34.2%")
        .replace("占4.34%", "占4.35%；不予处理72件，占8.94%")
        .replace("均获维持", "其中维持3件、尚未审结2件")
}

#[test]
fn figures_and_statements_are_held_against_the_cells() {
    let found = contradictions(OFFICE);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().all(|finding| finding.level == Level::Error));
    let texts = |finding: &Finding| {
        finding.related.iter().map(|related| related.place.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found[0].place.text, "258件");
    assert_eq!(texts(&found[0]), ["272", "3", "33.9%"]);
    assert_eq!(found[1].place.text, "均获维持");
    assert_eq!(texts(&found[1]), ["2"]);
}

#[test]
fn the_share_of_a_wrong_figure_is_no_finding_of_its_own() {
    let graver = check(OFFICE).into_iter().filter(|finding| finding.level < Level::Info);
    let shares: Vec<_> = graver.filter(|finding| finding.place.text == "33.9%").collect();
    assert!(shares.is_empty(), "{shares:#?}");
}

#[test]
fn the_parts_do_not_make_the_total_and_one_share_is_cut_off() {
    let found = check(OFFICE);
    let graver = found.iter().filter(|finding| finding.level < Level::Info).count();
    assert_eq!(graver, 3, "two contradictions and the sum: {found:#?}");
    let of = |rule: &str| found.iter().find(|finding| finding.rule == rule);
    let sum = of("list-sum").expect("716 against 805");
    assert_eq!(sum.level, Level::Warning);
    assert!(sum.message.contains("716") && sum.message.contains("805"), "{}", sum.message);
    let share = of("percentage").expect("4.34 %");
    assert_eq!((share.level, share.place.text.as_str()), (Level::Info, "4.34%"));
}

#[test]
fn the_mended_report_is_silent() {
    let found = check(&mended()).into_iter().filter(|finding| finding.level < Level::Info);
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_figure_of_the_text_is_held_against_its_cell() {
    let whole = mended();
    for (figure, wrong) in [
        ("申请859件", "申请895件"),
        ("结转18件", "结转13件"),
        ("办结申请805件", "办结申请850件"),
        ("部分公开275件", "部分公开274件"),
        ("不予公开35件", "不予公开53件"),
        ("无法提供265件", "无法提供256件"),
        ("其他处理158件", "其他处理185件"),
        ("重复申请0件", "重复申请1件"),
        ("行政复议5件", "行政复议6件"),
        ("维持3件", "维持2件"),
        ("尚未审结2件", "尚未审结1件"),
    ] {
        assert!(whole.contains(figure), "{figure}");
        assert_eq!(contradictions(&whole.replace(figure, wrong)).len(), 1, "{wrong}");
    }
}

#[test]
fn a_wrong_total_that_the_text_has_right_is_one_finding_at_the_cell() {
    let whole = mended();
    let row = "| （七）总计 | 805 | 0 | 0 | 0 | 0 | 0 | 805 |";
    assert!(whole.contains(row));
    let wrong = whole.replace(row, "| （七）总计 | 805 | 0 | 0 | 0 | 0 | 0 | 815 |");
    let found: Vec<_> =
        check(&wrong).into_iter().filter(|finding| finding.level == Level::Error).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].place.text, "815");
    assert!(found[0].related.iter().any(|related| related.place.text == "805件"));
}
