//! Files are replaced whole or not at all: what is interrupted leaves the old one.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Files that are being written; an interrupt takes them away.
static PENDING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Lets an interrupt end the program without a half-written file; the code is the shell's own for
/// it.
pub(super) fn mind_interrupts() {
    // Without a handler an interrupt ends the program too.
    let _ = ctrlc::set_handler(|| {
        for file in PENDING.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = fs::remove_file(file);
        }
        std::process::exit(130);
    });
}

/// Remembers a file that is half written until [`forget`].
pub(super) fn remember(file: &Path) {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner).push(file.to_owned());
}

/// The file is whole, or gone.
pub(super) fn forget(file: &Path) {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner).retain(|other| other != file);
}

/// Writes `bytes` in place of the file at `path`, or as a new one. A link is followed, the
/// permissions stay.
///
/// # Errors
/// What the system answers; the file at `path` is then as it was.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A rename would replace what may not be written.
    let path = match fs::OpenOptions::new().write(true).open(path) {
        Ok(_) => fs::canonicalize(path)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    if !path.metadata().map_or(true, |metadata| metadata.is_file()) {
        // A device or a pipe is written to, not replaced.
        return fs::write(&path, bytes);
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let file = tempfile::Builder::new().prefix(".gouji-").tempfile_in(folder);
    // The name of a file that never was helps nobody.
    let mut file = file.map_err(|error| io::Error::from(error.kind()))?;
    let temporary = file.path().to_owned();
    remember(&temporary);
    let done = (|| {
        file.write_all(bytes)?;
        match path.metadata() {
            Ok(metadata) => file.as_file().set_permissions(metadata.permissions())?,
            Err(_) => ordinary(file.as_file())?,
        }
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error).map(|_| ())
    })();
    forget(&temporary);
    done
}

/// A temporary file is its owner's alone; a new file is as others are.
#[cfg(unix)]
fn ordinary(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn ordinary(_: &fs::File) -> io::Result<()> {
    Ok(())
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
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
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
    }
}
