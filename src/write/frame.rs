//! Frames: which of a finding's places are drawn together, and the lines they stand on.

use super::display::{Display, Label};
use super::window::{Pin, Window, lay, plain};
use super::wrap::{columns, shorten_path, tidy};
use crate::finding::Level;
use crate::text::{Lines, piece};
use std::ops::Range;

/// Lines further apart than this stand in separate frames.
const GAP: usize = 3;
/// The most lines of the source in one frame.
const TALL: usize = 12;

/// Marks on one line further apart than so many times the room are not tried together.
const FAR: usize = 64;

/// A marked piece of a text.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// Bytes in the text.
    pub(super) at: Range<usize>,
    /// What stands under it; may be empty.
    pub(super) label: String,
    /// Whether the finding itself stands here.
    pub(super) primary: bool,
}

/// A text to draw frames of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    /// What the frames are headed with: the file's path, and for an extracted text the way to
    /// the place instead of a line and a column.
    pub(super) name: &'a str,
    /// Whether line and column follow the name.
    pub(super) numbered: bool,
    /// The text.
    pub(super) text: &'a str,
    /// Its lines.
    pub(super) lines: &'a Lines,
}

/// How frames look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Columns of the terminal.
    pub(super) width: usize,
    /// Whether colours are used.
    pub(super) color: bool,
    /// Whether frames are drawn with box characters rather than ASCII.
    pub(super) unicode: bool,
    /// The colour of the primary mark.
    pub(super) level: Level,
}

/// The marks of one frame, line by line.
#[derive(Debug)]
pub(super) struct Frame {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    line: usize,
    marks: Vec<Mark>,
}

impl Frame {
    /// Whether the finding itself stands in this frame.
    pub(super) fn is_primary(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.marks).any(|mark| mark.primary)
    }

    /// Takes the words from all marks.
    pub(super) fn without_labels(&mut self) {
        self.rows.iter_mut().flat_map(|row| &mut row.marks).for_each(|mark| mark.label.clear());
    }

    /// Whether a mark that begins at this byte, or holds it, stands in this frame.
    pub(super) fn holds(&self, byte: usize) -> bool {
        let holds = |mark: &Mark| mark.at.start == byte || mark.at.contains(&byte);
        self.rows.iter().flat_map(|row| &row.marks).any(holds)
    }
}

/// Sorts `marks` into frames, in the order of the text: what is close together and can be drawn
/// together is one frame.
pub(super) fn frames(page: &Page<'_>, marks: &[Mark], look: &Look) -> Vec<Frame> {
    let mut pieces: Vec<(usize, Mark)> = Vec::new();
    for mark in marks {
        by_line(page, mark, &mut pieces);
    }
    pieces.sort_by_key(|(_, mark)| (mark.at.start, mark.at.end));
    let pieces = merged(pieces);
    let room = room(page, look);
    let mut frames: Vec<Frame> = Vec::new();
    for (line, mark) in pieces {
        let Some(frame) = frames.last_mut() else {
            frames.push(Frame { rows: vec![Row { line, marks: vec![mark] }] });
            continue;
        };
        if let Some(mark) = join(page, frame, line, mark, room) {
            frames.push(Frame { rows: vec![Row { line, marks: vec![mark] }] });
        }
    }
    frames
}

/// Puts `mark` into `frame` if it belongs there and fits; else gives it back.
fn join(page: &Page<'_>, frame: &mut Frame, line: usize, mark: Mark, room: usize) -> Option<Mark> {
    let first = frame.rows.first().map_or(line, |row| row.line);
    let Some(row) = frame.rows.last_mut() else { return Some(mark) };
    if row.line != line {
        if line - row.line > GAP || line - first >= TALL {
            return Some(mark);
        }
        frame.rows.push(Row { line, marks: vec![mark] });
        return None;
    }
    let free = row.marks.last().is_none_or(|last| {
        let near = last.at.end..=last.at.end + FAR * room;
        near.contains(&mark.at.start) && mark.at.start > last.at.start
    });
    row.marks.push(mark);
    if free && window(page, row, room).is_some() {
        return None;
    }
    row.marks.pop()
}

/// The pieces of `mark` on each line it covers, the label on the last; of more than three lines
/// the first alone is drawn.
fn by_line(page: &Page<'_>, mark: &Mark, pieces: &mut Vec<(usize, Mark)>) {
    let at = mark.at.start.min(page.text.len())..mark.at.end.min(page.text.len());
    let first = page.lines.line_of(at.start);
    let last = page.lines.line_of(at.end.saturating_sub(1).max(at.start));
    let mut found: Vec<(usize, Mark)> = Vec::new();
    for line in first..=last.min(first + GAP) {
        let range = page.lines.range(page.text, line);
        let part = at.start.max(range.start)..at.end.min(range.end);
        let words = piece(page.text, part.start, part.end.max(part.start));
        if first == last {
            let end = part.end.max(part.start);
            found.push((line, Mark { at: part.start..end, ..mark.clone() }));
        } else if !words.trim().is_empty() {
            let start = part.start + words.len() - words.trim_start().len();
            let at = start..start + words.trim().len();
            found.push((line, Mark { at, label: String::new(), primary: mark.primary }));
        }
    }
    if last - first >= GAP {
        found.truncate(1);
    }
    match found.last_mut() {
        Some((_, end)) => end.label.clone_from(&mark.label),
        None => found.push((first, Mark { at: at.start..at.start, ..mark.clone() })),
    }
    pieces.append(&mut found);
}

/// Marks on the very same bytes become one, with both labels.
fn merged(pieces: Vec<(usize, Mark)>) -> Vec<(usize, Mark)> {
    let mut out: Vec<(usize, Mark)> = Vec::new();
    for (line, mark) in pieces {
        match out.last_mut() {
            Some((_, last)) if last.at == mark.at => {
                last.primary |= mark.primary;
                if last.label.is_empty() {
                    last.label = mark.label;
                } else if !mark.label.is_empty() && last.label != mark.label {
                    last.label = format!("{}；{}", last.label, mark.label);
                }
            }
            _ => out.push((line, mark)),
        }
    }
    out
}

/// The columns that are left for text beside the line numbers. One is kept free: the caret of an
/// empty place may stand after the last character.
fn room(page: &Page<'_>, look: &Look) -> usize {
    let digits = page.lines.count().to_string().len();
    look.width.saturating_sub(digits + 5)
}

fn window(page: &Page<'_>, row: &Row, room: usize) -> Option<Window> {
    let range = page.lines.range(page.text, row.line);
    let line = piece(page.text, range.start, range.end);
    let pin = |mark: &Mark| Pin {
        at: mark.at.start.saturating_sub(range.start)..mark.at.end.saturating_sub(range.start),
        label: tidy(&mark.label),
    };
    let pins: Vec<Pin> = row.marks.iter().map(pin).collect();
    lay(line, &pins, room)
}

/// The frame as it stands on the terminal, each line ended.
pub(super) fn draw(page: &Page<'_>, frame: &Frame, look: &Look) -> String {
    let room = room(page, look);
    let (Some(first), Some(last)) = (frame.rows.first(), frame.rows.last()) else {
        return String::new();
    };
    let mut display = Display { first_line: first.line, ..Display::default() };
    for line in first.line..=last.line {
        match frame.rows.iter().find(|row| row.line == line) {
            Some(row) => marked(&mut display, page, row, room),
            None => {
                let range = page.lines.range(page.text, line);
                display.text.push_str(&plain(piece(page.text, range.start, range.end), room));
            }
        }
        display.text.push('\n');
    }
    display.name = header(page, &display, last.line, look);
    display.draw(page.numbered, look)
}

/// The file's name, cut so that the header fits.
fn header(page: &Page<'_>, display: &Display, last: usize, look: &Look) -> String {
    let frame = (last + 1).to_string().len() + 6;
    let spot = display.labels.iter().find(|label| label.primary).or(display.labels.first());
    let numbers = spot.map_or(0, |spot| format!(":{}:{}", spot.line, spot.column).len());
    let taken = frame + if page.numbered { numbers } else { 0 };
    shorten_path(&tidy(page.name), look.width.saturating_sub(taken))
}

/// Appends a line with its marks to `display`.
fn marked(display: &mut Display, page: &Page<'_>, row: &Row, room: usize) {
    let window = window(page, row, room).unwrap_or_default();
    let base = display.text.len();
    for (pin, mark) in window.pins.into_iter().zip(&row.marks) {
        let position = page.lines.position(page.text, mark.at.start);
        display.labels.push(Label {
            at: base + pin.at.start..base + pin.at.end,
            words: pin.label,
            primary: mark.primary,
            line: position.line,
            column: position.column,
        });
    }
    debug_assert!(columns(&window.text) <= room);
    display.text.push_str(&window.text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn look(width: usize) -> Look {
        Look { width, color: false, unicode: true, level: Level::Error }
    }

    fn mark(text: &str, piece: &str, label: &str, primary: bool) -> Mark {
        let start = text.find(piece).unwrap();
        Mark { at: start..start + piece.len(), label: label.to_owned(), primary }
    }

    fn drawn(text: &str, marks: &[Mark], width: usize) -> String {
        let lines = Lines::new(text);
        let page = Page { name: "年报.txt", numbered: true, text, lines: &lines };
        let look = look(width);
        frames(&page, marks, &look).iter().map(|frame| draw(&page, frame, &look)).collect()
    }

    #[test]
    fn the_header_counts_characters_and_underlines_stand_under_their_text() {
        let text = "标题\n　　𠮷田😀“不属于本政府信息”的1件，占总数的6.9%；\n";
        let marks = [mark(text, "6.9%", "应为 5.9%", true), mark(text, "1件", "1", false)];
        insta::assert_snapshot!(drawn(text, &marks, 80), @r#"
          ╭─[年报.txt:2:24]
        2 │ 　　𠮷田😀“不属于本政府信息”的1件，占总数的6.9%；
          ·                               ─┬─          ──┬─
          ·                                │             ╰── 应为 5.9%
          ·                                ╰── 1
          ╰────
        "#);
    }

    #[test]
    fn a_long_paragraph_is_cut_to_windows() {
        let text = format!(
            "{}收到123件，{}办结120件，{}\n",
            "前".repeat(200),
            "中".repeat(300),
            "后".repeat(99)
        );
        let marks = [mark(&text, "120件", "应为123件", true), mark(&text, "123件", "收到", false)];
        insta::assert_snapshot!(drawn(&text, &marks, 60), @r#"
          ╭─[年报.txt:1:510]
        1 │ …前前前收到123件，中中中中…中中中办结120件，后后后后…
          ·            ──┬──                     ──┬──
          ·              │                         ╰── 应为123件
          ·              ╰── 收到
          ╰────
        "#);
    }

    #[test]
    fn tabs_and_empty_cells_keep_their_place() {
        let text = "\t一、新收\t\t10\t\n\n\t二、结转\t\t\n";
        let end = text.len() - 1;
        let marks = [
            mark(text, "10", "新收 10", false),
            Mark { at: end..end, label: "空白".into(), primary: true },
        ];
        insta::assert_snapshot!(drawn(text, &marks, 60), @r#"
          ╭─[年报.txt:3:8]
        1 │     一、新收        10
          ·                     ─┬
          ·                      ╰── 新收 10
        2 │
        3 │     二、结转
          ·                     ▲
          ·                     ╰── 空白
          ╰────
        "#);
    }

    #[test]
    fn a_title_over_two_lines_is_underlined_on_both() {
        let text = "某镇人民政府\n  2018年度报告\n";
        let marks = [Mark { at: 0..text.len() - 1, label: "标题".into(), primary: true }];
        insta::assert_snapshot!(drawn(text, &marks, 60), @r#"
          ╭─[年报.txt:1:1]
        1 │ 某镇人民政府
          · ────────────
        2 │   2018年度报告
          ·   ──────┬─────
          ·         ╰── 标题
          ╰────
        "#);
    }

    #[test]
    fn what_is_far_apart_or_overlaps_stands_in_frames_of_its_own() {
        let text = "一二三四\n\n\n\n\n五六\n";
        let marks = [
            mark(text, "二三", "内", true),
            mark(text, "三四", "叠", false),
            mark(text, "五", "远", false),
        ];
        assert_eq!(drawn(text, &marks, 60).matches("年报.txt").count(), 3);
    }

    proptest! {
        #[test]
        fn no_frame_is_wider_than_the_terminal(
            text in "[一-三𠮷😀a-c0-3“”…，\\t　\\u{7}\\u{200b}\\n]{0,400}",
            spots in proptest::collection::vec((0usize..400, 0usize..90, "[标签a ›]{0,40}"), 1..9),
            width in 40usize..121,
        ) {
            let offsets: Vec<usize> =
                text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let marks: Vec<Mark> = spots.iter().enumerate().map(|(i, (start, length, label))| {
                let start = (*start).min(offsets.len() - 1);
                let end = (start + length).min(offsets.len() - 1);
                Mark { at: offsets[start]..offsets[end], label: label.clone(), primary: i == 0 }
            }).collect();
            let out = drawn(&text, &marks, width);
            prop_assert!(out.contains("年报.txt"), "{out}");
            for line in out.lines() {
                prop_assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{line:?}");
                prop_assert!(!line.contains(|c: char| c.is_control()));
            }
        }
    }
}
