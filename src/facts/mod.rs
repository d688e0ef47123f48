//! Layer 2: a document seen through a profile: who reports, about which year, with which
//! sections, tables and figures. Facts are found once and every rule reads them.

mod body;
mod contact;
mod figures;
mod identity;
mod issued;
mod lists;
mod organ;
mod period;
mod phone;
#[cfg(test)]
mod sample;
mod scan;
mod sections;
mod span_of_days;
mod tables;
mod title;

pub use contact::{Contact, Contacts, contact};
pub use figures::{Figure, Scope, figures};
pub use identity::{Body, Identity, identity};
pub use issued::{Issued, issued};
pub use lists::{List, Opening, Part, lists};
pub use period::{Damage, Period, period};
pub use sections::{Section, sections};
pub use tables::{ColumnFact, RowFact, TableCell, TableFact, Written, tables};

use crate::document::Document;
use crate::profile::{Profile, Vocabulary};
use crate::text::FoldedSpan;

/// Something read in the text, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub at: FoldedSpan,
}

/// All facts of one report.
#[derive(Debug)]
pub struct Facts<'d> {
    /// The document they were read in.
    pub document: &'d Document,
    /// Title, organ, kind of body and year.
    pub identity: Identity,
    /// The statistics period (统计期限), even if damaged.
    pub period: Option<Period>,
    /// How to reach the office.
    pub contact: Contacts,
    /// The date under the report (落款), even if incomplete.
    pub issued: Option<Issued>,
    /// All headings, named where the profile knows them.
    pub sections: Vec<Section>,
    /// All tables as grids, named where a form was recognised.
    pub tables: Vec<TableFact>,
    /// The figures of the running text, in order.
    pub figures: Vec<Figure>,
    /// Lists of such figures.
    pub lists: Vec<List>,
}

impl Facts<'_> {
    /// The first section that the profile calls `name`.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name.as_deref() == Some(name))
    }
}

/// Sees `document` through `profile`: `identity` was found before, since it chooses the packs.
pub fn gather<'d>(
    document: &'d Document,
    identity: Identity,
    profile: &Profile,
    vocabulary: &Vocabulary,
) -> Facts<'d> {
    let figures = figures(document, identity.year.as_ref().map(|year| year.value));
    Facts {
        document,
        lists: lists(document, &figures),
        period: period(document, &identity),
        contact: contact(document),
        issued: issued(document),
        sections: sections(document, profile),
        tables: tables(document, vocabulary, profile),
        figures,
        identity,
    }
}
