//! The cells of a table, in every way a table is seen written out as text.

use super::line::{Line, is_page_number, is_unit, is_value};
use super::regions::{self, Region};
use super::{Grid, Page};
use crate::document::{Cell, CellKind, Layout, Table};
use crate::profile::Vocabulary;
use crate::text::{FoldedSpan, fold, piece, skeleton};
use std::ops::Range;

/// How cells are set apart in one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// `| a | b |`: a line is a row.
    Ruled,
    /// `a |` line by line: a line is a cell, `||` ends a row.
    Piped,
    /// A cell a line, and a line with a pipe alone between two cells.
    Barred,
    /// TAB between cells: a line is a row.
    Tabbed,
    /// A TAB before each cell, a line is a cell, an empty line ends a row.
    Indented,
    /// Cells apart by spaces or lines; blank cells cannot be seen.
    Spaced,
    /// Rows and columns are known: the table with this index.
    Known(usize),
}

/// Whether an empty line is a blank cell: it is indented by a TAB.
pub(super) fn is_blank_cell(source: &str, line: &Line) -> bool {
    source.get(line.start..line.end).is_some_and(|text| text.starts_with('\t'))
}

/// The pieces of a line that may be cells, as byte ranges of the source: apart by pipes, else by
/// TABs, else by white space where figures stand at the end.
pub(super) fn split(source: &str, line: &Line) -> Vec<Range<usize>> {
    let text = piece(source, line.start, line.end);
    if text.contains('|') {
        return ranges(text, line.start, |c| c == '|');
    }
    if text.trim().contains('\t') {
        return ranges(text, line.start, |c| c == '\t');
    }
    let words: Vec<_> = ranges(text, line.start, char::is_whitespace)
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    let words = join_notes(source, words);
    let ends_in_figure =
        words.last().is_some_and(|word| is_value(&fold(piece(source, word.start, word.end))));
    if words.len() > 1 && (ends_in_figure || words.len() > 2) {
        return words;
    }
    std::iter::once(line.start..line.end).collect()
}

/// A note in brackets is one with its label, whatever spaces stand in it (`信息数（计 1 条）`), if it
/// ends on the line: else figures may stand behind the label's first part.
fn join_notes(source: &str, words: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let text = |word: &Range<usize>| piece(source, word.start, word.end);
    let opens = |word: &Range<usize>| text(word).rfind(['(', '（']) > text(word).rfind([')', '）']);
    if !words.iter().any(opens) {
        return words;
    }
    let mut joined = Vec::with_capacity(words.len());
    let mut i = 0;
    while i < words.len() {
        let closing = || (i + 1..words.len()).find(|j| text(&words[*j]).contains([')', '）']));
        let end = opens(&words[i]).then(closing).flatten().unwrap_or(i);
        joined.push(words[i].start..words[end].end);
        i = end + 1;
    }
    joined
}

fn ranges(text: &str, base: usize, apart: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if apart(c) {
            found.push(base + start..base + at);
            start = at + c.len_utf8();
        }
    }
    found.push(base + start..base + text.len());
    found
}

/// How the cells of the table in `lines` are set apart.
pub(super) fn style(page: &Page<'_>, source: &str, lines: &Range<usize>) -> Style {
    let (mut filled, mut piped, mut ruled, mut tabbed, mut indented) = (0, 0, 0, 0, 0);
    let mut bars = 0;
    for line in &page.lines[lines.clone()] {
        let text = piece(source, line.start, line.end);
        if text.trim().is_empty() {
            continue;
        }
        filled += 1;
        if text.trim().bytes().all(|b| b == b'|') {
            bars += 1;
        }
        if text.contains('|') {
            piped += 1;
            let inner = text.trim().trim_matches('|');
            ruled += usize::from(inner.contains('|'));
        } else if text.trim().contains('\t') {
            tabbed += 1;
        } else if text.starts_with('\t') {
            indented += 1;
        }
    }
    match () {
        () if bars == piped && bars * 4 > filled && filled > bars => Style::Barred,
        () if piped * 2 > filled && ruled * 3 > piped => Style::Ruled,
        () if piped * 2 > filled => Style::Piped,
        () if tabbed >= 2 && tabbed * 3 >= filled => Style::Tabbed,
        () if indented * 2 > filled => Style::Indented,
        () => Style::Spaced,
    }
}

/// Reads the cells of one table.
pub(super) fn table(
    page: &Page<'_>,
    source: &str,
    grids: &[Grid],
    region: &Region,
    vocabulary: &Vocabulary,
) -> Table {
    let cells = Vec::new();
    let mut reader = Reader { page, source, vocabulary, cells, row: 0, column: 0, after_bar: true };
    if let Style::Known(index) = region.style {
        for cell in grids.get(index).map(|grid| grid.cells.as_slice()).unwrap_or_default() {
            (reader.row, reader.column) = (cell.row, cell.column);
            reader.push(&cell.at, true);
        }
        return Table {
            at: regions::span(page, &region.lines),
            layout: Layout::Grid,
            cells: reader.cells,
        };
    }
    for i in region.lines.clone() {
        if is_page_number(page.text(i)) {
            continue;
        }
        match region.style {
            Style::Ruled => reader.ruled(i),
            Style::Piped => reader.piped(i),
            Style::Barred => reader.barred(i),
            Style::Tabbed => reader.tabbed(i),
            Style::Indented => reader.indented(i),
            Style::Spaced => reader.spaced(i),
            Style::Known(_) => {}
        }
    }
    let layout = match region.style {
        Style::Ruled | Style::Tabbed | Style::Known(_) => Layout::Grid,
        Style::Piped | Style::Barred | Style::Indented | Style::Spaced => Layout::Stream,
    };
    Table { at: regions::span(page, &region.lines), layout, cells: reader.cells }
}

struct Reader<'p> {
    page: &'p Page<'p>,
    source: &'p str,
    vocabulary: &'p Vocabulary,
    cells: Vec<Cell>,
    row: u32,
    column: u32,
    /// Whether the last thing read was a bar between cells.
    after_bar: bool,
}

impl Reader<'_> {
    fn ruled(&mut self, i: usize) {
        let text = self.page.text(i);
        if text.is_empty()
            || text.bytes().all(|b| matches!(b, b'|' | b'-' | b':')) && text.contains('-')
        {
            return;
        }
        if !text.contains('|') {
            // A cell's text that went on in the next line.
            self.spaced(i);
            return;
        }
        let line = &self.page.lines[i];
        let mut cells = split(self.source, line);
        let written = piece(self.source, line.start, line.end).trim();
        if written.starts_with('|') {
            cells.remove(0);
        }
        if written.ends_with('|') && written.len() > 1 {
            cells.pop();
        }
        self.row_of(cells);
    }

    fn tabbed(&mut self, i: usize) {
        let line = &self.page.lines[i];
        let text = piece(self.source, line.start, line.end);
        if text.trim().is_empty() {
            return;
        }
        if text.trim().contains('\t') {
            self.row_of(ranges(text, line.start, |c| c == '\t'));
        } else {
            self.spaced(i);
        }
    }

    fn row_of(&mut self, cells: Vec<Range<usize>>) {
        self.break_row();
        for cell in cells {
            self.push(&cell, true);
        }
        self.break_row();
    }

    fn piped(&mut self, i: usize) {
        let line = &self.page.lines[i];
        let text = piece(self.source, line.start, line.end).trim();
        if text.is_empty() {
            return;
        }
        if text.len() > 1 && text.bytes().all(|b| b == b'|') {
            self.break_row();
            return;
        }
        let mut cells = split(self.source, line);
        if text.ends_with('|') {
            cells.pop();
        }
        for cell in cells {
            self.push(&cell, true);
        }
    }

    /// Two bars with nothing between them enclose a blank cell.
    fn barred(&mut self, i: usize) {
        let line = &self.page.lines[i];
        let text = piece(self.source, line.start, line.end).trim();
        let bars = text.len();
        if text.is_empty() {
            return;
        }
        if !text.bytes().all(|b| b == b'|') {
            self.after_bar = false;
            self.spaced(i);
            return;
        }
        let blanks = bars - usize::from(!self.after_bar);
        for _ in 0..blanks {
            self.push(&(line.end..line.end), true);
        }
        self.after_bar = true;
    }

    fn indented(&mut self, i: usize) {
        let line = &self.page.lines[i];
        let text = piece(self.source, line.start, line.end);
        if text.is_empty() {
            self.break_row();
        } else if text.starts_with('\t') {
            self.push(&(line.start..line.end), true);
        } else {
            self.spaced(i);
        }
    }

    fn spaced(&mut self, i: usize) {
        let cells = split(self.source, &self.page.lines[i]);
        for cell in cells {
            match self.glued_figures(&cell) {
                Some(at) => {
                    self.push(&(cell.start..at), false);
                    self.push(&(at..cell.end), false);
                }
                None => self.push(&cell, false),
            }
        }
    }

    /// Where the figures begin that follow a known label without anything between: `行政许可000`.
    fn glued_figures(&self, cell: &Range<usize>) -> Option<usize> {
        let text = piece(self.source, cell.start, cell.end).trim_end();
        let label = text.trim_end_matches(|c: char| c.is_numeric());
        let key = (label.len() < text.len()).then(|| skeleton(label))?;
        (self.vocabulary.label(&key) == Some(key.len())).then_some(cell.start + label.len())
    }

    fn break_row(&mut self) {
        if self.column > 0 {
            self.row += 1;
            self.column = 0;
        }
    }

    /// Adds the cell at `range` of the source; a blank one only where the text shows blanks.
    fn push(&mut self, range: &Range<usize>, keep_blank: bool) {
        let at = self.folded(range);
        let text = self.page.folded.slice(at);
        let kind = match text {
            "" if !keep_blank => return,
            "" => CellKind::Blank,
            _ if is_value(text) => CellKind::Value,
            _ if is_unit(text) => CellKind::Unit,
            _ => CellKind::Label,
        };
        self.cells.push(Cell { at, row: self.row, column: self.column, kind });
        self.column += 1;
    }

    fn folded(&self, range: &Range<usize>) -> FoldedSpan {
        let folded = self.page.folded;
        let start = folded.folded_at(range.start as u32);
        let end = folded.folded_at(range.end as u32).max(start);
        let text = folded.slice(FoldedSpan { start, end });
        let left = text.len() - text.trim_start_matches([' ', '\n']).len();
        let right = text.trim_end_matches([' ', '\n']).len().max(left);
        FoldedSpan { start: start + left as u32, end: start + right as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read_text;

    fn cells(text: &str) -> Vec<(u32, u32, String)> {
        let document = read_text("x", text, &Vocabulary::default());
        let table = document.tables.first().expect("a table");
        let text = |cell: &Cell| document.text(cell.at).to_owned();
        table.cells.iter().map(|cell| (cell.row, cell.column, text(cell))).collect()
    }

    #[test]
    fn ruled_rows_keep_their_blank_cells() {
        let found = cells("| 项目 | 甲 | 乙 |\n|---|--:|---|\n| 新收 |  | ２ |\n");
        let expected =
            [(0, 0, "项目"), (0, 1, "甲"), (0, 2, "乙"), (1, 0, "新收"), (1, 1, ""), (1, 2, "2")];
        assert_eq!(found, expected.map(|(row, column, text)| (row, column, text.to_owned())));
    }
}
