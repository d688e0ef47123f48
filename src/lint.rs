//! Layer 6: the whole program on one screen. STUB: it reads text and finds nothing.

use crate::document::Document;
use crate::finding::{Assessment, Basis, Entry, Lang, Words};
use crate::text::{DecodeError, Folded, Source, decode};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// STUB of `facts::Body`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body(pub &'static str);

impl Body {
    /// The words for all kinds of body.
    pub const WORDS: &'static [&'static str] = &[
        "central",
        "provincial",
        "municipal",
        "county",
        "township",
        "subdistrict",
        "department",
        "other",
    ];

    /// The kind of body with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|known| **known == word).map(|word| Self(word))
    }
}

/// What the linter is to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// The report year, if it is not to be read from the title.
    pub year: Option<i16>,
    /// The kind of body, if it is not to be told from its name.
    pub body: Option<Body>,
    /// Today, for deadlines.
    pub as_of: jiff::civil::Date,
    /// The encoding, if it is not to be detected.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The language of findings.
    pub lang: Lang,
    /// Folders with packs of one's own.
    pub pack_dirs: Vec<PathBuf>,
    /// Opt-in packs.
    pub packs: Vec<String>,
    /// The rules in force, if not all.
    pub select: Vec<String>,
    /// Rules not in force.
    pub ignore: Vec<String>,
}

/// STUB of `rule::PackFault`.
#[derive(Clone, Debug)]
pub struct PackFault {
    /// The rule file.
    pub file: String,
    /// Its text.
    pub source: Arc<str>,
    /// The bytes at fault.
    pub at: Range<usize>,
    /// What is wrong.
    pub words: Words,
}

/// A rule as `rules` and `explain` tell of it, in one language.
#[derive(Clone, Debug, Default)]
pub struct RuleInfo {
    /// Its id.
    pub id: String,
    /// Its pack.
    pub pack: String,
    /// Its level, or its levels by case: `error`, `over: error, under: warning`.
    pub level: String,
    /// Its title.
    pub title: String,
    /// The report years it is in force for: `2019–2020`; empty for every year.
    pub years: String,
    /// Whether it is on trial.
    pub preview: bool,
    /// Why it is a fault.
    pub basis: Vec<Basis>,
    /// What it says, with its placeholders.
    pub messages: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Examples that hold.
    pub pass: Vec<String>,
    /// Examples that fail, with the marks `«…»`.
    pub fail: Vec<String>,
    /// The file it is written in.
    pub file: String,
}

/// Judges reports.
#[derive(Debug)]
pub struct Linter {
    options: Options,
}

impl Linter {
    /// A linter with the packs that `options` ask for.
    ///
    /// # Errors
    /// Every fault of every pack.
    pub fn new(options: Options) -> Result<Self, Vec<PackFault>> {
        Ok(Self { options })
    }

    /// Judges one report. Never [`Entry::Skipped`].
    pub fn check(&self, path: &str, bytes: &[u8]) -> Entry {
        match self.read(path, bytes) {
            Err(failed) => failed,
            Ok(document) => Entry::Report(Box::new(Assessment {
                source: document.source,
                format: "text",
                year: self.options.year.unwrap_or(2018),
                organ: None,
                body: self.options.body.map(|body| body.0),
                packs: self.options.packs.clone(),
                findings: Vec::new(),
                unassessed: Vec::new(),
                notes: Vec::new(),
            })),
        }
    }

    /// Reads one report.
    ///
    /// # Errors
    /// The failed entry.
    pub fn read(&self, path: &str, bytes: &[u8]) -> Result<Document, Entry> {
        let failed = |code, zh: &str, en: &str| Entry::Failed {
            path: path.to_owned(),
            code,
            message: Words { zh: zh.into(), en: en.into() },
        };
        let decoded = decode(bytes, self.options.encoding).map_err(|error| match error {
            DecodeError::Binary { .. } => failed("binary", "不是文本文件", "not a text file"),
            other => failed("undecodable", &other.to_string(), &other.to_string()),
        })?;
        if !(decoded.text.contains("公开") && decoded.text.contains("报告")) {
            return Err(failed(
                "not-a-report",
                "不像政府信息公开年度报告",
                "does not look like an annual report",
            ));
        }
        Ok(Document {
            source: Source::new(path, decoded.text, decoded.encoding),
            folded: Folded::default(),
            blocks: Vec::new(),
            tables: Vec::new(),
        })
    }

    /// All rules of all packs, whatever is selected.
    pub fn rules(&self) -> Vec<RuleInfo> {
        Vec::new()
    }

    /// The names of all packs, opt-in ones too.
    pub fn packs(&self) -> Vec<String> {
        Vec::new()
    }
}
