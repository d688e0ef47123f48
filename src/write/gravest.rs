//! The gravest lines of a run, however long it is, and how many more there were.

use super::item::{Item, Kind};
use crate::finding::Lang;

/// The most other places kept of one line.
const PLACES: usize = 8;

/// What is kept of one line.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) kind: Kind,
    pub(super) fails: bool,
    pub(super) file: String,
    /// Line and column, of the beginning and of the end, where the file has lines.
    pub(super) at: Option<[u32; 4]>,
    pub(super) rule: String,
    pub(super) title: String,
    pub(super) message: String,
    pub(super) details: String,
}

/// Keeps the first `room` lines of each kind.
pub(super) struct Gravest {
    room: usize,
    kept: [Vec<Row>; Kind::ALL.len()],
    seen: [usize; Kind::ALL.len()],
}

impl Gravest {
    pub(super) fn new(room: usize) -> Self {
        Self { room, kept: Default::default(), seen: Default::default() }
    }

    /// Takes down a line.
    pub(super) fn add(&mut self, item: &Item<'_>, lang: Lang) {
        let index = Kind::ALL.iter().position(|kind| *kind == item.kind).unwrap_or_default();
        self.seen[index] += 1;
        if self.kept[index].len() >= self.room {
            return;
        }
        let at = item
            .place
            .filter(|_| !item.extracted)
            .map(|place| [place.start.line, place.start.column, place.end.line, place.end.column]);
        self.kept[index].push(Row {
            kind: item.kind,
            fails: item.fails,
            file: item.file.to_owned(),
            at,
            rule: item.rule.clone(),
            title: item.finding.map_or(item.kind.word(lang), |finding| &finding.title).to_owned(),
            message: item.located(lang).into_owned(),
            details: item.details(PLACES, lang),
        });
    }

    /// The gravest of the kinds that `wanted` admits, at most the room there is.
    pub(super) fn first(&self, wanted: impl Fn(Kind) -> bool) -> Vec<&Row> {
        self.kept.iter().flatten().filter(|row| wanted(row.kind)).take(self.room).collect()
    }

    /// How many lines there were of the kinds that `wanted` admits.
    pub(super) fn count(&self, wanted: impl Fn(Kind) -> bool) -> usize {
        Kind::ALL.iter().zip(self.seen).filter(|(kind, _)| wanted(**kind)).map(|(_, n)| n).sum()
    }
}
