//! `--changed`: only the files that git says were changed.

use crate::config::absolute;
use crate::finding::Words;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files below the repository of the current folder that differ from where the work left
/// `reference`, untracked ones included; absolute paths.
///
/// # Errors
/// What git answers.
pub(super) fn files(reference: &str) -> Result<HashSet<PathBuf>, Words> {
    if reference.starts_with('-') {
        return Err(trouble("REF"));
    }
    let root = git(Path::new("."), &["rev-parse", "--show-toplevel"])?;
    let root = PathBuf::from(String::from_utf8_lossy(&root).trim_end_matches('\n'));
    let merge_base =
        ["diff", "--name-only", "-z", "--diff-filter=d", "--merge-base", reference, "--"];
    let mut names = git(&root, &merge_base)?;
    names.extend(git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?);
    let names = names.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(|name| plain(&root.join(path(name)))).collect())
}

/// A path by which two names of one file are the same.
pub(super) fn plain(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| absolute(path))
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Words> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = output.map_err(|error| trouble(&format!("git: {error}")))?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(trouble(String::from_utf8_lossy(&output.stderr).trim())),
    }
}

fn trouble(detail: &str) -> Words {
    Words {
        zh: format!(
            "--changed 要在 git 仓库里使用，并且取得到所比较的提交（浅克隆要先取全历史）：{detail}"
        ),
        en: format!(
            "--changed needs a git repository with the commit to compare with (a shallow clone must be deepened): {detail}"
        ),
    }
}
