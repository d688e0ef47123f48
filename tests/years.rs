//! Reports compared: two years of one organ, different organs, and the list of who must report.

use crate::cli::{folder, run};
use crate::support::{Figures, Writing, report};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A report that agrees with its organ's reports about other years, with narrative of its own.
pub(crate) fn of(organ: &str, year: u32, figures: &Figures) -> String {
    let text = report(figures, Writing::Ruled)
        .replace("2023年", "次年")
        .replace("2022年", &format!("{year}年"))
        .replace("次年", &format!("{}年", year + 1))
        .replace("清河县人民政府办公室", "本机关办公室")
        .replace("清河县人民政府", organ)
        .replace("| 37 |", &format!("| {} |", 37 + 3 * year - 3 * 2020));
    let own = narrative(organ, year);
    text.replace("做到应公开尽公开。", &format!("做到应公开尽公开。\n\n{own}"))
}

/// Some 700 characters that no other organ and year has.
fn narrative(organ: &str, year: u32) -> String {
    const WHO: [&str; 12] = [
        "办公室",
        "政策法规科",
        "信息中心",
        "驻村工作队",
        "窗口人员",
        "各业务科室",
        "值班领导",
        "社区网格员",
        "档案室",
        "法律顾问",
        "服务大厅",
        "督查专班",
    ];
    const DOES: [&str; 12] = [
        "逐项核对",
        "分批整理",
        "重新编排",
        "集中答复",
        "按季公布",
        "上门讲解",
        "改版上线",
        "抽查通报",
        "会同审核",
        "分类归档",
        "延时办理",
        "跟踪反馈",
    ];
    const WHAT: [&str; 13] = [
        "道路养护的招标结果",
        "学校食堂的检查情况",
        "医保缴费的政策问答",
        "旧房改造的补助名册",
        "河道清淤的进度照片",
        "公共租赁住房的轮候名单",
        "农机补贴的申领流程",
        "消防隐患的整改清单",
        "供水管网的停水通知",
        "养老机构的评级结果",
        "垃圾分类的收运路线",
        "图书流转点的开放时间",
        "耕地保护的巡查记录",
    ];
    let mut state = organ.bytes().fold(u64::from(year), |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut pick = |count: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % count
    };
    let mut out = String::new();
    for _ in 0..40 {
        let (who, does, what) = (WHO[pick(12)], DOES[pick(12)], WHAT[pick(13)]);
        let _ = write!(out, "{who}{does}{what}。");
    }
    out
}

/// The figures with another carry-over from last year that the year's own sums still allow.
pub(crate) fn other_carry_over() -> Figures {
    let mut figures = Figures::default();
    for (row, add) in [(1, 1_i64), (24, 1)] {
        for column in [0, 6] {
            let cell = &mut figures.applications[row][column];
            *cell = u32::try_from(i64::from(*cell) + add).expect("a figure");
        }
    }
    figures
}

fn json(folder: &Path, args: &[&str]) -> (i32, Value) {
    let args: Vec<&str> = ["check", "--format", "json"].iter().chain(args).copied().collect();
    let (code, out, err) = run(folder, &args);
    (code, serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}")))
}

pub(crate) fn rules(findings: &Value) -> Vec<&str> {
    findings.as_array().expect("findings").iter().filter_map(|f| f["rule"].as_str()).collect()
}

#[test]
fn three_organs_mixed_are_paired_by_organ_and_year() {
    let clean = Figures::default();
    let reports = [
        ("a/2021.md", of("清河县教育局", 2021, &clean)),
        ("b/2022.md", of("红石镇人民政府", 2022, &clean)),
        ("c.md", of("甲市清河县教育局", 2022, &clean)),
        ("d.md", of("红石镇", 2021, &clean)),
        ("e.md", of("清河县民政局", 2022, &clean)),
        ("f.md", of("清河县教育局", 2023, &clean)),
    ];
    let files: Vec<(&str, &[u8])> = reports.iter().map(|(p, t)| (*p, t.as_bytes())).collect();
    let folder = folder(&files);
    let (code, out) = json(folder.path(), &["."]);
    let pairs: Vec<String> = out["pairs"]
        .as_array()
        .expect("pairs")
        .iter()
        .map(|pair| {
            assert_eq!(pair["findings"], serde_json::json!([]), "{pair}");
            format!("{} {}", pair["paths"], pair["years"])
        })
        .collect();
    assert_eq!(
        pairs,
        [
            r#"["d.md","b/2022.md"] [2021,2022]"#,
            r#"["a/2021.md","c.md"] [2021,2022]"#,
            r#"["c.md","f.md"] [2022,2023]"#,
        ]
    );
    assert_eq!((code, &out["summary"]["pairs"]), (0, &3.into()), "{}", out["summary"]);
    assert_eq!(out["alike"], serde_json::json!([]));
}

#[test]
fn a_wrong_carry_over_is_shown_in_both_files_and_counts_in_every_format() {
    let (old, new) = (
        of("清河县教育局", 2021, &Figures::default()),
        of("清河县教育局", 2022, &other_carry_over()),
    );
    let folder = folder(&[("2021.md", old.as_bytes()), ("2022.md", new.as_bytes())]);
    let at = folder.path();
    let (code, out) = json(at, &["."]);
    let pair = &out["pairs"][0];
    assert_eq!((code, rules(&pair["findings"])), (1, vec!["carried-over"]));
    let finding = &pair["findings"][0];
    assert_eq!(
        (&finding["place"]["file"], &finding["place"]["text"]),
        (&"2022.md".into(), &"7".into())
    );
    let before = &finding["related"][0]["place"];
    assert_eq!((&before["file"], &before["text"]), (&"2021.md".into(), &"6".into()));
    assert_eq!(&out["summary"]["error"], &1);
    let (code, terminal, _) = run(at, &["check", "."]);
    assert_eq!(code, 1);
    assert!(terminal.contains("2021.md:") && terminal.contains("2022.md:"), "{terminal}");
    let (code, lines, _) = run(at, &["check", ".", "--format", "jsonl"]);
    assert!(code == 1 && lines.contains("{\"pair\":{"), "{lines}");
    for args in [
        &["check", ".", "--no-compare"][..],
        &["check", ".", "--ignore", "carried-over"],
        &["check", ".", "--fail-on", "never"],
        &["check", "2022.md"],
    ] {
        assert_eq!(run(at, args).0, 0, "{args:?}");
    }
    assert_eq!(run(at, &["check", ".", "--select", "carried-over"]).0, 1);
}

#[test]
fn last_year_s_report_may_lie_elsewhere() {
    let old = of("清河县教育局", 2021, &Figures::default());
    let new = of("清河县教育局", 2022, &other_carry_over());
    let older = of("清河县教育局", 2020, &Figures::default());
    let folder = folder(&[
        ("now/2022.md", new.as_bytes()),
        ("2021.md", old.as_bytes()),
        ("2020.md", older.as_bytes()),
        ("notice.md", "关于开会的通知\n\n请准时参加。\n".as_bytes()),
    ]);
    let at = folder.path();
    let (code, out) = json(at, &["now", "--previous", "2021.md"]);
    assert_eq!((code, rules(&out["pairs"][0]["findings"])), (1, vec!["carried-over"]));
    assert_eq!(out["summary"]["reports"], 1);
    let (code, out) = json(at, &["now", "--previous", "2020.md"]);
    assert_eq!((code, &out["pairs"]), (0, &serde_json::json!([])));
    assert!(
        out["unpaired"][0]["notes"][0].as_str().is_some_and(|note| note.contains("上一年度")),
        "{out}"
    );
    for (file, word) in [("nothing.md", "not-found"), ("notice.md", "not-a-report")] {
        let (code, out) = json(at, &["now", "--previous", file]);
        assert_eq!((code, &out["errors"][0]["code"]), (2, &word.into()), "{file}");
    }
    assert_eq!(run(at, &["check", "now", "--previous", "2021.md", "--no-compare"]).0, 2);
}

#[test]
fn reports_of_different_organs_that_are_alike_are_one_finding() {
    let clean = Figures::default();
    let one = of("清河县教育局", 2022, &clean);
    let copy = one.replace("清河县教育局", "清河县民政局");
    let third = one.replace("清河县教育局", "清河县卫生健康局").replace("延时办理", "延后办理");
    let other = of("清河县水利局", 2022, &clean);
    let folder = folder(&[
        ("a.md", one.as_bytes()),
        ("b.md", copy.as_bytes()),
        ("c.md", third.as_bytes()),
        ("d.md", other.as_bytes()),
        ("a copy.md", one.as_bytes()),
    ]);
    let (code, out) = json(folder.path(), &["a.md", "b.md", "c.md", "d.md"]);
    let alike = out["alike"].as_array().expect("a list");
    assert_eq!((code, alike.len()), (0, 1), "{}", out["alike"]);
    assert_eq!(rules(&alike[0]["findings"]), ["copied-text"]);
    assert_eq!(alike[0]["paths"], serde_json::json!(["a.md", "b.md", "c.md"]));
    assert_eq!(alike[0]["organs"][1], "清河县民政局");
    assert_eq!(alike[0]["findings"][0]["related"][1]["place"]["file"], "c.md");
    // Two files of one organ are no plagiarism.
    let (_, out) = json(folder.path(), &["a.md", "a copy.md"]);
    assert_eq!(out["alike"], serde_json::json!([]));
}

#[test]
fn organs_without_a_report_are_named_in_every_format() {
    let clean = Figures::default();
    let (one, two) = (of("清河县教育局", 2022, &clean), of("清河县民政局", 2022, &clean));
    let old = of("清河县水利局", 2021, &clean);
    let list = "\u{feff}机关,类别\n教育局,部门\n清河县水利局,部门\n清河县文化馆,部门\n";
    let folder = folder(&[
        ("r/a.md", one.as_bytes()),
        ("r/b.md", two.as_bytes()),
        ("r/c.md", old.as_bytes()),
        ("list.csv", list.as_bytes()),
        ("bad.csv", "机关,类别\n教育局,部门\n水利局,河流\n".as_bytes()),
    ]);
    let at = folder.path();
    let (code, out) = json(at, &["r", "--expect", "list.csv"]);
    let roster = &out["roster"];
    assert_eq!((code, rules(&roster["findings"])), (1, vec!["unfiled-report"; 2]));
    assert_eq!(roster["missing"], serde_json::json!(["清河县水利局", "清河县文化馆"]));
    assert_eq!(roster["year"], 2022);
    assert_eq!(roster["findings"][0]["place"]["start"]["line"], 3);
    let notes = roster["notes"].to_string();
    assert!(notes.contains("--year") && notes.contains("清河县民政局（r/b.md）"), "{notes}");
    let (code, terminal, _) = run(at, &["check", "r", "--expect", "list.csv"]);
    assert!(
        code == 1 && terminal.contains("list.csv:3:1") && terminal.contains("2021"),
        "{terminal}"
    );
    let (code, lines, _) = run(at, &["check", "r", "--expect", "list.csv", "--format", "jsonl"]);
    assert!(code == 1 && lines.contains("{\"roster\":{\"missing\""), "{lines}");
    let (code, _, err) = run(at, &["check", "r", "--expect", "bad.csv"]);
    assert!(code == 2 && err.contains("bad.csv:3") && err.contains("河流"), "{err}");
}

#[test]
fn output_does_not_depend_on_scheduling() {
    let folder = folder(&[]);
    write_many(folder.path(), 20, 3);
    let all = |jobs: &str| run(folder.path(), &["check", ".", "--format", "json", "--jobs", jobs]);
    let (one, eight) = (all("1"), all("8"));
    assert!(one == eight && one.0 == 1, "{}", one.0);
    let out: Value = serde_json::from_str(&one.1).expect("JSON");
    assert_eq!(out["summary"]["pairs"], 40);
    let wrong = out["pairs"].as_array().expect("pairs").iter();
    assert_eq!(wrong.filter(|pair| !rules(&pair["findings"]).is_empty()).count(), 2);
}

/// Writes reports of many organs about some years; every tenth organ's last carry-over is wrong.
fn write_many(folder: &Path, organs: usize, years: u32) {
    for organ in 0..organs {
        let name = format!("清河县第{organ}镇人民政府");
        for year in 2021..2021 + years {
            let last = year + 1 == 2021 + years && organ % 10 == 0;
            let figures = if last { other_carry_over() } else { Figures::default() };
            let path = folder.join(format!("{}/{year}.md", organ % 97));
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            let path = path.with_file_name(format!("{organ}-{year}.md"));
            fs::write(path, of(&name, year, &figures)).expect("a file");
        }
    }
}

/// For measuring by hand: `GOUJI_FOLDER=/tmp/many cargo test writes_a_folder -- --ignored`.
#[test]
#[ignore = "writes 5,001 files into the folder named by GOUJI_FOLDER"]
fn writes_a_folder() {
    let folder = std::env::var_os("GOUJI_FOLDER").expect("GOUJI_FOLDER");
    write_many(Path::new(&folder), 1667, 3);
}
