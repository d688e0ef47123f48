//! `table-form`: a table filled in on the form of another year.
//!
//! ```yaml
//! check:
//!   table-form:
//!     tables: [申请办理, 主动公开-第一项]
//! ```

use super::table_blank::{forms, together};
use super::{Context, Kind, Outcome, Slot};
use crate::facts::TableFact;
use crate::profile::{Form, Profile};
use crate::yaml::{Faults, Fields, Node};
use std::sync::Arc;

/// The check `table-form`.
#[derive(Debug)]
pub struct TableForm {
    forms: Vec<Arc<Form>>,
}

impl Kind for TableForm {
    const NAME: &'static str = "table-form";
    const CASES: &'static [&'static str] = &["other-year"];
    const SLOTS: &'static [&'static str] = &["tables", "form"];
    const ROLES: &'static [&'static str] = &["same"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let forms = fields.need("tables", faults).map(|node| forms(node, profile, faults));
        fields.finish(faults);
        Some(Self { forms: forms? })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let other = |table: &&TableFact| {
            let Some(found) = &table.form else { return false };
            self.forms.iter().any(|form| form.name == found.name && form.id != found.id)
        };
        let tables: Vec<&TableFact> = context.facts.tables.iter().filter(other).collect();
        let Some(first) = tables.first() else { return };
        let form = first.form.iter().map(|form| form.id.pack.clone()).collect();
        out.hits.push(together("other-year", &tables).with("form", Slot::Keys(form)));
    }
}
