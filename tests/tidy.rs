//! The rules of the house that a program can check: layers, headers, lengths.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The layer of each module; knowledge flows from higher to lower numbers only. Modules of one
/// layer do not know each other, but for those of layers 1 and 6.
const LAYERS: &[(&str, u8)] = &[
    ("text", 0),
    ("document", 1),
    ("profile", 1),
    ("equation", 1),
    ("finding", 1),
    ("yaml", 1),
    ("read", 2),
    ("facts", 2),
    ("check", 3),
    ("rule", 4),
    ("write", 5),
    ("lint", 6),
    ("config", 6),
    ("fix", 6),
    ("gate", 6),
    ("verify", 6),
    ("author", 6),
    ("cli", 7),
];

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    assert!(found.len() > 40, "the sources were not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            found.push((path, text));
        }
    }
}

/// The part of a file before its unit tests, which may use any layer.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or(text)
}

/// The module below `src` that a file belongs to.
fn module(path: &Path) -> Option<String> {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).ok()?;
    let first = below.components().next()?.as_os_str().to_str()?;
    Some(first.trim_end_matches(".rs").to_owned())
}

#[test]
fn knowledge_flows_down_the_layers() {
    let layers: BTreeMap<&str, u8> = LAYERS.iter().copied().collect();
    let mut upward = Vec::new();
    for (path, text) in sources() {
        let Some(own) = module(&path).filter(|own| !matches!(own.as_str(), "lib" | "main")) else {
            continue;
        };
        let layer = *layers.get(own.as_str()).unwrap_or_else(|| panic!("{own} has no layer"));
        for reference in without_tests(&text).split("crate::").skip(1) {
            let other: String =
                reference.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let Some(below) = layers.get(other.as_str()) else { continue };
            let sideways = *below == layer && other != own && !matches!(layer, 1 | 6);
            if *below > layer || sideways {
                upward.push(format!("{} uses {other}", path.display()));
            }
        }
    }
    assert!(upward.is_empty(), "{upward:#?}");
}

#[test]
fn every_file_says_what_it_is_and_none_is_long() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//! ") {
            faults.push(format!("{} does not open with `//!`", path.display()));
        }
        if text.lines().count() > 500 {
            faults.push(format!("{} has {} lines", path.display(), text.lines().count()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn nothing_is_taken_from_the_seeds() {
    // The names of the five real reports' places: no file of the project may know them.
    let names = [["古", "镛"], ["码", "头镇"], ["花", "山镇"], ["高", "城镇"], ["潞", "城镇"]];
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests", "rules", "benches", "docs"] {
        texts(&root.join(folder), &mut files);
    }
    for (path, text) in files {
        for name in &names {
            if text.contains(&name.concat()) {
                found.push(format!("{}: {}", path.display(), name.concat()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

fn texts(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            texts(&path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((path, text));
        }
    }
}
