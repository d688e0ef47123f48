//! What authors of rules do with the program: test, new, schema, overlays, pages.

use crate::cli::run;
use std::path::Path;
use tempfile::TempDir;

/// A folder with a pack of one rule, whose failing example is `fails`.
fn own_pack(fails: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let pack = "name: xian\ntitle: { zh: 甲县要求, en: A county }\nversion: 1.0.0\nyears: 2021..\n\
                documents: { 惯例: 通行做法 }\nrules:\n";
    let rule = format!(
        "  - group: style\n    id: vague\n    level: info\n    title: {{ zh: 泛称, en: vague }}\n    \
         basis: [{{ cite: 惯例 }}]\n    check: {{ phrase: {{ forbid: [有关部门] }} }}\n    \
         message: {{ zh: 泛称, en: vague }}\n    examples:\n      pass: [由财政局负责]\n      \
         fail: [{fails}]\n"
    );
    std::fs::write(folder.path().join("xian.yml"), format!("{pack}{rule}")).expect("written");
    folder
}

#[test]
fn examples_are_judged_and_the_exit_code_says_so() {
    let right = own_pack("由«有关部门»负责");
    assert_eq!(run(right.path(), &["test", "xian.yml"]).0, 0);
    let wrong = own_pack("由«有关»部门负责");
    let (code, told, _) = run(wrong.path(), &["test", "xian.yml"]);
    assert_eq!(code, 1);
    assert!(told.contains("应为 由«有关»部门负责\n  实为 由«有关部门»负责"), "{told}");
    let (_, told, _) = run(wrong.path(), &["test", "xian.yml", "--format", "junit"]);
    assert!(told.contains("failures=\"1\"") && told.contains("message=\"missing\""), "{told}");
    let (_, told, _) = run(wrong.path(), &["test", "xian.yml", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told["summary"]["missing"], 1);
    let broken = own_pack("什么也没有标出");
    assert_eq!(run(broken.path(), &["test", "xian.yml"]).0, 2);
    assert_eq!(run(broken.path(), &["test", "no-such-pack"]).0, 2);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let args = ["test", "common", "--corpus", "tests/reports", "--format", "json"];
    let (_, told, _) = run(root, &args);
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert!(told["reports"].as_u64() > Some(5) && told["rules"][0]["share"].is_number());
}
