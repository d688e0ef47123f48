//! A table as it was found in the text, before its rows and columns have names.

use crate::text::FoldedSpan;

/// The cells of one table region, in reading order.
#[derive(Clone, Debug)]
pub struct Table {
    /// From its first to its last cell.
    pub at: FoldedSpan,
    /// Whether rows and columns were visible in the text.
    pub layout: Layout,
    /// The cells. In a stream, blank cells are there only if the text shows them.
    pub cells: Vec<Cell>,
}

/// How much of the grid survived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Rows and columns are known: `| a | b |`, TAB-separated rows, HTML, Word.
    Grid,
    /// One cell a line, or rows whose blank cells may have been dropped.
    Stream,
}

/// One cell, or one fragment of a label that was broken over several lines.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Its text; an empty span for a blank cell.
    pub at: FoldedSpan,
    /// Row, from 0, as far as the text shows it.
    pub row: u32,
    /// Column, from 0, within that row; in a grid with merged cells laid out, the column of the
    /// grid.
    pub column: u32,
    /// What the cell holds.
    pub kind: CellKind,
}

/// What a cell holds, judged by its text alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Words.
    Label,
    /// A number, or what is written in place of one (`/`, `—`, `无`).
    Value,
    /// The unit of the row's figures: `条`, `万元`.
    Unit,
    /// Nothing.
    Blank,
}
