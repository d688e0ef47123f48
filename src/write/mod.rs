//! Layer 5: findings on the terminal and for programs, one file per format.
//!
//! Entries are written as they come, so that ten thousand reports need no more memory than one.

mod card;
mod checkstyle;
mod convert;
mod csv;
mod display;
pub mod facts;
mod frame;
mod github;
mod gitlab;
mod gravest;
mod html;
mod item;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod sarif;
mod terminal;
mod window;
mod wrap;
mod xml;

pub use card::fault;
pub use convert::{Target, convert};

use crate::finding::{Entry, Lang, Level, Summary, Verdict};
use crate::rule::PackInfo;
use std::io::{self, Write};

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: frames around the places, the law quoted.
    #[default]
    Terminal,
    /// One JSON object, version 1.
    Json,
    /// One JSON object per line and report, as it is finished.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub's workflows.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// A job summary.
    Markdown,
    /// Rows for a spreadsheet.
    Csv,
    /// One page that needs nothing else.
    Html,
}

impl Format {
    /// The words for all formats.
    pub const WORDS: &'static [&'static str] = &[
        "terminal",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "markdown",
        "csv",
        "html",
    ];

    /// The format with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "terminal" => Some(Self::Terminal),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::Jsonl),
            "sarif" => Some(Self::Sarif),
            "github" => Some(Self::Github),
            "gitlab" => Some(Self::Gitlab),
            "junit" => Some(Self::Junit),
            "checkstyle" => Some(Self::Checkstyle),
            "markdown" => Some(Self::Markdown),
            "csv" => Some(Self::Csv),
            "html" => Some(Self::Html),
            _ => None,
        }
    }
}

/// What every format needs to know of the wishes of who reads it.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The language of what is not already in a language.
    pub lang: Lang,
    /// Whether the terminal takes colours.
    pub color: bool,
    /// Columns of the terminal; at least 40 are taken.
    pub width: usize,
    /// Whether frames are drawn with box characters rather than ASCII.
    pub unicode: bool,
    /// Whether the terminal shows what could not be judged.
    pub show_unassessed: bool,
    /// Findings below this level are counted and not shown.
    pub min_level: Level,
    /// Findings from this level on make the run fail; none do, if there is none.
    pub fail_on: Option<Level>,
    /// Whether what could not be judged makes the run fail.
    pub fail_on_unassessed: bool,
}

impl Style {
    /// How a run ended.
    pub fn verdict(&self, summary: &Summary) -> Verdict {
        summary.verdict(self.fail_on, self.fail_on_unassessed)
    }
}

impl Default for Style {
    fn default() -> Self {
        Self {
            lang: Lang::Zh,
            color: false,
            width: 100,
            unicode: true,
            show_unassessed: false,
            min_level: Level::Info,
            fail_on: Some(Level::Error),
            fail_on_unassessed: false,
        }
    }
}

/// Writes what became of each input, then the summary.
pub trait Writer {
    /// Writes one entry; those that are no report may be kept until the end.
    ///
    /// # Errors
    /// Whatever the output answers.
    fn entry(&mut self, entry: &Entry) -> io::Result<()>;

    /// Writes what stands at the end and flushes.
    ///
    /// # Errors
    /// Whatever the output answers.
    fn finish(&mut self, summary: &Summary) -> io::Result<()>;
}

/// Tells of the pack with a name, for formats that describe the rules they report by.
pub type Packs<'w> = &'w dyn Fn(&str) -> Option<PackInfo>;

/// The writer for `format`.
pub fn writer<'w>(
    format: Format,
    style: Style,
    packs: Packs<'w>,
    out: Box<dyn Write + 'w>,
) -> Box<dyn Writer + 'w> {
    let style = Style { width: style.width.max(40), ..style };
    match format {
        Format::Terminal => Box::new(terminal::Terminal::new(style, out)),
        Format::Json => Box::new(json::Json::new(style, out)),
        Format::Jsonl => Box::new(jsonl::Jsonl::new(style, out)),
        Format::Sarif => Box::new(sarif::Sarif::new(style, packs, out)),
        Format::Github => Box::new(github::Github::new(style, out)),
        Format::Gitlab => Box::new(gitlab::Gitlab::new(style, out)),
        Format::Junit => Box::new(junit::Junit::new(style, out)),
        Format::Checkstyle => Box::new(checkstyle::Checkstyle::new(style, out)),
        Format::Markdown => Box::new(markdown::Markdown::new(style, out)),
        Format::Csv => Box::new(csv::Csv::new(style, out)),
        Format::Html => Box::new(html::Html::new(style, out)),
    }
}

/// What Markdown and HTML begin with, so that they are never taken for a report.
const MARK: &str = "<!-- gouji output -->";

/// Whether `bytes` were written by a format that could be taken for a report: it quotes many.
pub fn is_own(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    head.windows(MARK.len()).any(|window| window == MARK.as_bytes())
}

/// `prefix` and `text` in lines of at most the style's width, wrapped as Chinese is.
pub fn hanging(prefix: &str, text: &str, style: &Style) -> String {
    wrap::hang(prefix, text, style.width).join("\n") + "\n"
}

#[cfg(test)]
mod tests;
