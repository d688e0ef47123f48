//! Giving every figure of a recognised form its row and its column.

use super::align::Fit;
use super::stream::Stream;
use super::{ColumnFact, RowFact, TableCell, TableFact, Written};
use crate::document::{Cell, CellKind, Document};
use crate::profile::{Form, Vocabulary};
use crate::text::FoldedSpan;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Gives every figure of a recognised form its row and column.
pub(super) fn lay_out(
    index: usize,
    stream: &Stream<'_>,
    vocabulary: &Vocabulary,
    fit: &Fit,
) -> TableFact {
    let form = Arc::clone(&vocabulary.forms[fit.form]);
    let count = form.columns.len();
    let mut layout = Layout {
        stream,
        count,
        heads: &fit.heads,
        grid: Vec::new(),
        columns: Vec::new(),
        torn: false,
    };
    layout.columns = layout.present_columns(fit);
    layout.torn = layout.is_torn(fit);
    let rows = if form.is_single_row() { layout.only_row(fit) } else { layout.rows(&form, fit) };
    let columns = layout.columns.iter().map(|line| ColumnFact {
        line: Some(*line),
        label: form.columns[*line].label().to_owned(),
    });
    let cells = &stream.cells()[fit.from..fit.to];
    let at = cells.iter().map(|cell| cell.at).reduce(FoldedSpan::union).unwrap_or_default();
    TableFact { index, at, columns: columns.collect(), rows, form: Some(form) }
}

struct Layout<'s> {
    stream: &'s Stream<'s>,
    /// How many columns of figures the form has.
    count: usize,
    heads: &'s [(usize, usize)],
    /// In a grid: the grid's column for each of `columns`.
    grid: Vec<u32>,
    /// The form's columns that are there.
    columns: Vec<usize>,
    /// Whether some rows of figures lost their labels: then a label without figures is not blank.
    torn: bool,
}

impl Layout<'_> {
    /// All columns of the form, unless the rows are as long as the head says and no longer.
    fn present_columns(&mut self, fit: &Fit) -> Vec<usize> {
        let all = || (0..self.count).collect();
        if self.heads.is_empty() || self.heads.len() >= self.count {
            return all();
        }
        let lengths: Vec<usize> =
            fit.rows.iter().map(|row| self.figures(row.1).len()).filter(|n| *n > 0).collect();
        let fits = |n: usize| lengths.iter().filter(|length| **length == n).count();
        if !lengths.is_empty()
            && fits(self.heads.len()) * 2 > lengths.len()
            && fits(self.count) == 0
        {
            let cells = self.stream.cells();
            if self.stream.is_grid() {
                self.grid = self.heads.iter().map(|(_, cell)| cells[*cell].column).collect();
            }
            return self.heads.iter().map(|(column, _)| *column).collect();
        }
        all()
    }

    /// Whether a row of a grid holds figures for every column and no label.
    fn is_torn(&self, fit: &Fit) -> bool {
        let cells = &self.stream.cells()[fit.from..fit.to];
        let lost = |row: &[Cell]| {
            row.len() >= 2
                && row.len() == self.columns.len()
                && row.iter().all(|cell| cell.kind == CellKind::Value)
        };
        self.stream.is_grid() && cells.chunk_by(|a, b| a.row == b.row).any(lost)
    }

    fn rows(&self, form: &Form, fit: &Fit) -> Vec<RowFact> {
        let mut rows = Vec::new();
        for (i, (line, first, last)) in fit.rows.iter().enumerate() {
            let next = fit.rows.get(i + 1).map_or(fit.to, |(_, first, _)| *first);
            let label = self.label(*first, *last);
            if form.rows[*line].group {
                continue;
            }
            let figures = self.figures(*first);
            let after = figures.last().map_or(*last, |cell| *cell.max(last)) + 1;
            rows.push(self.row(Some(*line), label, &figures, *last));
            rows.extend(self.unknown_row(after, next));
        }
        rows
    }

    /// A row between two known ones that the form does not have: nothing is lost.
    fn unknown_row(&self, from: usize, to: usize) -> Option<RowFact> {
        let cells = self.stream.cells();
        let label = (from..to).find(|i| cells[*i].kind == CellKind::Label)?;
        let figures = self.figures(label);
        let last = *figures.last().filter(|last| **last < to)?;
        let has_number = figures.iter().any(|i| cells[*i].kind == CellKind::Value);
        let label_end =
            (label..last).take_while(|i| cells[*i].kind == CellKind::Label).last().unwrap_or(label);
        // The tail of a label that was broken around its figures is no row of its own.
        has_number.then(|| self.row(None, self.label(label, label_end), &figures, label_end))
    }

    fn label(&self, first: usize, last: usize) -> FoldedSpan {
        let cells = self.stream.cells();
        cells[first].at.union(cells[last].at)
    }

    /// The first run of figures and blank cells after cell `label`, where a label begins; in a grid,
    /// of its row alone. A label that is broken around its figures goes on after them.
    fn figures(&self, label: usize) -> Vec<usize> {
        let cells = self.stream.cells();
        let row = cells[label].row;
        let mut found = Vec::new();
        for (i, cell) in cells.iter().enumerate().skip(label + 1) {
            if self.stream.is_grid() && cell.row != row {
                break;
            }
            match cell.kind {
                CellKind::Label if !found.is_empty() => break,
                // A label's continuation, or in a grid a merged head laid out to the right.
                CellKind::Label | CellKind::Unit => {}
                CellKind::Value | CellKind::Blank => found.push(i),
            }
        }
        found
    }

    fn row(
        &self,
        line: Option<usize>,
        label: FoldedSpan,
        figures: &[usize],
        last: usize,
    ) -> RowFact {
        let cells = self.stream.cells();
        let unit = cells[last + 1..].iter().take(2).find(|cell| cell.kind == CellKind::Unit);
        let unit = unit.map(|cell| cell.at);
        if let Some(figures) = self.by_grid(figures) {
            return RowFact { line, label, unit, cells: self.read(&figures), aligned: true };
        }
        let trimmed = trim(figures, cells, self.columns.len(), self.stream.is_grid());
        if let [only] = trimmed
            && let Some(cells) = self.glued(*only)
        {
            return RowFact { line, label, unit, cells, aligned: true };
        }
        match trimmed {
            // No cell at all: every one is blank, at the end of the label.
            [] => {
                let at = FoldedSpan { start: label.end, end: label.end };
                let blank = |column| TableCell { column, at, written: Written::Blank };
                let cells = (0..self.columns.len()).map(blank).collect();
                RowFact { line, label, unit, cells, aligned: !self.torn }
            }
            figures => {
                let aligned = figures.len() == self.columns.len();
                RowFact { line, label, unit, cells: self.read(figures), aligned }
            }
        }
    }

    /// A row whose figures lost what stood between them, `0000000`: as many digits as columns are one
    /// digit each, where they can be no number: because it begins with 0, or runs into millions.
    fn glued(&self, cell: usize) -> Option<Vec<TableCell>> {
        let at = self.stream.cells()[cell].at;
        let text = self.stream.document.text(at);
        let digits = text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = !text.starts_with('0') && text.len() < 7;
        if !digits || number || text.len() != self.columns.len() {
            return None;
        }
        let cells = text.char_indices().map(|(column, digit)| TableCell {
            column,
            at: FoldedSpan::new(column, column + 1).shift(at.start),
            written: Written::read(digit.encode_utf8(&mut [0; 4])),
        });
        Some(cells.collect())
    }

    /// The figures under the heads' own grid columns.
    fn by_grid(&self, figures: &[usize]) -> Option<Vec<usize>> {
        let cells = self.stream.cells();
        let under = |column: &u32| figures.iter().copied().find(|i| cells[*i].column == *column);
        (!self.grid.is_empty()).then(|| self.grid.iter().map(under).collect()).flatten()
    }

    fn read(&self, figures: &[usize]) -> Vec<TableCell> {
        let document = self.stream.document;
        let cells = self.stream.cells();
        let read = |(column, i): (usize, &usize)| TableCell {
            column,
            at: cells[*i].at,
            written: Written::read(document.text(cells[*i].at)),
        };
        figures.iter().enumerate().map(read).collect()
    }

    /// The figures of a form without row labels: rows that hold no label, else all figures after
    /// the first head.
    fn only_row(&self, fit: &Fit) -> Vec<RowFact> {
        let cells = self.stream.cells();
        let is_figure = |i: &usize| matches!(cells[*i].kind, CellKind::Value | CellKind::Blank);
        let labels = (fit.from..fit.to).filter(|i| cells[*i].kind == CellKind::Label);
        let labelled: BTreeSet<u32> = labels.map(|i| cells[i].row).collect();
        let mut figures: Vec<usize> = (fit.from..fit.to)
            .filter(is_figure)
            .filter(|i| !labelled.contains(&cells[*i].row))
            .collect();
        if figures.len() > self.count {
            let mut rows = figures.chunk_by(|a, b| cells[*a].row == cells[*b].row);
            if let Some(row) = rows.find(|row| row.len() >= self.count) {
                figures = row.to_vec();
            }
        }
        if figures.is_empty() {
            let value = |i: &usize| cells[*i].kind == CellKind::Value;
            figures = (fit.from..fit.to).filter(value).collect();
        }
        let last = fit.to - 1;
        let end = FoldedSpan { start: cells[last].at.end, end: cells[last].at.end };
        vec![self.row(Some(0), end, &figures, last)]
    }
}

/// Takes surplus blank cells off the ends of a row: merged label columns on the left of a grid,
/// row ends on the right of a stream.
fn trim<'f>(mut figures: &'f [usize], cells: &[Cell], count: usize, grid: bool) -> &'f [usize] {
    let blank = |i: Option<&usize>| i.is_some_and(|i| cells[*i].kind == CellKind::Blank);
    while figures.len() > count {
        let (left, right) = (blank(figures.first()), blank(figures.last()));
        figures = match figures {
            [_, rest @ ..] if left && (grid || !right) => rest,
            [rest @ .., _] if right => rest,
            _ => return figures,
        };
    }
    figures
}

/// A grid of no known form: the first row heads the columns, the first column names the rows.
pub(super) fn unnamed(document: &Document, index: usize, stream: &Stream<'_>) -> Option<TableFact> {
    let cells = stream.cells();
    if !stream.is_grid() {
        return None;
    }
    let heads: Vec<&Cell> = cells.iter().filter(|cell| cell.row == 0 && cell.column > 0).collect();
    let columns = heads
        .iter()
        .map(|cell| ColumnFact { line: None, label: document.text(cell.at).to_owned() });
    let rows = cells.chunk_by(|a, b| a.row == b.row).skip(1).filter_map(|row| {
        let (label, figures) = row.split_first()?;
        let cells = figures.iter().map(|cell| TableCell {
            column: (cell.column as usize).saturating_sub(1),
            at: cell.at,
            written: Written::read(document.text(cell.at)),
        });
        let cells = cells.collect();
        Some(RowFact { line: None, label: label.at, unit: None, cells, aligned: true })
    });
    Some(TableFact {
        form: None,
        index,
        at: stream.table.at,
        columns: columns.collect(),
        rows: rows.collect(),
    })
}
