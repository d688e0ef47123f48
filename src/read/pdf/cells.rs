//! The cells of a table, and its rows at the end of a page.

use crate::profile::Vocabulary;
use crate::read::extract::Merged;
use crate::read::text::{heading_at, is_value};
use crate::text::{fold, skeleton};

/// Rows of cells; a merged cell stands in its first row alone.
pub(super) type Rows = Vec<Vec<Merged<String>>>;

/// Cells by rows and columns.
#[derive(Debug)]
pub(super) struct Cells {
    /// For each row and column the cell there; a merged cell stands in each place it covers.
    pub(super) rows: Vec<Vec<usize>>,
    /// What each cell holds.
    pub(super) texts: Vec<String>,
}

/// What the two rows beside a page's end are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bond {
    /// Two rows.
    Apart,
    /// Two parts of one.
    One,
}

impl Cells {
    /// Puts together what the end of a page parted above row `seam`: heads that were printed again are
    /// taken off, and a row that goes on is one.
    pub(super) fn mend(&mut self, seam: usize, vocabulary: &Vocabulary) {
        if seam == 0 || seam >= self.rows.len() {
            return;
        }
        let (above, below) = self.rows.split_at(seam);
        let again = above.iter().zip(below).take_while(|(a, b)| self.same_head(a, b)).count();
        self.rows.drain(seam..seam + again);
        if seam < self.rows.len() && self.bond(seam, vocabulary) == Bond::One {
            self.join(seam);
        }
    }

    /// Whether two rows hold the same words in the same cells.
    fn same_head(&self, a: &[usize], b: &[usize]) -> bool {
        let words = |cell: &usize| self.texts[*cell].chars().any(char::is_alphabetic);
        let equal = |(a, b): (&usize, &usize)| self.texts[*a] == self.texts[*b];
        a.iter().any(words) && same_shape(a, b) && a.iter().zip(b).all(equal)
    }

    fn bond(&self, seam: usize, vocabulary: &Vocabulary) -> Bond {
        let (above, below) = (&self.rows[seam - 1], &self.rows[seam]);
        if !same_shape(above, below) {
            return Bond::Apart;
        }
        let mut figures = (false, false);
        let mut whole = false;
        for (a, b) in above.iter().zip(below) {
            let (a, b) = (fold(&self.texts[*a]), fold(&self.texts[*b]));
            figures = (figures.0 || is_value(&a), figures.1 || is_value(&b));
            // Figures under heads.
            if !a.is_empty() && !b.is_empty() && is_value(&a) != is_value(&b) {
                return Bond::Apart;
            }
            if b.is_empty() || is_value(&b) {
                continue;
            }
            let known = |text: &str| {
                let key = skeleton(text);
                vocabulary.label(&key) == Some(key.len())
            };
            whole |= !a.is_empty() && known(&format!("{a}{b}"));
            if !whole && (known(&b) || heading_at(&b, vocabulary).is_some()) {
                return Bond::Apart;
            }
        }
        // Two rows of figures are two; so may be two rows of words.
        if figures.0 != figures.1 { Bond::One } else { Bond::Apart }
    }

    /// Puts row `seam` to the one above.
    fn join(&mut self, seam: usize) {
        let below = self.rows.remove(seam);
        let above = self.rows[seam - 1].clone();
        let mut pairs: Vec<(usize, usize)> = above.into_iter().zip(below).collect();
        pairs.dedup();
        for (a, b) in pairs {
            let rest = std::mem::take(&mut self.texts[b]);
            self.texts[a].push_str(&rest);
            for cell in self.rows[seam..].iter_mut().flatten().filter(|cell| **cell == b) {
                *cell = a;
            }
        }
    }

    /// Each cell once, in its first row.
    pub(super) fn into_rows(mut self) -> Rows {
        let mut rows = Vec::with_capacity(self.rows.len());
        for (r, row) in self.rows.iter().enumerate() {
            let above = |column: usize| r.checked_sub(1).map(|r| self.rows[r][column]);
            let mut cells = Vec::new();
            let mut column = 0;
            for same in row.chunk_by(|a, b| a == b) {
                if above(column) != Some(same[0]) {
                    let down = self.rows[r..].iter().take_while(|row| row[column] == same[0]);
                    let content = std::mem::take(&mut self.texts[same[0]]);
                    cells.push(Merged { content, columns: same.len(), rows: down.count() });
                }
                column += same.len();
            }
            rows.push(cells);
        }
        rows
    }
}

/// Whether the cells of two rows begin in the same columns.
fn same_shape(a: &[usize], b: &[usize]) -> bool {
    let begins = |row: &[usize]| row.windows(2).map(|pair| pair[0] != pair[1]).collect::<Vec<_>>();
    a.len() == b.len() && begins(a) == begins(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &[&[&str]]) -> Cells {
        let columns = rows[0].len();
        let texts = rows.iter().flat_map(|row| row.iter().map(|text| (*text).to_owned())).collect();
        let rows = (0..rows.len()).map(|row| (row * columns..(row + 1) * columns).collect());
        Cells { rows: rows.collect(), texts }
    }

    fn mended(rows: &[&[&str]], seam: usize) -> Vec<Vec<String>> {
        let mut cells = cells(rows);
        cells.mend(seam, &Vocabulary::default());
        let texts = |row: Vec<Merged<String>>| row.into_iter().map(|cell| cell.content).collect();
        cells.into_rows().into_iter().map(texts).collect()
    }

    #[test]
    fn a_row_that_the_page_parted_is_one_and_two_rows_are_two() {
        let parted: &[&[&str]] = &[&["3.要求提供公", "0", "2"], &["开出版物", "", ""]];
        assert_eq!(mended(parted, 1), [["3.要求提供公开出版物", "0", "2"]]);
        let late: &[&[&str]] = &[&["3.要求提供公", "", ""], &["开出版物", "0", "2"]];
        assert_eq!(mended(late, 1), [["3.要求提供公开出版物", "0", "2"]]);
        for two in [
            &[["行政许可", "1"], ["行政处罚", "2"]],
            &[["行政许可", "1"], ["2.行政处罚", ""]],
            &[["项目", "数量"], ["行政处罚", "件"]],
            &[["维持", "纠正"], ["1", "2"]],
        ] {
            let rows: Vec<&[&str]> = two.iter().map(|row| row.as_slice()).collect();
            assert_eq!(mended(&rows, 1), *two);
        }
    }

    #[test]
    fn heads_that_are_printed_again_are_taken_off() {
        let rows: &[&[&str]] =
            &[&["项目", "数量"], &["行政许可", "1"], &["项目", "数量"], &["行政处罚", "2"]];
        assert_eq!(mended(rows, 2), [["项目", "数量"], ["行政许可", "1"], ["行政处罚", "2"]]);
    }
}
