//! Where packs come from: the binary, or a folder.

use crate::finding::Words;
use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

/// One YAML file of a pack.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// Its path below the rules folder: `common/form/heading-numbers.yml`.
    pub path: String,
    /// What to call it when it is shown: the path on disk, or `rules/…`.
    pub shown: String,
    /// Its text.
    pub text: Cow<'static, str>,
}

/// A fault of a pack, with everything needed to point at it.
#[derive(Clone, Debug)]
pub struct PackFault {
    /// The file.
    pub file: String,
    /// Its text.
    pub source: Arc<str>,
    /// Byte range of the fault.
    pub at: Range<usize>,
    /// What is wrong and what to do.
    pub words: Words,
}

const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The files of the built-in packs.
pub fn builtin() -> Vec<PackFile> {
    let file = |(path, text): &(&'static str, &'static str)| PackFile {
        path: (*path).to_owned(),
        shown: format!("rules/{path}"),
        text: Cow::Borrowed(text),
    };
    BUILTIN.iter().map(file).collect()
}

/// The YAML files below `folder`, sorted by path.
///
/// # Errors
/// A folder or a file that cannot be read.
pub fn from_folder(folder: &Path) -> io::Result<Vec<PackFile>> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<PackFile>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yml" || extension == "yaml")
        {
            let below = path.strip_prefix(root).unwrap_or(&path);
            files.push(PackFile {
                path: below.to_string_lossy().replace('\\', "/"),
                shown: path.display().to_string(),
                text: Cow::Owned(fs::read_to_string(&path)?),
            });
        }
    }
    Ok(())
}
