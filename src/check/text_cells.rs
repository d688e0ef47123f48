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
    any: Vec<Sum>,
}

/// Lines of a form, added or (if true) taken away.
type Sum = Vec<(usize, bool)>;

/// The lines of a form that a sum's lines cross; any of these sums may be meant.
#[derive(Debug)]
enum Across {
    /// Columns: the sum is of rows.
    Columns(Vec<Sum>),
    /// Rows: the sum is of columns.
    Rows(Vec<Sum>),
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
        let mut sums = |key, lines: &[Line]| {
            let sums = fields.get(key)?.items().iter().filter_map(|node| sum(node, lines, faults));
            Some(sums.collect::<Vec<Sum>>()).filter(|sums| !sums.is_empty())
        };
        let columns = sums("column", &form.columns);
        let rows = match form.is_single_row() {
            true => Some(vec![vec![(0, false)]]),
            false => sums("row", &form.rows),
        };
        let cumulative = fields.get("cumulative");
        let cumulative =
            cumulative.and_then(|node| table::lines(node, &form.columns, faults).first().copied());
        let any = fields.need("any", faults);
        fields.finish(faults);
        let across = match (columns, rows) {
            (Some(columns), None) => Across::Columns(columns),
            (None, Some(rows)) => Across::Rows(rows),
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
            Across::Columns(_) => &form.rows,
            Across::Rows(_) => &form.columns,
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
            let all_years;
            let (crossed, sums) = match (side, self.cumulative, &self.across) {
                (Side::Year, _, Across::Columns(sums)) => (false, sums),
                (Side::Year, _, Across::Rows(sums)) => (true, sums),
                (Side::Cumulative, None, _) => continue,
                (Side::Cumulative, Some(column), _) => {
                    all_years = vec![vec![(column, false)]];
                    (false, &all_years)
                }
            };
            for (sum, across) in self.any.iter().flat_map(|sum| sums.iter().map(move |a| (sum, a)))
            {
                let (rows, columns) = if crossed { (across, sum) } else { (sum, across) };
                match self.added(context, table, (rows, columns)) {
                    Ok(held) => out.push(held),
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
        let (Across::Columns(across) | Across::Rows(across)) = &self.across;
        self.any.len() * across.len()
    }

    /// The sum of the cells where `rows` and `columns` meet.
    fn added(
        &self,
        context: &Context<'_>,
        table: &TableFact,
        (rows, columns): (&Sum, &Sum),
    ) -> Result<Held, Reason> {
        let mut held =
            Held { value: Decimal::ZERO, formula: String::new(), cells: Vec::new(), doubt: None };
        let cells = rows.iter().flat_map(|row| columns.iter().map(move |column| (row, column)));
        for (i, ((row, minus), (column, less))) in cells.enumerate() {
            let negative = minus != less;
            let figure: Figure<'_> = table::figure(table, *row, *column)?;
            let name = match (rows.len(), columns.len()) {
                (_, 1) if matches!(self.across, Across::Columns(_)) => self.row(*row).to_owned(),
                (1, _) if matches!(self.across, Across::Rows(_)) => self.column(*column).to_owned(),
                _ => format!("{} › {}", self.row(*row), self.column(*column)),
            };
            let told = figure.told();
            let value = told.unwrap_or_default();
            if told.is_none() {
                let reason = match figure.written() {
                    Written::Other(_) => Reason::NotANumber(name.clone()),
                    Written::Blank | Written::Number(_) => Reason::Blank(name.clone()),
                };
                held.doubt = held.doubt.or_else(|| Some((reason, figure.place(context))));
            }
            held.value += if negative { -value } else { value };
            let sign = match (i, negative) {
                (0, _) => "",
                (_, false) => " + ",
                (_, true) => " − ",
            };
            let _ = write!(held.formula, "{sign}{}", value.normalize());
            held.cells.push((name, value, figure.seen(context)));
        }
        if held.cells.len() > 1 {
            let _ = write!(held.formula, " = {}", held.value.normalize());
        }
        Ok(held)
    }

    fn row(&self, row: usize) -> &str {
        self.form.rows.get(row).map_or("", |line| &line.name)
    }

    fn column(&self, column: usize) -> &str {
        self.form.columns.get(column).map_or("", |line| &line.name)
    }
}

/// A sum of names, as the lines of the form.
fn sum(node: &Node, lines: &[Line], faults: &mut Faults) -> Option<Sum> {
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
