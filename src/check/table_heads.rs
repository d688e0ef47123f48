//! `table-heads`: a table of which two columns bear the head of one.
//!
//! ```yaml
//! check: { table-heads: {} }
//! ```

use super::{Context, Hit, Kind, Mark, Outcome};
use crate::document::{Cell, CellKind, Document};
use crate::facts::TableFact;
use crate::profile::{Form, Profile};
use crate::text::{FoldedSpan, skeleton};
use crate::yaml::{Faults, Fields, Node};

/// The check `table-heads`.
#[derive(Debug)]
pub struct TableHeads;

impl Kind for TableHeads {
    const NAME: &'static str = "table-heads";
    const CASES: &'static [&'static str] = &["repeated"];
    const SLOTS: &'static [&'static str] = &["table", "text", "missing"];
    const ROLES: &'static [&'static str] = &["same"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let fields = Fields::of(node, faults)?;
        fields.finish(faults);
        Some(Self)
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let tables = context.facts.tables.iter();
        out.hits.extend(tables.filter_map(|table| repeated(document, table)));
    }
}

/// The head that stands twice, where every column has one and one of the form's own is missing.
fn repeated(document: &Document, table: &TableFact) -> Option<Hit> {
    let form = table.form.as_ref().filter(|form| !form.is_single_row())?;
    let heads = heads(document, table, form);
    let count = form.columns.len();
    if heads.len() != count {
        return None;
    }
    let mut missing = (0..count).filter(|column| heads.iter().all(|(head, _)| head != column));
    let lost = missing.next().filter(|_| missing.next().is_none())?;
    // As many heads as columns and one column without: one other has two.
    let twice = |i: &usize| heads.iter().filter(|(column, _)| *column == heads[*i].0).count() == 2;
    let pair: Vec<usize> = (0..count).filter(twice).collect();
    let [first, second] = pair.as_slice() else { return None };
    // The wrong one is in the place of the one that is missing, else the later.
    let (wrong, right) = if *first == lost { (first, second) } else { (second, first) };
    let (at, other) = (heads[*wrong].1, heads[*right].1);
    let label = form.columns[lost].label();
    let hit = Hit::new("repeated", at)
        .with("table", form.title.clone())
        .with("text", document.written(at))
        .with("missing", label)
        .mark(Mark::new("same", other));
    Some(hit)
}

/// The cells above the first row that are the head of one column alone, each with that column.
fn heads(document: &Document, table: &TableFact, form: &Form) -> Vec<(usize, FoldedSpan)> {
    let Some(end) = table.rows.first().map(|row| row.label.start) else { return Vec::new() };
    let above = |cell: &&Cell| {
        cell.kind == CellKind::Label && cell.at.start >= table.at.start && cell.at.end <= end
    };
    let cells = document.tables[table.index].cells.iter().filter(above);
    let mut heads: Vec<(usize, FoldedSpan)> = cells
        .filter_map(|cell| {
            let head = skeleton(document.text(cell.at));
            let mut columns =
                (0..form.columns.len()).filter(|column| form.columns[*column].keys.contains(&head));
            let column = columns.next().filter(|_| columns.next().is_none())?;
            Some((column, cell.at))
        })
        .collect();
    // A merged cell is laid out in each of its places.
    heads.dedup_by_key(|(_, at)| at.start);
    heads
}
