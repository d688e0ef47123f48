//! What was taken out of Word, Excel and PDF files, kept in a folder so that it need not be taken out
//! again. Whatever is wrong with the folder, the result is the same, only slower.

use super::extract::Extract;
use super::{Format, ReadError};
use crate::profile::Vocabulary;
use crate::text::MAX_BYTES;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, SystemTime};

/// The most bytes of all entries together; the entries that were used last are kept.
const MOST_BYTES: u64 = 512 << 20;
/// Entries that were not used for so long are removed.
const UNUSED: Duration = Duration::from_secs(90 * 24 * 3600);
/// An entry's day of use is noted only if the one it has is older than this.
const A_DAY: Duration = Duration::from_secs(24 * 3600);
/// What the folders of entries are called; the rest of the name tells the reader that made them.
const ENTRIES: &str = "extracts-";
/// The bytes of a hash.
const HASH: usize = 32;

/// A folder of extracts, shared by all threads and by programs that run at the same time.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    entries: PathBuf,
    /// Stands for the vocabulary of the run, which is one and the same.
    words: OnceLock<[u8; 8]>,
    /// Whether entries were added: only then may there be too many.
    grew: AtomicBool,
    /// Whether it turned out that the folder cannot be written.
    closed: AtomicBool,
}

impl Cache {
    /// The cache in `folder`, which is made when the first entry is written. An entry of another
    /// version of the readers is never used.
    pub fn in_folder(folder: &Path) -> Self {
        Self::of_readers(folder, env!("GOUJI_READERS"))
    }

    fn of_readers(folder: &Path, readers: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            entries: folder.join(format!("{ENTRIES}{readers}")),
            words: OnceLock::new(),
            grew: AtomicBool::new(false),
            closed: AtomicBool::new(false),
        }
    }

    /// The extract of `bytes`, which are of `format`; else what `extract` makes of them by
    /// `vocabulary`. Of files that cannot be read, only those without text are remembered: others
    /// fail soon enough.
    pub(super) fn get(
        &self,
        format: Format,
        bytes: &[u8],
        vocabulary: &Vocabulary,
        extract: impl FnOnce() -> Result<Extract, ReadError>,
    ) -> Result<Extract, ReadError> {
        // The labels of a narrow table are put together by the words that are known.
        let words = self.words.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            vocabulary.hash(&mut hasher);
            hasher.finish().to_le_bytes()
        });
        let key = Sha256::new().chain_update(format.word()).chain_update(words);
        let key = key.chain_update(bytes).finalize();
        let file = self.entries.join(hex(&key));
        if let Some(kept) = read(&file, &key) {
            return kept.ok_or(ReadError::NoText);
        }
        let made = extract();
        match &made {
            Ok(extract) if extract.text.len() <= MAX_BYTES => self.put(&file, &key, Some(extract)),
            Err(ReadError::NoText) => self.put(&file, &key, None),
            Ok(_) | Err(_) => {}
        }
        made
    }

    /// Writes an entry, whole or not at all. A folder that cannot be written is left alone.
    fn put(&self, file: &Path, key: &[u8], extract: Option<&Extract>) {
        if self.closed.load(Relaxed) {
            return;
        }
        let written = postcard::to_allocvec(&extract).map_err(io::Error::other).and_then(|body| {
            self.open()?;
            let mut new = tempfile::NamedTempFile::new_in(&self.entries)?;
            new.write_all(&check(key, &body))?;
            new.write_all(&body)?;
            new.persist(file).map_err(|error| error.error)
        });
        match written {
            Ok(_) => self.grew.store(true, Relaxed),
            Err(_) => self.closed.store(true, Relaxed),
        }
    }

    /// Makes the folders. One that was not there before is marked as what it is, so that neither
    /// git nor a backup takes it up.
    fn open(&self) -> io::Result<()> {
        if self.entries.is_dir() {
            return Ok(());
        }
        let is_new = !self.folder.exists();
        fs::create_dir_all(&self.entries)?;
        if is_new {
            fs::write(self.folder.join(".gitignore"), "# gouji\n*\n")?;
            let tag = "Signature: 8a477f597d28d172789f06886806bc55\n# gouji\n";
            fs::write(self.folder.join("CACHEDIR.TAG"), tag)?;
        }
        Ok(())
    }

    /// Removes what was not used for long and, beyond `most` bytes, what was used longest ago.
    fn tidy(&self, most: u64, now: SystemTime) -> io::Result<()> {
        let mut entries = Vec::new();
        for folder in fs::read_dir(&self.folder)?.filter_map(Result::ok) {
            if !is_entries(&folder.file_name().to_string_lossy()) {
                continue;
            }
            for entry in fs::read_dir(folder.path())?.filter_map(Result::ok) {
                if let Ok(metadata) = entry.metadata()
                    && metadata.is_file()
                {
                    entries.push((metadata.modified()?, metadata.len(), entry.path()));
                }
            }
        }
        entries.sort_by(|a, b| b.cmp(a));
        let mut sum = 0;
        for (used, size, path) in entries {
            sum += size;
            if sum > most || now.duration_since(used).is_ok_and(|unused| unused > UNUSED) {
                // Another program may have been faster.
                let _ = fs::remove_file(&path);
                // A folder of another version goes with its last entry.
                path.parent().filter(|folder| *folder != self.entries).map(fs::remove_dir);
            }
        }
        Ok(())
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        if self.grew.load(Relaxed) {
            // What cannot be tidied today is tidied another day.
            let _ = self.tidy(MOST_BYTES, SystemTime::now());
        }
    }
}

/// Whether a folder of this name was made by [`Cache::open`]: nothing else is ever removed.
fn is_entries(name: &str) -> bool {
    let rest = name.strip_prefix(ENTRIES);
    rest.is_some_and(|rest| rest.len() == 16 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// What an entry holds; nothing if there is none or it is damaged.
fn read(file: &Path, key: &[u8]) -> Option<Option<Extract>> {
    let mut open = File::open(file).ok()?;
    let mut bytes = Vec::new();
    open.read_to_end(&mut bytes).ok()?;
    let (sum, body) = bytes.split_at_checked(HASH)?;
    if sum != check(key, body) {
        return None;
    }
    let kept: Option<Extract> = postcard::from_bytes(body).ok()?;
    let now = SystemTime::now();
    let used = open.metadata().and_then(|metadata| metadata.modified());
    if used.is_ok_and(|used| now.duration_since(used).is_ok_and(|ago| ago > A_DAY)) {
        // Somebody else's entry serves as well.
        let _ = open.set_modified(now);
    }
    Some(kept)
}

/// What stands before the body of an entry: it shows that the body is whole and belongs to the key.
fn check(key: &[u8], body: &[u8]) -> [u8; HASH] {
    Sha256::new().chain_update(key).chain_update(body).finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extract(text: &str) -> Extract {
        let mut extract = Extract::default();
        extract.line(text);
        extract.remarks.push(crate::document::Remark::ExtractedPlaces);
        extract
    }

    /// What the cache gives for `bytes`, and whether they had to be read.
    fn got(cache: &Cache, bytes: &[u8]) -> (String, bool) {
        let mut read = false;
        let made = cache.get(Format::Pdf, bytes, &Vocabulary::default(), || {
            read = true;
            Ok(extract(&String::from_utf8_lossy(bytes)))
        });
        (format!("{made:?}"), read)
    }

    fn entries(cache: &Cache) -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> =
            fs::read_dir(&cache.entries).unwrap().map(|entry| entry.unwrap().path()).collect();
        all.sort();
        all
    }

    #[test]
    fn what_was_read_once_is_not_read_again_until_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(&folder.path().join("c"));
        let (first, read) = got(&cache, b"a");
        assert!(read);
        assert_eq!(got(&cache, b"a"), (first.clone(), false));
        assert!(got(&cache, b"b").1);
        // The same bytes by other words, as another format, by another version of the readers.
        let words = Cache::in_folder(&cache.folder);
        words.words.set([1; 8]).unwrap();
        assert!(got(&words, b"a").1);
        let mut read = false;
        let other = || {
            read = true;
            Ok(extract("x"))
        };
        cache.get(Format::Doc, b"a", &Vocabulary::default(), other).unwrap();
        assert!(read);
        let newer = Cache::of_readers(&cache.folder, "0123456789abcdef");
        assert_eq!(got(&newer, b"a"), (first, true));
        assert!(fs::read_to_string(cache.folder.join(".gitignore")).unwrap().contains("\n*\n"));
    }

    #[test]
    fn a_damaged_entry_is_read_again_and_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        let (right, _) = got(&cache, b"a");
        let file = entries(&cache).remove(0);
        let whole = fs::read(&file).unwrap();
        got(&cache, b"b");
        let other = entries(&cache).into_iter().find(|entry| *entry != file).unwrap();
        let mut damaged = vec![Vec::new(), whole[..HASH].to_vec(), fs::read(other).unwrap()];
        damaged.extend((0..whole.len()).map(|at| {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            bytes
        }));
        damaged.extend((0..whole.len()).map(|at| whole[..at].to_vec()));
        for bytes in damaged {
            fs::write(&file, &bytes).unwrap();
            assert_eq!(got(&cache, b"a"), (right.clone(), true), "{bytes:?}");
            assert_eq!(got(&cache, b"a"), (right.clone(), false));
        }
    }

    #[test]
    fn without_a_folder_everything_is_read_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let cache = Cache::in_folder(&file);
        let (first, _) = got(&cache, b"a");
        assert_eq!(got(&cache, b"a"), (first, true));
        assert_eq!(fs::read(&file).unwrap(), b"");
    }

    #[test]
    fn a_file_without_text_is_remembered_and_other_failures_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        let words = Vocabulary::default();
        let fail = |error| cache.get(Format::Pdf, b"a", &words, || Err(error)).unwrap_err();
        assert_eq!(fail(ReadError::Encrypted), ReadError::Encrypted);
        assert_eq!(fail(ReadError::NoText), ReadError::NoText);
        assert_eq!(fail(ReadError::Encrypted), ReadError::NoText);
    }

    #[test]
    fn what_is_old_or_too_much_goes_and_what_is_not_ours_stays() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path());
        let old = folder.path().join(format!("{ENTRIES}0123456789abcdef"));
        let foreign = [folder.path().join("report.pdf"), folder.path().join("extracts-x/a.pdf")];
        for file in foreign.iter().chain([&old.join("a")]) {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "x").unwrap();
        }
        let now = SystemTime::now();
        let used = |file: &Path, before: Duration| {
            File::options().write(true).open(file).unwrap().set_modified(now - before).unwrap();
        };
        used(&old.join("a"), UNUSED + A_DAY);
        for file in &foreign {
            used(file, UNUSED + A_DAY);
        }
        let [a, b, c] = [b"a", b"b", b"c"].map(|bytes| {
            let before = if cache.entries.exists() { entries(&cache) } else { Vec::new() };
            got(&cache, bytes);
            entries(&cache).into_iter().find(|file| !before.contains(file)).unwrap()
        });
        for (file, days) in [(&a, 4), (&b, 3), (&c, 2)] {
            used(file, A_DAY * days);
        }
        // To be used today is to be the last to go.
        assert!(!got(&cache, b"a").1);
        cache.tidy(2 * a.metadata().unwrap().len(), now).unwrap();
        assert!(a.exists() && !b.exists() && c.exists());
        assert!(!old.exists() && foreign.iter().all(|file| file.exists()));
    }
}
