//! Where each piece of an extracted text stands in the file it was taken from.
//!
//! A web page is read as the text a reader sees. That text is a third one beside the file and the
//! folded text; this map leads from it to the file and back.

use super::Span;
use std::sync::OnceLock;

/// A file's decoded text, and the way to it from the text that was extracted.
#[derive(Debug, Default)]
pub struct Origin {
    /// The decoded text of the file.
    pub text: String,
    runs: Vec<Run>,
    /// The runs in the order of the file, as indices.
    back: OnceLock<Vec<u32>>,
}

/// From extracted byte `shown` on, the file is read at byte `file`: byte by byte if `length` is
/// `None`, else all of the run's extracted bytes stand for that many bytes of the file.
#[derive(Clone, Copy, Debug)]
struct Run {
    shown: u32,
    file: u32,
    length: Option<u32>,
}

impl Origin {
    /// The map for a text extracted from `text`; still empty.
    pub fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Says that the extracted text goes on, from byte `shown`, with what stands at byte `file`,
    /// byte by byte. Pieces are given in the order of the extracted text.
    pub fn copied(&mut self, shown: usize, file: usize) {
        let (shown, file) = (shown as u32, file as u32);
        let goes_on = |run: &Run| {
            run.length.is_none() && run.file.checked_add(shown - run.shown) == Some(file)
        };
        if !self.runs.last().is_some_and(goes_on) {
            self.push(Run { shown, file, length: None });
        }
    }

    /// Says that the extracted text from byte `shown` on stands for `length` bytes at byte `file`:
    /// an entity, or nothing at all.
    pub fn stands_for(&mut self, shown: usize, file: usize, length: usize) {
        self.push(Run { shown: shown as u32, file: file as u32, length: Some(length as u32) });
    }

    fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last) if last.shown == run.shown => *last = run,
            _ => self.runs.push(run),
        }
    }

    /// Where `shown`, a range of the extracted text, stands in the file.
    pub fn in_file(&self, shown: Span) -> Span {
        let start = self.run_at(shown.start).map_or(0, |run| match run.length {
            None => run.file + (shown.start - run.shown),
            Some(_) => run.file,
        });
        let Some(last) = shown.end.checked_sub(1).filter(|_| !shown.is_empty()) else {
            return Span { start, end: start };
        };
        let end = self.run_at(last).map_or(0, |run| match run.length {
            None => run.file + (shown.end - run.shown),
            Some(length) => run.file + length,
        });
        Span {
            start: start.min(self.text.len() as u32),
            end: end.clamp(start, self.text.len().max(start as usize) as u32),
        }
    }

    fn run_at(&self, shown: u32) -> Option<&Run> {
        let next = self.runs.partition_point(|run| run.shown <= shown);
        next.checked_sub(1).and_then(|i| self.runs.get(i))
    }

    /// Where `file`, a range of the file, was extracted to: the way back of [`Self::in_file`].
    pub fn extracted(&self, file: Span, whole: usize) -> Span {
        let start = self.shown_at(file.start, whole);
        if file.is_empty() {
            return Span { start, end: start };
        }
        let end = self.shown_at(file.end - 1, whole).max(start);
        // The last byte stands for one or, in an entity, for the whole run.
        Span { start, end: (end + 1).min(whole as u32) }
    }

    fn shown_at(&self, file: u32, whole: usize) -> u32 {
        let back = self.back.get_or_init(|| {
            let mut order: Vec<u32> = (0..self.runs.len() as u32).collect();
            order.sort_by_key(|i| (self.runs[*i as usize].file, *i));
            order
        });
        let next = back.partition_point(|i| self.runs[*i as usize].file <= file);
        let Some(index) = next.checked_sub(1).map(|i| back[i] as usize) else { return 0 };
        let run = self.runs[index];
        let end = self.runs.get(index + 1).map_or(whole as u32, |next| next.shown);
        match run.length {
            None => (run.shown + (file - run.file)).min(end),
            Some(length) if length > 0 && file + 1 == run.file + length => {
                end.saturating_sub(1).max(run.shown)
            }
            Some(_) => run.shown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1<b>2</b>&#51;` read as `123`.
    fn sample() -> (Origin, &'static str) {
        let file = "<td>1<b>2</b>&#51;</td>";
        let mut origin = Origin::new(file.to_owned());
        origin.copied(0, 4);
        origin.copied(1, 8);
        origin.stands_for(2, 13, 5);
        (origin, "123")
    }

    #[test]
    fn leads_to_the_file_and_back() {
        let (origin, shown) = sample();
        for (start, end, cut) in
            [(0, 3, "1<b>2</b>&#51;"), (1, 2, "2"), (2, 3, "&#51;"), (1, 1, "")]
        {
            let span = origin.in_file(Span::new(start, end));
            assert_eq!(
                super::super::piece(&origin.text, span.start as usize, span.end as usize),
                cut
            );
            assert_eq!(origin.extracted(span, shown.len()), Span::new(start, end), "{cut}");
        }
    }
}
