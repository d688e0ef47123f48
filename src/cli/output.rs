//! Where results go: standard output, and files that are written whole or not at all.

use super::Trouble;
use super::atomic::Draft;
use super::screen::Quiet;
use crate::finding::{Entry, Lang, Summary};
use crate::write::{Format, Packs, Style, Writer, writer};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file to be written, and its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    format: Format,
    path: PathBuf,
}

/// Reads `FORMAT=FILE`.
pub(super) fn output(text: &str) -> Result<Output, String> {
    let wanted = || {
        let words = Format::WORDS.join("、");
        format!("应为 格式=文件，格式有 {words} / FORMAT=FILE is wanted, e.g. sarif=out.sarif")
    };
    let (word, path) = text.split_once('=').ok_or_else(wanted)?;
    let format = Format::from_word(word).ok_or_else(wanted)?;
    match path {
        "" => Err(wanted()),
        "-" => Err("标准输出请用 --format / use --format for standard output".to_owned()),
        path => Ok(Output { format, path: path.into() }),
    }
}

/// All writers of a run.
pub(super) struct Outputs<'w> {
    writers: Vec<Box<dyn Writer + 'w>>,
    /// The files, each with the name it was given; they take their places at the end.
    files: Vec<(PathBuf, Draft)>,
}

impl<'w> Outputs<'w> {
    /// Standard output `out` in `format`, and `files`; each is opened now, so that what cannot be
    /// written is known before the work.
    pub(super) fn new(
        format: Format,
        files: &[Output],
        style: Style,
        packs: Packs<'w>,
        out: Box<dyn Write + 'w>,
    ) -> Result<Self, Trouble> {
        let lang = style.lang;
        let mut outputs = Self { writers: vec![writer(format, style, packs, out)], files: vec![] };
        // A file is no terminal.
        let plain = Style { color: false, width: style.width.min(100), ..style };
        for file in files {
            let fail = |error| unwritable(&file.path, &error, lang);
            let draft = Draft::open(&file.path).map_err(fail)?;
            if outputs.files.iter().any(|(_, other)| other.path() == draft.path()) {
                let words = lang.pick("写了两次", "is written twice");
                let text = format!("--output: {} {words}", file.path.display());
                return Err(Trouble::Usage(text));
            }
            let out = Box::new(Named::new(&file.path, draft.file().map_err(fail)?));
            outputs.writers.push(writer(file.format, plain, packs, out));
            outputs.files.push((file.path.clone(), draft));
        }
        let github = format == Format::Github || files.iter().any(|f| f.format == Format::Github);
        if let Some(summary) = std::env::var_os("GITHUB_STEP_SUMMARY")
            .filter(|path| github && !path.is_empty())
            .map(PathBuf::from)
        {
            // Steps add to the summary of their job, so it is not written anew.
            let file = OpenOptions::new().create(true).append(true).open(&summary);
            let file = file.map_err(|error| unwritable(&summary, &error, lang))?;
            let out = Box::new(Named::new(&summary, file));
            outputs.writers.push(writer(Format::Markdown, plain, packs, out));
        }
        Ok(outputs)
    }

    /// Whether `path` is a file that is being written: what the last run wrote is no input.
    pub(super) fn writes(&self, path: &Path) -> bool {
        !self.files.is_empty()
            && path
                .canonicalize()
                .is_ok_and(|path| self.files.iter().any(|(_, f)| f.path() == path))
    }

    /// Ends every output and puts the files in their places.
    pub(super) fn finish(mut self, summary: &Summary, lang: Lang) -> Result<(), Trouble> {
        for writer in &mut self.writers {
            writer.finish(summary)?;
        }
        drop(self.writers);
        for (path, draft) in self.files {
            draft.finish().map_err(|error| unwritable(&path, &error, lang))?;
        }
        Ok(())
    }
}

impl Outputs<'_> {
    /// Hands an entry to every writer.
    pub(super) fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.writers.iter_mut().try_for_each(|writer| writer.entry(entry))
    }
}

fn unwritable(path: &Path, error: &io::Error, lang: Lang) -> Trouble {
    let words = lang.pick("无法写入", "cannot write");
    Trouble::Usage(format!("{words} {}: {error}", path.display()))
}

/// A buffered file whose errors tell its name.
struct Named {
    path: PathBuf,
    out: Quiet<File>,
}

impl Named {
    fn new(path: &Path, file: File) -> Self {
        Self { path: path.to_owned(), out: Quiet::new(file) }
    }

    fn named<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", self.path.display()))
        })
    }
}

impl Write for Named {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.out.write(bytes);
        self.named(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.out.flush();
        self.named(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_a_format_and_a_file() {
        let read = |text| output(text).map(|o| (o.format, o.path));
        assert_eq!(read("sarif=a=b.sarif"), Ok((Format::Sarif, "a=b.sarif".into())));
        for text in ["out.sarif", "yaml=x", "sarif=", "html=-", "=x"] {
            assert!(output(text).is_err(), "{text}");
        }
    }
}
