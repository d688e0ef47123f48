//! Faults of rule packs: each is named with its place in the YAML and what to do, all in one run.

use gouji::rule::{Library, PackFault, PackFile};

const PACK: &str = "name: mine\ntitle: { zh: 甲包, en: pack }\nversion: 1.0.0\nyears: 2021..\ndocuments: { 惯例: 通行做法 }\n";

const RULE: &str = "id: rule
level: warning
title: { zh: 标题, en: title }

basis:
  - cite: 惯例

check:
  phrase: { forbid: [甲乙] }

message:
  zh: 出现“{text}”
  en: '“{text}” occurs'

examples:
  pass: [全文未见]
  fail: [出现«甲乙»]
";

const PROFILE: &str = "tables:
  专区情况:
    title: 政务公开专区情况表
    signs: [专区名称]
    columns: { 数量: [数量] }
    rows: { 专区数: [专区数], 终端数: [终端数] }
";

/// The faults of a pack of `pack.yml`, `profile.yml` and one rule, as `line:column text`.
fn faults(rule: &str) -> Vec<String> {
    of(&[("mine/pack.yml", PACK), ("mine/profile.yml", PROFILE), ("mine/form/rule.yml", rule)])
}

fn of(files: &[(&str, &str)]) -> Vec<String> {
    let file = |(path, text): &(&str, &str)| PackFile::own(path, path, (*text).to_owned());
    let found = match Library::new(files.iter().map(file).collect()) {
        Ok(library) => library.faults(),
        Err(faults) => faults,
    };
    found.iter().map(shown).collect()
}

fn shown(fault: &PackFault) -> String {
    let before = &fault.source[..fault.at.start];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    assert!(!fault.words.en.is_empty(), "{fault:?}");
    format!("{line}:{column} {}", fault.words.zh)
}

#[test]
fn a_sound_pack_has_no_fault() {
    assert_eq!(faults(RULE), Vec::<String>::new());
}

#[test]
fn each_fault_is_named_with_its_place_and_a_way_out() {
    for (from, to, place, word) in [
        ("forbid: [甲乙]", "forbid: [甲乙, 应(公开]", "9:27", "左括号"),
        ("forbid: [甲乙]", "forbid: ['数[0-9字']", "9:24", "方括号"),
        (
            "phrase: { forbid: [甲乙] }",
            "table-equation: { table: 专区情况, each: column, equation: 1 = 2 }",
            "9:58",
            "行名",
        ),
        ("level: warning", "levle: warning", "2:1", "level"),
        ("level: warning", "level: warn", "2:8", "error"),
        ("id: rule", "id: other", "1:5", "rule"),
        ("cite: 惯例", "cite: 惯列", "6:11", "惯例"),
        ("phrase:", "phrases:", "9:3", "phrase"),
        ("forbid:", "forbidden:", "9:13", "forbid"),
        ("出现“{text}”", "出现“{txt}”", "12:11", "text"),
        ("{ zh: 标题, en: title }", "{ zh: 标题 }", "3:8", "en"),
        ("level: warning", "level: { forbiden: error }", "2:10", "forbidden"),
        ("level: warning", "level: warning\nwhen: { years: 2021-2022 }", "3:16", "2019..2020"),
        ("level: warning", "level: warning\nwhen: { body: [镇] }", "3:16", "township"),
        ("phrase: { forbid: [甲乙] }", "phrase: { section: 总体, forbid: [甲乙] }", "9:22", "没有"),
        (
            "phrase: { forbid: [甲乙] }",
            "table-equation: { table: 专区表, each: column, equation: 专区数 = 终端数 }",
            "9:28",
            "专区情况",
        ),
        (
            "phrase: { forbid: [甲乙] }",
            "table-equation: { table: 专区情况, each: column, equation: 专区数 = 终端 }",
            "9:64",
            "终端数",
        ),
        (
            "phrase: { forbid: [甲乙] }",
            "table-equation: { table: 专区情况, each: column, equation: 专区数 + 终端数 }",
            "9:58",
            "=",
        ),
        (
            "phrase: { forbid: [甲乙] }",
            "table-equation: { table: 专区情况, each: line, equation: 专区数 = 终端数 }",
            "9:40",
            "column",
        ),
    ] {
        let broken = RULE.replace(from, to);
        assert_ne!(broken, RULE, "{from}");
        let found = faults(&broken);
        let named = found
            .iter()
            .any(|fault| fault.starts_with(&format!("{place} ")) && fault.contains(word));
        assert!(named, "{to}: expected {place} with “{word}”, found {found:#?}");
    }
}

#[test]
fn all_faults_of_all_files_are_shown_at_once() {
    let found = of(&[
        ("mine/pack.yml", PACK),
        ("mine/form/one.yml", &RULE.replace("level: warning", "level: warn")),
        ("mine/form/two.yml", &RULE.replace("cite: 惯例", "cite: 法律")),
        ("mine/other/rule.yml", RULE),
    ]);
    // The ids are not the files' stems either.
    assert!(found.len() >= 5, "{found:#?}");
}

#[test]
fn a_pack_that_turns_off_what_it_does_not_have_is_told() {
    let reason = "reason: { zh: 甲, en: a }";
    for change in [
        format!("off: [{{ rule: mine/rulle, {reason} }}]"),
        format!("levels: [{{ rule: rulle, level: info, {reason} }}]"),
    ] {
        let found = of(&[
            ("mine/pack.yml", &format!("{PACK}{change}\n")),
            ("mine/profile.yml", PROFILE),
            ("mine/form/rule.yml", RULE),
        ]);
        assert!(
            found.len() == 1 && found[0].starts_with("6:") && found[0].contains("“rule”"),
            "{found:#?}"
        );
    }
}

#[test]
fn packs_that_cannot_be_put_together_are_refused() {
    let circle = |name: &str, base: &str| {
        PACK.replace("name: mine", &format!("name: {name}\nextends: {base}"))
    };
    let (a, b) = (circle("a", "b"), circle("b", "a"));
    assert_eq!(of(&[("a/pack.yml", &a), ("b/pack.yml", &b)]).len(), 2);
    assert_eq!(of(&[("a/pack.yml", &circle("a", "nothing"))]).len(), 1);
    assert_eq!(of(&[("form/rule.yml", RULE)]).len(), 1);
    assert!(!of(&[("mine/pack.yml", &"[".repeat(100_000))]).is_empty());
}
