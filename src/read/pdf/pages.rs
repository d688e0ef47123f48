//! What stands on each page from top to bottom, and how it goes on from page to page.

use super::lattice::{Lattice, Rows, lattices};
use super::rules::Rules;
use super::words::{Word, lines, usual_size};
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
    /// Its baseline; of a table's frame, its upper end.
    y: f32,
    /// The usual size of the page's characters.
    size: f32,
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
            let text = line.text(left, size);
            parts.push((line.y, Part::Line(Line { text, y: line.y, size })));
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
pub(super) fn flow(mut pages: Vec<Page>) -> Vec<Item> {
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
                Part::Lattice(lattice) => match lattice.table() {
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
    items
}

/// The lines of running text in a frame.
fn framed_lines(lattice: &Lattice) -> Vec<Line> {
    let size = usual_size(&lattice.words);
    let left = lattice.words.iter().map(|word| word.x).fold(f32::MAX, f32::min);
    let line = |line: super::words::Line| Line { text: line.text(left, size), y: line.y, size };
    lattice.lines().into_iter().map(line).collect()
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
    const FEW: usize = 3;
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
