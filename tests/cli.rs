//! The command line as a user meets it: exit codes, formats, failures that must not be silent.

use crate::support::{Figures, Writing, report, schema};
use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn gouji() -> Command {
    let mut command = Command::cargo_bin("gouji").expect("the program");
    command.env_clear().env("NO_COLOR", "1");
    command
}

/// Exit code, standard output, standard error.
pub(crate) fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = gouji().current_dir(folder).args(args).output().expect("a run");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let (out, err) = (text(output.stdout), text(output.stderr));
    let json = args.windows(2).any(|pair| pair == ["--format", "json"]) && !out.is_empty();
    match args {
        ["check", ..] if json => drop(schema::check(&out)),
        ["facts", ..] if json => drop(schema::facts(&out)),
        ["check", ..] if args.contains(&"jsonl") => schema::check_lines(&out),
        _ => {}
    }
    (output.status.code().expect("an exit code"), out, err)
}

fn clean() -> String {
    report(&Figures::default(), Writing::Ruled)
}

fn faulty() -> String {
    let mut figures = Figures::default();
    figures.applications[12][0] += 1;
    report(&figures, Writing::Ruled)
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

const FORMATS: &[&str] = gouji::write::Format::WORDS;

/// The same input must give the same exit code in every format, and a failure must be named in
/// each of them, never shown as a run without findings.
fn fails_closed(folder: &Path, args: &[&str], code: &str) {
    for format in FORMATS {
        let args: Vec<&str> = ["check", "--format", format].iter().chain(args).copied().collect();
        let (status, out, err) = run(folder, &args);
        assert_eq!(status, 2, "{format} {args:?}: {out}{err}");
        assert!(out.contains(code), "{format} {args:?} does not name {code}: {out}{err}");
        assert!(!out.contains("未发现问题"), "{format}: {out}");
    }
}

#[test]
fn a_clean_report_exits_0_and_a_faulty_one_1_in_every_format() {
    let folder = folder(&[("clean.md", clean().as_bytes()), ("faulty.md", faulty().as_bytes())]);
    for format in FORMATS {
        assert_eq!(run(folder.path(), &["check", "clean.md", "--format", format]).0, 0, "{format}");
        assert_eq!(
            run(folder.path(), &["check", "faulty.md", "--format", format]).0,
            1,
            "{format}"
        );
        assert_eq!(run(folder.path(), &["check", "--format", format]).0, 1, "{format}");
        let never = ["check", "faulty.md", "--fail-on", "never", "--format", format];
        assert_eq!(run(folder.path(), &never).0, 0, "{format}");
    }
}

#[test]
fn what_could_not_be_done_is_named_in_every_format() {
    let clean = clean();
    let notice = "关于做好年度报告编制工作的通知\n\n各单位：\n请于月底前报送。\n";
    let mut damaged = clean.clone().into_bytes();
    damaged[100] = 0xff;
    let files: &[(&str, &[u8])] = &[
        ("clean.md", clean.as_bytes()),
        ("empty.txt", b""),
        ("notice.txt", notice.as_bytes()),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"),
        ("damaged.txt", &damaged),
        ("page.docx", b"PK\x03\x04rest of an archive"),
        ("sub/README.md", b"# Reports\n"),
        ("x.txt/keep", b""),
    ];
    let folder = folder(files);
    let at = folder.path();
    for (name, code) in [
        ("missing.txt", "not-found"),
        ("empty.txt", "empty"),
        ("notice.txt", "not-a-report"),
        ("picture.txt", "binary"),
        ("damaged.txt", "undecodable"),
        ("page.docx", "damaged"),
        ("sub", "no-report"),
        ("x.txt", "no-report"),
        ("*.nothing", "not-found"),
    ] {
        fails_closed(at, &[name], code);
    }
    let unknown = clean.replace("2022", "某");
    fs::write(at.join("undated.md"), unknown).expect("a file");
    fails_closed(at, &["undated.md"], "no-year");
    fails_closed(at, &["clean.md", "--year", "2001"], "no-pack");
    fails_closed(at, &["clean.md", "--select", "fees-and-waivers"], "no-rules");
    let long = format!("{clean}\n{}", "一、\n".repeat(120_000));
    fs::write(at.join("long.md"), long).expect("a file");
    fails_closed(at, &["long.md"], "limit");
    // Damage in a folder fails the run too: it may be a report.
    fs::create_dir(at.join("mixed")).expect("a folder");
    fs::write(at.join("mixed/damaged.txt"), &damaged).expect("a file");
    fails_closed(at, &["mixed"], "undecodable");
    // One bad file does not stop the others.
    let (status, out, _) = run(at, &["check", "clean.md", "missing.txt", "--format", "json"]);
    assert_eq!(status, 2);
    assert!(out.contains("\"reports\":1"), "{out}");
    assert_eq!(run(at, &["check", "sub", "--allow-empty"]).0, 0);
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_an_error_and_a_loop_of_links_is_survived() {
    let folder = folder(&[("reports/clean.md", clean().as_bytes())]);
    std::os::unix::fs::symlink("nowhere", folder.path().join("dangling.txt")).expect("a link");
    std::os::unix::fs::symlink("..", folder.path().join("reports/up")).expect("a link");
    for format in FORMATS {
        let (status, out, _) = run(folder.path(), &["check", "dangling.txt", "--format", format]);
        assert_eq!(status, 2, "{out}");
    }
    assert_eq!(run(folder.path(), &["check", "reports"]).0, 0);
}

#[test]
fn a_readme_among_reports_is_skipped_and_listed() {
    let names: Vec<String> = (0..10).map(|i| format!("reports/{i}.md")).collect();
    let text = clean();
    let mut files: Vec<(&str, &[u8])> =
        names.iter().map(|n| (n.as_str(), text.as_bytes())).collect();
    files.push(("reports/README.md", b"# What is here\n"));
    let folder = folder(&files);
    let (status, out, _) = run(folder.path(), &["check", "--format", "json"]);
    assert_eq!(status, 0, "{out}");
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["summary"]["reports"], 10);
    assert_eq!(json["skipped"].as_array().map(Vec::len), Some(1));
    assert!(json["skipped"][0]["path"].as_str().is_some_and(|path| path.ends_with("README.md")));
    assert_eq!(run(folder.path(), &["check", "--strict"]).0, 2);
}

#[test]
fn a_line_of_200_mb_and_a_file_without_end_of_line_are_survived() {
    let long = "甲".repeat(70_000_000);
    let folder = folder(&[("long.txt", long.as_bytes())]);
    fails_closed(folder.path(), &["long.txt"], "too-large");
}

#[test]
fn a_broken_pack_is_shown_with_its_place() {
    let folder = folder(&[
        ("clean.md", clean().as_bytes()),
        (
            "packs/mine/pack.yml",
            "name: mine\ntitle: { zh: 甲, en: a }\nversion: 1.0.0\nyears: 2021..\n".as_bytes(),
        ),
        ("packs/mine/form/rule.yml", "id: rule\nlevle: error\n".as_bytes()),
    ]);
    let (status, out, err) = run(folder.path(), &["check", "clean.md", "--packs", "packs"]);
    assert_eq!(status, 2, "{out}{err}");
    assert!(err.contains("rule.yml:2:1") && err.contains("level"), "{err}");
}

#[test]
fn usage_errors_go_to_standard_error_alone() {
    let folder = folder(&[("clean.md", clean().as_bytes())]);
    for args in [
        &["check", "clean.md", "--ignore", "no-such-rule"][..],
        &["check", "clean.md", "--format", "yaml"],
        &["check", "clean.md", "--as-of", "31/12/2022"],
        &["check", "clean.md", "--encoding", "latin-99"],
        &["explain", "no-such-rule"],
    ] {
        let (status, out, err) = run(folder.path(), args);
        assert_eq!((status, out.as_str()), (2, ""), "{args:?}");
        assert!(!err.is_empty(), "{args:?}");
    }
}

#[test]
fn the_json_has_the_fixed_fields_and_spans_that_cut_out_their_text() {
    let text = faulty();
    let folder = folder(&[("faulty.md", text.as_bytes())]);
    let (_, out, _) = run(folder.path(), &["check", "faulty.md", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["version"], 1);
    let report = &json["reports"][0];
    for field in [
        "path",
        "format",
        "encoding",
        "year",
        "organ",
        "body",
        "packs",
        "findings",
        "unassessed",
        "notes",
    ] {
        assert!(!report[field].is_null(), "{field}");
    }
    let finding = &report["findings"][0];
    for field in
        ["rule", "pack", "level", "title", "message", "basis", "place", "related", "fingerprint"]
    {
        assert!(!finding[field].is_null(), "{field}");
    }
    let place = &finding["place"];
    let offset = |name: &str| {
        usize::try_from(place["span"][name].as_u64().expect("an offset")).expect("small")
    };
    assert_eq!(&text[offset("start")..offset("end")], place["text"].as_str().expect("text"));
}

#[test]
fn facts_are_given_for_what_can_be_read_and_errors_for_the_rest() {
    let folder = folder(&[("clean.md", clean().as_bytes())]);
    let (status, out, _) =
        run(folder.path(), &["facts", "clean.md", "missing.md", "--format", "json"]);
    assert_eq!(status, 2);
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let facts = &json["reports"][0];
    assert_eq!(facts["year"]["value"], 2022);
    assert_eq!(facts["organ"]["value"], "清河县人民政府");
    assert_eq!(facts["body"]["value"], "county");
    assert_eq!(facts["period"]["start"], "2022-01-01");
    assert_eq!(facts["contact"]["postcodes"][0]["value"], "054800");
    assert_eq!(facts["issued"]["value"], "2023-01-20");
    assert_eq!(facts["tables"].as_array().map(Vec::len), Some(6));
    assert_eq!(json["errors"].as_array().map(Vec::len), Some(1));
}

#[test]
fn rules_are_listed_and_explained_in_both_languages() {
    let folder = folder(&[]);
    let (status, out, _) = run(folder.path(), &["rules"]);
    assert_eq!(status, 0);
    assert!(out.contains("format-2021/applications-balance"), "{out}");
    for (lang, word) in [("zh", "依据"), ("en", "basis")] {
        let args = ["explain", "format-2021/applications-balance", "--lang", lang];
        let (status, out, _) = run(folder.path(), &args);
        assert_eq!(status, 0);
        assert!(out.contains(word) && out.contains("第一项加第二项"), "{out}");
    }
}

#[test]
fn the_order_of_output_does_not_depend_on_threads() {
    let names: Vec<String> = (0..60).map(|i| format!("{i:02}.md")).collect();
    let texts: Vec<String> = (0..60).map(|i| if i % 3 == 0 { faulty() } else { clean() }).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    let folder = folder(&files);
    let one = run(folder.path(), &["check", "--jobs", "1", "--format", "json"]).1;
    let many = run(folder.path(), &["check", "--jobs", "8", "--format", "json"]).1;
    assert_eq!(one, many);
}

/// What `convert` writes is the report as it was understood: read again, it gives the same findings.
#[test]
fn a_converted_report_gives_the_same_findings() {
    let folder = folder(&[]);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/faulty.docx");
    let file = file.to_str().expect("a path in UTF-8");
    let rules = |path: &str| {
        let (status, out, err) = run(folder.path(), &["check", path, "--format", "json"]);
        assert_eq!(status, 1, "{path}: {err}");
        let told: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        let findings = told["reports"][0]["findings"].as_array().expect("findings").clone();
        let mut rules: Vec<String> =
            findings.iter().map(|f| format!("{} {}", f["rule"], f["message"])).collect();
        rules.sort();
        rules
    };
    let expected = rules(file);
    for (form, name) in [("markdown", "again.md"), ("text", "again.txt")] {
        let (status, out, err) = run(folder.path(), &["convert", file, "--to", form]);
        assert_eq!((status, err.as_str()), (0, ""), "{form}");
        fs::write(folder.path().join(name), out).expect("a file");
        assert_eq!(rules(name), expected, "{form}");
    }
    let (status, out, _) = run(folder.path(), &["convert", file, "--to", "json"]);
    assert_eq!(status, 0);
    let told: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert!(out.contains("总体情况") && told.is_object(), "{out}");
    let (status, out, err) = run(folder.path(), &["convert", "nowhere.docx"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("nowhere.docx"), "{err}");
}

#[test]
fn no_line_of_the_terminal_is_wider_than_asked() {
    let folder = folder(&[("faulty.md", faulty().as_bytes())]);
    for width in ["60", "80", "120"] {
        let (_, out, _) = run(folder.path(), &["check", "faulty.md", "--width", width]);
        let limit: usize = width.parse().expect("a number");
        for line in out.lines() {
            let wide = unicode_width::UnicodeWidthStr::width(line);
            assert!(wide <= limit, "{wide} > {limit}: {line}");
        }
    }
}

#[test]
fn the_readmes_show_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, printed, _) = run(root, &["check", "docs/example.md", "--width", "80"]);
    for name in ["README.md", "README.zh-CN.md"] {
        let path = root.join(name);
        let text = fs::read_to_string(&path).expect("a README");
        let start = text.find("<!-- output of: gouji check").expect("the marker");
        let start = start + text[start..].find("```text\n").expect("the block") + "```text\n".len();
        let end = start + text[start..].find("```\n").expect("the end of the block");
        if std::env::var_os("GOUJI_UPDATE").is_some() {
            let updated = format!("{}{printed}{}", &text[..start], &text[end..]);
            fs::write(&path, updated).expect("a README");
        } else {
            let hint = "run `GOUJI_UPDATE=1 cargo test`, then read the difference";
            assert_eq!(&text[start..end], printed, "{name}: {hint}");
        }
    }
}
