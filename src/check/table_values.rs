//! `table-values`: what kind of number the cells of a table may hold.
//!
//! ```yaml
//! check:
//!   table-values:
//!     table: 申请办理          # or a list of tables, then without `rows`, `columns`, `except`
//!     kind: count          # whole and not negative; `amount`: not negative; `zero`: nothing but 0
//!     rows: [专项经费]      # all if left out
//!     except: [费用]        # rows that are left alone
//! ```

use super::table_blank::forms;
use super::{Context, Hit, Kind, Mark, Outcome, Reason, table};
use crate::facts::{TableFact, Written};
use crate::profile::{Form, Profile};
use crate::yaml::{Faults, Fields, Node};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The check `table-values`.
#[derive(Debug)]
pub struct TableValues {
    forms: Vec<Arc<Form>>,
    wanted: Wanted,
    rows: Vec<usize>,
    columns: Vec<usize>,
    except: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Count,
    Amount,
    Zero,
}

impl Wanted {
    /// The case that `value` breaks.
    fn fault(self, value: Decimal) -> Option<&'static str> {
        match self {
            _ if value.is_sign_negative() && !value.is_zero() => Some("negative"),
            Self::Count if !value.fract().is_zero() => Some("fraction"),
            Self::Zero if !value.is_zero() => Some("nonzero"),
            Self::Count | Self::Amount | Self::Zero => None,
        }
    }
}

impl Kind for TableValues {
    const NAME: &'static str = "table-values";
    const CASES: &'static [&'static str] = &["negative", "fraction", "nonzero"];
    const SLOTS: &'static [&'static str] = &["table", "row", "column", "value"];
    const ROLES: &'static [&'static str] = &["same"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let forms = fields.need("table", faults).map(|node| forms(node, profile, faults));
        let wanted = fields.need("kind", faults).and_then(|node| wanted(node, faults));
        let (rows, columns, except) = (fields.get("rows"), fields.get("columns"), fields.get("except"));
        fields.finish(faults);
        let forms = forms?;
        let form = forms.first()?;
        let mut lines = |node: Option<&Node>, lines| {
            node.map(|node| table::lines(node, lines, faults)).unwrap_or_default()
        };
        let (rows, except) = (lines(rows, &form.rows), lines(except, &form.rows));
        let columns = lines(columns, &form.columns);
        Some(Self { forms, wanted: wanted?, rows, columns, except })
    }

    /// One hit for each case and table, the further cells as marks.
    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        for form in &self.forms {
            for (_, found) in context.tables(form) {
                let mut hits: Vec<Hit> = Vec::new();
                self.judge(context, form, found, &mut hits, out);
                out.hits.append(&mut hits);
            }
        }
    }
}

impl TableValues {
    fn judge(
        &self,
        context: &Context<'_>,
        form: &Form,
        found: &TableFact,
        hits: &mut Vec<Hit>,
        out: &mut Outcome,
    ) {
        for row in &found.rows {
            let Some(line) = row.line else { continue };
            if self.except.contains(&line) || !(self.rows.is_empty() || self.rows.contains(&line)) {
                continue;
            }
            for cell in &row.cells {
                let column = found.columns.get(cell.column).filter(|_| row.aligned);
                let wanted = |line: usize| self.columns.is_empty() || self.columns.contains(&line);
                if !column.and_then(|column| column.line).is_none_or(wanted) {
                    continue;
                }
                if let Written::Other(text) = &cell.written
                    && !PLACEHOLDERS.contains(&text.as_str())
                {
                    let name = form.rows[line].name.clone();
                    out.doubt(Reason::NotANumber(name), found.place(context.facts.document, row, cell));
                }
                let value = cell.written.number();
                let Some((value, case)) = value.and_then(|v| Some((v, self.wanted.fault(v)?))) else { continue };
                let at = found.place(context.facts.document, row, cell);
                if let Some(hit) = hits.iter_mut().find(|hit| hit.case == case) {
                    hit.marks.push(Mark::new("same", at).with("value", value));
                    continue;
                }
                hits.push(
                    Hit::new(case, at)
                        .with("table", form.name.as_str())
                        .with("row", form.rows[line].name.as_str())
                        .with("column", column.map_or("", |column| column.label.as_str()))
                        .with("value", value),
                );
            }
        }
    }
}

/// What offices write where there is nothing to count; equations say what they make of it.
const PLACEHOLDERS: &[&str] = &["/", "-", "--", "—", "——", "无", "不涉及", "不适用"];

fn wanted(node: &Node, faults: &mut Faults) -> Option<Wanted> {
    match node.text() {
        Some("count") => Some(Wanted::Count),
        Some("amount") => Some(Wanted::Amount),
        Some("zero") => Some(Wanted::Zero),
        _ => {
            let (zh, en) = ("“kind” 应为 count、amount 或 zero", "“kind” is count, amount or zero");
            faults.push(&node.at, zh, en);
            None
        }
    }
}
