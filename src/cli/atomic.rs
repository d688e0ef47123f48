//! Files are replaced whole or not at all: what is interrupted leaves the old one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use tempfile::NamedTempFile;

/// How the names of files begin that are still being written.
const PREFIX: &str = ".gouji-";

/// Files that are being written; an interrupt takes them away.
static PENDING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Lets an interrupt end the program without a half-written file; the code is the shell's own for
/// it. The handler has a thread of its own, so it is not there before a file is.
fn mind_interrupts() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Without a handler an interrupt ends the program too.
        let _ = ctrlc::set_handler(|| {
            for file in pending().iter() {
                let _ = fs::remove_file(file);
            }
            std::process::exit(130);
        });
    });
}

fn pending() -> MutexGuard<'static, Vec<PathBuf>> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that takes its place once it is whole. If it is dropped before, everything is as it was.
#[derive(Debug)]
pub(super) struct Draft {
    /// Where it will stand, links followed.
    path: PathBuf,
    /// What is written meanwhile; none if a device or a pipe stands there, which is written to and
    /// not replaced.
    meanwhile: Option<NamedTempFile>,
}

impl Draft {
    /// Begins to write the file at `path`, or a new one. A link is followed, permissions stay.
    ///
    /// # Errors
    /// What the system answers; files that may not be written are refused now.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let old = path.metadata().ok();
        if old.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Ok(Self { path: path.to_owned(), meanwhile: None });
        }
        let path = match &old {
            Some(old) => {
                // A rename would replace what may not be written.
                if old.permissions().readonly() {
                    return Err(io::ErrorKind::PermissionDenied.into());
                }
                OpenOptions::new().write(true).open(path)?;
                path.canonicalize()?
            }
            None => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new(".")).canonicalize()?;
                folder.join(path.file_name().unwrap_or_default())
            }
        };
        mind_interrupts();
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        {
            // As any new file is; a temporary one would be its owner's alone.
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let meanwhile = builder.tempfile_in(path.parent().unwrap_or(Path::new(".")));
        // The name of a file that never was helps nobody.
        let meanwhile = meanwhile.map_err(|error| io::Error::from(error.kind()))?;
        pending().push(meanwhile.path().to_owned());
        let draft = Self { path, meanwhile: Some(meanwhile) };
        if let (Some(old), Some(meanwhile)) = (old, &draft.meanwhile) {
            meanwhile.as_file().set_permissions(old.permissions())?;
        }
        Ok(draft)
    }

    /// Where it will stand, links followed.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What is to be written to.
    ///
    /// # Errors
    /// A device that cannot be opened.
    pub(super) fn file(&self) -> io::Result<File> {
        match &self.meanwhile {
            Some(meanwhile) => meanwhile.as_file().try_clone(),
            None => OpenOptions::new().write(true).open(&self.path),
        }
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// What the system answers; the old file is then as it was.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let Some(meanwhile) = self.meanwhile.take() else { return Ok(()) };
        let temporary = meanwhile.path().to_owned();
        let done = meanwhile
            .as_file()
            .sync_all()
            .and_then(|()| meanwhile.persist(&self.path).map(drop).map_err(|error| error.error));
        forget(&temporary);
        done
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(meanwhile) = self.meanwhile.take() {
            let temporary = meanwhile.path().to_owned();
            drop(meanwhile);
            forget(&temporary);
        }
    }
}

/// The file is whole, or gone.
fn forget(file: &Path) {
    pending().retain(|other| other != file);
}

/// Writes `bytes` in place of the file at `path`, or as a new one.
///
/// # Errors
/// What the system answers; the file at `path` is then as it was.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = Draft::open(path)?;
    draft.file()?.write_all(bytes)?;
    draft.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        replace(&path, b"1").unwrap();
        replace(&path, b"2").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"2");
        drop(Draft::open(&path).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"2");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(pending().iter().all(|file| !file.starts_with(folder.path())));
        assert!(replace(&folder.path().join("no/a.txt"), b"1").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_a_mode_a_mode() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "1").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a", &link).unwrap();
        replace(&link, b"2").unwrap();
        assert!(link.is_symlink() && fs::read(&path).unwrap() == b"2");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        assert_eq!(replace(&path, b"3").unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read(&path).unwrap(), b"2");
    }
}
