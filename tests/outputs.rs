//! Where results go: several files in one run, the summary of a job, a full disk.

use crate::formats::{all_formats, faulty, folder, gouji};
use crate::support::schema;
use assert_cmd::Command;
use std::fs;
use std::path::Path;

#[test]
fn github_gets_ten_annotations_and_the_rest_in_the_summary_of_the_job() {
    let texts: Vec<(String, String)> = (0..8).map(|i| (format!("{i}.md"), faulty())).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let folder = folder(&files);
    let summary = folder.path().join("summary");
    fs::write(&summary, "what another step wrote\n").expect("a file");
    let mut command = Command::cargo_bin("gouji").expect("the program");
    command.env_clear().env("GITHUB_STEP_SUMMARY", &summary).current_dir(folder.path());
    let output =
        command.args(["check", ".", "gone.md", "--format", "github"]).output().expect("a run");
    assert_eq!(output.status.code(), Some(2));
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    let commands: Vec<&str> = out.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), 10, "{out}");
    assert!(commands[0].contains("not-found"), "{out}");
    assert!(commands.iter().all(|line| line.starts_with("::error ")), "{out}");
    assert!(out.contains("处没有在此标注"), "{out}");
    let written = fs::read_to_string(&summary).expect("the summary");
    assert!(written.starts_with("what another step wrote\n<!--"), "{written}");
    assert!(written.contains("## ⛔"), "{written}");
    assert!(written.contains("未能完成 1") && written.contains("7.md:"), "{written}");
    assert!(!written.contains("<script>"), "{written}");
}

#[test]
fn several_outputs_in_one_run_are_whole_or_not_there() {
    let folder = folder(&[("in/a.md", &faulty()), ("old.sarif", "old"), ("sub/keep", "")]);
    let at = folder.path();
    let args = [
        "check",
        "in",
        "-o",
        "sarif=old.sarif",
        "--output",
        "html=sub/page.html",
        "-o",
        "csv=in/a.csv",
        "-o",
        "json=b.json",
        "--format",
        "jsonl",
    ];
    let (code, out, err) = gouji(at, &args);
    assert_eq!(code, 1, "{err}");
    schema::check_lines(&out);
    schema::sarif(&fs::read_to_string(at.join("old.sarif")).expect("a file"));
    schema::check(&fs::read_to_string(at.join("b.json")).expect("a file"));
    // What was written in the folder that is checked is no input of the next run.
    assert_eq!(gouji(at, &args).1, out);
    // Nor is what another run wrote there under other names.
    for format in ["markdown", "html"] {
        let name = format!("in/{format}.md");
        let result = gouji(at, &["check", "in/a.md", "--format", format]).1;
        fs::write(at.join(&name), result).expect("a file");
        let out = schema::check(&gouji(at, &["check", "in", "--format", "json"]).1);
        assert_eq!(out["skipped"][0]["code"], "own-output", "{out}");
        fs::remove_file(at.join(&name)).expect("removed");
    }
    let left = |folder: &Path| {
        let names =
            fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").file_name());
        names.filter(|name| name.to_string_lossy().starts_with(".gouji")).count()
    };
    assert_eq!(left(at) + left(&at.join("in")) + left(&at.join("sub")), 0);
    for (output, words) in [
        ("sarif=no/such/folder.sarif", "no/such/folder.sarif"),
        ("sarif=sub", "sub"),
        ("yaml=x", "sarif"),
        ("x.sarif", "sarif"),
    ] {
        let (code, out, err) = gouji(at, &["check", "in", "-o", "html=new.html", "-o", output]);
        assert_eq!((code, out.as_str()), (2, ""), "{output}");
        assert!(err.contains(words), "{output}: {err}");
    }
    let (code, _, err) = gouji(at, &["check", "in", "-o", "csv=x", "-o", "json=./x"]);
    assert!(code == 2 && err.contains("./x"), "{err}");
    assert!(!at.join("new.html").exists() && !at.join("x").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_file_and_exits_2() {
    let folder = folder(&[("a.md", &faulty()), ("old.json", "old")]);
    let args = ["check", "a.md", "-o", "json=old.json", "-o", "sarif=/dev/full"];
    let (code, _, err) = gouji(folder.path(), &args);
    assert!(code == 2 && err.contains("/dev/full"), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("old.json")).expect("a file"), "old");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    for format in all_formats() {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("gouji"));
        command.current_dir(folder.path()).args(["check", "a.md", "--format", format]);
        command.stdout(full.try_clone().expect("a handle"));
        let output = command.output().expect("a run");
        assert_eq!(output.status.code(), Some(2), "{format}");
        assert!(!output.stderr.is_empty(), "{format}");
    }
}
