//! Lists `rules/**/*.yml` and the guides of the kinds of check into the binary, and stamps the readers
//! of files, so that what was cached by other readers is read again. The packs are read here, once
//! and for all, so that the program does not parse them at every start.
#![allow(missing_docs, reason = "a build script has no readers of its docs")]

#[allow(dead_code, unreachable_pub, reason = "a module of the program, which uses all of it")]
#[path = "src/yaml/tree.rs"]
mod tree;

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

fn main() -> io::Result<ExitCode> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    println!("cargo::rustc-env=GOUJI_READERS={:016x}", stamp(&root)?);
    let (rules, guides) = (root.join("rules"), root.join("src/check"));
    let faults = packs(&rules, &out)?;
    for fault in &faults {
        println!("cargo::error={fault}");
    }
    let mut list = String::from("&[\n");
    for path in files(&guides)? {
        let stem = path.file_stem().unwrap_or_default();
        let _ = writeln!(list, "    ({stem:?}, include_str!({path:?})),");
    }
    fs::write(out.join("guides.rs"), list + "]")?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Lists the files of the packs with their texts and trees; what is no YAML is told with its place.
fn packs(rules: &Path, out: &Path) -> io::Result<Vec<String>> {
    let mut list = String::from("&[\n");
    let mut faults = Vec::new();
    fs::create_dir_all(out.join("trees"))?;
    for (index, path) in files(rules)?.into_iter().enumerate() {
        let name = path.strip_prefix(rules).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path)?;
        match tree::read(tree::without_examples(&text)) {
            Ok(node) => {
                let tree = out.join("trees").join(index.to_string());
                fs::write(&tree, tree::to_bytes(&node).map_err(io::Error::other)?)?;
                let _ = writeln!(
                    list,
                    "    ({name:?}, include_str!({path:?}), include_bytes!({tree:?})),"
                );
            }
            Err(error) => {
                let before = text.get(..error.at).unwrap_or(&text);
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
                faults.push(format!("rules/{name}:{line}:{column}: {}", error.detail));
            }
        }
    }
    fs::write(out.join("packs.rs"), list + "]")?;
    Ok(faults)
}

/// A number that is another one for other readers: their sources, the libraries they use, what is
/// compiled in.
fn stamp(root: &Path) -> io::Result<u64> {
    let lock = root.join("Cargo.lock");
    let mut files = Vec::new();
    for folder in ["src/read", "src/text"] {
        collect(&root.join(folder), "rs", &mut files)?;
    }
    files.sort();
    files.extend(lock.exists().then_some(lock));
    let mut stamp = DefaultHasher::new();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        fs::read(file)?.hash(&mut stamp);
    }
    ["CARGO_PKG_VERSION", "CARGO_FEATURE_PDF"].map(env::var_os).hash(&mut stamp);
    Ok(stamp.finish())
}

/// The YAML files below `folder`, in order; a change in it runs this script again.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    collect(folder, "yml", &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, end: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, end, files)?;
        } else if path.extension().is_some_and(|extension| extension == end) {
            files.push(path);
        }
    }
    Ok(())
}
