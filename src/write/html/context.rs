//! The lines around the places of a finding, cut into pieces that are marked or are not.

use crate::text::{Source, piece};
use std::collections::BTreeMap;
use std::ops::Range;

/// So many characters around a mark are kept of a long line.
const AROUND: usize = 44;
/// A line of at most so many characters is never cut.
const WHOLE: usize = 160;
/// The most lines shown for one finding.
const ROWS: usize = 12;
/// The most lines of one mark.
const LINES: usize = 4;

/// A place to be marked.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Bytes in the source.
    pub(super) at: Range<usize>,
    /// Whether it is the finding's own place.
    pub(super) primary: bool,
    /// What stands behind it: the number of its words in the list below, or the words.
    pub(super) note: Option<String>,
}

/// A line of the report.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number, from 1.
    pub(super) number: usize,
    /// Whether lines were left out before it.
    pub(super) gap: bool,
    /// What stands on it.
    pub(super) pieces: Vec<Piece>,
}

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text around the marks.
    Plain(String),
    /// Something was left out.
    Cut,
    /// Text that is marked, and what stands behind it.
    Marked { text: String, primary: bool, notes: Vec<String> },
}

/// The lines that hold the marks, the first mark's own among them.
pub(super) fn rows(source: &Source, marks: &[Mark]) -> Vec<Row> {
    let lines = source.lines();
    let mut by_line: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
    for mark in marks {
        let first = lines.line_of(mark.at.start);
        let last = lines.line_of(mark.at.end.saturating_sub(1).max(mark.at.start));
        for line in first..=last.min(first + LINES - 1) {
            let range = lines.range(&source.text, line);
            let start = mark.at.start.clamp(range.start, range.end) - range.start;
            let end = mark.at.end.clamp(range.start, range.end) - range.start;
            let note = mark.note.clone().filter(|_| line == last || line == first + LINES - 1);
            by_line.entry(line).or_default().push(Mark { at: start..end, note, ..mark.clone() });
        }
    }
    let own = marks.first().map_or(0, |mark| lines.line_of(mark.at.start));
    let mut wanted: Vec<usize> = by_line.keys().copied().collect();
    wanted.sort_by_key(|line| line.abs_diff(own));
    wanted.truncate(ROWS);
    by_line.retain(|line, _| wanted.contains(line));
    let mut before = None;
    let row = |(line, marks): (usize, Vec<Mark>)| {
        let range = lines.range(&source.text, line);
        let gap = before.replace(line).is_some_and(|before| before + 1 < line);
        let pieces = cut(piece(&source.text, range.start, range.end), &marks);
        Row { number: line + 1, gap, pieces }
    };
    by_line.into_iter().map(row).collect()
}

/// A line in pieces.
fn cut(line: &str, marks: &[Mark]) -> Vec<Piece> {
    let kept = kept(line, marks);
    let mut edges: Vec<usize> = kept.iter().flat_map(|range| [range.start, range.end]).collect();
    edges.extend(marks.iter().flat_map(|mark| [mark.at.start, mark.at.end]));
    edges.sort_unstable();
    edges.dedup();
    let mut pieces = Vec::new();
    let first = kept.first().map_or(0, |range| range.start);
    if first > 0 {
        pieces.push(Piece::Cut);
    }
    pieces.extend(blank(marks, first));
    for pair in edges.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        if !kept.iter().any(|range| range.start <= start && end <= range.end) {
            pieces.push(Piece::Cut);
            continue;
        }
        let over: Vec<&Mark> =
            marks.iter().filter(|mark| mark.at.start <= start && end <= mark.at.end).collect();
        let text = piece(line, start, end).to_owned();
        pieces.push(match over.is_empty() {
            true => Piece::Plain(text),
            false => {
                let ending = over.iter().filter(|mark| mark.at.end == end);
                let notes = ending.filter_map(|mark| mark.note.clone()).collect();
                Piece::Marked { text, primary: over.iter().any(|mark| mark.primary), notes }
            }
        });
        pieces.extend(blank(marks, end));
    }
    if kept.last().is_none_or(|range| range.end < line.len()) && !line.is_empty() {
        pieces.push(Piece::Cut);
    }
    pieces
}

/// The marks of nothing (a blank cell, a missing word) at `offset`.
fn blank(marks: &[Mark], offset: usize) -> Option<Piece> {
    let here: Vec<&Mark> =
        marks.iter().filter(|mark| mark.at.is_empty() && mark.at.start == offset).collect();
    let notes = here.iter().filter_map(|mark| mark.note.clone()).collect();
    let primary = here.iter().any(|mark| mark.primary);
    (!here.is_empty()).then(|| Piece::Marked { text: String::new(), primary, notes })
}

/// What is kept of a line: all of a short one, else so much around each mark.
fn kept(line: &str, marks: &[Mark]) -> Vec<Range<usize>> {
    if line.char_indices().nth(WHOLE).is_none() {
        return std::iter::once(0..line.len()).collect();
    }
    let mut around: Vec<Range<usize>> = marks
        .iter()
        .map(|mark| {
            let before = piece(line, 0, mark.at.start).char_indices().rev().take(AROUND).last();
            let after = piece(line, mark.at.end, line.len()).char_indices().nth(AROUND);
            let end = after.map_or(line.len(), |(offset, _)| mark.at.end + offset);
            before.map_or(mark.at.start, |(offset, _)| offset)..end
        })
        .collect();
    around.sort_by_key(|range| range.start);
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in around {
        match kept.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => kept.push(range),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, at: &str, primary: bool, note: &str) -> Mark {
        let start = text.find(at).unwrap();
        let note = (!note.is_empty()).then(|| note.to_owned());
        Mark { at: start..start + at.len(), primary, note }
    }

    fn flat(rows: &[Row]) -> Vec<String> {
        let piece = |piece: &Piece| match piece {
            Piece::Plain(text) => text.clone(),
            Piece::Cut => "…".to_owned(),
            Piece::Marked { text, primary, notes } => {
                format!("{}{text}{}", if *primary { "«" } else { "‹" }, notes.join("") + "›")
            }
        };
        rows.iter().map(|row| row.pieces.iter().map(piece).collect()).collect()
    }

    #[test]
    fn marks_that_touch_or_overlap_keep_their_text() {
        let text = "甲一二三乙\n";
        let source = Source::new("a.txt", text.into(), "UTF-8");
        let marks = [mark(text, "一二", true, "1"), mark(text, "二三", false, "2")];
        assert_eq!(flat(&rows(&source, &marks)), ["甲«一›«二1›‹三2›乙"]);
    }

    #[test]
    fn a_long_line_is_cut_around_each_mark_and_a_blank_is_shown() {
        let text = format!("{}17{}19{}", "前".repeat(200), "中".repeat(200), "后".repeat(200));
        let source = Source::new("a.txt", text.clone(), "UTF-8");
        let marks = [mark(&text, "17", true, ""), mark(&text, "19", false, "1")];
        let shown = flat(&rows(&source, &marks)).concat();
        assert_eq!(shown.matches('…').count(), 3, "{shown}");
        assert!(shown.contains("前«17›中") && shown.contains("中‹191›后"), "{shown}");
        let blank = Mark { at: 3..3, primary: true, note: None };
        let source = Source::new("a.txt", "甲\t\t乙".into(), "UTF-8");
        assert_eq!(flat(&rows(&source, &[blank])), ["甲«›\t\t乙"]);
    }

    #[test]
    fn lines_left_out_are_told_and_the_own_line_stays() {
        let text: String = (1..=40).map(|n| format!("第{n}行\n")).collect();
        let source = Source::new("a.txt", text.clone(), "UTF-8");
        let mut marks = vec![mark(&text, "第33行", true, "")];
        marks.extend((1..=40).step_by(2).map(|n| mark(&text, &format!("第{n}行"), false, "")));
        let rows = rows(&source, &marks);
        assert_eq!(rows.len(), ROWS);
        assert!(rows.iter().any(|row| row.number == 33));
        assert!(!rows[0].gap && rows[1].gap);
    }
}
