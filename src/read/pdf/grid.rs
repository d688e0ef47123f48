//! Rows and columns between the rules of a lattice, and which cells are merged.

use super::cells::Cells;
use super::lattice::{Lattice, MOST_ROWS, NEAR, collinear};
use super::rules::Rule;
use super::words::{Word, cell_text};
use crate::read::extract::MOST_COLUMNS;

/// How far rules must go on beyond the outermost one across them to show that the table does.
const OPEN: f32 = 8.0;

/// The lines between rows and columns, and which of them are drawn where.
pub(super) struct Grid {
    /// From left to right.
    xs: Vec<f32>,
    /// From top to bottom.
    ys: Vec<f32>,
    /// The first cell, in reading order, of what each cell is merged to.
    merged: Groups,
}

impl Grid {
    pub(super) fn new(lattice: &Lattice) -> Self {
        let (across, down) = (collinear(&lattice.rules.across), collinear(&lattice.rules.down));
        let xs = levels(&down, &across, &[]);
        let mut ys = levels(&across, &down, &lattice.seams);
        ys.reverse();
        let mut grid = Self { xs, ys, merged: Groups::default() };
        let (rows, columns) = (grid.rows(), grid.columns());
        if rows > MOST_ROWS || columns > MOST_COLUMNS {
            return grid;
        }
        let mut right = vec![false; rows * columns];
        let mut below = vec![false; rows * columns];
        for rule in &down {
            let on = |x: &f32| (x - rule.level).abs() <= NEAR;
            for column in (1..columns).filter(|column| on(&grid.xs[*column])) {
                let covered = |row: &usize| rule.covers(grid.ys[row + 1], grid.ys[*row]);
                (0..rows).filter(covered).for_each(|row| right[row * columns + column - 1] = true);
            }
        }
        for row in 1..rows {
            let level = grid.ys[row];
            let line = &mut below[(row - 1) * columns..row * columns];
            if lattice.seams.iter().any(|seam| (seam - level).abs() <= NEAR) {
                line.fill(true);
            }
            for rule in across.iter().filter(|rule| (rule.level - level).abs() <= NEAR) {
                let covered = |column: &usize| rule.covers(grid.xs[*column], grid.xs[column + 1]);
                (0..columns).filter(covered).for_each(|column| line[column] = true);
            }
        }
        grid.merged = merged(rows, columns, &right, &below);
        grid
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub(super) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// The row that lies below height `y`, or holds it.
    pub(super) fn row_below(&self, y: f32) -> usize {
        self.ys[1..].partition_point(|low| *low >= y - NEAR).min(self.rows())
    }

    /// Its cells with the words in them.
    pub(super) fn cells(&self, words: Vec<Word>) -> Cells {
        let (rows, columns) = (self.rows(), self.columns());
        let mut groups = self.merged.clone();
        let first: Vec<usize> = (0..groups.len()).map(|cell| groups.first(cell)).collect();
        let mut within: Vec<Vec<Word>> = vec![Vec::new(); first.len()];
        for word in words.into_iter().filter(|_| !first.is_empty()) {
            let row = self.ys[1..rows].partition_point(|low| *low > word.middle());
            let ends = (1..columns).filter(|column| {
                let at = row * columns + column;
                first[at] != first[at - 1]
            });
            let cuts: Vec<f32> = ends.map(|column| self.xs[column]).collect();
            for piece in word.cut(&cuts) {
                let x = (piece.x + piece.end) / 2.0;
                let column = self.xs[1..columns].partition_point(|left| *left <= x);
                within[first[row * columns + column]].push(piece);
            }
        }
        let mut right = vec![0.0_f32; first.len()];
        for (at, first) in first.iter().enumerate() {
            right[*first] = right[*first].max(self.xs[at % columns + 1]);
        }
        let texts = within.into_iter().zip(right);
        let texts = texts.map(|(words, right)| cell_text(words, right)).collect();
        Cells { rows: first.chunks(columns.max(1)).map(<[usize]>::to_vec).collect(), texts }
    }
}

/// Where the lines of a grid are: on its rules, at `more`, and where the rules across it end that go on
/// beyond its outermost ones.
fn levels(rules: &[Rule], across: &[Rule], more: &[f32]) -> Vec<f32> {
    let mut levels: Vec<f32> = rules.iter().map(|rule| rule.level).collect();
    levels.sort_by(f32::total_cmp);
    if let (Some(first), Some(last)) = (levels.first().copied(), levels.last().copied()) {
        let open = |beyond: Vec<f32>, nearest: fn(f32, f32) -> f32| {
            (beyond.len() >= 2).then(|| beyond.into_iter().reduce(nearest)).flatten()
        };
        let before = across.iter().map(|rule| rule.from).filter(|from| first - from > OPEN);
        let after = across.iter().map(|rule| rule.to).filter(|to| to - last > OPEN);
        levels.extend(open(before.collect(), f32::max));
        levels.extend(open(after.collect(), f32::min));
    }
    levels.extend(more);
    levels.sort_by(f32::total_cmp);
    levels.dedup_by(|a, b| (*a - *b).abs() <= NEAR);
    levels
}

/// Which cells are one: those with nothing drawn between them, as far as they fill a rectangle.
fn merged(rows: usize, columns: usize, right: &[bool], below: &[bool]) -> Groups {
    let mut all = Groups::new(rows * columns);
    for at in 0..rows * columns {
        if at % columns + 1 < columns && !right[at] {
            all.join(at, at + 1);
        }
        if at + columns < rows * columns && !below[at] {
            all.join(at, at + columns);
        }
    }
    // First and last row and column, and how many cells there are.
    let mut extents = vec![(usize::MAX, 0, usize::MAX, 0, 0); rows * columns];
    for at in 0..rows * columns {
        let (row, column) = (at / columns, at % columns);
        let (top, bottom, left, right, count) = &mut extents[all.first(at)];
        (*top, *bottom) = ((*top).min(row), (*bottom).max(row));
        (*left, *right) = ((*left).min(column), (*right).max(column));
        *count += 1;
    }
    let mut out = Groups::new(rows * columns);
    for at in 0..rows * columns {
        let group = all.first(at);
        let (top, bottom, left, right, count) = extents[group];
        let rectangle = (bottom + 1 - top) * (right + 1 - left) == count;
        if at % columns > 0 && all.first(at - 1) == group {
            out.join(at - 1, at);
        }
        if rectangle && at >= columns && all.first(at - columns) == group {
            out.join(at - columns, at);
        }
    }
    out
}

/// Numbers that belong together; each group is known by its least.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups(Vec<usize>);

impl Groups {
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}
