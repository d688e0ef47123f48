//! Layer 3: the kinds of check. A check finds places, values and the *case* of each hit; levels,
//! words and law are the rule's. One file is one kind; [`Check`] is the list.

mod clause;
mod compare;
mod lexicon;
mod misspelt;
mod needed;
mod ordinal;
mod outcome;
mod pattern;
mod pattern_words;
mod prose;
mod quantity;
mod shares;
mod sketch;
mod statement;
mod table;
mod text_cells;

pub use compare::{Kept, Pair, Side};
pub use outcome::{Broken, CellRef, Doubt, Hit, Mark, Outcome, Reason, Slot, Slots, Suggestion};
pub use pattern::Pattern;
pub use roster::Roster;
pub use same_text::{SameText, Shared};
pub use sketch::Sketch;
pub(crate) use table::line;

use crate::facts::{Body, Facts};
use crate::profile::{FormId, Profile};
use crate::yaml::{Faults, Fields, Node, unknown};

/// What a check sees of one report.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What was read.
    pub facts: &'a Facts<'a>,
    /// The report year.
    pub year: i16,
    /// The kind of body that reports, if it could be told.
    pub body: Option<Body>,
    /// The names of the pack the rule is in force by.
    pub profile: &'a Profile,
    /// The forms this rule may judge: those of its own pack, as far as they were found.
    pub forms: &'a [FormId],
    /// Today's date, for deadlines.
    pub as_of: jiff::civil::Date,
}

/// A kind of check: how it is written in YAML, and what it does.
trait Kind: Sized {
    /// Its key under `check:`.
    const NAME: &'static str;
    /// The cases its hits can be; each may have its own level and message.
    const CASES: &'static [&'static str];
    /// The placeholders its messages may use.
    const SLOTS: &'static [&'static str];
    /// The roles its related places may have; `labels:` gives each its words.
    const ROLES: &'static [&'static str];

    /// Reads its options; every fault is noted with its place.
    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self>;

    /// Judges one report. A kind that compares reports has nothing to say of one.
    fn run(&self, _: &Context<'_>, _: &mut Outcome) {}

    /// What it keeps of one report to compare it with others.
    fn keep(&self, _: &Context<'_>) -> Option<Kept> {
        None
    }

    /// Whether what was kept of last year's report and of this one is reason to look at both.
    fn suspects(&self, _before: &Kept, _now: &Kept) -> bool {
        false
    }

    /// Judges a report together with last year's.
    fn compare(&self, _: &Pair<'_>, _: &mut Outcome) {}
}

macro_rules! kinds {
    ($($module:ident :: $kind:ident),* $(,)?) => {
        $(mod $module;)*

        /// One check of one rule: a kind with its options.
        #[derive(Debug)]
        pub enum Check {
            $(#[doc = concat!("See `check/", stringify!($module), ".rs`.")] $kind($module::$kind),)*
        }

        impl Check {
            /// The names of all kinds.
            pub const NAMES: &'static [&'static str] = &[$($module::$kind::NAME),*];

            fn of_kind(name: &str, node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Option<Self>> {
                match name {
                    $($module::$kind::NAME => Some($module::$kind::decode(node, profile, faults).map(Self::$kind)),)*
                    _ => None,
                }
            }

            /// The cases of its hits.
            pub fn cases(&self) -> &'static [&'static str] {
                match self { $(Self::$kind(_) => $module::$kind::CASES,)* }
            }

            /// The placeholders of its messages.
            pub fn slots(&self) -> &'static [&'static str] {
                match self { $(Self::$kind(_) => $module::$kind::SLOTS,)* }
            }

            /// The roles of its related places.
            pub fn roles(&self) -> &'static [&'static str] {
                match self { $(Self::$kind(_) => $module::$kind::ROLES,)* }
            }

            /// The cases, slots and roles of the kind called `name`.
            pub fn named(name: &str) -> Option<[&'static [&'static str]; 3]> {
                match name {
                    $($module::$kind::NAME => {
                        let kind = [$module::$kind::CASES, $module::$kind::SLOTS, $module::$kind::ROLES];
                        Some(kind)
                    })*
                    _ => None,
                }
            }

            /// Its key under `check:`.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$kind(_) => $module::$kind::NAME,)* }
            }

            /// Judges one report.
            pub fn run(&self, context: &Context<'_>, out: &mut Outcome) {
                match self { $(Self::$kind(check) => check.run(context, out),)* }
            }

            /// What it keeps of one report to compare it with others; most kinds keep nothing.
            pub fn keep(&self, context: &Context<'_>) -> Option<Kept> {
                match self { $(Self::$kind(check) => check.keep(context),)* }
            }

            /// Whether what was kept of last year's report and of this one is reason to look at both.
            pub fn suspects(&self, before: &Kept, now: &Kept) -> bool {
                match self { $(Self::$kind(check) => check.suspects(before, now),)* }
            }

            /// Judges a report together with last year's.
            pub fn compare(&self, pair: &Pair<'_>, out: &mut Outcome) {
                match self { $(Self::$kind(check) => check.compare(pair, out),)* }
            }
        }
    };
}

kinds! {
    brief::Brief,
    contact::Contact,
    contact_format::ContactFormat,
    content::Content,
    declared_parts::DeclaredParts,
    download::Download,
    enumeration::Enumeration,
    field::Field,
    growth::Growth,
    issue_date::IssueDate,
    item_numbers::ItemNumbers,
    keywords::Keywords,
    list_sum::ListSum,
    numbering::Numbering,
    percentage::Percentage,
    period::Period,
    phrase::Phrase,
    punctuation::Punctuation,
    residue::Residue,
    roster::Roster,
    same_text::SameText,
    sections::Sections,
    short_forms::ShortForms,
    stale_year::StaleYear,
    subjects::Subjects,
    table_blank::TableBlank,
    table_equation::TableEquation,
    table_form::TableForm,
    table_heads::TableHeads,
    table_implies::TableImplies,
    table_present::TablePresent,
    table_units::TableUnits,
    table_values::TableValues,
    terms::Terms,
    text_table::TextTable,
    title::Title,
    wording::Wording,
    year_contact::YearContact,
    year_equation::YearEquation,
}

impl Check {
    /// Reads `check:`, a mapping with one key: the kind.
    pub fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let fields = Fields::of(node, faults)?;
        drop(fields);
        let [(key, options)] = node.entries()? else {
            let (zh, en) =
                ("“check” 下应当只有一个键：检查的种类", "“check” takes one key: the kind");
            faults.push(&node.at, zh, en);
            return None;
        };
        Self::of_kind(&key.text, options, profile, faults).unwrap_or_else(|| {
            unknown(&key.at, &key.text, Self::NAMES, faults);
            None
        })
    }
}
