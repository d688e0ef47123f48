//! `same-text`: running text that is nearly that of last year's report, or of another organ's.
//!
//! ```yaml
//! check:
//!   same-text:
//!     at-least: 90                    # percent of the pieces of both texts that are the same
//!     least-characters: 500           # shorter texts are alike by nature
//!     leave-out: [未收到, 统计期限]     # sentences with these words are alike in every report
//! ```
//!
//! Compared are sentences of running text, without headings, tables and figures, and without the
//! organ's own name, by pieces of six characters. A sketch of a few hundred bytes tells which
//! reports are worth being compared in full.

use super::sketch::mix;
use super::{Context, Hit, Kept, Kind, Mark, Outcome, Pair, Side, Sketch};
use crate::document::{BlockKind, Zone};
use crate::facts::OrganName;
use crate::profile::Profile;
use crate::text::{FoldedSpan, Words, fold, piece};
use crate::yaml::{Faults, Fields, Node};
use std::collections::{HashMap, HashSet};

/// The check `same-text`.
#[derive(Debug)]
pub struct SameText {
    /// Percent.
    at_least: u32,
    least_characters: u32,
    leave_out: Words,
}

/// Characters in a piece.
const PIECE: usize = 6;
/// By so many percent a sketch may err.
const ERROR: u32 = 16;
/// The most passages shown.
const SHOWN: usize = 3;

/// How much two texts have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// Percent of the pieces of both texts, rounded down.
    pub percent: u32,
    /// The longest passages that are the same, in the one text and in the other.
    pub passages: Vec<(FoldedSpan, FoldedSpan)>,
}

impl Kind for SameText {
    const NAME: &'static str = "same-text";
    const CASES: &'static [&'static str] = &["last-year", "organs"];
    const SLOTS: &'static [&'static str] =
        &["percent", "year", "last-year", "count", "organs", "organ"];
    const ROLES: &'static [&'static str] = &["now", "before", "other"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let percent = fields.need("at-least", faults);
        let least = fields.need("least-characters", faults);
        let words = fields.get("leave-out").map(|node| node.want_texts(faults)).unwrap_or_default();
        fields.finish(faults);
        let at_least = percent?.want_number(faults)?;
        if !(50..=100).contains(&at_least) {
            let (zh, en) = ("应为 50 至 100 之间的百分数", "a percentage from 50 to 100 is wanted");
            faults.push(&percent?.at, zh, en);
        }
        Some(Self {
            at_least,
            least_characters: least?.want_number(faults)?,
            leave_out: Words::new(words.iter().map(|word| fold(word))),
        })
    }

    fn keep(&self, context: &Context<'_>) -> Option<Kept> {
        let text = self.text(context);
        let length = text.iter().map(|sentence| sentence.length).sum();
        let hashes = text.iter().flat_map(|sentence| sentence.pieces.iter().copied());
        Some(Kept::Sketch(Sketch::new(length, hashes)))
    }

    fn suspects(&self, before: &Kept, now: &Kept) -> bool {
        let (Kept::Sketch(before), Kept::Sketch(now)) = (before, now) else { return false };
        self.is_long(before)
            && self.is_long(now)
            && self.resembles(before, now)
    }

    fn compare(&self, pair: &Pair<'_>, out: &mut Outcome) {
        let Some(shared) = self.shared(pair.now, pair.before) else { return };
        let mut hit = Hit::new("last-year", pair.now.facts.document.anchor())
            .with("percent", shared.percent)
            .with("year", pair.now.year)
            .with("last-year", pair.before.year);
        for (now, before) in shared.passages {
            hit = hit.mark(Mark::new("now", now).with("year", pair.now.year));
            let mark = Mark::new("before", before).on(Side::Before);
            hit = hit.mark(mark.with("year", pair.before.year));
        }
        out.hits.push(hit);
    }
}

/// One sentence as it is compared.
struct Sentence {
    at: FoldedSpan,
    length: u32,
    pieces: Vec<u64>,
}

impl SameText {
    /// What the two texts share, if that is enough to be found.
    pub fn shared(&self, now: &Context<'_>, other: &Context<'_>) -> Option<Shared> {
        let (now, other) = (self.text(now), self.text(other));
        let long = |text: &[Sentence]| {
            text.iter().map(|sentence| sentence.length).sum::<u32>() >= self.least_characters
        };
        if !long(&now) || !long(&other) {
            return None;
        }
        let set = |text: &[Sentence]| -> HashSet<u64> {
            text.iter().flat_map(|sentence| sentence.pieces.iter().copied()).collect()
        };
        let (one, two) = (set(&now), set(&other));
        let same = one.intersection(&two).count();
        let percent = (same * 100 / (one.len() + two.len() - same).max(1)) as u32;
        (percent >= self.at_least)
            .then(|| Shared { percent, passages: passages(&now, &other, &two) })
    }

    /// Whether the text is long enough for likeness to mean something.
    pub fn is_long(&self, sketch: &Sketch) -> bool {
        sketch.length >= self.least_characters
    }

    /// Whether two sketches are reason to compare the texts in full.
    pub fn resembles(&self, one: &Sketch, other: &Sketch) -> bool {
        one.likeness(other) + ERROR >= self.at_least
    }

    /// The hit for a report and those of other organs that are like it: each one's organ and how
    /// much is the same, in percent.
    pub fn alike(&self, context: &Context<'_>, others: &[(String, u32)]) -> Hit {
        let least = others.iter().map(|(_, percent)| *percent).min().unwrap_or_default();
        let organs = others.iter().map(|(organ, _)| organ.clone()).collect();
        let own = context.facts.identity.organ.as_ref().map(|organ| organ.value.clone());
        let mut hit = Hit::new("organs", context.facts.document.anchor())
            .with("percent", least)
            .with("year", context.year)
            .with("count", others.len() as u32)
            .with("organ", own.unwrap_or_default())
            .with("organs", super::Slot::Keys(organs));
        for (index, (organ, percent)) in others.iter().enumerate() {
            let mark = Mark::new("other", FoldedSpan::default()).on(Side::Other(index));
            hit = hit.mark(mark.with("organ", organ.as_str()).with("percent", *percent));
        }
        hit
    }

    fn text(&self, context: &Context<'_>) -> Vec<Sentence> {
        let document = context.facts.document;
        let organ = context.facts.identity.organ.as_ref();
        let names = organ.map(|organ| OrganName::new(&organ.value).spellings()).unwrap_or_default();
        let mut found = Vec::new();
        for block in document.prose(Zone::TEXT) {
            if !matches!(block.kind, BlockKind::Paragraph) {
                continue;
            }
            let text = document.text(block.at);
            let mut start = 0;
            for (end, c) in text.char_indices().filter(|(_, c)| matches!(c, '。' | ';' | '\n')) {
                let at = FoldedSpan::new(start, end);
                found.extend(self.sentence(text, at, block.at.start, &names));
                start = end + c.len_utf8();
            }
            let at = FoldedSpan::new(start, text.len());
            found.extend(self.sentence(text, at, block.at.start, &names));
        }
        found
    }

    fn sentence(
        &self,
        text: &str,
        at: FoldedSpan,
        offset: u32,
        names: &[String],
    ) -> Option<Sentence> {
        let words = piece(text, at.start as usize, at.end as usize);
        if self.leave_out.find(words).next().is_some() {
            return None;
        }
        let letters = letters(words, names);
        if letters.len() < PIECE {
            return None;
        }
        let hash = |window: &[char]| window.iter().fold(0, |hash, c| mix(hash ^ u64::from(*c)));
        Some(Sentence {
            at: at.shift(offset),
            length: letters.len() as u32,
            pieces: letters.windows(PIECE).map(hash).collect(),
        })
    }
}

/// The letters of a sentence without the organ's names; a number, whatever it is, is one letter.
fn letters(words: &str, names: &[String]) -> Vec<char> {
    let mut letters = Vec::with_capacity(words.len() / 3);
    let mut at = 0;
    while let Some(c) = piece(words, at, words.len()).chars().next() {
        let rest = piece(words, at, words.len());
        if let Some(name) = names.iter().find(|name| rest.starts_with(name.as_str())) {
            at += name.len();
            continue;
        }
        if c.is_ascii_digit() {
            if letters.last() != Some(&'0') {
                letters.push('0');
            }
        } else if c.is_alphanumeric() {
            letters.push(c);
        }
        at += c.len_utf8();
    }
    letters
}

/// The longest runs of sentences of `now` that stand in `other`, and where.
fn passages(
    now: &[Sentence],
    other: &[Sentence],
    pieces: &HashSet<u64>,
) -> Vec<(FoldedSpan, FoldedSpan)> {
    let mut home: HashMap<u64, usize> = HashMap::new();
    for (index, sentence) in other.iter().enumerate() {
        for piece in &sentence.pieces {
            home.entry(*piece).or_insert(index);
        }
    }
    let copied = |sentence: &Sentence| {
        let same = sentence.pieces.iter().filter(|piece| pieces.contains(piece)).count();
        same * 10 >= sentence.pieces.len() * 9
    };
    let mut runs: Vec<(u32, &[Sentence])> = now
        .chunk_by(|a, b| copied(a) && copied(b))
        .filter(|run| run.iter().all(copied))
        .map(|run| (run.iter().map(|sentence| sentence.length).sum(), run))
        .collect();
    runs.sort_by_key(|(length, run)| (std::cmp::Reverse(*length), run[0].at.start));
    runs.truncate(SHOWN);
    runs.sort_by_key(|(_, run)| run[0].at.start);
    let place = |run: &[Sentence]| {
        let (first, last) = (run.first()?, run.last()?);
        let (from, to) = (source(first, &home)?, source(last, &home)?);
        let to = if (from..=from + run.len()).contains(&to) { to } else { from };
        let there = FoldedSpan { start: other[from].at.start, end: other[to].at.end };
        Some((FoldedSpan { start: first.at.start, end: last.at.end }, there))
    };
    runs.into_iter().filter_map(|(_, run)| place(run)).collect()
}

/// The sentence of the other text that most pieces of `sentence` stand in.
fn source(sentence: &Sentence, home: &HashMap<u64, usize>) -> Option<usize> {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for index in sentence.pieces.iter().filter_map(|piece| home.get(piece)) {
        match counts.iter_mut().find(|(known, _)| known == index) {
            Some((_, count)) => *count += 1,
            None => counts.push((*index, 1)),
        }
    }
    counts.into_iter().max_by_key(|(index, count)| (*count, std::cmp::Reverse(*index))).map(|(i, _)| i)
}
