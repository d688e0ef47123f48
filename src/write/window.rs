//! One long line cut down to windows around what is marked on it.
//!
//! A Chinese paragraph is one line of 300 to 2,000 characters. What is drawn is the marked pieces
//! with as much around them as the terminal has room for, and `…` where something was left out.

use super::wrap::{columns, columns_of, shorten, shown};
use std::ops::Range;

/// A marked piece of a line.
#[derive(Clone, Debug)]
pub(super) struct Pin {
    /// Bytes in the line.
    pub(super) at: Range<usize>,
    /// What stands under it; may be empty.
    pub(super) label: String,
}

/// A line as it is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    /// The text, never wider than the room.
    pub(super) text: String,
    /// Where the pins are in it, in the same order.
    pub(super) pins: Vec<Pin>,
}

/// What a label needs before its words: the corner and its arm.
const ARM: usize = 4;
/// Context that two marks on one line must keep on either side, or they had better be drawn apart.
const CONTEXT: usize = 6;

/// The line without pins, cut at its end.
pub(super) fn plain(line: &str, room: usize) -> String {
    Cells::new(line, 0..0, room).cut(&[], 0, room.saturating_sub(1)).0
}

/// The line with its pins, which are sorted and do not overlap; `None` if they cannot all be
/// drawn. A single pin always can.
pub(super) fn lay(line: &str, pins: &[Pin], room: usize) -> Option<Window> {
    let (first, last) = (pins.first()?, pins.last()?);
    let cells = Cells::new(line, first.at.start..last.at.end, room);
    let layout = Layout::new(&cells, pins, room);
    if let Some(whole) = layout.try_with(usize::MAX / 4, usize::MAX / 4) {
        return Some(whole);
    }
    let least = if pins.len() > 1 { CONTEXT } else { 0 };
    let (mut left, mut right) = (least, least);
    let mut best = layout.try_with(left, right)?;
    let mut stuck = false;
    while !stuck && left + right < 2 * room {
        stuck = true;
        if let Some(wider) = layout.try_with(left, right + 2) {
            (best, right, stuck) = (wider, right + 2, false);
        }
        if let Some(wider) = layout.try_with(left + 2, right) {
            (best, left, stuck) = (wider, left + 2, false);
        }
    }
    Some(best)
}

/// One character as it is drawn.
struct Cell {
    /// Its byte offset in the line.
    at: usize,
    /// What is drawn, and how often (a tab is several spaces, a variation selector nothing).
    glyph: char,
    times: usize,
}

impl Cell {
    fn width(&self) -> usize {
        columns_of(self.glyph) * self.times
    }
}

/// The characters of a line, or of as much of it as can matter.
struct Cells {
    cells: Vec<Cell>,
    /// Whether the line goes on before the first and after the last of them.
    more: (bool, bool),
}

impl Cells {
    fn new(line: &str, near: Range<usize>, room: usize) -> Self {
        const TAB: usize = 4;
        let reach = 4 * room;
        let from = line.len()
            - crate::text::piece(line, near.start.saturating_sub(reach), line.len()).len();
        let part = crate::text::piece(line, from, near.end.saturating_add(reach));
        let mut cells = Vec::with_capacity(part.len() / 2);
        let mut column = 0;
        for (offset, c) in part.char_indices() {
            let (glyph, times) = match c {
                '\t' => (' ', TAB - column % TAB),
                _ => shown(c).map_or((' ', 0), |glyph| (glyph, 1)),
            };
            let cell = Cell { at: from + offset, glyph, times };
            column += cell.width();
            cells.push(cell);
        }
        Self { cells, more: (from > 0, from + part.len() < line.len()) }
    }

    /// The cells that a byte range covers.
    fn covering(&self, at: &Range<usize>) -> Range<usize> {
        let start = self.cells.partition_point(|cell| cell.at < at.start);
        let end = self.cells.partition_point(|cell| cell.at < at.end);
        start..end.max(start)
    }

    fn width(&self, range: Range<usize>) -> usize {
        self.cells.get(range).unwrap_or_default().iter().map(Cell::width).sum()
    }

    /// The first cell that is at most `columns` left of `index`.
    fn left_of(&self, index: usize, columns: usize) -> usize {
        let mut used = 0;
        let before = self.cells.get(..index).unwrap_or_default().iter().rev();
        index
            - before
                .take_while(|cell| {
                    used += cell.width();
                    used <= columns
                })
                .count()
    }

    /// One past the last cell that is at most `columns` right of `index`.
    fn right_of(&self, index: usize, columns: usize) -> usize {
        let mut used = 0;
        let after = self.cells.get(index..).unwrap_or_default().iter();
        index
            + after
                .take_while(|cell| {
                    used += cell.width();
                    used <= columns
                })
                .count()
    }

    /// The text of the `cores` with so much around each, and for each kept run of cells the byte
    /// where it begins in that text.
    fn cut(&self, cores: &[Range<usize>], left: usize, right: usize) -> (String, Vec<Kept>) {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let origin = 0..0;
        let cores = if cores.is_empty() { std::slice::from_ref(&origin) } else { cores };
        for core in cores {
            let run = self.left_of(core.start, left)..self.right_of(core.end, right);
            match runs.last_mut() {
                Some(last) if self.width(last.end..run.start) <= 1 => {
                    last.end = last.end.max(run.end);
                }
                _ => runs.push(run),
            }
        }
        let (mut text, mut kept, mut done) = (String::new(), Vec::new(), 0);
        for run in runs {
            if run.start > done || (done == 0 && self.more.0) {
                text.push('…');
            }
            kept.push(Kept { cells: run.clone(), at: text.len() });
            for cell in self.cells.get(run.clone()).unwrap_or_default() {
                text.extend(std::iter::repeat_n(cell.glyph, cell.times));
            }
            done = run.end;
        }
        if done < self.cells.len() || self.more.1 {
            text.push('…');
        }
        (text, kept)
    }

    /// The byte in the cut text where cell `index` begins, or where the one before it ends.
    fn byte_of(&self, kept: &[Kept], index: usize, as_end: bool) -> Option<usize> {
        let holds = |run: &&Kept| match as_end {
            true => run.cells.start < index && index <= run.cells.end,
            false => run.cells.contains(&index),
        };
        let run = kept.iter().find(holds).or_else(|| {
            kept.iter().find(|run| run.cells.start <= index && index <= run.cells.end)
        })?;
        let before = self.cells.get(run.cells.start..index).unwrap_or_default();
        Some(run.at + before.iter().map(|cell| cell.glyph.len_utf8() * cell.times).sum::<usize>())
    }
}

struct Kept {
    cells: Range<usize>,
    at: usize,
}

/// The pins of a line as cells, with the pieces of them that must be kept.
struct Layout<'c> {
    cells: &'c Cells,
    pins: Vec<(Range<usize>, String)>,
    cores: Vec<Range<usize>>,
    room: usize,
}

impl<'c> Layout<'c> {
    fn new(cells: &'c Cells, pins: &[Pin], room: usize) -> Self {
        let labelled = pins.iter().any(|pin| !pin.label.is_empty());
        let most = match (pins.len(), labelled) {
            (1, false) => room.saturating_sub(2),
            (1, true) => room / 2,
            _ => room / 3,
        };
        let (mut placed, mut cores) = (Vec::new(), Vec::new());
        for pin in pins {
            let at = cells.covering(&pin.at);
            let width = cells.width(at.clone());
            let label_room = room.saturating_sub(ARM + 3 + width.min(most) / 2);
            placed.push((at.clone(), shorten(&pin.label, label_room)));
            if width <= most {
                cores.push(at);
            } else {
                let half = most.saturating_sub(1) / 2;
                cores.push(at.start..cells.right_of(at.start, half));
                cores.push(cells.left_of(at.end, half)..at.end);
            }
        }
        Self { cells, pins: placed, cores, room }
    }

    /// The window with so many columns around each pin, if that fits.
    fn try_with(&self, left: usize, right: usize) -> Option<Window> {
        let (text, kept) = self.cells.cut(&self.cores, left, right);
        if columns(&text) > self.room {
            return None;
        }
        let mut pins = Vec::with_capacity(self.pins.len());
        for (at, label) in &self.pins {
            let start = self.cells.byte_of(&kept, at.start, false)?;
            let end =
                if at.is_empty() { start } else { self.cells.byte_of(&kept, at.end, true)? };
            let from = columns(crate::text::piece(&text, 0, start));
            let to = (from + columns(crate::text::piece(&text, start, end))).max(from + 1);
            let arm = if label.is_empty() { 0 } else { ARM + columns(label) };
            if to > self.room || (from + to) / 2 + arm > self.room {
                return None;
            }
            pins.push(Pin { at: start..end, label: label.clone() });
        }
        Some(Window { text, pins })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(line: &str, piece: &str, label: &str) -> Pin {
        let start = line.find(piece).unwrap();
        Pin { at: start..start + piece.len(), label: label.to_owned() }
    }

    fn marked(window: &Window) -> Vec<&str> {
        let cut = |pin: &Pin| crate::text::piece(&window.text, pin.at.start, pin.at.end);
        window.pins.iter().map(cut).collect()
    }

    #[test]
    fn a_short_line_is_left_alone() {
        let line = "全年收到申请17件。";
        let window = lay(line, &[pin(line, "17", "合计")], 60).unwrap();
        assert_eq!(window.text, line);
        assert_eq!(marked(&window), ["17"]);
    }

    #[test]
    fn two_marks_far_apart_get_a_window_each() {
        let line = format!(
            "{}收到123件，{}办结120件，{}",
            "前".repeat(200),
            "中".repeat(300),
            "后".repeat(99)
        );
        let pins = [pin(&line, "123件", "此处"), pin(&line, "120件", "彼处")];
        let window = lay(&line, &pins, 70).unwrap();
        assert!(columns(&window.text) <= 70 && columns(&window.text) > 60, "{}", window.text);
        assert_eq!(marked(&window), ["123件", "120件"]);
        assert_eq!(window.text.matches('…').count(), 3);
    }

    #[test]
    fn a_mark_wider_than_the_room_is_cut_in_its_middle() {
        let line = format!("甲{}乙", "长".repeat(500));
        let window = lay(&line, &[Pin { at: 0..line.len(), label: "整段".into() }], 40).unwrap();
        assert!(window.text.starts_with('甲') && window.text.ends_with('乙'), "{}", window.text);
        assert_eq!(window.pins[0].at, 0..window.text.len());
    }

    #[test]
    fn a_label_at_the_end_of_a_line_pulls_the_window_along() {
        let line = format!("{}17", "字".repeat(30));
        let window = lay(&line, &[pin(&line, "17", "本年度办理结果总计应为十九件")], 62).unwrap();
        assert!(window.text.starts_with('…') && window.text.ends_with("17"), "{}", window.text);
    }

    #[test]
    fn tabs_and_wide_spaces_keep_their_columns() {
        let line = "\t\t　10\t𠮷\u{7}";
        let window = lay(line, &[pin(line, "10", "值")], 40).unwrap();
        assert_eq!(window.text, "        　10    𠮷␇");
        assert_eq!(marked(&window), ["10"]);
    }

    #[test]
    fn an_empty_mark_stands_where_it_is() {
        for (line, at) in [("", 0), ("一二", 6), ("一二", 3)] {
            let window = lay(line, &[Pin { at: at..at, label: "空".into() }], 30).unwrap();
            assert_eq!(window.pins[0].at, at..at, "{line}");
        }
    }
}
