//! Layer 1: what a finding is, in one language, ready to be written.

use crate::document::Place;
use crate::text::{Source, Span};

/// The language of everything shown to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The words for both.
    pub const WORDS: &'static [&'static str] = &["zh", "en"];

    /// The language with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        self.pick("zh", "en")
    }

    /// The one of two wordings in this language.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A wording in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The wording in `lang`.
    pub fn to(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// How grave a finding is: authority times evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A binding rule is certainly broken, or figures certainly contradict each other.
    Error,
    /// Heuristic evidence, or the structure of an official form.
    Warning,
    /// Local formats, convention, style.
    Info,
}

impl Level {
    /// The words for all levels.
    pub const WORDS: &'static [&'static str] = &["error", "warning", "info"];

    /// The word used in rule files and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    /// The level with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Info].into_iter().find(|level| level.word() == word)
    }
}

/// The least level of a finding that fails a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// `error`.
    #[default]
    Error,
    /// `warning`.
    Warning,
    /// Any.
    Info,
    /// None.
    Never,
}

impl FailOn {
    /// The words for all.
    pub const WORDS: &'static [&'static str] = &["error", "warning", "info", "never"];

    /// The one with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "error" => Some(Self::Error),
            "warning" => Some(Self::Warning),
            "info" => Some(Self::Info),
            "never" => Some(Self::Never),
            _ => None,
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The level; `None` if none fails a run.
    pub fn level(self) -> Option<Level> {
        Level::from_word(self.word())
    }
}

/// One fault of one report.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The pack it was in force by.
    pub pack: String,
    /// How grave.
    pub level: Level,
    /// What matters first within a level: figures, statutory content, dates, form, style (0–4).
    pub rank: u8,
    /// The rule's title.
    pub title: String,
    /// What is wrong here.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Why it is a fault.
    pub basis: Vec<Basis>,
    /// Where.
    pub place: Place,
    /// Other places that belong to it, with a word on each.
    pub related: Vec<Related>,
    /// How it could be mended.
    pub fix: Option<Fix>,
    /// Stays the same while the text around it changes.
    pub fingerprint: String,
    /// Whether its rule is still on trial.
    pub preview: bool,
    /// Who decided that it may stand, and why; it is shown and does not count.
    pub waived: Option<Waived>,
    /// Whether the run was compared with a baseline, which does not have it.
    pub new: bool,
}

/// The decision that a finding may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// The last day it holds, as `2024-12-31`; for good if there is none.
    pub expires: Option<String>,
}

/// A law, format or standard that a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Document and clause: `《中华人民共和国政府信息公开条例》（2019年修订）第五十条`.
    pub cite: String,
    /// The words of the clause, if they may be quoted.
    pub quote: Option<String>,
}

/// A further place of a finding.
#[derive(Clone, Debug)]
pub struct Related {
    /// What stands there: a name and a value.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// A change of the text that would mend a finding.
#[derive(Clone, Debug)]
pub struct Fix {
    /// The edits, none overlapping another.
    pub edits: Vec<Edit>,
    /// Whether it may be applied without a person's look.
    pub certain: bool,
}

/// One replacement.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// Something that could be neither confirmed nor refuted.
#[derive(Clone, Debug)]
pub struct Unassessed {
    /// The rule's id.
    pub rule: String,
    /// Its pack.
    pub pack: String,
    /// A fixed word for programs: `blank`, `unaligned`, `no-table`, …
    pub code: &'static str,
    /// Why it could not be judged.
    pub reason: String,
    /// Where.
    pub place: Place,
}

/// What became of one input, or of several together.
#[derive(Debug)]
pub enum Entry {
    /// It was read as a report and judged.
    Report(Box<Assessment>),
    /// Reports were compared with each other; comes after all reports.
    Compared(Box<Comparison>),
    /// It was met in a folder and is no annual report.
    Skipped {
        /// Its path.
        path: String,
        /// A fixed word for programs, as of what failed: `not-a-report`, `empty`, …
        code: &'static str,
        /// Why it was passed over.
        reason: Words,
    },
    /// The job could not be done for it.
    Failed {
        /// Its path; empty if the failure is of the whole run.
        path: String,
        /// A fixed word for programs: `undecodable`, `not-a-report`, `no-pack`, …
        code: &'static str,
        /// What is wrong and what to do.
        message: Words,
    },
}

/// One report, judged.
#[derive(Debug)]
pub struct Assessment {
    /// The decoded text, with its path and encoding; findings' spans count in it.
    pub source: Source,
    /// The file format it was read as: `text`, …
    pub format: &'static str,
    /// The report year; `None` for the file of waivers, which is judged like a report and is none.
    pub year: Option<i16>,
    /// Who reports, if it could be told.
    pub organ: Option<String>,
    /// What kind of body: `township`, …
    pub body: Option<&'static str>,
    /// The packs in force.
    pub packs: Vec<String>,
    /// What is wrong, gravest first.
    pub findings: Vec<Finding>,
    /// What could be neither confirmed nor refuted.
    pub unassessed: Vec<Unassessed>,
    /// Remarks on the reading, in the language asked for.
    pub notes: Vec<String>,
    /// Where its tables stand in the source: figures there are never changed by a program.
    pub tables: Vec<Span>,
    /// Findings the baseline has and that are left out here.
    pub known: usize,
    /// What the baseline has and was not found any more.
    pub gone: Vec<Gone>,
    /// What was changed in the file before it was judged as it stands here.
    pub fixed: Vec<Fixed>,
}

impl Assessment {
    /// A file of which nothing is known yet but its text.
    pub fn of(source: Source, format: &'static str) -> Self {
        Self {
            source,
            format,
            year: None,
            organ: None,
            body: None,
            packs: Vec::new(),
            findings: Vec::new(),
            unassessed: Vec::new(),
            notes: Vec::new(),
            tables: Vec::new(),
            known: 0,
            gone: Vec::new(),
            fixed: Vec::new(),
        }
    }
}

/// A finding of the baseline that did not occur again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gone {
    /// The pack and id of its rule.
    pub rule: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its human path, without numbers of paragraphs.
    pub place: String,
    /// The text it stood at.
    pub text: String,
}

/// A finding that was mended by changing the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The pack and id of its rule.
    pub rule: String,
    /// What it said.
    pub message: String,
    /// Whether the change needed no person's look.
    pub certain: bool,
}

/// What only several files together show. Every place of its findings names its file.
#[derive(Debug)]
pub struct Comparison {
    /// What was compared.
    pub kind: Compared,
    /// The organs, each once: of a pair the one that reports, of a roster those without a report.
    pub organs: Vec<String>,
    /// The report years, ascending: two of a pair, else one.
    pub years: Vec<i16>,
    /// The files: of a pair the earlier year's report first, of a roster the list.
    pub paths: Vec<String>,
    /// What is wrong, gravest first.
    pub findings: Vec<Finding>,
    /// What could be neither confirmed nor refuted.
    pub unassessed: Vec<Unassessed>,
    /// Remarks, in the language asked for.
    pub notes: Vec<String>,
    /// Findings the baseline has and that are left out here.
    pub known: usize,
    /// The texts of the files that places stand in, for showing them.
    pub sources: Vec<Source>,
}

/// What a [`Comparison`] compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compared {
    /// The reports of one organ about two consecutive years.
    Years,
    /// Nothing: reports that should have been compared and could not be; the notes say why.
    Unpaired,
    /// Reports of different organs about one year.
    Alike,
    /// A list of organs and the reports that were found.
    Roster,
}

/// How often each thing occurred in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reports judged.
    pub reports: usize,
    /// Pairs of reports, one year's and the next's, that were compared.
    pub pairs: usize,
    /// Findings at `error`, not counting rules on trial and what is waived.
    pub error: usize,
    /// Findings at `warning`.
    pub warning: usize,
    /// Findings at `info`.
    pub info: usize,
    /// Findings of rules on trial (`status: preview`), whatever their level.
    pub preview: usize,
    /// Findings that may stand.
    pub waived: usize,
    /// Findings that the baseline has.
    pub known: usize,
    /// What the baseline has and was not found any more.
    pub gone: usize,
    /// Findings that were mended by changing files.
    pub fixed: usize,
    /// What could be neither confirmed nor refuted.
    pub unassessed: usize,
    /// Files passed over.
    pub skipped: usize,
    /// Inputs the job could not be done for.
    pub errors: usize,
}

/// How a run ended; the exit code follows from it, the same in every format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The job was done, and nothing was found that counts.
    Done,
    /// Something was found that counts.
    Found,
    /// The job could not be done, or not for every file.
    Failed,
}

impl Summary {
    /// How the run ended, if findings from `least` on count, and doubts only if asked for.
    pub fn verdict(&self, least: Option<Level>, unassessed: bool) -> Verdict {
        let found = match least {
            None => 0,
            Some(Level::Error) => self.error,
            Some(Level::Warning) => self.error + self.warning,
            Some(Level::Info) => self.error + self.warning + self.info,
        };
        match () {
            () if self.errors > 0 => Verdict::Failed,
            () if found > 0 || (unassessed && self.unassessed > 0) => Verdict::Found,
            () => Verdict::Done,
        }
    }

    /// Counts `entry`.
    pub fn add(&mut self, entry: &Entry) {
        match entry {
            Entry::Skipped { .. } => self.skipped += 1,
            Entry::Failed { .. } => self.errors += 1,
            Entry::Report(report) => {
                self.reports += usize::from(report.year.is_some());
                self.known += report.known;
                self.gone += report.gone.len();
                self.fixed += report.fixed.len();
                self.judged(&report.findings, &report.unassessed);
            }
            Entry::Compared(comparison) => {
                self.pairs += usize::from(comparison.kind == Compared::Years);
                self.known += comparison.known;
                self.judged(&comparison.findings, &comparison.unassessed);
            }
        }
    }

    fn judged(&mut self, findings: &[Finding], unassessed: &[Unassessed]) {
        self.unassessed += unassessed.len();
        for finding in findings {
            match finding.level {
                _ if finding.waived.is_some() => self.waived += 1,
                _ if finding.preview => self.preview += 1,
                Level::Error => self.error += 1,
                Level::Warning => self.warning += 1,
                Level::Info => self.info += 1,
            }
        }
    }
}
