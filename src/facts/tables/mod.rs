//! Tables as grids: every figure under the names of its row and its column.

mod align;
mod layout;
mod stream;

use crate::document::{Document, Placed};
use crate::profile::{Form, Profile, Vocabulary};
use crate::text::{FoldedSpan, amount};
use rust_decimal::Decimal;
use std::sync::Arc;

/// One table, as far as it could be laid out.
#[derive(Clone, Debug)]
pub struct TableFact {
    /// The form it was recognised as.
    pub form: Option<Arc<Form>>,
    /// Index into [`Document::tables`].
    pub index: usize,
    /// Where it stands: from its first label to its last cell.
    pub at: FoldedSpan,
    /// The columns that are there.
    pub columns: Vec<ColumnFact>,
    /// The rows that are there, in the order of the text.
    pub rows: Vec<RowFact>,
}

/// A column of figures.
#[derive(Clone, Debug)]
pub struct ColumnFact {
    /// Its index in the form.
    pub line: Option<usize>,
    /// Its head: the parts of the official head path joined by `›`, else as written.
    pub label: String,
}

/// A row of figures.
#[derive(Clone, Debug)]
pub struct RowFact {
    /// Its index in the form, if it is one of the form's rows.
    pub line: Option<usize>,
    /// Its label as written; an empty span where the form has none.
    pub label: FoldedSpan,
    /// The unit printed in the row.
    pub unit: Option<FoldedSpan>,
    /// Its figures.
    pub cells: Vec<TableCell>,
    /// Whether each figure's column is known. If blank cells were lost it cannot be.
    pub aligned: bool,
}

/// One figure of a table.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// Index into [`TableFact::columns`]; meaningless if the row is not aligned.
    pub column: usize,
    /// Where it stands; an empty span for a blank cell.
    pub at: FoldedSpan,
    /// What is written there.
    pub written: Written,
}

/// What is written in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A number.
    Number(Decimal),
    /// Nothing; not the same as 0.
    Blank,
    /// Something in a number's place: `/`, `—`, `无`, words.
    Other(String),
}

impl Written {
    /// The number, if it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Blank | Self::Other(_) => None,
        }
    }

    /// Reads the folded text of a cell: units and the words 增/减 are taken off.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Blank;
        }
        if let Some(number) = amount(text) {
            return Self::Number(number);
        }
        let (sign, digits) = match text.chars().next() {
            Some('减' | '↓' | '-') => ("-", text.trim_start_matches(['减', '↓', '-'])),
            _ => ("", text.trim_start_matches(['增', '↑', '+', '('])),
        };
        let end = digits.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
        let number = crate::text::piece(digits, 0, end);
        let unit = crate::text::piece(digits, end, digits.len());
        let factor = if unit.starts_with('万') { Decimal::from(10_000) } else { Decimal::ONE };
        let value = amount(&format!("{sign}{number}")).filter(|_| unit.chars().count() <= 3);
        value.map_or_else(|| Self::Other(text.to_owned()), |value| Self::Number(value * factor))
    }
}

impl TableFact {
    /// The name rules use, if the form was recognised.
    pub fn name(&self) -> Option<&str> {
        self.form.as_ref().map(|form| form.name.as_str())
    }

    /// Its official title, if the form was recognised.
    pub fn title(&self) -> Option<&str> {
        self.form.as_ref().map(|form| form.title.as_str())
    }

    /// The row with index `line` in the form.
    pub fn row(&self, line: usize) -> Option<&RowFact> {
        self.rows.iter().find(|row| row.line == Some(line))
    }

    /// The cell of `row` in the form's column `line`, if the row is aligned.
    pub fn cell<'t>(&'t self, row: &'t RowFact, line: usize) -> Option<&'t TableCell> {
        let column = self.columns.iter().position(|column| column.line == Some(line))?;
        row.cells.iter().find(|cell| row.aligned && cell.column == column)
    }

    /// The place of a cell with its human path: table, row, column.
    pub fn place(&self, document: &Document, row: &RowFact, cell: &TableCell) -> Placed {
        let name = self.name().unwrap_or("表").to_owned();
        let mut path = vec![name];
        let label = self.row_name(document, row);
        path.extend((!label.is_empty()).then_some(label));
        if self.columns.len() > 1 && row.aligned {
            path.extend(self.columns.get(cell.column).map(|column| column.label.clone()));
        }
        Placed { cell: path, ..cell.at.into() }
    }

    /// The row's name in the form, else its label as written.
    pub fn row_name(&self, document: &Document, row: &RowFact) -> String {
        let line = row.line.and_then(|line| self.form.as_ref()?.rows.get(line));
        line.map_or_else(|| document.text(row.label).to_owned(), |line| line.name.clone())
    }

    /// Whether not one cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.written == Written::Blank)
    }
}

/// All tables of `document`, in order. `preferred` are the forms of the packs in force: of two
/// forms that fit equally well, the one of the year is taken.
pub fn tables(document: &Document, vocabulary: &Vocabulary, preferred: &Profile) -> Vec<TableFact> {
    let mut found = Vec::new();
    for (index, table) in document.tables.iter().enumerate() {
        let stream = stream::Stream::new(document, table);
        let forms = align::recognise(&stream, vocabulary, preferred);
        if forms.is_empty() {
            found.extend(layout::unnamed(document, index, &stream));
        }
        found
            .extend(forms.into_iter().map(|fit| layout::lay_out(index, &stream, vocabulary, &fit)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_as_reports_write_them() {
        for (text, number) in [
            ("1,234", Some("1234")),
            ("+3", Some("3")),
            ("减4", Some("-4")),
            ("增15", Some("15")),
            ("251000元", Some("251000")),
            ("3.5万元", Some("35000.0")),
            ("0件", Some("0")),
            ("六十一", Some("61")),
            ("/", None),
            ("无", None),
        ] {
            let number = number.map(|n| n.parse().unwrap());
            assert_eq!(Written::read(text).number(), number, "{text}");
        }
        assert_eq!(Written::read(""), Written::Blank);
    }
}
