//! Rules that touch each other: the frames of a table's cells.

use super::cells::Rows;
use super::grid::{Grid, Groups};
use super::rules::{Rule, Rules};
use super::words::{Line, Word, lines};
use crate::profile::Vocabulary;
use crate::read::extract::{LONGEST, MOST_COLUMNS, Merged};

/// Rules closer than this are one: the frames of two cells side by side, a double line.
pub(super) const NEAR: f32 = 3.0;
/// A rule shorter than this is a mark.
const SHORTEST: f32 = 5.0;
/// The most rules of a page that are looked at, collinear ones put together.
const MOST_RULES: usize = 3000;
/// The most rows of a table.
pub(super) const MOST_ROWS: usize = 3000;

/// Rules that touch each other, with the words among them.
#[derive(Clone, Debug)]
pub(super) struct Lattice {
    pub(super) rules: Rules,
    pub(super) words: Vec<Word>,
    /// Heights at which it was put together from the parts on two pages.
    pub(super) seams: Vec<f32>,
}

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
pub(super) fn collinear(rules: &[Rule]) -> Vec<Rule> {
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
    pub(super) fn covers(&self, low: f32, high: f32) -> bool {
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
    pub(super) fn table(&self, vocabulary: &Vocabulary) -> Option<Rows> {
        let grid = Grid::new(self);
        let mut cells = grid.cells(self.words.clone());
        let mut seams: Vec<usize> = self.seams.iter().map(|seam| grid.row_below(*seam)).collect();
        seams.sort_unstable();
        for seam in seams.into_iter().rev() {
            cells.mend(seam, vocabulary);
        }
        let rows = cells.into_rows();
        let short = |cell: &Merged<String>| cell.content.len() <= LONGEST;
        let is_table = rows.len() >= 2
            && rows.iter().any(|row| row.len() >= 2)
            && rows.iter().flatten().all(short);
        is_table.then_some(rows)
    }

    /// The lines of its words, if it is no table.
    pub(super) fn lines(&self) -> Vec<Line> {
        lines(self.words.clone())
    }
}
