//! A table framed by rules: its cells, and the words in them.

use super::rules::{Rule, Rules};
use super::words::{Line, Word, cell_text, lines};
use crate::read::extract::{LONGEST, MOST_COLUMNS, Merged};

/// Rules closer than this are one: the frames of two cells side by side, a double line.
const NEAR: f32 = 3.0;
/// A rule shorter than this is a mark.
const SHORTEST: f32 = 5.0;
/// How far rules must go on beyond the outermost one across them to show that the table does.
const OPEN: f32 = 8.0;
/// The most rules of a page that are looked at, collinear ones put together.
const MOST_RULES: usize = 3000;
/// The most rows of a table.
const MOST_ROWS: usize = 3000;

/// Rules that touch each other, with the words among them.
#[derive(Clone, Debug)]
pub(super) struct Lattice {
    pub(super) rules: Rules,
    pub(super) words: Vec<Word>,
    /// Heights at which it was put together from the parts on two pages.
    pub(super) seams: Vec<f32>,
}

/// Rows of cells; a merged cell stands in its first row alone.
pub(super) type Rows = Vec<Vec<Merged<String>>>;

/// The lattices of a page, without their words. A frame with nothing in it but words is none.
pub(super) fn lattices(rules: &Rules) -> Vec<Lattice> {
    let across = collinear(&rules.across);
    let down = collinear(&rules.down);
    if across.len() + down.len() > MOST_RULES {
        return Vec::new();
    }
    let mut groups = Groups::new(across.len() + down.len());
    for (i, a) in across.iter().enumerate() {
        for (j, d) in down.iter().enumerate() {
            if a.reaches(d.level) && d.reaches(a.level) {
                groups.join(i, across.len() + j);
            }
        }
    }
    let mut found: Vec<(usize, Rules)> = Vec::new();
    for i in 0..across.len() + down.len() {
        let group = groups.first(i);
        let at = found.iter().position(|(known, _)| *known == group).unwrap_or_else(|| {
            found.push((group, Rules::default()));
            found.len() - 1
        });
        match across.get(i) {
            Some(rule) => found[at].1.across.push(*rule),
            None => found[at].1.down.push(down[i - across.len()]),
        }
    }
    let lattices =
        found.into_iter().map(|(_, rules)| Lattice { rules, words: Vec::new(), seams: Vec::new() });
    lattices.filter(Lattice::has_cells).collect()
}

/// The same rules, those on one line put together; the shortest left out.
fn collinear(rules: &[Rule]) -> Vec<Rule> {
    let mut rules = rules.to_vec();
    rules.sort_by(|a, b| a.level.total_cmp(&b.level));
    let mut out: Vec<Rule> = Vec::new();
    let mut rest = rules.as_mut_slice();
    while let Some(first) = rest.first().map(|rule| rule.level) {
        let count = rest.partition_point(|rule| rule.level - first <= NEAR);
        let (line, others) = rest.split_at_mut(count);
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
        let level = line.iter().map(|rule| rule.level).sum::<f32>() / count as f32;
        let mut whole: Option<Rule> = None;
        for rule in line {
            match &mut whole {
                Some(whole) if rule.from - whole.to <= NEAR => whole.to = whole.to.max(rule.to),
                _ => out.extend(whole.replace(Rule { level, ..*rule })),
            }
        }
        out.extend(whole);
        rest = others;
    }
    out.retain(|rule| rule.to - rule.from >= SHORTEST);
    out
}

impl Rule {
    /// Whether it comes to the line across it at `level`.
    fn reaches(&self, level: f32) -> bool {
        self.from - NEAR <= level && level <= self.to + NEAR
    }

    /// Whether it runs along most of what lies from `low` to `high`.
    fn covers(&self, low: f32, high: f32) -> bool {
        self.to.min(high) - self.from.max(low) >= (high - low) * 0.6
    }
}

impl Lattice {
    /// Its height and its sides: lowest, highest, leftmost, rightmost.
    pub(super) fn extent(&self) -> [f32; 4] {
        let Rules { across, down } = &self.rules;
        let least = |ends: &mut dyn Iterator<Item = f32>| ends.fold(f32::MAX, f32::min);
        let most = |ends: &mut dyn Iterator<Item = f32>| ends.fold(f32::MIN, f32::max);
        [
            least(
                &mut across.iter().map(|rule| rule.level).chain(down.iter().map(|rule| rule.from)),
            ),
            most(&mut across.iter().map(|rule| rule.level).chain(down.iter().map(|rule| rule.to))),
            least(
                &mut down.iter().map(|rule| rule.level).chain(across.iter().map(|rule| rule.from)),
            ),
            most(&mut down.iter().map(|rule| rule.level).chain(across.iter().map(|rule| rule.to))),
        ]
    }

    /// Whether the middle of `word` lies among its rules.
    pub(super) fn holds(&self, word: &Word) -> bool {
        let [low, high, left, right] = self.extent();
        let (x, y) = ((word.x + word.end) / 2.0, word.middle());
        low - 1.0 < y && y < high + 1.0 && left < x && x < right
    }

    fn has_cells(&self) -> bool {
        let grid = Grid::new(self);
        let (rows, columns) = (grid.rows(), grid.columns());
        rows * columns >= 2 && rows <= MOST_ROWS && columns <= MOST_COLUMNS
    }

    /// Puts `below`, its other part on the next page, under it.
    pub(super) fn append(&mut self, below: Self) {
        let ([low, ..], [_, high, ..]) = (self.extent(), below.extent());
        let up = low - high;
        self.seams.push(low);
        self.seams.extend(below.seams.iter().map(|seam| seam + up));
        let Rules { across, down } = below.rules;
        let raised = |rule: Rule| Rule { level: rule.level + up, ..rule };
        self.rules.across.extend(across.into_iter().map(raised));
        let raised = |rule: Rule| Rule { from: rule.from + up, to: rule.to + up, ..rule };
        self.rules.down.extend(down.into_iter().map(raised));
        self.words.extend(below.words.into_iter().map(|word| Word { y: word.y + up, ..word }));
    }

    /// Whether `below`, which opens the next page, goes on with it.
    pub(super) fn goes_on_in(&self, below: &Self) -> bool {
        let ([_, _, left, right], [_, _, other_left, other_right]) =
            (self.extent(), below.extent());
        (left - other_left).abs() <= NEAR && (right - other_right).abs() <= NEAR
    }

    /// Its rows, if it is a table rather than a frame around running text.
    pub(super) fn table(&self) -> Option<Rows> {
        let grid = Grid::new(self);
        let rows = grid.table(self.words.clone());
        let short = |cell: &Merged<String>| cell.content.len() <= LONGEST;
        let is_table = rows.len() >= 2
            && rows.iter().any(|row| row.len() >= 2)
            && rows.iter().flatten().all(short);
        is_table.then(|| self.without_repeated_heads(rows, &grid))
    }

    /// The lines of its words, if it is no table.
    pub(super) fn lines(&self) -> Vec<Line> {
        lines(self.words.clone())
    }

    /// Takes off the rows at the top of a part that repeat the table's own first rows.
    fn without_repeated_heads(&self, mut rows: Rows, grid: &Grid) -> Rows {
        let mut parts: Vec<usize> = self.seams.iter().map(|seam| grid.row_below(*seam)).collect();
        parts.sort_unstable();
        for part in parts.into_iter().rev() {
            let (first, rest) = rows.split_at(part.min(rows.len()));
            let same = first.iter().zip(rest).take_while(|(a, b)| same_head(a, b)).count();
            rows.drain(part..part + same);
        }
        rows
    }
}

/// Whether two rows hold the same words.
fn same_head(a: &[Merged<String>], b: &[Merged<String>]) -> bool {
    let words = |cell: &Merged<String>| cell.content.chars().any(char::is_alphabetic);
    let equal = |(a, b): (&Merged<String>, &Merged<String>)| {
        a.content == b.content && a.columns == b.columns && a.rows == b.rows
    };
    a.len() == b.len() && a.iter().any(words) && a.iter().zip(b).all(equal)
}

/// The lines between rows and columns, and which of them are drawn where.
struct Grid {
    /// From left to right.
    xs: Vec<f32>,
    /// From top to bottom.
    ys: Vec<f32>,
    /// The first cell, in reading order, of what each cell is merged to.
    merged: Groups,
}

impl Grid {
    fn new(lattice: &Lattice) -> Self {
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

    fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// The row that lies below height `y`, or holds it.
    fn row_below(&self, y: f32) -> usize {
        self.ys[1..].partition_point(|low| *low >= y - NEAR).min(self.rows())
    }

    fn table(&self, words: Vec<Word>) -> Rows {
        let (rows, columns) = (self.rows(), self.columns());
        if rows * columns == 0 {
            return Vec::new();
        }
        let mut groups = self.merged.clone();
        let first: Vec<usize> = (0..rows * columns).map(|cell| groups.first(cell)).collect();
        let mut cells: Vec<Vec<Word>> = vec![Vec::new(); rows * columns];
        for word in words {
            let row = self.ys[1..rows].partition_point(|low| *low > word.middle());
            let ends = (1..columns).filter(|column| {
                let at = row * columns + column;
                first[at] != first[at - 1]
            });
            let cuts: Vec<f32> = ends.map(|column| self.xs[column]).collect();
            for piece in word.cut(&cuts) {
                let x = (piece.x + piece.end) / 2.0;
                let column = self.xs[1..columns].partition_point(|left| *left <= x);
                cells[first[row * columns + column]].push(piece);
            }
        }
        let mut table = Vec::with_capacity(rows);
        for row in 0..rows {
            let starts = (0..columns)
                .filter(|column| first[row * columns + column] == row * columns + column);
            let row = starts.map(|column| {
                let at = row * columns + column;
                let wide = (column..columns).take_while(|c| first[row * columns + c] == at).count();
                let high = (row..rows).take_while(|r| first[r * columns + column] == at).count();
                let words = std::mem::take(&mut cells[at]);
                let content = cell_text(words, self.xs[column + wide]);
                Merged { content, columns: wide, rows: high }
            });
            table.push(row.collect());
        }
        table
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
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}
