//! Recognising forms by their labels.

use super::stream::Stream;
use crate::document::CellKind;
use crate::profile::{Form, LabelRole, Profile, Vocabulary};
use std::cmp::Reverse;

/// A form found in a table.
pub(super) struct Fit {
    pub(super) form: usize,
    score: i32,
    /// Rows found: index in the form, first cell of the label, last cell of the label.
    pub(super) rows: Vec<(usize, usize, usize)>,
    /// Columns found in the head: index in the form, cell.
    pub(super) heads: Vec<(usize, usize)>,
    /// First cell and one past the last cell of the form.
    pub(super) from: usize,
    pub(super) to: usize,
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
    while fits.len() < MOST_FORMS
        && let Some(best) = open.iter().flatten().max_by_key(|fit| rank(fit)).map(|fit| fit.form)
    {
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

/// How many forms one region may hold, and how often one form's labels may be seen in it: far more
/// than any report needs, and little enough that a hostile file costs nothing.
const MOST_FORMS: usize = 64;
const MOST_LABELS: usize = 1000;

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
        let known = &mut seen[hit.form];
        let room = known.len() < MOST_LABELS;
        known.extend(found.filter(|_| room).map(|spot| Seen { role: hit.role, spot }));
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

/// Heads that have so many characters together are no words of every day.
const SURE: i32 = 6;

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
    // 其他 and 总计 head columns as well as rows: alone they are a head without its rows.
    if chain.iter().all(|c| heads.iter().any(|(_, cell, _)| *cell == c.first)) {
        return None;
    }
    heads.retain(|(_, cell, _)| *cell < start);
    let head_score: i32 = distinct_columns(&heads).iter().map(|(_, _, length)| *length).sum();
    let sign = signs.iter().filter(|(cell, _)| *cell <= start).map(|(cell, _)| *cell).next_back();
    let named = chain.iter().filter(|c| !form.rows[c.row].group).count();
    let known: i32 = chain.iter().map(|c| c.weight).sum();
    let heads = distinct_columns(&heads);
    let figures = form.rows.iter().filter(|row| !row.group).count();
    // All rows and a long head: a table of one or two rows, whose sign may have lost its numeral.
    let whole = named == figures && head_score >= SURE;
    let certain = sign.is_some() || heads.len() >= 2 || named >= 3 || known >= 20 || whole;
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
