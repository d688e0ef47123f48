//! What was taken out of Word and PDF files is kept: nobody should notice but by the time it takes.

use crate::cli::{folder, run};
use std::fs;
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    fs::read(folder.join(name)).expect("a fixture")
}

fn reports() -> tempfile::TempDir {
    let (word, pdf, old) =
        (fixture("faulty.docx"), fixture("faulty-libreoffice.pdf"), fixture("faulty.doc"));
    folder(&[("a.docx", &word), ("b.pdf", &pdf), ("c.doc", &old)])
}

/// The entries of a cache.
fn entries(cache: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(cache).expect("the cache").map(|entry| entry.expect("one").path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|folder| {
        fs::read_dir(folder).expect("entries").map(|entry| entry.expect("one").path())
    });
    files.collect()
}

#[test]
fn a_second_run_reads_the_cache_and_says_the_same() {
    let folder = reports();
    let at = folder.path();
    let check = |more: &[&str]| run(at, &[&["check", ".", "--format", "json"], more].concat());
    let plain = check(&["--no-cache"]);
    assert_eq!(fs::read_dir(at).expect("the folder").count(), 3);
    let kept = ["--cache-dir", "kept"];
    assert_eq!(check(&kept), plain);
    let cache = at.join("kept");
    assert_eq!(entries(&cache).len(), 3);
    // Not gouji's inputs, nor git's.
    assert_eq!(check(&kept), plain);
    assert!(fs::read_to_string(cache.join(".gitignore")).expect("a file").contains('*'));

    // What is damaged is not believed, and written anew.
    let whole: Vec<Vec<u8>> =
        entries(&cache).iter().map(|entry| fs::read(entry).expect("an entry")).collect();
    type Damage = fn(&[u8]) -> Vec<u8>;
    let damages: [Damage; 3] = [
        |_| Vec::new(),
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |bytes| bytes.iter().rev().copied().collect(),
    ];
    for damage in damages {
        for (entry, bytes) in entries(&cache).iter().zip(&whole) {
            fs::write(entry, damage(bytes)).expect("written");
        }
        assert_eq!(check(&kept), plain);
        let now: Vec<Vec<u8>> =
            entries(&cache).iter().map(|entry| fs::read(entry).expect("an entry")).collect();
        assert!(now == whole);
    }
    // An entry of another version is left alone; a file that was changed is read.
    let entry = entries(&cache).remove(0);
    let other = cache.join("extracts-0123456789abcdef");
    fs::rename(entry.parent().expect("a folder"), &other).expect("renamed");
    assert_eq!(check(&kept), plain);
    assert_eq!(entries(&cache).len(), 6);
    fs::write(at.join("a.docx"), fixture("clean.docx")).expect("written");
    let changed = check(&kept);
    assert_eq!(changed, check(&["--no-cache"]));
    assert_ne!(changed, plain);
    assert_eq!(entries(&cache).len(), 7);
}

#[test]
fn limits_and_failures_are_the_same_with_and_without_a_cache() {
    let folder = reports();
    let at = folder.path();
    fs::write(at.join("d.docx"), &fixture("clean.docx")[..9000]).expect("written");
    let check = |more: &[&str]| run(at, &[&["check", ".", "--format", "json"], more].concat());
    let plain = check(&["--no-cache"]);
    assert!(plain.0 == 2 && plain.1.contains("damaged"), "{}", plain.1);
    for _ in 0..2 {
        assert_eq!(check(&["--cache-dir", "kept"]), plain);
    }
    fs::write(at.join("gouji.toml"), "cache-dir = 'kept'\n[limits]\ncells = 20\n")
        .expect("written");
    let limited = check(&["--no-cache"]);
    assert!(limited.0 == 2 && limited.1.matches("\"limit\"").count() == 3, "{}", limited.1);
    assert_eq!(check(&[]), limited);
}

#[test]
fn a_cache_that_cannot_be_written_is_done_without() {
    let folder = reports();
    let at = folder.path();
    fs::write(at.join("file"), "mine").expect("written");
    let plain = run(at, &["check", ".", "--no-cache"]);
    for place in ["file", "file/below", "/dev/null", "/proc/gouji"] {
        assert_eq!(run(at, &["check", ".", "--cache-dir", place]), plain, "{place}");
    }
    assert_eq!(fs::read_to_string(at.join("file")).expect("a file"), "mine");
}

#[test]
fn the_place_of_the_cache_comes_from_the_command_line_the_environment_or_the_configuration() {
    let folder = reports();
    let at = folder.path();
    let told = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("gouji").expect("the program");
        command.env_clear().envs(variables.iter().copied()).current_dir(at);
        let output = command.arg("config").args(args).output().expect("a run");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let line = text.lines().find(|line| line.contains("cache-dir")).expect("the line");
        line.to_owned()
    };
    assert_eq!(told(&[], &[]), "# cache-dir  # 没有设定");
    if cfg!(target_os = "linux") {
        let home = ("HOME", "/h");
        assert_eq!(told(&[home], &[]), "cache-dir = \"/h/.cache/gouji\"  # 默认");
        assert_eq!(
            told(&[home, ("XDG_CACHE_HOME", "/x")], &[]),
            "cache-dir = \"/x/gouji\"  # 默认"
        );
    }
    fs::write(at.join("gouji.toml"), "cache-dir = '/c'\n").expect("written");
    assert_eq!(told(&[], &[]), "cache-dir = \"/c\"  # gouji.toml:1");
    let named = ("GOUJI_CACHE_DIR", "/e");
    assert_eq!(told(&[named], &[]), "cache-dir = \"/e\"  # GOUJI_CACHE_DIR");
    assert_eq!(told(&[named], &["--cache-dir", "d"]), "cache-dir = \"d\"  # 命令行");
    // Whoever wants none in the whole repository says so there.
    fs::write(at.join("gouji.toml"), "cache-dir = 'c'\nno-cache = true\n").expect("written");
    run(at, &["check", "."]);
    assert!(!at.join("c").exists());
    assert_eq!(run(at, &["check", ".", "--no-cache", "--cache-dir", "d"]).0, 2);
}
