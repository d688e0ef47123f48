//! What stands on each page from top to bottom, and how it goes on from page to page.

use super::cells::Rows;
use super::lattice::{Lattice, lattices};
use super::rules::Rules;
use super::words::{self, Word, lines, usual_size};
use crate::profile::Vocabulary;
use std::collections::HashMap;
use unpdf::parser::TextSpan;

/// What stands on a page.
#[derive(Debug)]
pub(super) struct Page {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Line(Line),
    Lattice(Lattice),
}

/// A line of text that stands in no table.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// Its baseline.
    y: f32,
    /// Where its last word ends.
    end: f32,
    /// How wide what it begins with is, that no line may break.
    first: f32,
    /// The size of its first characters.
    size: f32,
    /// Whether it ends because the page does: its sentence may go on in the next line.
    pub(super) broken: bool,
}

impl Line {
    /// `line` of a page on which text begins at `left`, mostly of characters of this `size`.
    fn new(line: &words::Line, left: f32, size: f32) -> Self {
        let first = line.words.first();
        Self {
            text: line.text(left, size),
            y: line.y,
            end: line.end(),
            first: first.map_or(0.0, Word::unbroken),
            size: first.map_or(size, |word| word.size),
            broken: false,
        }
    }
}

/// What the pages hold together, in order.
#[derive(Debug)]
pub(super) enum Item {
    Line(Line),
    /// Room between two lines, more than between the lines of a paragraph.
    Space,
    Table(Rows),
}

impl Page {
    pub(super) fn new(spans: &[TextSpan], rules: &Rules) -> Self {
        let words: Vec<Word> = spans.iter().filter_map(Word::new).collect();
        let left = words.iter().map(|word| word.x).fold(f32::MAX, f32::min);
        let size = usual_size(&words);
        // A table within a table's cell has its words for itself.
        let mut tables = lattices(rules);
        tables.sort_by(|a, b| area(a).total_cmp(&area(b)));
        let mut outside = Vec::new();
        for word in words {
            match tables.iter_mut().find(|table| table.holds(&word)) {
                Some(table) => table.words.push(word),
                None => outside.push(word),
            }
        }
        tables.retain(|table| !table.words.is_empty());
        let mut parts: Vec<(f32, Part)> = Vec::new();
        for line in lines(outside) {
            parts.push((line.y, Part::Line(Line::new(&line, left, size))));
        }
        parts.extend(tables.into_iter().map(|table| (table.extent()[1], Part::Lattice(table))));
        parts.sort_by(|a, b| b.0.total_cmp(&a.0));
        Self { parts: parts.into_iter().map(|(_, part)| part).collect() }
    }

    /// Its first or last part, if that is a line.
    fn line_at(&self, end: End) -> Option<&Line> {
        let part = match end {
            End::Head => self.parts.first(),
            End::Foot => self.parts.last(),
        };
        match part {
            Some(Part::Line(line)) => Some(line),
            _ => None,
        }
    }

    /// Its first or last table, if nothing but page numbers stands beyond it.
    fn table_at(&self, end: End) -> Option<usize> {
        let number = |part: &Part| matches!(part, Part::Line(line) if is_page_number(&line.text));
        let at = match end {
            End::Head => self.parts.iter().position(|part| !number(part)),
            End::Foot => self.parts.iter().rposition(|part| !number(part)),
        };
        at.filter(|at| matches!(self.parts[*at], Part::Lattice(_)))
    }
}

fn area(table: &Lattice) -> f32 {
    let [low, high, left, right] = table.extent();
    (high - low) * (right - left)
}

/// An end of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum End {
    Head,
    Foot,
}

/// All pages as one: running titles taken off, tables put together that go on over a page's end.
pub(super) fn flow(mut pages: Vec<Page>, vocabulary: &Vocabulary) -> Vec<Item> {
    without_running_heads(&mut pages);
    for i in (1..pages.len()).rev() {
        join_tables(&mut pages, i);
    }
    let mut items = Vec::new();
    for page in pages {
        let mut above: Option<f32> = None;
        for part in page.parts {
            let lines = match part {
                Part::Line(line) => vec![line],
                Part::Lattice(lattice) => match lattice.table(vocabulary) {
                    Some(rows) => {
                        items.push(Item::Table(rows));
                        above = None;
                        continue;
                    }
                    None => framed_lines(&lattice),
                },
            };
            for line in lines {
                let apart = |above: f32| above - line.y > line.size * 2.6;
                items.extend(above.is_some_and(apart).then_some(Item::Space));
                above = Some(line.y);
                items.push(Item::Line(line));
            }
        }
    }
    mark_broken(&mut items);
    items
}

/// Marks the lines that end because the page does: what the next one begins with had no room in them.
fn mark_broken(items: &mut [Item]) {
    let lines = items.iter().filter_map(|item| match item {
        Item::Line(line) => Some(line),
        _ => None,
    });
    let lines: Vec<(f32, f32, f32)> = lines.map(|line| (line.end, line.y, line.size)).collect();
    let mut pitches: Vec<f32> = lines.windows(2).map(|pair| pair[0].1 - pair[1].1).collect();
    pitches.retain(|pitch| *pitch > 0.0);
    pitches.sort_by(f32::total_cmp);
    let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(f32::MAX);
    let mut ends: Vec<(f32, f32)> = lines.iter().map(|(end, _, size)| (*end, *size)).collect();
    ends.sort_by(|a, b| b.0.total_cmp(&a.0));
    // One line may stand out: the edge is where several end.
    let edge = ends.windows(3).find(|near| near[0].0 - near[2].0 <= near[0].1 * 1.5);
    let Some(edge) = edge.map(|near| near[0].0) else { return };
    for i in 1..items.len() {
        let (before, after) = items.split_at_mut(i);
        if let (Some(Item::Line(line)), Some(Item::Line(next))) = (before.last_mut(), after.first())
        {
            let down = line.y - next.y;
            let room = edge - line.end - line.size * 1.2;
            line.broken = room < next.first
                && down <= pitch * 1.3
                && (line.size - next.size).abs() <= line.size * 0.2;
        }
    }
}

/// The lines of running text in a frame.
fn framed_lines(lattice: &Lattice) -> Vec<Line> {
    let size = usual_size(&lattice.words);
    let left = lattice.words.iter().map(|word| word.x).fold(f32::MAX, f32::min);
    lattice.lines().iter().map(|line| Line::new(line, left, size)).collect()
}

/// Puts the first table of page `i` under the last one of the page before, if it goes on with it.
fn join_tables(pages: &mut [Page], i: usize) {
    let (before, after) = pages.split_at_mut(i);
    let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) else { return };
    let Some((last, first)) = before.table_at(End::Foot).zip(after.table_at(End::Head)) else {
        return;
    };
    let (Part::Lattice(above), Part::Lattice(below)) =
        (&mut before.parts[last], &after.parts[first])
    else {
        return;
    };
    if !above.goes_on_in(below) {
        return;
    }
    if let Part::Lattice(below) = after.parts.remove(first) {
        above.append(below);
    }
}

/// Whether a line is nothing but a page number: `- 3 -`, `第3页 共8页`, `3/8`.
fn is_page_number(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
    text.chars().all(|c| c.is_ascii_digit() || " -—–－·./第页共".contains(c))
        && (numbers == 1 || numbers == 2 && text.contains(['/', '共']))
}

/// Takes off what stands at the head or at the foot of most pages: running titles.
fn without_running_heads(pages: &mut [Page]) {
    const FEW: usize = 2;
    if pages.len() < FEW {
        return;
    }
    let key = |line: &Line| -> Option<String> {
        let words: String =
            line.text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
        // Rows of figures are no page numbers.
        (!words.is_empty() || is_page_number(&line.text)).then_some(words)
    };
    for end in [End::Head, End::Foot] {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for key in pages.iter().filter_map(|page| page.line_at(end).and_then(key)) {
            *counts.entry(key).or_default() += 1;
        }
        let most = pages.len();
        for page in pages.iter_mut() {
            let key = page.line_at(end).and_then(key);
            if key.and_then(|key| counts.get(&key)).is_some_and(|count| count * 2 > most) {
                match end {
                    End::Head => drop(page.parts.remove(0)),
                    End::Foot => drop(page.parts.pop()),
                }
            }
        }
    }
}
