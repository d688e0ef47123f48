//! The cells of a table as one text of label skeletons with figures standing at positions in it.
//!
//! However a table was written out, its labels keep their order and its figures follow the head
//! of their row's label. So labels are searched in the joined text, where a label that was broken
//! over several lines is whole again.

use crate::document::{Cell, CellKind, Document, Layout, Table};
use crate::text::{piece, push_skeleton, skeleton};

/// See the module.
pub(super) struct Stream<'d> {
    pub(super) document: &'d Document,
    pub(super) table: &'d Table,
    /// The skeletons of all labels, one after the other.
    pub(super) text: String,
    /// Where each cell stands in `text`; figures stand at an empty range.
    pub(super) ranges: Vec<(usize, usize)>,
}

impl<'d> Stream<'d> {
    pub(super) fn new(document: &'d Document, table: &'d Table) -> Self {
        let mut text = String::new();
        let mut ranges = Vec::with_capacity(table.cells.len());
        for cell in &table.cells {
            let start = text.len();
            if cell.kind == CellKind::Label {
                push_skeleton(document.text(cell.at), &mut text);
            }
            ranges.push((start, text.len()));
        }
        Self { document, table, text, ranges }
    }

    pub(super) fn cells(&self) -> &'d [Cell] {
        &self.table.cells
    }

    pub(super) fn is_grid(&self) -> bool {
        self.table.layout == Layout::Grid
    }

    /// The label cell that holds byte `at` of the text.
    pub(super) fn cell_at(&self, at: usize) -> Option<usize> {
        let next = self.ranges.partition_point(|(start, _)| *start <= at);
        (0..next).rev().find(|i| self.ranges[*i].1 > at)
    }

    /// Whether byte `at` is where a label cell begins, but for an ordinal or 其中 before it.
    pub(super) fn begins_cell(&self, at: usize) -> bool {
        let Some(cell) = self.cell_at(at) else { return false };
        let before = piece(&self.text, self.ranges[cell].0, at);
        before.chars().count() <= 4
            && before
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十其中①②③④⑤⑥⑦⑧".contains(c))
    }

    /// Whether byte `at` is where a label cell ends, but for a note in brackets: `规章(地方性)`.
    pub(super) fn ends_cell(&self, at: usize) -> bool {
        let Some(cell) = at.checked_sub(1).and_then(|last| self.cell_at(last)) else {
            return false;
        };
        let (start, end) = self.ranges[cell];
        let text = self.document.text(self.cells()[cell].at);
        let note = || text.find('(').filter(|open| *open > 0 && text.ends_with(')'));
        end == at || note().is_some_and(|open| start + skeleton(piece(text, 0, open)).len() == at)
    }

    /// Whether figures or blank cells follow the label in cells `first` to `last`, or stand in it.
    pub(super) fn figures_follow(&self, first: usize, last: usize) -> bool {
        let is_figure = |cell: &Cell| matches!(cell.kind, CellKind::Value | CellKind::Blank);
        let next = self.cells()[last + 1..].iter().find(|cell| cell.kind != CellKind::Unit);
        self.cells()[first..=last].iter().any(is_figure) || next.is_some_and(is_figure)
    }
}
