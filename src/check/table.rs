//! What the kinds of check on tables share: finding a table by its name, figures by row and column.

use super::{Context, Doubt, Outcome, Reason};
use crate::document::Placed;
use crate::facts::{RowFact, TableCell, TableFact, Written};
use crate::profile::{Form, Line, Profile};
use crate::yaml::{Faults, Node, unknown};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The form called by `node`, or a fault with the nearest name.
pub(super) fn form(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Arc<Form>> {
    let name = node.want_text(faults)?;
    let found = profile.form(&name).map(Arc::clone);
    if found.is_none() {
        let known: Vec<_> = profile.forms.iter().map(|form| form.name.as_str()).collect();
        unknown(&node.at, &name, &known, faults);
    }
    found
}

/// The indices of the lines called by `node`, a list of names.
pub(super) fn lines(node: &Node, lines: &[Line], faults: &mut Faults) -> Vec<usize> {
    node.items().iter().filter_map(|item| line(item, lines, faults)).collect()
}

/// The index of the line called by `node`, or a fault with the nearest name.
pub(crate) fn line(node: &Node, lines: &[Line], faults: &mut Faults) -> Option<usize> {
    let name = node.want_text(faults)?;
    let found = lines.iter().position(|line| line.name == name);
    if found.is_none() {
        let known: Vec<_> = lines.iter().map(|line| line.name.as_str()).collect();
        unknown(&node.at, &name, &known, faults);
    }
    found
}

/// `column` or `row`: whether the names of a check are rows, judged in each column.
pub(super) fn each(node: &Node, faults: &mut Faults) -> Option<bool> {
    match node.text() {
        Some("column") => Some(true),
        Some("row") => Some(false),
        _ => {
            let (zh, en) = ("“each” 应为 column（逐列）或 row（逐行）", "“each” is column or row");
            faults.push(&node.at, zh, en);
            None
        }
    }
}

impl<'a> Context<'a> {
    /// The report's tables of the given form, as far as this rule may judge them.
    pub(super) fn tables(self, form: &Form) -> impl Iterator<Item = (usize, &'a TableFact)> {
        let judged = self.forms.contains(&form.id);
        let id = form.id.clone();
        let tables = self.facts.tables.iter().enumerate();
        tables.filter(move |(_, table)| judged && table.form.as_ref().is_some_and(|f| f.id == id))
    }
}

/// One figure, found by the names of its row and column.
#[derive(Clone, Copy)]
pub(super) struct Figure<'t> {
    table: &'t TableFact,
    row: &'t RowFact,
    cell: &'t TableCell,
}

/// The figure in the form's `row` and `column`.
pub(super) fn figure(table: &TableFact, row: usize, column: usize) -> Result<Figure<'_>, Reason> {
    let form = table.form.as_ref();
    let name = || form.and_then(|form| form.rows.get(row)).map_or("", |line| &line.name).to_owned();
    let Some(found) = table.row(row) else { return Err(Reason::NotFound(name())) };
    if !found.aligned {
        return Err(Reason::Unaligned(name()));
    }
    match table.cell(found, column) {
        Some(cell) => Ok(Figure { table, row: found, cell }),
        None => Err(Reason::NotFound(name())),
    }
}

impl<'t> Figure<'t> {
    /// What is written in the cell.
    pub(super) fn written(self) -> &'t Written {
        &self.cell.written
    }

    /// The number, 0 for what is blank.
    pub(super) fn number_or_zero(self) -> Decimal {
        self.cell.written.number().unwrap_or_default()
    }

    /// The number, as far as the table tells it: who writes no 0 anywhere leaves blank for it, and a
    /// total left blank is what the other columns make. `None` if that is not certain.
    pub(super) fn told(self) -> Option<Decimal> {
        let numbers = || self.table.rows.iter().flat_map(|row| &row.cells);
        let in_row = || self.row.cells.iter().filter_map(|cell| cell.written.number());
        match self.cell.written {
            Written::Number(number) => Some(number),
            Written::Other(_) => None,
            Written::Blank
                if numbers().any(|cell| cell.written == Written::Number(Decimal::ZERO)) =>
            {
                None
            }
            Written::Blank if self.is_total() => Some(in_row().sum()),
            Written::Blank => in_row().next().map(|_| Decimal::ZERO),
        }
    }

    fn is_total(self) -> bool {
        let form = self.table.form.as_ref();
        let line = self.table.columns.get(self.cell.column).and_then(|column| column.line);
        line.is_some() && line == form.and_then(|form| form.total)
    }

    /// Where it is to be seen: at the name of its row, if the cell is blank.
    pub(super) fn seen(self, context: &Context<'_>) -> Placed {
        let place = self.place(context);
        match self.cell.written {
            Written::Blank => Placed { cell: place.cell, ..self.row.label.into() },
            Written::Number(_) | Written::Other(_) => place,
        }
    }

    /// Where it stands, with its human path.
    pub(super) fn place(self, context: &Context<'_>) -> Placed {
        self.table.place(context.facts.document, self.row, self.cell)
    }
}

impl Outcome {
    /// Notes that something could not be judged, once for each reason.
    pub(super) fn doubt(&mut self, reason: Reason, at: Placed) {
        if self.doubts.iter().all(|doubt| doubt.reason != reason) {
            self.doubts.push(Doubt { reason, at });
        }
    }
}
