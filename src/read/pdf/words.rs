//! Words with their places on a page, and the lines they stand in.

use unpdf::parser::TextSpan;

/// The most blanks put between two words of a line.
const WIDEST: usize = 200;
/// Words whose baselines lie closer than this part of their size stand in one line.
const SAME_LINE: f32 = 0.35;

/// A piece of text as the page places it; lengths in points, y upward.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    /// Its left end.
    pub(super) x: f32,
    /// Its right end.
    pub(super) end: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// The size of its characters.
    pub(super) size: f32,
}

impl Word {
    /// What `span` shows; nothing for blanks and for what stands nowhere.
    pub(super) fn new(span: &TextSpan) -> Option<Self> {
        let text = span.text.trim();
        let width = span.ink_width.unwrap_or(span.width).max(0.0);
        let word = Self {
            text: text.to_owned(),
            x: span.x,
            end: span.x + width,
            y: span.y,
            size: span.font_size.abs().clamp(1.0, 200.0),
        };
        let placed = word.x.is_finite() && word.end.is_finite() && word.y.is_finite();
        (placed && !text.is_empty()).then_some(word)
    }

    /// The middle of its characters, above the baseline.
    pub(super) fn middle(&self) -> f32 {
        self.y + self.size * 0.3
    }

    /// How wide the part of it is, at its beginning, that no line may break: a Chinese character, or letters
    /// and digits together, and the brackets they open with.
    pub(super) fn unbroken(&self) -> f32 {
        let opening = |c: &char| "（《“‘〔【(".contains(*c);
        let rest = self.text.trim_start_matches(|c| opening(&c));
        let opened = self.text.chars().take_while(opening).map(ems).sum::<f32>();
        let letters = rest.chars().take_while(char::is_ascii_graphic).map(ems).sum::<f32>();
        (opened + if letters > 0.0 { letters } else { 1.0 }) * self.size
    }

    /// The word in pieces, cut where it crosses one of the vertical lines `cuts`, which go from left
    /// to right. How wide each character is, is told by its kind.
    pub(super) fn cut(self, cuts: &[f32]) -> Vec<Self> {
        let crossed = cuts.iter().any(|cut| self.x < *cut && *cut < self.end);
        let total: f32 = self.text.chars().map(ems).sum();
        if !crossed || total <= 0.0 {
            return vec![self];
        }
        let scale = (self.end - self.x) / total;
        let column = |x: f32| cuts.partition_point(|cut| *cut <= x);
        let mut pieces: Vec<(usize, Self)> = Vec::new();
        let mut x = self.x;
        for c in self.text.chars() {
            let end = x + ems(c) * scale;
            let at = column((x + end) / 2.0);
            match pieces.last_mut() {
                Some((last, piece)) if *last == at => {
                    piece.text.push(c);
                    piece.end = end;
                }
                _ => pieces.push((at, Self { text: c.to_string(), x, end, ..self })),
            }
            x = end;
        }
        let kept = pieces.into_iter().map(|(_, piece)| piece);
        kept.filter(|piece| !piece.text.trim().is_empty()).collect()
    }
}

/// About how wide a character is, in parts of its size.
fn ems(c: char) -> f32 {
    if c.is_ascii() { 0.5 } else { 1.0 }
}

/// A line of words.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its baseline.
    pub(super) y: f32,
    pub(super) words: Vec<Word>,
}

/// The lines that `words` stand in, from top to bottom.
pub(super) fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines: Vec<Line> = Vec::new();
    let size = usual_size(&words);
    for word in words {
        match lines.last_mut() {
            Some(line) if line.y - word.y < size * SAME_LINE => {
                line.y = word.y;
                line.words.push(word);
            }
            _ => lines.push(Line { y: word.y, words: vec![word] }),
        }
    }
    for line in &mut lines {
        line.words.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    lines
}

/// The size of most characters: the median of the words'.
pub(super) fn usual_size(words: &[Word]) -> f32 {
    let mut sizes: Vec<f32> = words.iter().map(|word| word.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(12.0).clamp(4.0, 72.0)
}

impl Line {
    /// Its text, which begins `left` of it. Where a word stands apart from the one before, as many
    /// blanks as there is room for, half a character each.
    pub(super) fn text(&self, left: f32, size: f32) -> String {
        let mut out = String::new();
        let mut end = left;
        for word in &self.words {
            let gap = word.x - end;
            if gap > size * 0.3 {
                let blanks = (gap / (size * 0.5)).round().max(1.0) as usize;
                out.extend(std::iter::repeat_n(' ', blanks.min(WIDEST)));
            }
            out.push_str(&word.text);
            end = word.end;
        }
        out
    }

    /// Where its last word ends.
    pub(super) fn end(&self) -> f32 {
        self.words.iter().map(|word| word.end).fold(f32::MIN, f32::max)
    }
}

/// The text of a cell that ends at `right`: its lines in one. A number or a word that was broken
/// because the cell has no room for it is whole again.
pub(super) fn cell_text(words: Vec<Word>, right: f32) -> String {
    let mut out = String::new();
    let mut full = false;
    for line in lines(words) {
        let Some(first) = line.words.first() else { continue };
        let size = first.size;
        let text = line.text(first.x, size);
        let apart = out.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
            && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
        if apart && !full {
            out.push(' ');
        }
        out.push_str(&text);
        full = right - line.end() < size * 0.9;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x: f32, end: f32, y: f32) -> Word {
        Word { text: text.to_owned(), x, end, y, size: 10.0 }
    }

    #[test]
    fn a_word_is_cut_where_a_rule_goes_through_it() {
        let pieces = word("本年制发件数本年废止件数", 0.0, 120.0, 0.0).cut(&[-5.0, 61.0, 300.0]);
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(texts, ["本年制发件数", "本年废止件数"]);
        assert_eq!(word("12", 0.0, 10.0, 0.0).cut(&[20.0]).len(), 1);
    }

    #[test]
    fn a_number_broken_by_a_narrow_cell_is_whole_and_two_numbers_stay_two() {
        let words = || vec![word("125", 2.0, 17.0, 20.0), word("6", 2.0, 7.0, 8.0)];
        assert_eq!(cell_text(words(), 20.0), "1256");
        assert_eq!(cell_text(words(), 60.0), "125 6");
        let label = vec![word("法人或其", 0.0, 40.0, 20.0), word("他组织", 0.0, 30.0, 8.0)];
        assert_eq!(cell_text(label, 90.0), "法人或其他组织");
    }
}
