//! `table-blank`: tables that are there and not filled in.
//!
//! ```yaml
//! check:
//!   table-blank:
//!     tables: [申请办理, 复议诉讼]     # every one of them that is there is wholly blank
//! ```

use super::{Context, Hit, Kind, Mark, Outcome, Slot, table};
use crate::facts::TableFact;
use crate::profile::{Form, Profile};
use crate::yaml::{Faults, Fields, Node};
use std::sync::Arc;

/// The check `table-blank`.
#[derive(Debug)]
pub struct TableBlank {
    forms: Vec<Arc<Form>>,
}

impl Kind for TableBlank {
    const NAME: &'static str = "table-blank";
    const CASES: &'static [&'static str] = &["blank"];
    const SLOTS: &'static [&'static str] = &["tables"];
    const ROLES: &'static [&'static str] = &["same"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let forms = fields.need("tables", faults).map(|node| forms(node, profile, faults));
        fields.finish(faults);
        Some(Self { forms: forms? })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let mut tables: Vec<&TableFact> =
            self.forms.iter().flat_map(|form| context.tables(form)).map(|(_, table)| table).collect();
        tables.sort_by_key(|table| table.at);
        // A table of which no row was laid out says nothing about its cells.
        let blank = |table: &&TableFact| !table.rows.is_empty() && table.is_blank();
        // A figure in any table, of whatever form, shows that the report was filled in.
        let filled = context.facts.tables.iter().any(|table| table.form.is_some() && !table.is_blank());
        if filled || tables.is_empty() || !tables.iter().all(blank) {
            return;
        }
        out.hits.push(together("blank", &tables));
    }
}

/// One hit for `tables`, of which there is one at least: it stands at the first, the others are marked.
pub(super) fn together(case: &'static str, tables: &[&TableFact]) -> Hit {
    let titles = tables.iter().filter_map(|table| table.title()).map(str::to_owned).collect();
    let hit = Hit::new(case, tables[0].at).with("tables", Slot::Titles(titles));
    tables[1..].iter().fold(hit, |hit, table| {
        hit.mark(Mark::new("same", table.at).with("name", table.title().unwrap_or_default()))
    })
}

/// The forms called by `node`, a list of names.
pub(super) fn forms(node: &Node, profile: &Profile, faults: &mut Faults) -> Vec<Arc<Form>> {
    node.items().iter().filter_map(|item| table::form(item, profile, faults)).collect()
}
