//! Whole reports, invented on the layouts and habits of real ones: what is read in them, and every
//! finding.

use gouji::finding::{Assessment, Entry, Level};
use gouji::lint::{Linter, Options};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    Linter::new(Options::new(jiff::civil::date(2026, 6, 1)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
});

/// A finding: rule, level, line.
type Expected = (&'static str, Level, u32);

const DOWNLOAD: &str = "download-address";
const FORM: &str = "form-attached";
const INFO: Level = Level::Info;

/// File, year, organ, body, findings. None of the reports has anything wrong with it.
const REPORTS: &[(&str, i16, &str, &str, &[Expected])] = &[
    (
        "2010-county",
        2010,
        "云栖县人民政府",
        "county",
        &[("page-residue", INFO, 1), ("arabic-ordinals", INFO, 18)],
    ),
    (
        "2014-subdistrict-one-line",
        2014,
        "东屏街道",
        "subdistrict",
        &[(DOWNLOAD, INFO, 1), (FORM, INFO, 1), ("arabic-ordinals", INFO, 2)],
    ),
    (
        "2015-department",
        2015,
        "望川市住房和城乡建设局",
        "department",
        &[(DOWNLOAD, INFO, 1), ("report-name", INFO, 1), ("arabic-ordinals", INFO, 29)],
    ),
    (
        "2016-fujian-township",
        2016,
        "石埠镇",
        "township",
        &[("heading-marks", INFO, 26), ("arabic-ordinals", INFO, 57)],
    ),
    (
        "2017-shandong-department",
        2017,
        "临渊市交通运输局",
        "department",
        &[(DOWNLOAD, INFO, 1), ("pause-marks", INFO, 4), ("heading-marks", INFO, 16)],
    ),
    (
        "2018-zhejiang-township",
        2018,
        "柳坪乡",
        "township",
        &[
            (FORM, INFO, 2),
            ("page-residue", INFO, 1),
            ("half-width-marks", INFO, 4),
            ("arabic-ordinals", INFO, 18),
        ],
    ),
    ("2019-department-bars", 2019, "望川市卫生健康委员会", "department", &[]),
    ("2020-county-pipes", 2020, "云栖县人民政府", "county", &[]),
    ("2020-school-year", 2020, "沧北职业技术大学", "other", &[]),
    ("2020-subdistrict-blank", 2020, "东屏街道", "subdistrict", &[(DOWNLOAD, INFO, 1)]),
    (
        "2021-township-apart",
        2021,
        "柳坪乡人民政府",
        "township",
        &[(DOWNLOAD, INFO, 1), ("page-residue", INFO, 605)],
    ),
    ("2022-city-wrapped", 2022, "望川市人民政府", "municipal", &[]),
    (
        "2023-department-glued",
        2023,
        "临渊区应急管理局",
        "department",
        &[(DOWNLOAD, INFO, 2), ("page-residue", INFO, 1)],
    ),
    (
        "2024-district-half",
        2024,
        "东屏区",
        "county",
        &[
            (DOWNLOAD, INFO, 2),
            ("page-residue", INFO, 1),
            ("half-width-marks", INFO, 5),
            ("heading-marks", INFO, 9),
            ("arabic-ordinals", INFO, 16),
        ],
    ),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join(format!("{name}.txt"))).expect("a report")
}

fn check(text: &str) -> Assessment {
    match LINTER.check("report.txt", text.as_bytes()) {
        Entry::Report(report) => *report,
        other => panic!("{other:?}"),
    }
}

fn found(report: &Assessment) -> Vec<(&str, Level, u32)> {
    report.findings.iter().map(|f| (f.rule.as_str(), f.level, f.place.start.line)).collect()
}

#[test]
fn every_report_is_in_the_table() {
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    files.sort();
    assert_eq!(files, REPORTS.iter().map(|report| report.0).collect::<Vec<_>>());
}

#[test]
fn a_report_with_nothing_wrong_is_clean() {
    for (name, year, organ, body, findings) in REPORTS {
        let report = check(&text(name));
        assert_eq!(found(&report), *findings, "{name}: {:#?}", report.findings);
        let identity = (report.year.expect("a year"), report.organ.as_deref(), report.body);
        assert_eq!(identity, (*year, Some(*organ), Some(*body)), "{name}");
        assert!(report.unassessed.is_empty(), "{name}: {:#?}", report.unassessed);
    }
}
