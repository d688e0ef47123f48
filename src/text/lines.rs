//! From byte offsets to lines and columns.

/// A place in a text as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1. Lines end at LF, CR LF or a lone CR.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
    /// Column, from 1, in UTF-16 code units (LSP, SARIF).
    pub column_utf16: u32,
}

/// The starts of all lines of a text.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(i + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                starts.push(i as u32 + 1);
            }
        }
        Self { starts }
    }

    /// The number of lines; a text that ends with a line break has an empty last line.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 0) that holds byte `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The byte range of line `line` (from 0) of `text`, without its line break.
    pub fn range(&self, text: &str, line: usize) -> std::ops::Range<usize> {
        let start = self.starts.get(line).map_or(text.len(), |s| *s as usize);
        let end = self.starts.get(line + 1).map_or(text.len(), |s| *s as usize);
        let trimmed = text[start..end].trim_end_matches(['\n', '\r']).len();
        start..start + trimmed
    }

    /// Line and columns of byte `offset` in `text`.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line_of(offset);
        let start = self.starts[line] as usize;
        let before = super::piece(text, start, offset);
        let (mut column, mut column_utf16) = (1, 1);
        for c in before.chars() {
            column += 1;
            column_utf16 += c.len_utf16() as u32;
        }
        Position { line: line as u32 + 1, column, column_utf16 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_of_every_kind_of_line_end() {
        let text = "一\r\n二\r三\n四";
        let lines = Lines::new(text);
        assert_eq!(lines.count(), 4);
        assert_eq!(&text[lines.range(text, 0)], "一");
        assert_eq!(&text[lines.range(text, 1)], "二");
        assert_eq!(&text[lines.range(text, 2)], "三");
    }

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let text = "　𠮷野X";
        let position = Lines::new(text).position(text, text.find('X').unwrap());
        assert_eq!((position.line, position.column, position.column_utf16), (1, 4, 5));
    }
}
