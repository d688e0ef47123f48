//! What authors of rules do with the program: test, new, schema, overlays, pages.

use crate::cli::run;
use gouji::author::{File, guide, new, page, schema};
use gouji::check::Check;
use gouji::finding::Lang;
use gouji::rule::{self, Library, PackFile};
use gouji::yaml::{Node, Value as Yaml, parse};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
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
    fs::write(folder.path().join("xian.yml"), format!("{pack}{rule}")).expect("written");
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
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told["summary"]["missing"], 1);
    let broken = own_pack("什么也没有标出");
    assert_eq!(run(broken.path(), &["test", "xian.yml"]).0, 2);
    assert_eq!(run(broken.path(), &["test", "no-such-pack"]).0, 2);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let args = ["test", "common", "--corpus", "tests/reports", "--format", "json"];
    let (_, told, _) = run(root, &args);
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert!(told["reports"].as_u64() > Some(5) && told["rules"][0]["share"].is_number());
}

/// Writes `text` to `path` if it is to be updated, else compares.
fn is_fresh(path: &Path, text: &str, stale: &mut Vec<String>) {
    if std::env::var_os("GOUJI_UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    } else if fs::read_to_string(path).unwrap_or_default() != text {
        stale.push(path.display().to_string());
    }
}

const HOW: &str = "GOUJI_UPDATE=1 cargo test --test all authoring";

#[test]
fn the_schemas_in_the_repository_are_fresh() {
    let mut stale = Vec::new();
    for (word, file) in File::ALL {
        let path = root().join(format!("docs/schemas/{word}.schema.json"));
        is_fresh(&path, &format!("{:#}\n", schema(file)), &mut stale);
    }
    assert!(stale.is_empty(), "{HOW} writes these anew: {stale:?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_kind_of_check_is_told_of_with_all_its_cases_slots_and_roles() {
    let mut wrong = Vec::new();
    for kind in Check::NAMES {
        let file = format!("src/check/{}.yml", kind.replace('-', "_"));
        let guide = match guide(kind) {
            Some(Ok(guide)) => guide,
            Some(Err(fault)) => {
                wrong.push(fault);
                continue;
            }
            None => {
                wrong.push(format!(
                    "{kind}: write {file}, as src/check/phrase.yml: what it finds (zh, en), its \
                     keys with type and words, its cases, slots and roles, and an example rule"
                ));
                continue;
            }
        };
        let [cases, slots, roles] = Check::named(kind).expect("a kind");
        for ((told, what), names) in
            guide.names.iter().zip(["cases", "slots", "roles"]).zip([cases, slots, roles])
        {
            let told: BTreeSet<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
            let names: BTreeSet<&str> = names.iter().copied().collect();
            if told != names {
                wrong.push(format!("{file}: {what} should be {names:?}, not {told:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_key_of_the_schemas_is_described_in_both_languages() {
    fn bare(at: &str, value: &Value, found: &mut Vec<String>) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            for (key, shape) in properties {
                let words = shape["description"].as_str().unwrap_or_default();
                let both = words.lines().filter(|line| !line.trim().is_empty()).count() >= 2;
                if !both || words.contains("还没有说明") {
                    found.push(format!("{at}.{key}"));
                }
            }
        }
        match value {
            Value::Object(map) => {
                map.iter().for_each(|(k, v)| bare(&format!("{at}.{k}"), v, found));
            }
            Value::Array(list) => list.iter().for_each(|v| bare(at, v, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (word, file) in File::ALL {
        bare(word, &schema(file), &mut found);
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// YAML as the validator takes it.
fn json(node: &Node) -> Value {
    match &node.value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(*value),
        Yaml::Number(text) => serde_json::from_str(text).unwrap_or(Value::String(text.to_string())),
        Yaml::Text(text) => Value::String(text.to_string()),
        Yaml::List(items) => items.iter().map(json).collect(),
        Yaml::Map(entries) => entries.iter().map(|(k, v)| (k.text.clone(), json(v))).collect(),
    }
}

fn validator(file: File) -> jsonschema::Validator {
    jsonschema::validator_for(&schema(file)).expect("a schema")
}

/// Which file a path below the folder of packs is.
fn which(path: &str) -> File {
    match path.rsplit('/').next() {
        Some("pack.yml") => File::Pack,
        Some("profile.yml") => File::Profile,
        _ => File::Rule,
    }
}

#[test]
fn the_built_in_files_validate_against_the_schemas() {
    let validators = File::ALL.map(|(_, file)| (file, validator(file)));
    let mut wrong = Vec::new();
    for file in rule::builtin() {
        let node = parse(&file.text).expect("YAML");
        let (_, validator) =
            validators.iter().find(|(known, _)| *known == which(&file.path)).expect("a validator");
        for error in validator.iter_errors(&json(&node)) {
            wrong.push(format!("{} {}: {error}", file.shown, error.instance_path()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What a schema cannot express: names of other files, grammars within texts, how files go together.
const BEYOND: &[&str] = &[
    "alias-",
    "bad-equation",
    "bad-regex",
    "bomb-",
    "contradiction",
    "duplicate",
    "example-marks",
    "empty-example-1",
    "extends-",
    "id-not-stem",
    "intruder",
    "name-not-folder",
    "unclosed",
    "undeclared",
    "unknown-column",
    "unknown-label",
    "unknown-placeholder",
    "unknown-row",
    "unknown-rule",
    "unknown-section",
    "unknown-table",
    "wrong-folder",
    "yaml-",
    "years-1",
    "years-3",
];

#[test]
fn broken_packs_are_rejected_by_the_schemas_where_these_can_tell() {
    let mut rejected = 0;
    for (name, parts) in crate::broken::cases() {
        if BEYOND.iter().any(|beyond| name.starts_with(beyond)) {
            continue;
        }
        let is_valid = |(path, text): &(String, String)| {
            let node = parse(text).expect("YAML");
            validator(which(path)).is_valid(&json(&node))
        };
        assert!(!parts.iter().all(is_valid), "{name} is valid");
        rejected += 1;
    }
    assert!(rejected >= 20, "{rejected}");
}

/// The keys that `schema` gives to each mapping of `node`, by where it begins; several sets where
/// the schema leaves a choice.
fn keys(node: &Node, schema: &Value, defs: &Value, found: &mut Vec<(usize, BTreeSet<String>)>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return keys(node, &defs[name], defs, found);
    }
    for choice in schema["anyOf"].as_array().into_iter().flatten() {
        keys(node, choice, defs, found);
    }
    match &node.value {
        Yaml::List(items) => {
            items.iter().for_each(|item| keys(item, &schema["items"], defs, found));
        }
        Yaml::Map(entries) => {
            if let Some(properties) = schema["properties"].as_object() {
                found.push((node.at.start, properties.keys().cloned().collect()));
            }
            for (key, value) in entries {
                let shape = match &schema["properties"][&*key.text] {
                    Value::Null => &schema["additionalProperties"],
                    shape => shape,
                };
                keys(value, shape, defs, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_schema_has_the_keys_that_are_read_and_no_others() {
    let schema = schema(File::Rule);
    let mut files = rule::builtin();
    // Kinds that no built-in rule uses are known by their examples.
    let pack = new::pack("skeletons", Some("format-2021"));
    files.push(PackFile::own("skeletons/pack.yml", "skeletons/pack.yml", pack));
    let newest = |kind: &&&str| new::base(kind) == Some("format-2021");
    for kind in Check::NAMES.iter().filter(newest) {
        let text = new::rule(kind, kind, &["惯例".to_owned()]).expect("a skeleton");
        files.push(new::rule_file("skeletons", kind, kind, text));
    }
    let library = Library::new(files).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let mut wrong = BTreeSet::new();
    let mut all_read: BTreeMap<BTreeSet<String>, BTreeSet<String>> = BTreeMap::new();
    let mut compared = 0;
    for (file, read) in library.keys_read() {
        let node = parse(&file.text).expect("YAML");
        let mut told = Vec::new();
        keys(&node, &schema, &schema["$defs"], &mut told);
        for (at, names) in read {
            let mut names: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
            if at.start == node.at.start {
                // Only rules within pack.yml say their group.
                names.insert("group".to_owned());
            }
            let here: Vec<_> = told.iter().filter(|(start, _)| *start == at.start).collect();
            if let Some((_, keys)) = here.iter().find(|(_, keys)| names.is_subset(keys)) {
                all_read.entry(keys.clone()).or_default().extend(names);
            } else {
                let text = file.text[at.start..].chars().take(30).collect::<String>();
                wrong.insert(format!("{}: read {names:?}, schema {here:?}: {text}", file.shown));
            }
            compared += 1;
        }
    }
    assert!(compared > 500, "{compared}");
    for (told, read) in all_read {
        let unread: Vec<_> = told.difference(&read).collect();
        if !unread.is_empty() {
            wrong.insert(format!("the schema has {unread:?}, which nothing reads: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "mend src/check/<kind>.yml or src/author/rule.yml: {wrong:#?}");
}

#[test]
fn every_skeleton_holds_as_it_stands_and_nothing_is_overwritten() {
    let folder = TempDir::new().expect("a folder");
    let (code, told, wrong) = run(folder.path(), &["new", "pack", "xian"]);
    assert_eq!(code, 0, "{wrong}");
    assert!(told.contains("gouji new rule xian/"), "{told}");
    let mut packs: BTreeSet<&str> = BTreeSet::from(["format-2021"]);
    let mut failed = Vec::new();
    for kind in Check::NAMES {
        let base = new::base(kind).expect("an example");
        let pack = if base == "format-2021" { "xian".to_owned() } else { format!("on-{base}") };
        if packs.insert(base) {
            let made = run(folder.path(), &["new", "pack", &pack, "--extends", base]);
            assert_eq!(made.0, 0, "{}", made.2);
        }
        let name = format!("{pack}/a-{kind}");
        let (code, _, wrong) = run(folder.path(), &["new", "rule", &name, "--kind", kind]);
        if code != 0 {
            failed.push(format!("{kind}: {wrong}"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
    let (code, told, wrong) = run(folder.path(), &["test", "--packs", "packs"]);
    assert_eq!(code, 0, "{told}{wrong}");
    let (code, _, wrong) = run(folder.path(), &["new", "rule", "xian/a-phrase"]);
    assert!(code == 2 && !wrong.is_empty());
    assert_eq!(run(folder.path(), &["new", "pack", "xian"]).0, 2);
    assert_eq!(run(folder.path(), &["new", "pack", "甲县"]).0, 2);
    assert_eq!(run(folder.path(), &["new", "rule", "common/rule"]).0, 2);
    let validator = validator(File::Rule);
    for kind in Check::NAMES {
        let text = new::rule(kind, kind, &[]).expect("a skeleton");
        assert!(validator.is_valid(&json(&parse(&text).expect("YAML"))), "{kind}");
    }
}

#[test]
fn the_pages_of_the_rules_are_fresh() {
    let library = Library::new(rule::builtin()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let own = |lang| {
        let mut infos = rule::infos(&library, lang);
        infos.retain(|rule| rule.from == rule.pack && !rule.off);
        infos
    };
    let (zh, en) = (own(Lang::Zh), own(Lang::En));
    let folder = root().join("docs/rules");
    let mut stale = Vec::new();
    for (zh, en) in zh.iter().zip(&en) {
        is_fresh(&folder.join(page::path(zh)), &page::page(zh, en), &mut stale);
    }
    is_fresh(&folder.join("README.md"), &page::index(&zh), &mut stale);
    assert!(stale.is_empty(), "{HOW} writes these anew: {stale:?}");
}

#[test]
fn every_snippet_of_the_guides_holds() {
    let mut texts = Vec::new();
    for guide in ["docs/authoring.md", "docs/authoring.zh-CN.md"] {
        let guide = fs::read_to_string(root().join(guide)).expect("the guide");
        let folder = TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("packs")).expect("a folder");
        let mut snippets = Vec::new();
        for snippet in guide.split("```yaml ").skip(1) {
            let (path, rest) = snippet.split_once('\n').expect("a path");
            let text = rest.split("```").next().expect("a snippet");
            fs::write(folder.path().join(path), text).expect("written");
            let node = parse(text).expect("YAML");
            assert!(validator(File::Pack).is_valid(&json(&node)), "{path}");
            snippets.push(text.to_owned());
        }
        assert!(snippets.len() >= 4, "{}", snippets.len());
        let (code, told, wrong) = run(folder.path(), &["test", "--packs", "packs"]);
        assert_eq!(code, 0, "{told}{wrong}");
        let (_, told, _) = run(folder.path(), &["rules", "--packs", "packs", "--lang", "en"]);
        assert!(told.contains("level warning（township）"), "{told}");
        texts.push(snippets);
    }
    assert_eq!(texts[0], texts[1], "both guides hold the same snippets");
}

#[test]
fn a_change_for_townships_changes_nothing_for_counties_and_packs_share_their_base() {
    let folder = TempDir::new().expect("a folder");
    let guide = fs::read_to_string(root().join("docs/authoring.md")).expect("the guide");
    for name in ["bingzhou", "townships"] {
        let (_, rest) = guide.split_once(&format!("```yaml packs/{name}.yml\n")).expect("it");
        let text = rest.split("```").next().expect("a snippet");
        fs::write(folder.path().join(format!("{name}.yml")), text).expect("written");
    }
    let report = "# 丁县2021年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息120条。\n\n\
                  六、其他需要报告的事项\n\n全年办理人大代表建议12件。\n";
    fs::write(folder.path().join("r.txt"), report).expect("written");
    let levels = |body: &str| {
        let args = ["check", "r.txt", "--packs", ".", "--body", body, "--format", "json"];
        let (_, told, wrong) = run(folder.path(), &args);
        let told: Value = serde_json::from_str(&told).unwrap_or_else(|_| panic!("{told}{wrong}"));
        let findings = told["reports"][0]["findings"].as_array().expect("findings").clone();
        let of = |rule: &str| {
            let found = findings.iter().filter(|finding| finding["rule"] == rule);
            found
                .map(|finding| finding["level"].as_str().unwrap_or("").to_owned())
                .collect::<Vec<_>>()
        };
        (of("missing-tables"), of("fee-sentence"))
    };
    // Both packs extend the same one: its rules run once.
    assert_eq!(levels("township"), (vec!["warning".into()], vec!["warning".into()]));
    let (missing, _) = levels("county");
    assert_eq!(missing.len(), 1);
    assert_ne!(missing[0], "warning");
}
