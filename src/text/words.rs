//! A list of words, all sought in a text at once.
//!
//! For lists of Chinese words this is quicker to build and to run than an automaton over bytes: few
//! characters begin a word at all, and one look in a bitmap passes over the others.

use std::ops::Range;

/// Words by their numbers.
#[derive(Debug, Default, Hash)]
pub struct Words {
    /// The words, sorted, each with its number.
    sorted: Vec<(String, usize)>,
    /// The characters that words begin with, and where the words of each begin.
    firsts: Vec<(char, usize)>,
    /// A bit for each character of the basic plane that begins a word.
    bits: Vec<u64>,
    /// How many characters before those of each 64 bits begin a word.
    ranks: Vec<u16>,
    /// A bit for each pair of characters that begins a word, and for each word of one; pairs may share
    /// a bit.
    pairs: Vec<u64>,
}

/// Bits in a table.
const BITS: usize = 0x1_0000;

/// Which bit stands for two characters that follow each other.
fn pair(first: char, second: Option<char>) -> usize {
    let mixed =
        (first as usize).wrapping_mul(0x9e35).wrapping_add(second.map_or(0, |c| c as usize));
    mixed % BITS
}

impl Words {
    /// The `words`, numbered from 0. Of two that are the same the first counts, and nothing is
    /// found of an empty one.
    pub fn new<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Self {
        let numbered = words.into_iter().enumerate().map(|(number, word)| (word.into(), number));
        let mut sorted: Vec<(String, usize)> = numbered.filter(|(w, _)| !w.is_empty()).collect();
        sorted.sort_unstable();
        sorted.dedup_by(|(later, _), (first, _)| later == first);
        let firsts = sorted.iter().enumerate();
        let mut firsts: Vec<(char, usize)> =
            firsts.filter_map(|(at, (word, _))| Some((word.chars().next()?, at))).collect();
        firsts.dedup_by_key(|(first, _)| *first);
        let mut bits = vec![0; BITS / 64];
        for (first, _) in &firsts {
            if let Some(place) = bits.get_mut(*first as usize / 64) {
                *place |= 1 << (*first as usize % 64);
            }
        }
        let ranks = bits.iter().scan(0, |sum, bits: &u64| {
            let before = *sum;
            *sum += bits.count_ones() as u16;
            Some(before)
        });
        let ranks = ranks.collect();
        let mut pairs = vec![0; BITS / 64];
        for (word, _) in &sorted {
            let mut chars = word.chars();
            if let Some(first) = chars.next() {
                let bit = pair(first, chars.next());
                pairs[bit / 64] |= 1 << (bit % 64);
            }
        }
        Self { sorted, firsts, bits, ranks, pairs }
    }

    /// Whether a word may begin with `c`; of characters outside the basic plane it is not known.
    fn may_begin(&self, c: char) -> bool {
        self.bits.get(c as usize / 64).is_none_or(|bits| bits & (1 << (c as usize % 64)) != 0)
    }

    /// Whether a word may begin with `first` and `second`, or be `first` alone.
    fn may_begin_with(&self, first: char, second: Option<char>) -> bool {
        let known =
            |bit: usize| self.pairs.get(bit / 64).is_some_and(|bits| bits & (1 << (bit % 64)) != 0);
        self.may_begin(first) && (known(pair(first, second)) || known(pair(first, None)))
    }

    /// The words that begin with `c`.
    fn beginning(&self, c: char) -> &[(String, usize)] {
        let (place, bit) = (c as usize / 64, c as usize % 64);
        let i = match self.bits.get(place) {
            Some(bits) if bits & (1 << bit) == 0 => return &[],
            Some(bits) => {
                usize::from(self.ranks[place]) + (bits & ((1 << bit) - 1)).count_ones() as usize
            }
            None => match self.firsts.binary_search_by_key(&c, |(first, _)| *first) {
                Ok(i) => i,
                Err(_) => return &[],
            },
        };
        let end = self.firsts.get(i + 1).map_or(self.sorted.len(), |(_, next)| *next);
        &self.sorted[self.firsts[i].1..end]
    }

    /// The longest word that `text` begins with: its length in bytes and its number.
    pub fn at_start(&self, text: &str) -> Option<(usize, usize)> {
        self.all_at_start(text).next()
    }

    /// The words that `text` begins with, the longest first: their lengths in bytes and numbers.
    fn all_at_start<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        let mut chars = text.chars();
        let first = chars.next().filter(|first| self.may_begin_with(*first, chars.next()));
        let words = first.map_or(&[][..], |first| self.beginning(first));
        // Every word that `text` begins with sorts at or before it. Where the nearest is none, a
        // shorter one can only be what the two have in common, or less.
        let mut text = text.as_bytes();
        std::iter::from_fn(move || {
            loop {
                let after = words.partition_point(|(word, _)| word.as_bytes() <= text);
                let (word, number) = &words[after.checked_sub(1)?];
                let word = word.as_bytes();
                if text.starts_with(word) {
                    text = &text[..word.len() - 1];
                    return Some((word.len(), *number));
                }
                let common = word.iter().zip(text).take_while(|(a, b)| a == b).count();
                text = &text[..common];
            }
        })
    }

    /// Whether `text` is the beginning of a word, or all of it.
    pub fn begins_one(&self, text: &str) -> bool {
        let at = self.sorted.partition_point(|(word, _)| word.as_str() < text);
        self.sorted.get(at).is_some_and(|(word, _)| word.starts_with(text))
    }

    /// All words in `text`, however they lie within each other, from left to right by where they begin:
    /// where they stand and their numbers.
    pub fn find_all<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 't {
        text.char_indices().flat_map(move |(at, _)| {
            let words = self.all_at_start(&text[at..]);
            words.map(move |(length, number)| (at..at + length, number))
        })
    }

    /// The words in `text` from left to right, at each place the longest: where they stand and
    /// their numbers.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, usize)> + 't {
        let mut end = 0;
        text.char_indices().filter_map(move |(at, c)| {
            if at < end || !self.may_begin(c) {
                return None;
            }
            let (length, number) = self.at_start(&text[at..])?;
            end = at + length;
            Some((at..end, number))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    #[test]
    fn the_longest_word_at_each_place() {
        let words = Words::new(["公开", "信息公开", "信息", "", "公开"]);
        let found: Vec<_> = words.find("政府信息公开、信息与公开").collect();
        assert_eq!(found, [(6..18, 1), (21..27, 2), (30..36, 0)]);
        assert_eq!(words.at_start("信息公"), Some((6, 2)));
        assert!(words.begins_one("信息公") && !words.begins_one("信公"));
        assert!(Words::new([""; 2]).find("甲").next().is_none());
    }

    proptest! {
        #[test]
        fn an_automaton_finds_the_same(
            words in proptest::collection::vec("[甲乙丙a𠮷]{1,4}", 0..8),
            text in "[甲乙丙ab𠮷丁]{0,30}",
        ) {
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(&words)
                .unwrap();
            let found: Vec<_> = Words::new(words.clone()).find(&text).map(|found| found.0).collect();
            let expected: Vec<_> = automaton.find_iter(&text).map(|found| found.range()).collect();
            prop_assert_eq!(found, expected);

            let place = |found: aho_corasick::Match| (found.start(), found.end());
            let mut expected: Vec<_> =
                AhoCorasick::new(&words).unwrap().find_overlapping_iter(&text).map(place).collect();
            let words = Words::new(words);
            let mut found: Vec<_> = words.find_all(&text).map(|(at, _)| (at.start, at.end)).collect();
            found.sort_unstable();
            expected.sort_unstable();
            // Of two words that are the same the first is found.
            expected.dedup();
            prop_assert_eq!(found, expected);
        }
    }
}
