//! What a check returns: hits, and what it could not judge.

use crate::document::Placed;
use crate::profile::FormId;
use crate::text::FoldedSpan;
use rust_decimal::Decimal;

/// Everything one check found in one report.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is broken.
    pub hits: Vec<Hit>,
    /// What can be neither confirmed nor refuted.
    pub doubts: Vec<Doubt>,
}

/// One broken requirement.
#[derive(Debug)]
pub struct Hit {
    /// Which of the check's cases.
    pub case: &'static str,
    /// The place the finding stands at.
    pub at: Placed,
    /// Values for the message.
    pub slots: Slots,
    /// Further places.
    pub marks: Vec<Mark>,
    /// The equation behind it, if it is one: hits of one cause are merged by it.
    pub broken: Option<Broken>,
    /// What the running text states, if that is what contradicts a table.
    pub stated: Option<Decimal>,
    /// Places where other rules may find what follows from this alone, such as the share of a
    /// figure that is contradicted: their hits there are no findings of their own.
    pub explains: Vec<FoldedSpan>,
    /// What would mend it.
    pub fix: Option<Suggestion>,
}

/// A change of the text that would mend a hit.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The places to replace and by what, none overlapping another.
    pub edits: Vec<(Placed, String)>,
    /// Whether it may be applied without a person's look.
    pub certain: bool,
}

impl Hit {
    /// A hit of `case` at `at`, without values or further places.
    pub fn new(case: &'static str, at: impl Into<Placed>) -> Self {
        Self {
            case,
            at: at.into(),
            slots: Slots::default(),
            marks: Vec::new(),
            broken: None,
            stated: None,
            explains: Vec::new(),
            fix: None,
        }
    }

    /// With the value `slot` called `name`.
    pub fn with(mut self, name: &'static str, slot: impl Into<Slot>) -> Self {
        self.slots.0.push((name, slot.into()));
        self
    }

    /// With a further place.
    pub fn mark(mut self, mark: Mark) -> Self {
        self.marks.push(mark);
        self
    }

    /// With a replacement for the text at `at` that a person must look at.
    pub fn suggest(mut self, at: FoldedSpan, replacement: impl Into<String>) -> Self {
        self.fix =
            Some(Suggestion { edits: vec![(at.into(), replacement.into())], certain: false });
        self
    }
}

/// A further place of a hit.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What it is to the hit; the rule's `labels:` gives the words.
    pub role: &'static str,
    /// Where.
    pub at: Placed,
    /// Values for the words.
    pub slots: Slots,
}

impl Mark {
    /// A mark in the given role.
    pub fn new(role: &'static str, at: impl Into<Placed>) -> Self {
        Self { role, at: at.into(), slots: Slots::default() }
    }

    /// With the value `slot` called `name`.
    pub fn with(mut self, name: &'static str, slot: impl Into<Slot>) -> Self {
        self.slots.0.push((name, slot.into()));
        self
    }
}

/// Named values for a message.
#[derive(Clone, Debug, Default)]
pub struct Slots(pub Vec<(&'static str, Slot)>);

impl Slots {
    /// The value called `name`.
    pub fn get(&self, name: &str) -> Option<&Slot> {
        self.0.iter().find(|(slot, _)| *slot == name).map(|(_, value)| value)
    }
}

/// A value for a message.
#[derive(Clone, Debug)]
pub enum Slot {
    /// Text of the report, a name of the profile, or a number.
    Text(String),
    /// A day, a month or a year as ISO 8601 writes it; shown as the language writes dates.
    Day(String),
    /// Keys that the rule's `words:` translates, joined as a list.
    Keys(Vec<String>),
    /// Titles, each in quotation marks: they may hold the mark that joins a list.
    Titles(Vec<String>),
}

impl From<&str> for Slot {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Slot {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Decimal> for Slot {
    fn from(number: Decimal) -> Self {
        Self::Text(number.normalize().to_string())
    }
}

impl From<u32> for Slot {
    fn from(number: u32) -> Self {
        Self::Text(number.to_string())
    }
}

impl From<i16> for Slot {
    fn from(number: i16) -> Self {
        Self::Text(number.to_string())
    }
}

/// A cell of one of the report's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellRef {
    /// Index into the report's tables.
    pub table: usize,
    /// Row of the form.
    pub row: usize,
    /// Column of the form.
    pub column: usize,
}

/// An equation that does not hold, as the merging of hits sees it.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The form it was found in.
    pub form: FormId,
    /// Its cells with their values; `true` where a figure counts on the right side or is
    /// subtracted on the left.
    pub cells: Vec<(CellRef, Decimal, bool)>,
    /// Left minus right.
    pub gap: Decimal,
    /// Whether it is an equality; only equalities tell by how much a cell is wrong.
    pub exact: bool,
}

/// Something that could not be judged.
#[derive(Debug)]
pub struct Doubt {
    /// Why.
    pub reason: Reason,
    /// Where.
    pub at: Placed,
}

/// Why something could not be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The named figure is blank.
    Blank(String),
    /// The named figure is something other than a number (`/`, `无`, words).
    NotANumber(String),
    /// The figures of the named row cannot be told apart by column: blank cells were lost.
    Unaligned(String),
    /// The named row or column of the form was not found in the table.
    NotFound(String),
    /// The named table was not recognised.
    NoTable(String),
    /// The kind of body could not be told.
    NoBody,
    /// The date is not complete.
    PartialDate,
}

impl Reason {
    /// A fixed word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Blank(_) => "blank",
            Self::NotANumber(_) => "not-a-number",
            Self::Unaligned(_) => "unaligned",
            Self::NotFound(_) => "not-found",
            Self::NoTable(_) => "no-table",
            Self::NoBody => "no-body",
            Self::PartialDate => "partial-date",
        }
    }
}
