//! One wrong cell, one finding, at the right place, however the tables are written out.

use crate::support::{APPLICATIONS, COLUMNS, Figures, RESULTS, WRITINGS, Writing, report};
use gouji::finding::{Assessment, Entry, Finding, Level};
use gouji::lint::{Linter, Options};
use proptest::prelude::*;
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    Linter::new(Options::new(jiff::civil::date(2023, 6, 1)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
});

fn check(text: &str) -> Assessment {
    check_bytes(text.as_bytes())
}

fn check_bytes(bytes: &[u8]) -> Assessment {
    match LINTER.check("report.txt", bytes) {
        Entry::Report(report) => *report,
        other => panic!("{other:?}"),
    }
}

/// What must be the same in every writing and every encoding.
fn essence(findings: &[Finding]) -> Vec<(String, Level, String, String, String)> {
    let mut essence: Vec<_> = findings
        .iter()
        .map(|f| {
            let text: String = f.place.text.chars().filter(|c| !c.is_whitespace()).collect();
            (f.rule.clone(), f.level, f.message.clone(), f.place.path.clone(), text)
        })
        .collect();
    essence.sort();
    essence
}

/// A figure of table 3 or table 4.
#[derive(Clone, Copy, Debug)]
enum Spot {
    Application(usize, usize),
    Review(usize),
}

fn spots() -> impl Iterator<Item = Spot> {
    let applications =
        (0..25).flat_map(|row| (0..7).map(move |column| Spot::Application(row, column)));
    applications.chain((0..15).map(Spot::Review))
}

fn raised(spot: Spot) -> Figures {
    let mut figures = Figures::default();
    match spot {
        Spot::Application(row, column) => figures.applications[row][column] += 1,
        Spot::Review(column) => figures.reviews[column] += 1,
    }
    figures
}

#[test]
fn the_report_is_clean_in_every_writing() {
    for writing in WRITINGS {
        let report = check(&report(&Figures::default(), writing));
        let found = essence(&report.findings);
        assert!(found.is_empty(), "{writing:?}: {found:#?}");
        assert!(report.unassessed.is_empty(), "{writing:?}: {:#?}", report.unassessed);
        assert_eq!(report.year, Some(2022));
    }
}

#[test]
fn each_of_190_cells_raised_by_one_is_one_finding_at_that_cell() {
    assert_eq!(spots().count(), 190);
    for spot in spots() {
        let assessment = check(&report(&raised(spot), Writing::Ruled));
        let findings: Vec<_> = assessment.findings.iter().collect();
        assert_eq!(findings.len(), 1, "{spot:?}: {:#?}", essence(&assessment.findings));
        let finding = findings[0];
        assert_eq!(finding.level, Level::Error, "{spot:?}");
        match spot {
            // Two or three equations meet in every cell of table 3.
            Spot::Application(row, column) => {
                let value = APPLICATIONS[row].2[column] + 1;
                assert_eq!(finding.place.text, value.to_string(), "{spot:?}");
                assert!(
                    finding.place.path.ends_with(COLUMNS[column]),
                    "{spot:?}: {}",
                    finding.place.path
                );
                // Every other cell of the row, and of the column's equations, is labelled.
                let addends = |row: usize| match row {
                    0 | 1 | 24 => 6 + 3,
                    23 => 6 + 3 + 21,
                    _ => 6 + 21,
                };
                // The first one says what the figure should be.
                assert_eq!(finding.related.len(), 1 + addends(row), "{spot:?}");
                let fix = finding.fix.as_ref().expect("a suggested figure");
                assert_eq!(fix.edits[0].replacement, (value - 1).to_string(), "{spot:?}");
            }
            // One equation holds the cell: the finding stands at the total.
            Spot::Review(column) => {
                assert!(
                    finding.place.path.contains(RESULTS[4]),
                    "{spot:?}: {}",
                    finding.place.path
                );
                assert_eq!(finding.related.len(), 4, "{spot:?}");
                let block = column / 5;
                let total = raised(spot).reviews[block * 5 + 4];
                assert_eq!(finding.place.text, total.to_string(), "{spot:?}");
            }
        }
    }
}

#[test]
fn a_case_in_the_wrong_column_is_one_finding() {
    let mut figures = Figures::default();
    figures.applications[2][0] -= 1;
    figures.applications[2][1] += 1;
    let assessment = check(&report(&figures, Writing::Ruled));
    assert_eq!(assessment.findings.len(), 1, "{:#?}", essence(&assessment.findings));
}

#[test]
fn blank_is_not_zero_and_lost_cells_are_never_compared() {
    let text = report(&Figures::default(), Writing::Dense);
    // Table 3's second row loses its zeros, as extraction drops blank cells.
    let row = "二、上年结转政府信息公开申请数量\n5\n1\n0\n0\n0\n0\n6\n";
    assert!(text.contains(row));
    let damaged = text.replace(row, "二、上年结转政府信息公开申请数量\n5\n1\n6\n");
    let assessment = check(&damaged);
    assert!(assessment.findings.is_empty(), "{:#?}", essence(&assessment.findings));
    assert!(!assessment.unassessed.is_empty());
    assert!(
        assessment.unassessed.iter().any(|u| u.reason.contains("上年结转")),
        "{:#?}",
        assessment.unassessed
    );
}

#[test]
fn the_same_text_in_every_encoding_gives_the_same_findings() {
    let spot = Spot::Application(12, 6);
    let text = report(&raised(spot), Writing::Indented).replace("2023年1月20日", "2022年12月20日");
    let expected = essence(&check(&text).findings);
    assert_eq!(expected.len(), 2, "{expected:#?}");
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encodings = [
        [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
        encoding_rs::GB18030.encode(&text).0.into_owned(),
        [b"\xff\xfe".as_slice(), &utf16].concat(),
        utf16,
        text.replace('\n', "\r\n").into_bytes(),
    ];
    for bytes in encodings {
        assert_eq!(essence(&check_bytes(&bytes).findings), expected);
    }
    assert_eq!(essence(&check(&wrapped(&text, 30)).findings), expected);
}

/// Breaks every line at `width` characters, as a page does.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        for (i, c) in line.chars().enumerate() {
            if i > 0 && i % width == 0 {
                out.push('\n');
            }
            out.push(c);
        }
        out.push('\n');
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_writing_gives_the_same_findings(
        row in 0usize..25, column in 0usize..7, review in 0usize..15, more in 1u32..50, both in any::<bool>()
    ) {
        let mut figures = Figures::default();
        figures.applications[row][column] += more;
        if both {
            figures.reviews[review] += more;
        }
        let expected = essence(&check(&report(&figures, Writing::Ruled)).findings);
        prop_assert_eq!(expected.len(), 1 + usize::from(both));
        for writing in WRITINGS {
            let found = essence(&check(&report(&figures, writing)).findings);
            prop_assert_eq!(&found, &expected, "{:?}", writing);
        }
    }

    #[test]
    fn no_text_makes_the_linter_panic(text in "([一二三（）()、。，0-9|\t\n 年月日总计规章情况公开信息政府报告]|行政许可|本年新收政府信息公开申请数量|第二十条第（一）项|统计期限){0,80}") {
        let _ = LINTER.check("x.txt", text.as_bytes());
        let _ = LINTER.check("x.txt", format!("甲县2022年政府信息公开工作年度报告\n{text}").as_bytes());
    }
}
