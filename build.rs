//! Lists `rules/**/*.yml` and the guides of the kinds of check into the binary, and stamps the readers
//! of files, so that what was cached by other readers is read again; nothing else.
#![allow(missing_docs, reason = "a build script has no readers of its docs")]

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    println!("cargo::rustc-env=GOUJI_READERS={:016x}", stamp(&root)?);
    let rules = root.join("rules");
    fs::write(
        out.join("packs.rs"),
        list(&rules, |path| {
            path.strip_prefix(&rules).unwrap_or(path).to_string_lossy().replace('\\', "/")
        })?,
    )?;
    fs::write(
        out.join("guides.rs"),
        list(&root.join("src/check"), |path| {
            path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
        })?,
    )
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

/// The YAML files below `folder` as an array of names and texts.
fn list(folder: &Path, name: impl Fn(&Path) -> String) -> Result<String, io::Error> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    collect(folder, "yml", &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let path = file.display().to_string();
        let _ = writeln!(list, "    ({:?}, include_str!({path:?})),", name(&file));
    }
    list.push(']');
    Ok(list)
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
