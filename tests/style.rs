//! The certain fixes of wording and punctuation: applied, they leave nothing to find and nothing to
//! change again, whatever the faults stand next to.

use gouji::finding::{Assessment, Edit, Entry};
use gouji::lint::{Linter, Options};
use proptest::prelude::*;
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    Linter::new(Options::new(jiff::civil::date(2026, 6, 1)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
});

fn check(text: &str) -> Assessment {
    match LINTER.check("report.txt", text.as_bytes()) {
        Entry::Report(report) => *report,
        other => panic!("{other:?}"),
    }
}

/// The edits that need no person's look, in order.
fn edits(report: &Assessment) -> Vec<Edit> {
    let certain = report.findings.iter().filter_map(|f| f.fix.as_ref()).filter(|fix| fix.certain);
    let mut edits: Vec<Edit> = certain.flat_map(|fix| fix.edits.clone()).collect();
    edits.sort_by_key(|edit| (edit.span, edit.replacement.clone()));
    edits
}

/// `text` after all edits; of two that overlap the later one waits for the next round.
fn apply(text: &str, edits: &[Edit]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for edit in edits {
        let range = edit.span.range();
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&edit.replacement);
        at = range.end;
    }
    out + &text[at..]
}

fn fixed(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..4 {
        let edits = edits(&check(&text));
        if edits.is_empty() {
            return text;
        }
        text = apply(&text, &edits);
    }
    panic!("the fixes do not come to an end: {text}")
}

/// What a report may hold, right and wrong.
const PIECES: &[&str] = &[
    "加强领导,落实责任",
    "公开12条(含转发3条)",
    "落实《甲办法》、《乙方案》",
    "做到“快办”、“好办”",
    "《2018 年要点》",
    "截止2018年12月31日",
    "按照甲政办[2018]5号文件",
    "（甲政办〔2018〕23）",
    "甲政发〔2018〕第05号",
    "统一布署",
    "登陆网站查询",
    "检査公开栏",
    "⽂件",
    "建立台帐；",
    "公开12条，，",
    "落实责任、。",
    "。2、举办培训",
    "：1、成立小组",
    "其它信息",
    "年末收到12件",
    "发布署名文章",
    "12,345条",
    "网址http://www.jiaxian.gov.cn",
    "Open Data",
    "（一）",
    "。",
    "；",
    "\n\n（二）、加强培训。\n\n",
    "\n\n3、编印手册。\n\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn certain_fixes_leave_nothing_behind(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..24)) {
        let text = format!("甲县乙镇2018年政府信息公开工作年度报告\n\n一、概述：\n\n{}\n", pieces.concat());
        let once = fixed(&text);
        prop_assert_eq!(&fixed(&once), &once);
        prop_assert!(edits(&check(&once)).is_empty());
    }
}

#[test]
fn each_fault_is_mended_as_a_proof_reader_would() {
    let text = "甲县乙镇2018年政府信息公开工作年度报告\n\n一、概述：\n\n按照统一布署,落实《甲办法》、《乙 方案》（甲政办[2018]5号），截止2018年12月31日公开12条。\n\n1、建立台帐。\n\n2、检査公开栏。\n";
    let expected = "甲县乙镇2018年政府信息公开工作年度报告\n\n一、概述\n\n按照统一部署，落实《甲办法》《乙方案》（甲政办〔2018〕5号），截至2018年12月31日公开12条。\n\n1.建立台账。\n\n2.检查公开栏。\n";
    assert_eq!(fixed(text), expected);
}

#[test]
fn one_finding_tells_of_all_places() {
    let text = format!(
        "甲县乙镇2018年政府信息公开工作年度报告\n\n一、概述\n\n{}，结束。\n",
        "加强领导,".repeat(300)
    );
    let report = check(&text);
    let commas: Vec<_> = report.findings.iter().filter(|f| f.rule == "half-width-marks").collect();
    assert_eq!(commas.len(), 1);
    assert!(commas[0].message.contains("299"), "{}", commas[0].message);
    assert_eq!(commas[0].fix.as_ref().map(|fix| fix.edits.len()), Some(299));
    assert_eq!(commas[0].related.len(), 100);
}

#[test]
fn hostile_text_takes_no_longer_than_its_length() {
    for piece in [
        "《",
        "“（",
        "甲,乙",
        "一、甲\n（一）乙。\n",
        "三个方面：一是",
        "《条例》简称",
        "主动公",
        "布署",
    ] {
        let text = format!(
            "甲县乙镇2018年政府信息公开工作年度报告\n\n一、概述\n\n{}\n",
            piece.repeat(400_000 / piece.len())
        );
        let start = std::time::Instant::now();
        LINTER.check("report.txt", text.as_bytes());
        let seconds = start.elapsed().as_secs();
        assert!(seconds < 10, "{piece}: {seconds} s");
    }
}
