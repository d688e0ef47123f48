//! Which lines are a table.

use super::cells::{self, Style};
use super::line::{is_date_line, is_page_number, is_unit, is_value};
use super::{Grid, Page, heading};
use crate::profile::Vocabulary;
use crate::text::{FoldedSpan, piece, push_skeleton};
use std::ops::Range;

/// Consecutive lines of one table.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// First line to one past the last.
    pub(super) lines: Range<usize>,
    /// How its cells are set apart.
    pub(super) style: Style,
}

/// What a line is to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Blank,
    /// A page number, a form feed: may stand in the middle of a table.
    Residue,
    /// Opens a table wherever it stands.
    Opener,
    /// A known label, alone or with figures.
    Label,
    /// Figures, units, pipes.
    Cells,
    /// Short and of no known kind.
    Short,
    /// A line that ends every table: a section's heading, prose.
    Prose,
}

/// How many unknown short lines may stand between two lines of a table.
const PATIENCE: usize = 6;

/// How many heads of columns, on one line or on lines of their own, make a table.
const HEADS: usize = 4;

/// Finds all tables: those that are known, and what else looks like one.
pub(super) fn find(
    page: &Page<'_>,
    source: &str,
    grids: &[Grid],
    vocabulary: &Vocabulary,
) -> Vec<Region> {
    let known = known(page, grids);
    let mut given = vec![false; page.len()];
    for region in &known {
        given[region.lines.clone()].fill(true);
    }
    // No other table goes on into a known one.
    let role = |i: usize| if given[i] { Role::Prose } else { role(page, source, i, vocabulary) };
    let roles: Vec<Role> = (0..page.len()).map(role).collect();
    let mut known = known.into_iter().peekable();
    let mut regions = Vec::new();
    let mut i = 0;
    while i < roles.len() {
        if let Some(region) = known.next_if(|region| region.lines.start <= i) {
            i = region.lines.end;
            regions.push(region);
            continue;
        }
        if given[i] {
            i += 1;
            continue;
        }
        let lines = table_at(&roles, i, page).or_else(|| ruled_at(page, i));
        match lines {
            Some(lines) => {
                i = lines.end;
                let style = cells::style(page, source, &lines);
                regions.push(Region { lines, style });
            }
            None => i += 1,
        }
    }
    regions
}

/// The lines of the known tables.
fn known(page: &Page<'_>, grids: &[Grid]) -> Vec<Region> {
    let line = |at: usize| page.lines.partition_point(|line| line.end < at);
    let region = |(index, grid): (usize, &Grid)| {
        let (start, end) = (line(grid.at.start), line(grid.at.end.saturating_sub(1)));
        let end = (end + 1).min(page.len());
        (start < end).then_some(Region { lines: start..end, style: Style::Known(index) })
    };
    grids.iter().enumerate().filter_map(region).collect()
}

fn role(page: &Page<'_>, source: &str, i: usize, vocabulary: &Vocabulary) -> Role {
    let text = page.text(i);
    let line = &page.lines[i];
    if text.is_empty() {
        return if cells::is_blank_cell(source, line) { Role::Cells } else { Role::Blank };
    }
    if is_page_number(text) {
        return Role::Residue;
    }
    let ruled = text.contains('|');
    let tabbed = piece(source, line.start, line.end).contains('\t');
    // In bytes: 160 Chinese characters, longer than any label.
    let long = text.len() > 480;
    if long && !ruled && !tabbed {
        return Role::Prose;
    }
    if text.bytes().all(|b| b == b'|') {
        return Role::Cells;
    }
    let cells = Cells::count(page, source, i, vocabulary, ruled || tabbed);
    let short = || text.len() <= 90 && !text.ends_with('。');
    match () {
        () if cells.opens || cells.labels >= HEADS => Role::Opener,
        () if cells.labels > 0 && (cells.others == 0 || ruled || tabbed || cells.values > 0) => {
            Role::Label
        }
        () if ends_table(text, vocabulary) => Role::Prose,
        () if ruled || (tabbed && !long) || (cells.others == 0 && cells.values > 0) => Role::Cells,
        () if short() => Role::Short,
        () => Role::Prose,
    }
}

/// What the cells of one line are.
#[derive(Default)]
struct Cells {
    labels: usize,
    values: usize,
    others: usize,
    /// Whether one of them opens a table.
    opens: bool,
}

impl Cells {
    fn count(
        page: &Page<'_>,
        source: &str,
        i: usize,
        vocabulary: &Vocabulary,
        parted: bool,
    ) -> Self {
        let mut count = Self::default();
        let mut key = String::new();
        let line = &page.lines[i];
        let written = piece(source, line.start, line.end).trim();
        if !parted && !written.contains(char::is_whitespace) {
            count.add(page.text(i), &mut key, vocabulary);
            return count;
        }
        if !parted {
            // `统 计 指 标` is one label, whatever its spaces.
            push_skeleton(page.text(i), &mut key);
            if vocabulary.label(&key) == Some(key.len()) {
                count.add(page.text(i), &mut key, vocabulary);
                return count;
            }
        }
        for cell in cells::split(source, line) {
            let start = page.folded.folded_at(cell.start as u32);
            let end = page.folded.folded_at(cell.end as u32).max(start);
            count.add(page.folded.slice(FoldedSpan { start, end }).trim(), &mut key, vocabulary);
        }
        count
    }

    /// Counts one folded cell; `key` is room for its skeleton.
    fn add(&mut self, cell: &str, key: &mut String, vocabulary: &Vocabulary) {
        if cell.is_empty() {
            return;
        }
        if is_value(cell) || is_unit(cell) {
            self.values += 1;
            return;
        }
        key.clear();
        push_skeleton(cell, key);
        let whole = |used: usize| is_whole(cell, key, used, vocabulary);
        let labels = match vocabulary.label(key) {
            Some(used) => {
                // Every opener is a label.
                self.opens |= vocabulary.opener(key).is_some_and(whole);
                if whole(used) { 1 } else { chained(key, vocabulary) }
            }
            None => usize::from(vocabulary.begins_label(key)),
        };
        self.labels += labels;
        self.others += usize::from(labels == 0);
    }
}

/// How many labels a cell consists of if nothing stands between them, as where a page lost the
/// borders of its cells: `信息内容本年新制作数量本年新公开数量`. 0 if it holds anything else.
fn chained(key: &str, vocabulary: &Vocabulary) -> usize {
    let (mut rest, mut labels) = (key, 0);
    while let Some(used) = vocabulary.label(rest) {
        rest = piece(rest, used, rest.len());
        labels += 1;
    }
    if rest.is_empty() { labels } else { 0 }
}

/// Whether a cell holds a label and nothing that makes it a sentence: the rest is a note in
/// brackets, figures, a unit or another label.
fn is_whole(cell: &str, key: &str, used: usize, vocabulary: &Vocabulary) -> bool {
    let rest = piece(key, used, key.len());
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.is_empty()
        || digits.is_empty()
        || is_unit(digits)
        || rest.len() <= "数量".len()
        || vocabulary.label(rest).is_some_and(|used| used == rest.len())
        || (cell.contains('(')
            && !cell.contains('。')
            && !rest.contains(|c: char| c.is_ascii_digit()))
}

/// A heading of a section ends every table, unless it is also a label of a form.
fn ends_table(text: &str, vocabulary: &Vocabulary) -> bool {
    let Some(found) = heading::at_start(text, vocabulary) else {
        return heading::is_section(text, vocabulary)
            || text.ends_with('。')
            || text.contains(",") && text.chars().count() > 30
            || is_date_line(text);
    };
    let title = piece(text, found.ordinal, found.title);
    let known = match found.level {
        1 => vocabulary.section(title).is_some(),
        // Some reports number their sections （一）, as forms number their rows.
        2 => heading::is_section(title, vocabulary),
        _ => false,
    };
    known && found.body.is_none()
}

/// The table that begins at line `i`: opened by a sign or a long label, or by a short label with
/// figures behind it.
fn table_at(roles: &[Role], i: usize, page: &Page<'_>) -> Option<Range<usize>> {
    let starts = match roles[i] {
        Role::Opener => true,
        Role::Label => figures_follow(roles, i, page) || heads_follow(roles, i),
        _ => false,
    };
    if !starts {
        return None;
    }
    let mut end = i + 1;
    let mut unknown = 0;
    for (j, role) in roles.iter().enumerate().skip(i + 1) {
        match role {
            Role::Prose => break,
            Role::Blank | Role::Residue => {}
            Role::Short => unknown += 1,
            Role::Opener | Role::Label | Role::Cells => {
                unknown = 0;
                end = j + 1;
            }
        }
        if unknown > PATIENCE {
            break;
        }
    }
    let known = roles[i..end].iter().filter(|role| matches!(role, Role::Opener | Role::Label));
    let figures = roles[i..end].contains(&Role::Cells) || has_figures(page, i..end);
    (known.count() >= 2 || figures).then_some(i..end)
}

/// Whether a label is the first of several that follow each other without figures, or that lead
/// to a table's opener: a head that was written out one cell a line.
fn heads_follow(roles: &[Role], i: usize) -> bool {
    let mut next = roles.iter().skip(i).filter(|role| !matches!(role, Role::Blank)).take(HEADS);
    let other = next.find(|role| !matches!(role, Role::Label));
    other.is_none_or(|role| matches!(role, Role::Opener)) && roles.len() >= i + HEADS
}

/// Whether a label is followed by at least two figures, on its own line or on the next ones.
fn figures_follow(roles: &[Role], i: usize, page: &Page<'_>) -> bool {
    if has_figures(page, i..i + 1) {
        return true;
    }
    let next = roles.iter().skip(i + 1).filter(|role| !matches!(role, Role::Blank)).take(2);
    next.filter(|role| matches!(role, Role::Cells)).count() == 2
}

fn has_figures(page: &Page<'_>, lines: Range<usize>) -> bool {
    lines.into_iter().any(|i| {
        let text = page.text(i);
        text.split([' ', '|']).filter(|cell| is_value(cell)).count() >= 2
    })
}

/// A table whose rows are ruled with pipes, whatever its words: at least two lines.
fn ruled_at(page: &Page<'_>, i: usize) -> Option<Range<usize>> {
    let ruled = |i: usize| {
        let text = page.text(i);
        text.starts_with('|') && text.matches('|').count() >= 3
    };
    let end = (i..page.len()).find(|j| !ruled(*j)).unwrap_or(page.len());
    (end >= i + 2).then_some(i..end)
}

/// The folded text from the first to the last line of `lines`.
pub(super) fn span(page: &Page<'_>, lines: &Range<usize>) -> FoldedSpan {
    page.spans[lines.start].union(page.spans[lines.end - 1])
}
