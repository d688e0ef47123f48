//! `table-units`: the unit printed in rows of a table.
//!
//! ```yaml
//! check:
//!   table-units:
//!     table: 公开情况附表
//!     rows: [行政复议数, 行政诉讼数]
//!     unit: 件
//! ```

use super::{Context, Hit, Kind, Mark, Outcome, table};
use crate::profile::{Form, Profile};
use crate::yaml::{Faults, Fields, Node};
use std::sync::Arc;

/// The check `table-units`.
#[derive(Debug)]
pub struct TableUnits {
    form: Arc<Form>,
    rows: Vec<usize>,
    unit: String,
}

impl Kind for TableUnits {
    const NAME: &'static str = "table-units";
    const CASES: &'static [&'static str] = &["other"];
    const SLOTS: &'static [&'static str] = &["table", "row", "unit", "expected"];
    const ROLES: &'static [&'static str] = &["same"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let form = fields.need("table", faults).and_then(|node| table::form(node, profile, faults));
        let rows = fields.need("rows", faults);
        let unit = fields.need("unit", faults).and_then(|node| node.want_text(faults));
        fields.finish(faults);
        let form = form?;
        Some(Self { rows: table::lines(rows?, &form.rows, faults), unit: unit?, form })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        for (_, found) in context.tables(&self.form) {
            let mut hit: Option<Hit> = None;
            for row in &found.rows {
                let wanted = row.line.is_some_and(|line| self.rows.contains(&line));
                let Some(at) = row.unit.filter(|at| wanted && document.text(*at) != self.unit) else {
                    continue;
                };
                hit = Some(match hit {
                    Some(hit) => hit.mark(Mark::new("same", at)),
                    None => Hit::new("other", at)
                        .with("table", self.form.name.as_str())
                        .with("row", found.row_name(document, row))
                        .with("unit", document.written(at).to_owned())
                        .with("expected", self.unit.as_str()),
                });
            }
            out.hits.extend(hit);
        }
    }
}
