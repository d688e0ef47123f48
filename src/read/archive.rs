//! Reading parts of an Office archive, which may be hostile: all limits are fixed and stand here.

use super::ReadError;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;
use zip::result::ZipError;

/// The most bytes that are unpacked from one archive, whatever it declares (64 MiB). The text of a
/// report is below 1 MB.
pub const MOST_UNPACKED: usize = 64 << 20;
/// The most files in one archive.
pub const MOST_PARTS: usize = 5_000;

/// An Office file: a ZIP archive of XML parts. Parts are only ever read by name into memory, never
/// written to a disk, so what paths they claim does not matter.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    left: usize,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged("zip"))?;
        if zip.len() > MOST_PARTS {
            return Err(ReadError::Limit { what: "parts", limit: MOST_PARTS });
        }
        Ok(Self { zip, left: MOST_UNPACKED })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Whether a part stands below `folder`.
    pub(super) fn has_under(&self, folder: &str) -> bool {
        self.zip.file_names().any(|name| name.is_ok_and(|name| name.starts_with(folder)))
    }

    /// Unpacks everything once, to see that it stays within the limits: for readers that do not
    /// look at them.
    pub(super) fn within_limits(&mut self) -> Result<(), ReadError> {
        let mut left = MOST_UNPACKED as u64;
        for index in 0..self.zip.len() {
            let Ok(file) = self.zip.by_index(index) else {
                return Err(ReadError::Damaged("zip"));
            };
            let size = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
            let size = size.map_err(|_| ReadError::Damaged("zip"))?;
            left = left
                .checked_sub(size)
                .ok_or(ReadError::Limit { what: "unpacked bytes", limit: MOST_UNPACKED })?;
        }
        Ok(())
    }

    /// The text of a part; `None` if there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::InvalidPassword) => return Err(ReadError::Encrypted),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadError::Encrypted);
            }
            Err(_) => return Err(ReadError::Damaged("zip")),
        };
        // What an archive declares of its sizes is not believed.
        let mut bytes = Vec::new();
        let limit = self.left as u64 + 1;
        file.take(limit).read_to_end(&mut bytes).map_err(|_| ReadError::Damaged("zip"))?;
        self.left = match self.left.checked_sub(bytes.len()) {
            Some(left) => left,
            None => return Err(ReadError::Limit { what: "unpacked bytes", limit: MOST_UNPACKED }),
        };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => Ok(Some(crate::text::decode(error.as_bytes(), None)?.text)),
        }
    }
}
