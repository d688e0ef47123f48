//! What is taken out of a file that is not plain text: lines as a reader sees them, and tables.
//!
//! Extraction is a pure function of the bytes; reading the lines as a report comes after it and
//! is the same for every format. A table's row is one line, its cells apart by TABs.

use crate::document::Remark;
use crate::text::Origin;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A text and its tables.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Extract {
    /// The lines, each ended by a line feed.
    pub(super) text: String,
    /// For a web page: the file and the way to it. Web pages are not kept in the cache.
    #[serde(skip)]
    pub(super) origin: Option<Origin>,
    /// The tables whose rows and columns are known, in the order of the text.
    pub(super) grids: Vec<Grid>,
    /// Where lines end because the page does, as bytes of the text; of formats that tell it.
    pub(super) broken: Option<Vec<usize>>,
    /// How many cells of tables that hold something stood too far right to be read.
    pub(super) left_out: usize,
    /// What a user should know of the extraction.
    pub(super) remarks: Vec<Remark>,
}

/// A table in the extracted text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Grid {
    /// Its lines, as bytes of the text.
    pub(super) at: Range<usize>,
    /// Its cells row by row; a merged cell stands once, at its first row and column.
    pub(super) cells: Vec<GridCell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct GridCell {
    /// Its bytes in the text; empty for a blank cell.
    pub(super) at: Range<usize>,
    /// Row, from 0.
    pub(super) row: u32,
    /// Column, from 0, merged cells laid out.
    pub(super) column: u32,
}

impl Extract {
    /// Ends the line, unless nothing stands on it.
    pub(super) fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Adds a line of its own; nothing for a blank one.
    pub(super) fn line(&mut self, line: &str) {
        self.end_line();
        for part in line.split(['\n', '\r', '\u{b}', '\u{c}']) {
            if !part.trim().is_empty() {
                self.text.push_str(part.trim_end());
                self.text.push('\n');
            }
        }
    }
}

/// The most columns of a table that are read.
pub(super) const MOST_COLUMNS: usize = 200;

/// One cell as files give it: its text, and over how many columns and rows it is merged.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged<T> {
    /// What it holds.
    pub(super) content: T,
    /// How many columns it covers, at least 1.
    pub(super) columns: usize,
    /// How many rows it covers, at least 1.
    pub(super) rows: usize,
}

/// A part of a document as files give it.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A paragraph; line breaks in it begin new lines.
    Line(String),
    /// A table.
    Table(Vec<Vec<Merged<Vec<Block>>>>),
}

/// A cell with more bytes than this holds running text: the table is there for layout.
pub(super) const LONGEST: usize = 1200;

impl Extract {
    /// Adds `blocks` in order. A table that only lays out other tables or running text is taken
    /// apart; tables within a table of data follow it.
    pub(super) fn blocks(&mut self, blocks: Vec<Block>) {
        for block in blocks {
            match block {
                Block::Line(line) => self.line(&line),
                Block::Table(rows) if is_data(&rows) => self.data(rows),
                Block::Table(rows) => {
                    for cell in rows.into_iter().flatten() {
                        self.blocks(cell.content);
                    }
                }
            }
        }
    }

    fn data(&mut self, rows: Vec<Vec<Merged<Vec<Block>>>>) {
        let mut within = Vec::new();
        let mut words = |blocks: Vec<Block>| {
            let mut lines = Vec::new();
            for block in blocks {
                match block {
                    Block::Line(line) => lines.push(line),
                    Block::Table(_) => within.push(block),
                }
            }
            lines.join("\n")
        };
        let mut plain = Vec::with_capacity(rows.len());
        for row in rows {
            let cells = row.into_iter().map(|cell| Merged {
                content: words(cell.content),
                columns: cell.columns,
                rows: cell.rows,
            });
            plain.push(cells.collect());
        }
        self.table(plain);
        self.blocks(within);
    }
}

/// Whether a table holds data rather than lays out a page.
fn is_data(rows: &[Vec<Merged<Vec<Block>>>]) -> bool {
    let length = |cell: &Merged<Vec<Block>>| {
        let lines = cell.content.iter().map(|block| match block {
            Block::Line(line) => line.len(),
            Block::Table(_) => 0,
        });
        lines.sum::<usize>()
    };
    let tables = |cell: &Merged<Vec<Block>>| {
        cell.content.iter().filter(|block| matches!(block, Block::Table(_))).count()
    };
    let cells = || rows.iter().flatten();
    rows.len() >= 2
        && rows.iter().any(|row| row.len() >= 2)
        && cells().all(|cell| length(cell) <= LONGEST)
        && cells().map(tables).sum::<usize>() <= rows.len()
}

/// The rows of a table, merged cells laid out.
#[derive(Debug)]
pub(super) struct LaidOut<T> {
    /// For each row its cells with their first column, left to right.
    pub(super) rows: Vec<Vec<(usize, T)>>,
    /// What stood beyond [`MOST_COLUMNS`].
    pub(super) beyond: Vec<T>,
}

/// Lays merged cells out.
pub(super) fn lay_out<T>(rows: Vec<Vec<Merged<T>>>) -> LaidOut<T> {
    // How many more rows each column is covered from above.
    let mut covered: Vec<usize> = Vec::new();
    let mut out = LaidOut { rows: Vec::with_capacity(rows.len()), beyond: Vec::new() };
    for row in rows {
        let mut column = 0;
        let mut laid = Vec::with_capacity(row.len());
        let mut next = vec![0; covered.len()];
        for (i, left) in covered.iter().enumerate() {
            next[i] = left.saturating_sub(1);
        }
        for cell in row {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            if column >= MOST_COLUMNS {
                out.beyond.push(cell.content);
                continue;
            }
            let end = (column + cell.columns.max(1)).min(MOST_COLUMNS);
            if next.len() < end {
                next.resize(end, 0);
            }
            next[column..end].fill(cell.rows.saturating_sub(1));
            laid.push((column, cell.content));
            column = end;
        }
        covered = next;
        out.rows.push(laid);
    }
    out
}

impl Extract {
    /// Adds a table of plain cells.
    pub(super) fn table(&mut self, rows: Vec<Vec<Merged<String>>>) {
        self.end_line();
        let start = self.text.len();
        let mut cells = Vec::new();
        let laid_out = lay_out(rows);
        self.left_out += laid_out.beyond.iter().filter(|text| !text.trim().is_empty()).count();
        for (row, laid) in (0..).zip(laid_out.rows) {
            let line = self.text.len();
            let mut column = 0;
            for (at, content) in laid {
                while column < at {
                    self.text.push('\t');
                    column += 1;
                }
                let begin = self.text.len();
                push_words(&mut self.text, &content);
                cells.push(GridCell { at: begin..self.text.len(), row, column: at as u32 });
            }
            if self.text.len() > line {
                self.text.push('\n');
            }
        }
        if self.text.len() > start {
            self.grids.push(Grid { at: start..self.text.len(), cells });
        }
    }
}

/// Appends `content` on one line: white space of any kind is one space.
fn push_words(text: &mut String, content: &str) {
    let begin = text.len();
    for word in content.split(char::is_whitespace).filter(|word| !word.is_empty()) {
        if text.len() > begin {
            text.push(' ');
        }
        text.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(content: &str, columns: usize, rows: usize) -> Merged<String> {
        Merged { content: content.to_owned(), columns, rows }
    }

    #[test]
    fn merged_cells_are_laid_out() {
        let mut extract = Extract::default();
        extract.line("一、概述");
        extract.table(vec![
            vec![cell("项目", 2, 2), cell("甲", 1, 1)],
            vec![cell("乙", 1, 1)],
            vec![cell("三", 1, 2), cell("（一）", 1, 1), cell("", 1, 1)],
            vec![cell("（二）", 1, 1), cell("1 2", 1, 1)],
        ]);
        assert_eq!(extract.text, "一、概述\n项目\t\t甲\n\t\t乙\n三\t（一）\t\n\t（二）\t1 2\n");
        let cells = &extract.grids[0].cells;
        let found: Vec<_> =
            cells.iter().map(|c| (c.row, c.column, &extract.text[c.at.clone()])).collect();
        let expected = [
            (0, 0, "项目"),
            (0, 2, "甲"),
            (1, 2, "乙"),
            (2, 0, "三"),
            (2, 1, "（一）"),
            (2, 2, ""),
            (3, 1, "（二）"),
            (3, 2, "1 2"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_cell_as_wide_as_the_sea_costs_nothing() {
        let mut extract = Extract::default();
        extract
            .table(vec![vec![cell("甲", usize::MAX / 2, usize::MAX / 2), cell("乙", 1, 1)]; 3]);
        assert_eq!(extract.text, "甲\n");
        assert_eq!(extract.left_out, 5);
    }
}
