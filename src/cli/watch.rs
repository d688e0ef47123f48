//! `--watch`: checks again whenever a file changes.

use super::Trouble;
use crate::config::absolute;
use crate::finding::Words;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// An editor writes a file in several steps: what comes so soon after belongs to it.
const TOGETHER: Duration = Duration::from_millis(200);

/// Watches `paths` and the configuration, and does `again` after each change, until interrupted. What
/// is written in `cache` is no change.
///
/// # Errors
/// Paths that cannot be watched, and whatever `again` fails by.
pub(super) fn watch(
    paths: &[PathBuf],
    cache: Option<&Path>,
    mut again: impl FnMut() -> Result<(), Trouble>,
) -> Result<u8, Trouble> {
    let (send, receive) = channel();
    let mut watcher = notify::recommended_watcher(send).map_err(|error| trouble(&error))?;
    for folder in folders(paths) {
        watcher.watch(&folder, RecursiveMode::Recursive).map_err(|error| trouble(&error))?;
    }
    let cache = cache.map(absolute);
    again()?;
    loop {
        if !changed(&receive, cache.as_deref())? {
            return Ok(super::DONE);
        }
        again()?;
    }
}

/// Waits for a change and for quiet after it; `false` if no change can come any more.
fn changed(
    events: &Receiver<notify::Result<Event>>,
    cache: Option<&Path>,
) -> Result<bool, Trouble> {
    loop {
        match events.recv() {
            Err(_) => return Ok(false),
            Ok(Err(error)) => return Err(trouble(&error)),
            Ok(Ok(event)) if matters(&event, cache) => break,
            Ok(Ok(_)) => {}
        }
    }
    loop {
        match events.recv_timeout(TOGETHER) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return Ok(true),
            Err(RecvTimeoutError::Disconnected) => return Ok(false),
        }
    }
}

/// Reading a file is no change of it, nor is what gouji and git write for themselves.
fn matters(event: &Event, cache: Option<&Path>) -> bool {
    let hidden = |path: &PathBuf| {
        cache.is_some_and(|cache| path.starts_with(cache))
            || path.components().any(|part| part.as_os_str() == ".git")
            || path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".gouji-"))
    };
    let read = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    };
    !read && (event.paths.is_empty() || !event.paths.iter().all(hidden))
}

/// The folders that hold `paths`, none within another. A file's folder is watched, since editors
/// put a new file in its place.
fn folders(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = paths
        .iter()
        .map(|path| {
            let existing = path.ancestors().find(|above| above.is_dir());
            absolute(existing.filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new(".")))
        })
        .collect();
    if folders.is_empty() {
        folders.push(absolute(Path::new(".")));
    }
    folders.sort();
    folders.dedup_by(|inner, outer| inner.starts_with(outer));
    folders
}

fn trouble(error: &notify::Error) -> Trouble {
    Trouble::Words(Words {
        zh: format!("无法监视文件的变化：{error}"),
        en: format!("cannot watch the files: {error}"),
    })
}
