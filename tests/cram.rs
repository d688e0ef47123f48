//! Cases of the command line as files, in the manner of cram: in `tests/cli/*.t` an indented `$`
//! is a command of the shell, what follows is what it prints, `[1]` its exit code.
//! `GOUJI_UPDATE=1` writes what is printed into the files; then read the difference.

use crate::support::{Figures, Writing, report};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the program, to be found first.
fn path() -> String {
    let program = assert_cmd::cargo::cargo_bin("gouji");
    let folder = program.parent().expect("a folder").display().to_string();
    format!("{folder}:{}", std::env::var("PATH").unwrap_or_default())
}

/// A folder with what every case may use: a clean report, a faulty one, and one with nothing
/// wrong but a heading's number.
fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let clean = report(&Figures::default(), Writing::Ruled);
    let mut figures = Figures::default();
    figures.applications[12][0] += 1;
    let faulty = report(&figures, Writing::Ruled);
    let numbers = clean.replace("（五）监督保障情况", "（六）监督保障情况");
    for (name, text) in [("clean.md", clean), ("faulty.md", faulty), ("numbers.md", numbers)] {
        fs::write(folder.path().join(name), text).expect("a report");
    }
    folder
}

/// What `command` prints, both outputs together, and its exit code if it is not 0.
fn printed(command: &str, folder: &Path) -> String {
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(folder)
        .env_clear()
        .envs([("PATH", path().as_str()), ("LANG", "C.UTF-8"), ("COLUMNS", "80")])
        .env("HOME", folder)
        .env("GOUJI_CACHE_DIR", folder.join(".cache"))
        .stdin(Stdio::null())
        .output()
        .expect("a shell");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut out = String::new();
    for line in text.lines() {
        let line = line.replace(&folder.display().to_string(), "$PWD");
        let _ = writeln!(out, "  {line}");
    }
    match output.status.code() {
        Some(0) => {}
        code => {
            let _ = writeln!(out, "  [{}]", code.unwrap_or(-1));
        }
    }
    out
}

/// The file as it should be: its commands with what they print now, and how many there are.
fn now(file: &Path) -> (String, usize) {
    let text = fs::read_to_string(file).expect("a file of cases");
    let folder = prepared();
    let (mut out, mut commands) = (String::new(), 0);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("  ") && !line.starts_with("  $ ") {
            continue;
        }
        let _ = writeln!(out, "{line}");
        let Some(command) = line.strip_prefix("  $ ") else { continue };
        let mut command = command.to_owned();
        while let Some(more) = lines.next_if(|line| line.starts_with("  > ")) {
            let _ = writeln!(out, "{more}");
            let _ = write!(command, "\n{}", &more["  > ".len()..]);
        }
        while lines.next_if(|line| line.starts_with("  ") && !line.starts_with("  $ ")).is_some() {}
        commands += 1;
        out.push_str(&printed(&command, folder.path()));
    }
    (out, commands)
}

#[test]
fn the_command_line_does_what_its_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let entries = fs::read_dir(folder).expect("the cases");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "t"));
    files.sort();
    let results: Vec<(PathBuf, String, usize)> = std::thread::scope(|scope| {
        let run = |file: &PathBuf| {
            let file = file.clone();
            scope.spawn(move || {
                let (text, commands) = now(&file);
                (file, text, commands)
            })
        };
        let running: Vec<_> = files.iter().map(run).collect();
        running.into_iter().map(|thread| thread.join().expect("a result")).collect()
    });
    let commands: usize = results.iter().map(|(_, _, commands)| commands).sum();
    assert!(commands >= 60, "only {commands} commands");
    for (file, text, _) in results {
        if std::env::var_os("GOUJI_UPDATE").is_some() {
            fs::write(&file, text).expect("a file of cases");
        } else {
            let expected = fs::read_to_string(&file).expect("a file of cases");
            let name = file.display();
            similar_asserts(&name.to_string(), &expected, &text);
        }
    }
}

fn similar_asserts(name: &str, expected: &str, found: &str) {
    if expected != found {
        let patch = similar::TextDiff::from_lines(expected, found);
        panic!("{name} differs (GOUJI_UPDATE=1 updates):\n{}", patch.unified_diff());
    }
}

/// The commands in the blocks of shell of a README.
fn commands(text: &str) -> Vec<String> {
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let line = |line: &str| line.split("  #").next().unwrap_or(line).trim().to_owned();
    blocks.flat_map(str::lines).map(line).filter(|line| !line.is_empty()).collect()
}

#[test]
fn every_command_of_the_readmes_can_be_done() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("a README");
    let (english, chinese) = (read("README.md"), read("README.zh-CN.md"));
    assert_eq!(commands(&english), commands(&chinese), "the READMEs show the same commands");
    // What builds, installs or measures the program itself, which .ci/run does.
    let builds = ["cargo ", "time target/", "mkdir -p /tmp/gouji-1000", "for i in $(seq 1000)"];
    let folder = prepared();
    let at = folder.path();
    fs::create_dir_all(at.join("reports")).expect("a folder");
    for name in ["2022.txt", "2017.txt", "2021.txt", "archive/2021.txt", "reports/2022.txt"] {
        fs::create_dir_all(at.join(name).parent().expect("a folder")).expect("a folder");
        fs::copy(at.join("clean.md"), at.join(name)).expect("a report");
    }
    fs::write(at.join("organs.csv"), "机关\n清河县教育局\n").expect("a list of organs");
    own_pack(&at.join("DIR"));
    let mut done = 0;
    for command in commands(&chinese) {
        if builds.iter().any(|start| command.starts_with(start)) {
            continue;
        }
        done += 1;
        let printed = printed(&command, at);
        assert!(!printed.ends_with("  [2]\n") && !printed.contains("[-1]"), "{command}\n{printed}");
        assert!(command.starts_with("gouji "), "{command} is tried by nobody");
    }
    assert!(done >= 12, "{done}");
}

/// A pack with one rule, called as the READMEs call it.
fn own_pack(folder: &Path) {
    let rule = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/common/form/heading-numbers.yml"),
    );
    let rule = rule.expect("a rule").replacen("id: heading-numbers", "id: my-rule", 1);
    fs::create_dir_all(folder.join("mine/form")).expect("a folder");
    let pack = "name: mine\ntitle: { zh: 自有, en: own }\nversion: 1.0.0\nyears: 2008..\nextends: common\n";
    fs::write(folder.join("mine/pack.yml"), pack).expect("a pack");
    fs::write(folder.join("mine/form/my-rule.yml"), rule).expect("a rule");
}
