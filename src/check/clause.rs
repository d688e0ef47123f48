//! The running text cut into clauses of at most one counted figure, in sentences and brackets.

use crate::document::{BlockKind, Document, Zone};
use crate::facts::Figure;
use crate::text::{FoldedSpan, piece};

/// A clause.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// Where it stands.
    pub(super) at: FoldedSpan,
    /// Its figure: an index into the report's figures.
    pub(super) figure: Option<usize>,
    /// What stands between the clause before and this one.
    pub(super) opens: Opens,
    /// How many brackets around it close behind it.
    pub(super) closes: usize,
}

/// How a clause begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opens {
    /// A new sentence under a new heading.
    Heading,
    /// A new paragraph.
    Paragraph,
    /// A new sentence.
    Sentence,
    /// Within the sentence, after a comma or the figure before.
    Comma,
    /// Within the sentence, after a semicolon.
    Semicolon,
    /// Within the sentence, after a colon.
    Colon,
    /// A bracket.
    Bracket,
}

/// The clauses of opening and body. `figures` are those of the document, in order.
pub(super) fn clauses(document: &Document, figures: &[Figure]) -> Vec<Clause> {
    let mut out = Vec::new();
    let mut goes_on = false;
    for block in document.prose(Zone::TEXT) {
        let heading = matches!(block.kind, BlockKind::Heading(_));
        let from = figures.partition_point(|figure| figure.at.start < block.at.start);
        let to = figures.partition_point(|figure| figure.at.start < block.at.end);
        let own = figures.get(from..to).unwrap_or_default();
        let opens = match (heading, goes_on) {
            (true, _) => Opens::Heading,
            (false, true) => Opens::Comma,
            (false, false) => Opens::Paragraph,
        };
        let text = document.text(block.at);
        Cutter { text, base: block.at.start, figures: own, first: from, out: &mut out }.cut(opens);
        // A list whose parts are paragraphs of their own, or a heading whose text stands behind it.
        let run_in = matches!(&block.kind, BlockKind::Heading(heading) if heading.run_in);
        goes_on = run_in || (!heading && text.trim_end().ends_with([':', ';', ',', '、']));
    }
    out
}

struct Cutter<'c> {
    text: &'c str,
    base: u32,
    /// The figures of this block, and the index of the first of them.
    figures: &'c [Figure],
    first: usize,
    out: &'c mut Vec<Clause>,
}

impl Cutter<'_> {
    fn cut(mut self, mut opens: Opens) {
        let mut start = 0;
        let mut figure = 0;
        for (at, c) in self.text.char_indices() {
            while self.end_of(figure).is_some_and(|end| end <= at) {
                figure += 1;
            }
            let next = match c {
                ',' => Opens::Comma,
                ';' => Opens::Semicolon,
                ':' => Opens::Colon,
                '。' | '!' | '?' | '\n' => Opens::Sentence,
                '(' | ')' => Opens::Bracket,
                _ => continue,
            };
            // 13,612件: the comma belongs to the number.
            let inside =
                |figure: &&Figure| self.offset(figure.at.start) <= at && figure.unit.is_some();
            if self.figures.get(figure).filter(inside).is_some() {
                continue;
            }
            self.push(start, at, opens, usize::from(c == ')'));
            start = at + c.len_utf8();
            opens = if c == ')' { Opens::Comma } else { next };
        }
        self.push(start, self.text.len(), opens, 0);
    }

    fn offset(&self, at: u32) -> usize {
        at.saturating_sub(self.base) as usize
    }

    fn end_of(&self, figure: usize) -> Option<usize> {
        self.figures.get(figure).map(|figure| self.offset(figure.at.end))
    }

    /// Adds the clauses at `start..end`: one, or one for each figure. Shares (占5.9%) count nothing.
    fn push(&mut self, start: usize, end: usize, opens: Opens, closes: usize) {
        let before =
            |end: usize| self.figures.partition_point(|figure| self.offset(figure.at.start) < end);
        let counted: Vec<usize> =
            (before(start)..before(end)).filter(|i| counts(&self.figures[*i])).collect();
        let (mut start, mut opens) = (start, opens);
        for (i, figure) in counted.iter().enumerate() {
            let last = i + 1 == counted.len();
            let end = if last { end } else { self.end_of(*figure).unwrap_or(end) };
            self.add(start, end, Some(*figure), opens, if last { closes } else { 0 });
            (start, opens) = (end, Opens::Comma);
        }
        if counted.is_empty() {
            self.add(start, end, None, opens, closes);
        }
    }

    fn add(
        &mut self,
        start: usize,
        end: usize,
        figure: Option<usize>,
        opens: Opens,
        closes: usize,
    ) {
        let at = FoldedSpan::new(start, end).shift(self.base);
        let figure = figure.map(|figure| self.first + figure);
        self.out.push(Clause { at, figure, opens, closes });
    }
}

/// Whether the figure counts something: shares do not, and zeros in words (未收到申请) are read as the
/// words they are.
fn counts(figure: &Figure) -> bool {
    !matches!(figure.unit.as_deref(), None | Some("%" | "‰" | "个百分点"))
}

impl Clause {
    /// What stands before and after its figure; all of it and nothing if it has none.
    pub(super) fn around<'d>(&self, document: &'d Document, figures: &[Figure]) -> [&'d str; 2] {
        let text = document.text(self.at);
        match self.figure.and_then(|figure| figures.get(figure)) {
            Some(figure) => {
                let start = figure.at.start.saturating_sub(self.at.start) as usize;
                let end = figure.at.end.saturating_sub(self.at.start) as usize;
                [piece(text, 0, start), piece(text, end, text.len())]
            }
            None => [text, ""],
        }
    }
}
