//! The cells of the tables that hold a quantity of the running text.

use super::table::{self, Figure};
use super::{Context, Mark, Reason};
use crate::document::Placed;
use crate::equation::Equation;
use crate::facts::{TableFact, Written};
use crate::profile::{Form, Line, Profile};
use crate::yaml::{Faults, Fields, Node, unknown};
use rust_decimal::Decimal;
use std::fmt::Write as _;
use std::sync::Arc;

/// The cells of one form that hold a quantity.
#[derive(Debug)]
pub(super) struct Cells {
    form: Arc<Form>,
    /// Where the sums' lines meet the year's figures.
    across: Across,
    /// The column of all years together.
    cumulative: Option<usize>,
    /// Sums of lines, any of which may be meant.
    any: Vec<Vec<(usize, bool)>>,
}

/// The line of a form that a sum's lines cross.
#[derive(Clone, Copy, Debug)]
enum Across {
    /// This column: the sum is of rows.
    Column(usize),
    /// This row: the sum is of columns.
    Row(usize),
}

/// Whether the year's figures are asked for or those of all years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Year,
    Cumulative,
}

/// What a table holds of a quantity.
#[derive(Debug)]
pub(super) struct Held {
    /// The sum of the cells.
    pub(super) value: Decimal,
    /// The sum as it is added up: `272 + 3 = 275`.
    pub(super) formula: String,
    /// The cells.
    pub(super) cells: Vec<(String, Decimal, Placed)>,
    /// Why the sum is not certain: one of its cells holds no number and was taken for 0.
    pub(super) doubt: Option<(Reason, Placed)>,
}

impl Held {
    /// Marks on the cells, or only on those above 0.
    pub(super) fn marks(&self, above_zero: bool) -> impl Iterator<Item = Mark> + '_ {
        let shown = self.cells.iter().filter(move |(_, value, _)| !above_zero || !value.is_zero());
        shown.map(|(name, value, at)| {
            Mark::new("cell", at.clone()).with("name", name.as_str()).with("value", *value)
        })
    }
}

impl Cells {
    /// Reads `{form: {column, cumulative, any}, …}`.
    pub(super) fn list(node: &Node, profile: &Profile, faults: &mut Faults) -> Vec<Self> {
        let entries = node.want_entries(faults).iter();
        entries
            .filter_map(|(key, node)| {
                let Some(form) = profile.form(&key.text).map(Arc::clone) else {
                    let known: Vec<_> =
                        profile.forms.iter().map(|form| form.name.as_str()).collect();
                    unknown(&key.at, &key.text, &known, faults);
                    return None;
                };
                Self::decode(form, node, faults)
            })
            .collect()
    }

    fn decode(form: Arc<Form>, node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let mut line =
            |key, lines: &[Line]| table::lines(fields.get(key)?, lines, faults).first().copied();
        let column = line("column", &form.columns);
        let row = if form.is_single_row() { Some(0) } else { line("row", &form.rows) };
        let cumulative = line("cumulative", &form.columns);
        let any = fields.need("any", faults);
        fields.finish(faults);
        let across = match (column, row) {
            (Some(column), None) => Across::Column(column),
            (None, Some(row)) => Across::Row(row),
            (None, None) | (Some(_), Some(_)) => {
                let (zh, en) = (
                    "“column”和“row”写且只写一个；只有一行数的表两个都不写",
                    "give either “column” or “row”; neither for a form of one row",
                );
                faults.push(&node.at, zh, en);
                return None;
            }
        };
        let names = match across {
            Across::Column(_) => &form.rows,
            Across::Row(_) => &form.columns,
        };
        let sums = any?.items().iter();
        let any = sums.filter_map(|node| sum(node, names, faults)).collect();
        Some(Self { across, cumulative, any, form: Arc::clone(&form) })
    }

    /// What the report's tables of this form hold, one entry for each table and reading. A sum that
    /// cannot be told is left out, and named in `doubts`.
    pub(super) fn held(
        &self,
        context: &Context<'_>,
        side: Side,
        doubts: &mut Vec<(Reason, Placed)>,
    ) -> Vec<Held> {
        let mut out = Vec::new();
        for (_, table) in context.tables(&self.form) {
            if table.is_blank() {
                continue;
            }
            for sum in &self.any {
                match self.added(context, table, sum, side) {
                    Ok(held) => out.extend(held),
                    Err(reason) => doubts.push((reason, table.at.into())),
                }
            }
        }
        out
    }

    /// Whether the form has a column for all years together.
    pub(super) fn is_cumulative(&self) -> bool {
        self.cumulative.is_some()
    }

    /// How many sums may be meant.
    pub(super) fn readings(&self) -> usize {
        self.any.len()
    }

    fn added(
        &self,
        context: &Context<'_>,
        table: &TableFact,
        sum: &[(usize, bool)],
        side: Side,
    ) -> Result<Option<Held>, Reason> {
        let across = match (side, self.cumulative) {
            (Side::Year, _) => self.across,
            (Side::Cumulative, Some(column)) => Across::Column(column),
            (Side::Cumulative, None) => return Ok(None),
        };
        let mut held =
            Held { value: Decimal::ZERO, formula: String::new(), cells: Vec::new(), doubt: None };
        for (i, (line, negative)) in sum.iter().enumerate() {
            let (row, column) = match across {
                Across::Column(column) => (*line, column),
                Across::Row(row) => (row, *line),
            };
            let figure: Figure<'_> = table::figure(table, row, column)?;
            let name = self.name(*line);
            let told = figure.told();
            let value = told.unwrap_or_default();
            if told.is_none() {
                let reason = match figure.written() {
                    Written::Other(_) => Reason::NotANumber(name.to_owned()),
                    Written::Blank | Written::Number(_) => Reason::Blank(name.to_owned()),
                };
                held.doubt = held.doubt.or_else(|| Some((reason, figure.place(context))));
            }
            held.value += if *negative { -value } else { value };
            let sign = match (i, negative) {
                (0, _) => "",
                (_, false) => " + ",
                (_, true) => " − ",
            };
            let _ = write!(held.formula, "{sign}{}", value.normalize());
            held.cells.push((name.to_owned(), value, figure.seen(context)));
        }
        if sum.len() > 1 {
            let _ = write!(held.formula, " = {}", held.value.normalize());
        }
        Ok(Some(held))
    }

    fn name(&self, line: usize) -> &str {
        let names = match self.across {
            Across::Column(_) => &self.form.rows,
            Across::Row(_) => &self.form.columns,
        };
        names.get(line).map_or("", |line| &line.name)
    }
}

/// A sum of names, as the lines of the form.
fn sum(node: &Node, lines: &[Line], faults: &mut Faults) -> Option<Vec<(usize, bool)>> {
    let text = node.want_text(faults)?;
    let terms = match Equation::sum(&text) {
        Ok(terms) => terms,
        Err(error) => {
            let at = node.at.start + error.start..node.at.start + error.end;
            faults.push(&at, "这里应为行名或列名之和", "a sum of names is wanted here");
            return None;
        }
    };
    let known: Vec<&str> =
        lines.iter().filter(|l| !l.group).map(|line| line.name.as_str()).collect();
    let mut found = Vec::new();
    for term in &terms {
        match lines.iter().position(|line| line.name == term.name && !line.group) {
            Some(line) => found.push((line, term.negative)),
            None => {
                let at = node.at.start + term.start..node.at.start + term.end;
                unknown(&at, &term.name, &known, faults);
            }
        }
    }
    (found.len() == terms.len()).then_some(found)
}
