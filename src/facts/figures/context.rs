//! What stands around a figure: its sentence, the words it is said of, and the time it is for.

use super::Scope;
use crate::text::piece;
use std::ops::Range;

/// Walks through the sentences of a text, from one figure to the next.
pub(super) struct Sentences<'t> {
    text: &'t str,
    /// The report's year.
    year: Option<i16>,
    sentence: Range<usize>,
    /// How far the text has been read for words of time.
    read: usize,
    scope: Scope,
    /// Whether 截至 has been read since the last year.
    up_to: bool,
    /// Where the part of the sentence begins that is read: after the last semicolon.
    part: usize,
    /// The time before 历年累计 was said in passing (公开86条，历年累计912条；…), which ends with
    /// the part.
    aside: Option<Scope>,
}

/// What stands around one figure, as ranges of the text.
pub(super) struct Around {
    pub(super) before: Range<usize>,
    pub(super) after: Range<usize>,
    pub(super) scope: Scope,
    pub(super) sentence: Range<usize>,
}

/// Ends of a clause; a 顿号 stands between words.
const ENDS: [char; 7] = [',', ';', ':', '(', '。', '\n', '!'];

impl<'t> Sentences<'t> {
    pub(super) fn of(text: &'t str, year: Option<i16>) -> Self {
        let scope = Scope::Unsaid;
        Self { text, year, sentence: 0..0, read: 0, scope, up_to: false, part: 0, aside: None }
    }

    /// Around the figure at `at`; the one before ends at `last`, the one after begins at `next`.
    /// Figures are asked for in order.
    pub(super) fn around(&mut self, last: usize, at: Range<usize>, next: usize) -> Around {
        while self.sentence.end <= at.start && self.sentence.end < self.text.len()
            || self.sentence.is_empty()
        {
            let start = self.sentence.end;
            let rest = piece(self.text, start, self.text.len());
            let end = rest.find(['。', '!', '?']);
            let end = end.map_or(rest.len(), |end| {
                end + rest.get(end..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8)
            });
            self.sentence = start..start + end;
            if end == 0 {
                break;
            }
        }
        self.read_to(at.start);
        let last = last.min(at.start);
        Around {
            before: self.before(last.max(self.sentence.start), at.start),
            after: self.after(at.end, next),
            scope: self.scope,
            sentence: self.sentence.clone(),
        }
    }

    /// The clause that ends at `to`, without what a bracket inside it says.
    fn before(&self, from: usize, to: usize) -> Range<usize> {
        /// In bytes: eighty characters.
        const LONGEST: usize = 240;
        let clause = piece(self.text, from.max(to.saturating_sub(LONGEST)), to);
        let mut depth = 0;
        let mut start = to - clause.len();
        for (i, c) in clause.char_indices().rev() {
            match c {
                ')' => depth += 1,
                '(' if depth > 0 => depth -= 1,
                c if depth == 0 && ENDS.contains(&c) => {
                    start += i + c.len_utf8();
                    break;
                }
                _ => {}
            }
        }
        let clause = piece(self.text, start, to);
        let trimmed = clause.trim_start_matches(['、', ' ', ')', '”', '|']);
        start += clause.len() - trimmed.len();
        start..start + trimmed.trim_end().len()
    }

    /// The words from `from` to the next punctuation, at most to `next`.
    fn after(&self, from: usize, next: usize) -> Range<usize> {
        const LONGEST: usize = 120;
        let after = piece(self.text, from, next.max(from).min(from + LONGEST));
        let end = after.find([',', ';', ':', '(', ')', '。', '、', '\n', '|', '!']);
        from..from + end.unwrap_or(after.len())
    }

    /// Reads the words of time up to byte `to`.
    fn read_to(&mut self, to: usize) {
        let text = self.text;
        let new = piece(text, self.read, to);
        for (i, c) in new.match_indices(['年', '以', '累', '截', ';', '。', '!', '?']) {
            let at = self.read + i;
            let (before, after) =
                (piece(text, at.saturating_sub(48), at), piece(text, at, at + 12));
            match c {
                "年" if before.ends_with('历') && self.has_figure(at) => {
                    self.aside = self.aside.or(Some(self.scope));
                    (self.scope, self.up_to) = (Scope::Cumulative, false);
                }
                "年" => self.year_said(before, piece(text, at + c.len(), at + c.len() + 4)),
                "以" if after.starts_with("以来") && !self.this_year(before) => {
                    self.scope = Scope::Cumulative;
                }
                "累" if after.starts_with("累计") && self.up_to => {
                    self.scope = Scope::Cumulative;
                }
                "截" if after.starts_with("截至") || after.starts_with("截止") => {
                    self.up_to = true;
                }
                ";" => {
                    self.scope = self.aside.take().unwrap_or(self.scope);
                    self.part = at + c.len();
                }
                "。" | "!" | "?" => {
                    (self.scope, self.up_to, self.aside) = (Scope::Unsaid, false, None);
                    self.part = at + c.len();
                }
                _ => {}
            }
        }
        self.read = self.read.max(to);
    }

    /// Whether something is counted in this part of the sentence before `to`; a date counts nothing.
    fn has_figure(&self, to: usize) -> bool {
        /// In bytes: eighty characters.
        const LONGEST: usize = 240;
        let said = piece(self.text, self.part.max(to.saturating_sub(LONGEST)), to);
        said.chars().zip(said.chars().skip(1)).any(|(digit, next)| {
            digit.is_ascii_digit() && !next.is_ascii_digit() && !['年', '月', '日'].contains(&next)
        })
    }

    fn year_said(&mut self, before: &str, after: &str) {
        let said = match before.chars().next_back() {
            Some('历') => Some(Scope::Cumulative),
            Some('本' | '今' | '全' | '当') => self.year.map(Scope::Year),
            Some('上' | '去') => self.year.map(|year| Scope::Year(year - 1)),
            _ => self.dated(before, after),
        };
        if let Some(scope) = said {
            (self.scope, self.up_to) = (scope, false);
        }
    }

    /// `2018年`, unless it is part of a day or of 截至2018年底.
    fn dated(&self, before: &str, after: &str) -> Option<Scope> {
        let digits = piece(before, before.len().checked_sub(4)?, before.len());
        let year: i16 = digits.parse().ok().filter(|year| (2000..2100).contains(year))?;
        let before = piece(before, 0, before.len() - 4);
        let bound = ["截至", "截止", "截止到", "截止至", "到", "至", "自", "从", "〔", "-"];
        let open = bound.iter().any(|word| before.ends_with(word));
        (!open && !after.starts_with(|c: char| c.is_ascii_digit())).then_some(Scope::Year(year))
    }

    /// Whether 以来 counts from the beginning of the report's year.
    fn this_year(&self, before: &str) -> bool {
        let year = self.year.map(|year| format!("{year}年"));
        before.ends_with("今年")
            || before.ends_with("本年度")
            || year.is_some_and(|year| before.contains(&year))
    }
}
