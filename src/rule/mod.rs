//! Layer 4: YAML → packs and rules; which are in force for a report; what their hits say.

mod absorb;
mod change;
mod contradiction;
mod decode;
mod example;
mod files;
mod folder;
mod info;
mod library;
mod manifest;
mod merge;
mod message;
mod pack;
mod profile;
mod run;

pub use change::{Change, Effect};
pub use contradiction::contradictions;
pub use example::Example;
pub use files::{PackFault, PackFile, builtin, from_path};
pub use info::{ChangeInfo, PackInfo, RuleInfo, about, infos};
pub(crate) use library::examples;
pub use library::{InForce, KeysRead, Library};
pub use message::{join, reason};
pub use pack::{Clause, Document, Pack, Years};
pub use run::{Judged, judge};

use crate::check::Check;
use crate::facts::Body;
use crate::finding::{Level, Words};
use message::Template;
use std::collections::BTreeMap;

/// One requirement: what it is, why, how it is judged, and what it says. Made from one file.
#[derive(Debug)]
pub struct Rule {
    /// Its id, the stem of its file.
    pub id: String,
    /// The group its file stands in: what matters first within a level.
    pub group: Group,
    /// How grave its hits are.
    pub levels: Levels,
    /// Whether it is still on trial: reported, never failing the gate.
    pub preview: bool,
    /// Which reports it is for.
    pub when: When,
    /// Its name in lists.
    pub title: Words,
    /// Why it is a rule; never empty.
    pub basis: Vec<Cited>,
    /// How it is judged.
    pub check: Check,
    /// What it says of a hit, by case.
    pub message: ByCase,
    /// What to do, by case.
    pub help: Option<ByCase>,
    /// Words for related places, by role.
    pub labels: BTreeMap<String, [Template; 2]>,
    /// Words for the keys a slot may hold.
    pub words: BTreeMap<String, Words>,
    /// The pack and path of its file.
    pub file: String,
}

/// The folder of a rule within its pack: the order of findings within a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Figures that contradict each other.
    Figures,
    /// Content the law asks for.
    Content,
    /// Periods and deadlines.
    Dates,
    /// Official forms, headings, contact.
    Form,
    /// Wording.
    Style,
}

impl Group {
    /// The names of the folders.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("figures", Self::Figures),
        ("content", Self::Content),
        ("dates", Self::Dates),
        ("form", Self::Form),
        ("style", Self::Style),
    ];

    /// The group whose folder is called `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.into_iter().find(|(known, _)| *known == word).map(|(_, group)| group)
    }

    /// The name of its folder.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// The level of a rule's hits: one for all, or by case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Levels {
    /// One level for every case.
    All(Level),
    /// A level for each case; a case that is not named is not reported.
    ByCase(BTreeMap<String, Level>),
}

impl Levels {
    /// The level of hits of `case`; `None` if they are not reported.
    pub fn of(&self, case: &str) -> Option<Level> {
        match self {
            Self::All(level) => Some(*level),
            Self::ByCase(levels) => levels.get(case).copied(),
        }
    }

    /// Whether some case has `level`.
    pub fn has(&self, level: Level) -> bool {
        match self {
            Self::All(own) => *own == level,
            Self::ByCase(levels) => levels.values().any(|own| *own == level),
        }
    }

    /// As rule files write it: `error`, or `over: error, under: warning`.
    pub fn words(&self) -> String {
        match self {
            Self::All(level) => level.word().to_owned(),
            Self::ByCase(levels) => {
                let one = |(case, level): (&String, &Level)| format!("{case}: {}", level.word());
                levels.iter().map(one).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// The gravest level.
    pub fn gravest(&self) -> Level {
        match self {
            Self::All(level) => *level,
            Self::ByCase(levels) => levels.values().min().copied().unwrap_or(Level::Info),
        }
    }
}

/// Which reports a rule is for, within its pack's years.
#[derive(Clone, Debug, Default)]
pub struct When {
    /// Only these years.
    pub years: Option<Years>,
    /// Only these kinds of body; all if empty. A body that could not be told is none of them.
    pub bodies: Vec<Body>,
    /// Not these kinds of body.
    pub other_bodies: Vec<Body>,
}

impl When {
    /// Whether the rule is for a report of `body` about `year`.
    pub fn holds(&self, year: i16, body: Option<Body>) -> bool {
        self.years.is_none_or(|years| years.contains(year))
            && (self.bodies.is_empty() || body.is_some_and(|body| self.bodies.contains(&body)))
            && !body.is_some_and(|body| self.other_bodies.contains(&body))
    }
}

/// A clause that a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The full name of the document and the clause.
    pub cite: String,
    /// The report years the document binds, if not every year.
    pub years: Option<Years>,
    /// The clause's words.
    pub quote: Option<String>,
}

/// A wording for each case, Chinese and English.
#[derive(Clone, Debug)]
pub enum ByCase {
    /// One wording for every case.
    All([Template; 2]),
    /// A wording for each case.
    Each(BTreeMap<String, [Template; 2]>),
}

impl ByCase {
    /// The wording for `case`.
    pub fn of(&self, case: &str) -> Option<&[Template; 2]> {
        match self {
            Self::All(templates) => Some(templates),
            Self::Each(cases) => cases.get(case),
        }
    }
}
