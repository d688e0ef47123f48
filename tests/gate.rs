//! A repository of reports: what is old stays silent, what is new is told exactly.

use crate::support::{Figures, Writing, report};
use crate::years::{of, other_carry_over, rules};
use gouji::finding::{Assessment, Entry};
use gouji::lint::{Linter, Options};
use std::fs;
use std::path::Path;
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

/// The reports of a county: 500 of them, every fifth with a wrong heading, every seventh with a
/// wrong figure.
fn county(folder: &Path) {
    for number in 0..500_u32 {
        let mut figures = Figures::default();
        // Each has figures of its own.
        for cell in [0, 6] {
            for row in [0, 2, 23] {
                figures.applications[row][cell] += number;
            }
        }
        if number % 7 == 0 {
            figures.applications[12][0] += 1;
        }
        let mut text = report(&figures, Writing::Ruled);
        if number % 5 == 0 {
            text = text.replace("（五）监督保障情况", "（六）监督保障情况");
        }
        let town = folder.join(format!("{:02}", number / 25));
        fs::create_dir_all(&town).expect("a folder");
        fs::write(town.join(format!("{number:03}.md")), text).expect("a report");
    }
}

fn run(folder: &Path, args: &[&str]) -> (i32, String) {
    let mut command = assert_cmd::Command::cargo_bin("gouji").expect("the program");
    let output = command.env("NO_COLOR", "1").current_dir(folder).args(args).output();
    let output = output.expect("a run");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code().expect("an exit code"), text)
}

fn json(folder: &Path, args: &[&str]) -> (i32, serde_json::Value) {
    let (code, text) = run(folder, &[args, &["--format", "json"]].concat());
    (code, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
}

#[test]
fn one_changed_cell_among_500_reports_is_one_new_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    county(at);
    let config = "baseline = \"gouji-baseline.json\"\nfail-on = \"info\"\n";
    assert_eq!(run(at, &["check", "--fail-on", "error"]).0, 1);
    assert_eq!(run(at, &["baseline"]).0, 0);
    fs::write(at.join("gouji.toml"), config).expect("a configuration");
    let (code, old) = json(at, &["check"]);
    let known = old["summary"]["known"].as_u64().expect("a count");
    assert_eq!((code, &old["summary"]["reports"]), (0, &500.into()), "{}", old["summary"]);
    assert!(known >= 100 + 72, "{known}");
    for kind in ["error", "warning", "info", "gone"] {
        assert_eq!(old["summary"][kind], 0, "{kind}");
    }

    // Text moves in every report: nothing is new, nothing is gone.
    for number in 0..500 {
        let path = at.join(format!("{:02}/{number:03}.md", number / 25));
        let text = fs::read_to_string(&path).expect("a report");
        let moved = text
            .replace("\n\n一、总体情况\n", "\n\n现公布如下。\n\n一、总体情况\n\n本年度情况如下。\n")
            .replace("\n\n（四）平台建设情况", "\n\n另有若干工作。\n\n（四）平台建设情况");
        assert_ne!(moved, text);
        fs::write(path, moved).expect("a report");
    }
    let (code, moved) = json(at, &["check"]);
    assert_eq!(code, 0, "{}", moved["summary"]);
    assert_eq!(moved["summary"]["known"], known);

    // One cell of one report.
    let path = at.join("07/191.md");
    let text = fs::read_to_string(&path).expect("a report");
    let changed = text.replacen("| 2.重复申请 |  |  | 3 | 1 |", "| 2.重复申请 |  |  | 3 | 2 |", 1);
    assert_ne!(changed, text);
    fs::write(&path, changed).expect("a report");
    let (code, new) = json(at, &["check"]);
    let findings: Vec<&serde_json::Value> = new["reports"]
        .as_array()
        .expect("reports")
        .iter()
        .flat_map(|report| report["findings"].as_array().expect("findings"))
        .collect();
    assert_eq!((code, findings.len()), (1, 1), "{findings:#?}");
    assert_eq!((&findings[0]["place"]["text"], &findings[0]["new"]), (&"2".into(), &true.into()));
    assert_eq!(new["summary"]["known"], known);
    let rule = findings[0]["rule"].as_str().expect("a rule");
    for format in gouji::write::Format::WORDS {
        let (code, out) = run(at, &["check", "07", "--format", format]);
        assert_eq!(code, 1, "{format}");
        // The old debt is told of in none, though some formats list all rules.
        assert!(out.contains(rule) && !out.contains("（六）监督"), "{format}: {out}");
    }
}

#[test]
fn watching_tells_of_a_change_and_leaves_nothing_behind() {
    use std::io::BufRead as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.md");
    fs::write(&path, report(&Figures::default(), Writing::Ruled)).expect("a report");
    let word = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/clean.docx");
    fs::copy(word, folder.path().join("b.docx")).expect("a report");
    let mut program = std::process::Command::new(assert_cmd::cargo::cargo_bin("gouji"))
        .args(["check", "--watch", "--format", "jsonl", "--cache-dir", "kept"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program");
    let out = program.stdout.take().expect("its output");
    let mut summaries = std::io::BufReader::new(out)
        .lines()
        .map(|line| line.expect("a line"))
        .filter(|line| line.starts_with("{\"summary\""));
    let first = summaries.next().expect("a first run");
    assert!(first.contains("\"error\":0"), "{first}");
    // That the first run wrote its cache here is no reason for another.
    assert!(folder.path().join("kept").exists());
    std::thread::sleep(std::time::Duration::from_secs(1));
    fs::write(&path, faulty()).expect("a report");
    let second = summaries.next().expect("a second run");
    assert!(!second.contains("\"error\":0"), "{second}");
    program.kill().expect("it runs on");
    program.wait().expect("an end");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 3);
}

/// Runs git in `folder`.
fn git(folder: &Path, args: &[&str]) {
    let names = ["-c", "user.name=甲", "-c", "user.email=a@example.com"];
    let mut git = std::process::Command::new("git");
    let output = git.args(names).args(args).current_dir(folder).output().expect("git");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_comparing_finds_today_is_in_the_baseline_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let write = |name: &str, text: &str| fs::write(at.join(name), text).expect("a report");
    let (clean, other) = (Figures::default(), other_carry_over());
    for organ in ["清河县教育局", "清河县民政局"] {
        write(&format!("{organ}2021.md"), &of(organ, 2021, &clean));
        write(&format!("{organ}2022.md"), &of(organ, 2022, &clean));
    }
    write("清河县教育局2022.md", &of("清河县教育局", 2022, &other));
    assert_eq!(run(at, &["check"]).0, 1);
    assert_eq!(run(at, &["baseline"]).0, 0);
    let known = |args: &[&str]| {
        let gate = ["check", "--baseline", "gouji-baseline.json"];
        let (code, out) = json(at, &[&gate, args].concat());
        (code, out["summary"]["known"].clone(), out["summary"]["error"].clone())
    };
    let one = serde_json::Value::from(1);
    let none = serde_json::Value::from(0);
    assert_eq!(known(&[]), (0, one.clone(), none.clone()));
    // Recording one report alone, or all without comparing, does not forget the pair.
    assert_eq!(run(at, &["baseline", "清河县教育局2022.md"]).0, 0);
    assert_eq!(run(at, &["baseline", "--no-compare"]).0, 0);
    assert_eq!(run(at, &["baseline", "--prune", "--no-compare"]).0, 0);
    assert_eq!(known(&[]), (0, one.clone(), none.clone()));
    write("清河县民政局2022.md", &of("清河县民政局", 2022, &other));
    assert_eq!(known(&[]), (1, one.clone(), one));
    // What is mended is gone after pruning, and counts if it comes back.
    let baseline = || fs::read_to_string(at.join("gouji-baseline.json")).expect("the baseline");
    assert!(baseline().contains("carried-over"));
    write("清河县教育局2022.md", &of("清河县教育局", 2022, &clean));
    assert_eq!(run(at, &["baseline", "--prune"]).0, 0);
    assert!(!baseline().contains("carried-over"));
}

#[test]
fn a_changed_report_is_compared_with_its_unchanged_neighbours() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let write = |name: &str, text: &str| fs::write(at.join(name), text).expect("a report");
    git(at, &["init", "-q", "-b", "main"]);
    let (clean, other) = (Figures::default(), other_carry_over());
    for year in 2020..=2023 {
        write(&format!("{year}.md"), &of("清河县教育局", year, &clean));
        // An old fault in each, and another organ's reports with faults between them.
        let text = of("清河县民政局", year, if year % 2 == 0 { &clean } else { &other });
        write(&format!("b{year}.md"), &text.replace("（五）监督", "（六）监督"));
    }
    write("notice.md", "关于开会的通知\n\n请准时参加。\n");
    write("broken.txt", "a\u{0}b");
    git(at, &["add", "."]);
    git(at, &["commit", "-qm", "一"]);
    let told = |args: &[&str]| {
        let (code, out) = json(at, &[&["check"], args].concat());
        let list = |name: &str, told: &dyn Fn(&serde_json::Value) -> String| -> Vec<String> {
            out[name].as_array().expect("a list").iter().map(told).collect()
        };
        let pair = |pair: &serde_json::Value| {
            format!("{} {}", pair["paths"], rules(&pair["findings"]).join(" "))
        };
        let (judged, pairs) = (list("reports", &|r| r["path"].to_string()), list("pairs", &pair));
        assert!(list("skipped", &|_| String::new()).is_empty(), "{}", out["skipped"]);
        (code, judged, pairs)
    };
    let strings = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    assert_eq!(told(&["--changed"]), (0, vec![], vec![]));
    write("2022.md", &of("清河县教育局", 2022, &other));
    let judged = strings(&["\"2022.md\""]);
    let pairs = [r#"["2021.md","2022.md"] carried-over"#, r#"["2022.md","2023.md"] carried-over"#];
    assert_eq!(told(&["--changed"]), (1, judged.clone(), strings(&pairs)));
    // Wherever the others lie, and only if the run is about them.
    assert_eq!(told(&["--changed", "2022.md", "2021.md"]).2, strings(&pairs[..1]));
    assert_eq!(told(&["--changed", "--no-compare"]), (0, judged, vec![]));
    // In the baseline of all, the pair is known whatever is read.
    assert_eq!(run(at, &["baseline", "2021.md", "2022.md", "2023.md"]).0, 0);
    assert_eq!(told(&["--changed", "--baseline", "gouji-baseline.json"]).0, 0);
    let (code, _) = run(at, &["check", "--changed", "--expect", "organs.csv"]);
    assert_eq!(code, 2);
}

#[test]
fn only_what_git_says_was_changed_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let git = |args: &[&str]| git(at, args);
    git(&["init", "-q", "-b", "main"]);
    let clean = report(&Figures::default(), Writing::Ruled);
    for name in ["甲 县.md", "乙县.md", "丙县.md"] {
        fs::write(at.join(name), &clean).expect("a report");
    }
    git(&["add", "."]);
    git(&["commit", "-qm", "一"]);
    let paths = |args: &[&str]| -> Vec<String> {
        let (code, json) = json(at, &[&["check", "--fail-on", "never"], args].concat());
        assert_eq!(code, 0);
        let reports = json["reports"].as_array().expect("reports").iter();
        reports.map(|report| report["path"].as_str().expect("a path").to_owned()).collect()
    };
    assert_eq!(paths(&["--changed"]), Vec::<String>::new());
    git(&["checkout", "-qb", "work"]);
    fs::write(at.join("甲 县.md"), faulty()).expect("a report");
    git(&["commit", "-qam", "二"]);
    fs::write(at.join("丁县.md"), &clean).expect("a report");
    fs::remove_file(at.join("丙县.md")).expect("a file");
    assert_eq!(paths(&["--changed"]), ["丁县.md"]);
    assert_eq!(paths(&["--changed=main"]), ["丁县.md", "甲 县.md"]);
    assert_eq!(run(at, &["check", "--changed=nowhere"]).0, 2);
    assert_eq!(run(at, &["check", "--changed=--output=x"]).0, 2);
    let outside = tempfile::tempdir().expect("a folder");
    assert_eq!(run(outside.path(), &["check", "--changed"]).0, 2);
}
