//! Recognising forms by their labels, and giving every figure its row and column.

use super::stream::Stream;
use super::{ColumnFact, RowFact, TableCell, TableFact, Written};
use crate::document::{Cell, CellKind, Document};
use crate::profile::{Form, LabelRole, Profile, Vocabulary};
use crate::text::FoldedSpan;
use std::cmp::Reverse;
use std::sync::Arc;

/// A form found in a table.
pub(super) struct Fit {
    form: usize,
    score: i32,
    /// Rows found: index in the form, first cell of the label, last cell of the label.
    rows: Vec<(usize, usize, usize)>,
    /// Columns found in the head: index in the form, cell.
    heads: Vec<(usize, usize)>,
    /// First cell and one past the last cell of the form.
    from: usize,
    to: usize,
}

/// The forms in a table, in order. One region may hold several: table 2 is one form per item.
pub(super) fn recognise(
    stream: &Stream<'_>,
    vocabulary: &Vocabulary,
    preferred: &Profile,
) -> Vec<Fit> {
    let forms = &vocabulary.forms;
    let seen = seen(stream, vocabulary);
    let known = |form: usize| preferred.forms.iter().any(|known| known.id == forms[form].id);
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut open: Vec<Option<Fit>> =
        (0..forms.len()).map(|form| fit(stream, &forms[form], form, &seen[form], &taken)).collect();
    let mut fits: Vec<Fit> = Vec::new();
    // A table that was cut off fits the forms of several years: the report's year decides, then
    // the form of which less is missing.
    let rank = |fit: &Fit| {
        let missing = forms[fit.form].rows.len() - fit.rows.len();
        (fit.score, known(fit.form), Reverse(missing))
    };
    while let Some(best) = open.iter().flatten().max_by_key(|fit| rank(fit)).map(|fit| fit.form) {
        let Some(best) = open[best].take() else { break };
        let (from, to) = (best.from, best.to);
        taken.push((from, to));
        fits.push(best);
        for form in 0..forms.len() {
            let touched = open[form].as_ref().is_none_or(|fit| fit.from < to && from < fit.to);
            if touched && !seen[form].is_empty() {
                open[form] = fit(stream, &forms[form], form, &seen[form], &taken);
            }
        }
    }
    fits.sort_by_key(|fit| fit.from);
    fits
}

/// A label of a form, seen where a cell begins.
struct Seen {
    role: LabelRole,
    spot: Spot,
}

/// Where a label was seen.
#[derive(Clone, Copy)]
struct Spot {
    /// Its first and its last cell.
    first: usize,
    last: usize,
    /// Whether it ends where a cell ends.
    whole: bool,
    /// Its length in characters.
    length: i32,
}

/// The labels seen of each form.
fn seen(stream: &Stream<'_>, vocabulary: &Vocabulary) -> Vec<Vec<Seen>> {
    let mut seen: Vec<Vec<Seen>> = vocabulary.forms.iter().map(|_| Vec::new()).collect();
    let mut range = (0, 0);
    let mut found = None;
    for hit in vocabulary.labels_in(&stream.text) {
        // Several forms share a label: its place is looked up once.
        if range != (hit.start, hit.end) {
            range = (hit.start, hit.end);
            found = spot(stream, hit.start, hit.end);
        }
        seen[hit.form].extend(found.map(|spot| Seen { role: hit.role, spot }));
    }
    seen
}

/// The cells of the label at `start..end`, if it begins where a cell begins.
fn spot(stream: &Stream<'_>, start: usize, end: usize) -> Option<Spot> {
    let (first, last) = (stream.cell_at(start)?, stream.cell_at(end - 1)?);
    let length = crate::text::piece(&stream.text, start, end).chars().count() as i32;
    let whole = stream.ends_cell(end);
    stream.begins_cell(start).then_some(Spot { first, last, whole, length })
}

/// How well `form` fits the cells that no other form has taken.
fn fit(
    stream: &Stream<'_>,
    form: &Form,
    index: usize,
    seen: &[Seen],
    taken: &[(usize, usize)],
) -> Option<Fit> {
    let free = |cell: usize| taken.iter().all(|(from, to)| !(*from..*to).contains(&cell));
    let mut rows = Vec::new();
    let mut heads = Vec::new();
    let mut signs = Vec::new();
    for Seen { role, spot: Spot { first, last, whole, length } } in seen {
        let (first, last, length) = (*first, *last, *length);
        if !free(first) || !free(last) {
            continue;
        }
        match *role {
            LabelRole::Sign => signs.push((first, length)),
            LabelRole::Column(column) if *whole => heads.push((column, first, length)),
            LabelRole::Row(row) if *whole || length >= 4 => {
                let figures = !form.rows[row].group && stream.figures_follow(first, last);
                let weight = 2 * length + i32::from(*whole) + 4 * i32::from(figures);
                rows.push(Candidate { row, first, last, weight });
            }
            LabelRole::Column(_) | LabelRole::Row(_) => {}
        }
    }
    if form.is_single_row() {
        return single_row(stream, form, index, &heads);
    }
    let chain = best_chain(rows);
    let start = chain.first()?.first;
    heads.retain(|(_, cell, _)| *cell < start);
    let head_score: i32 = distinct_columns(&heads).iter().map(|(_, _, length)| *length).sum();
    let sign = signs.iter().filter(|(cell, _)| *cell <= start).map(|(cell, _)| *cell).next_back();
    let named = chain.iter().filter(|c| !form.rows[c.row].group).count();
    let known: i32 = chain.iter().map(|c| c.weight).sum();
    let heads = distinct_columns(&heads);
    let certain = sign.is_some() || heads.len() >= 2 || named >= 3 || known >= 20;
    let figures = form.rows.iter().filter(|row| !row.group).count();
    if named == 0 || !certain || (sign.is_none() && named * 4 < figures) {
        return None;
    }
    let from = sign
        .into_iter()
        .chain(heads.iter().map(|(_, cell, _)| *cell))
        .min()
        .unwrap_or(start)
        .min(start);
    let to = end_of_figures(stream, chain.last()?.first).max(chain.last()?.last + 1);
    Some(Fit {
        form: index,
        score: known + head_score + 6 * i32::from(sign.is_some()),
        rows: chain.iter().map(|c| (c.row, c.first, c.last)).collect(),
        heads: heads.iter().map(|(column, cell, _)| (*column, *cell)).collect(),
        from,
        to,
    })
}

/// A label in the text that may be a row's.
#[derive(Clone, Copy)]
struct Candidate {
    row: usize,
    first: usize,
    last: usize,
    weight: i32,
}

/// The heaviest sequence of candidates in which rows and places both go forward.
fn best_chain(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|c| (c.first, c.last, c.row));
    let mut best: Vec<(i32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for (i, candidate) in candidates.iter().enumerate() {
        let before = (0..i).filter(|j| {
            candidates[*j].row < candidate.row && candidates[*j].last < candidate.first
        });
        let previous = before.max_by_key(|j| best[*j].0);
        let weight = previous.map_or(0, |j| best[j].0) + candidate.weight;
        best.push((weight, previous));
    }
    let mut at = (0..best.len()).max_by_key(|i| best[*i].0);
    let mut chain = Vec::new();
    while let Some(i) = at {
        chain.push(candidates[i]);
        at = best[i].1;
    }
    chain.reverse();
    chain
}

/// One hit per column: the last one, which in a head of several rows is the leaf.
fn distinct_columns(heads: &[(usize, usize, i32)]) -> Vec<(usize, usize, i32)> {
    let mut columns: Vec<(usize, usize, i32)> = Vec::new();
    for head in heads {
        match columns.iter_mut().find(|known| known.0 == head.0) {
            Some(known) => *known = *head,
            None => columns.push(*head),
        }
    }
    columns.sort_unstable_by_key(|(column, _, _)| *column);
    columns
}

/// One past the last figure or blank cell that follows cell `label`.
fn end_of_figures(stream: &Stream<'_>, label: usize) -> usize {
    let cells = stream.cells();
    let mut end = label + 1;
    let mut seen = false;
    for (i, cell) in cells.iter().enumerate().skip(label + 1) {
        match cell.kind {
            CellKind::Label if seen => break,
            CellKind::Label => {}
            CellKind::Unit => {}
            CellKind::Value | CellKind::Blank => {
                seen = true;
                end = i + 1;
            }
        }
    }
    end
}

/// A form of one row of figures under heads alone: recognised by its heads.
fn single_row(
    stream: &Stream<'_>,
    form: &Form,
    index: usize,
    heads: &[(usize, usize, i32)],
) -> Option<Fit> {
    // The same word heads several columns: each cell is counted once.
    let mut cells: Vec<usize> = heads.iter().map(|(_, cell, _)| *cell).collect();
    cells.sort_unstable();
    cells.dedup();
    if cells.len() * 5 < form.columns.len() * 3 {
        return None;
    }
    let (from, last) = (*cells.first()?, *cells.last()?);
    let to = end_of_figures(stream, last).max(last + 1);
    let score = heads.iter().map(|(_, _, length)| *length).sum::<i32>() + 20;
    Some(Fit { form: index, score, rows: Vec::new(), heads: Vec::new(), from, to })
}

/// Gives every figure of a recognised form its row and column.
pub(super) fn lay_out(
    index: usize,
    stream: &Stream<'_>,
    vocabulary: &Vocabulary,
    fit: &Fit,
) -> TableFact {
    let form = Arc::clone(&vocabulary.forms[fit.form]);
    let count = form.columns.len();
    let mut layout =
        Layout { stream, count, heads: &fit.heads, grid: Vec::new(), columns: Vec::new() };
    layout.columns = layout.present_columns(fit);
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
        match trimmed {
            // No cell at all: every one is blank, at the end of the label.
            [] => {
                let at = FoldedSpan { start: label.end, end: label.end };
                let blank = |column| TableCell { column, at, written: Written::Blank };
                let cells = (0..self.columns.len()).map(blank).collect();
                RowFact { line, label, unit, cells, aligned: true }
            }
            figures => {
                let aligned = figures.len() == self.columns.len();
                RowFact { line, label, unit, cells: self.read(figures), aligned }
            }
        }
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
        let labelled = |row: u32| {
            cells[fit.from..fit.to]
                .iter()
                .any(|cell| cell.row == row && cell.kind == CellKind::Label)
        };
        let mut figures: Vec<usize> =
            (fit.from..fit.to).filter(is_figure).filter(|i| !labelled(cells[*i].row)).collect();
        if figures.len() > self.count
            && let Some(row) = figures
                .iter()
                .map(|i| cells[*i].row)
                .find(|row| figures.iter().filter(|i| cells[**i].row == *row).count() >= self.count)
        {
            figures.retain(|i| cells[*i].row == row);
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
    let last = cells.iter().map(|cell| cell.row).max()?;
    let rows = (1..=last).filter_map(|row| {
        let label = cells.iter().find(|cell| cell.row == row && cell.column == 0)?;
        let figures = cells.iter().filter(|cell| cell.row == row && cell.column > 0);
        let cells = figures.map(|cell| TableCell {
            column: cell.column as usize - 1,
            at: cell.at,
            written: Written::read(document.text(cell.at)),
        });
        Some(RowFact {
            line: None,
            label: label.at,
            unit: None,
            cells: cells.collect(),
            aligned: true,
        })
    });
    Some(TableFact {
        form: None,
        index,
        at: stream.table.at,
        columns: columns.collect(),
        rows: rows.collect(),
    })
}
