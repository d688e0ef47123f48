//! The article as lines of text, each byte of which knows where it stands in the file.

use super::article::Article;
use super::kind::Kind;
use super::tree::{Event, Page};
use crate::read::extract::{Extract, Grid, GridCell, Merged, lay_out as grid};
use crate::text::{Origin, piece};
use std::ops::Range;

/// Lays the article out.
pub(super) fn lay_out(page: &Page, source: String, article: &Article) -> Extract {
    let mut layout = Layout {
        page,
        article,
        out: Extract { origin: Some(Origin::new(source)), ..Extract::default() },
        begun: 0,
        space: None,
        line_end: false,
        here: 0,
        in_cell: false,
        lists: Vec::new(),
        pre: 0,
    };
    if let Some(title) = &article.title {
        layout.text(title.start, title.end);
        layout.end_line();
    }
    for events in &article.before {
        layout.run(events.clone());
        layout.end_line();
    }
    layout.run(article.events.clone());
    layout.end_line();
    layout.out
}

struct Layout<'p> {
    page: &'p Page,
    article: &'p Article,
    out: Extract,
    /// Where the current line, or the current cell, begins in the text.
    begun: usize,
    /// White space that is due before the next character, by its place in the file.
    space: Option<u32>,
    /// Whether that white space is a line's end in the file, which sets no Chinese characters apart.
    line_end: bool,
    /// How far in the file.
    here: u32,
    in_cell: bool,
    /// The numbers of the lists around, `None` for one without numbers.
    lists: Vec<Option<usize>>,
    /// How many elements around keep their line breaks.
    pre: usize,
}

impl Layout<'_> {
    fn run(&mut self, events: Range<usize>) {
        let mut i = events.start;
        while i < events.end.min(self.page.events.len()) {
            match self.page.events[i] {
                Event::Open(node) => {
                    if self.is_left_out(node) {
                        i = self.page.nodes[node].events.end;
                        continue;
                    }
                    if self.page.nodes[node].kind == Kind::Table
                        && self.article.data[node]
                        && !self.in_cell
                    {
                        self.end_line();
                        self.table(node);
                        i = self.page.nodes[node].events.end;
                        continue;
                    }
                    self.open(node);
                }
                Event::Close(node) => self.close(node),
                Event::Break(at) => {
                    self.here = at;
                    self.end_line();
                }
                Event::Link(_) => {}
                Event::Text { start, end } => self.text(start, end),
                Event::Entity { start, end, decoded, length } => {
                    self.entity(start, end, decoded as usize, length as usize);
                }
            }
            i += 1;
        }
    }

    fn is_left_out(&self, node: usize) -> bool {
        let kind = self.page.nodes[node].kind;
        self.article.left_out[node] || matches!(kind, Kind::Skipped | Kind::Title)
    }

    fn open(&mut self, index: usize) {
        let node = &self.page.nodes[index];
        match node.kind {
            Kind::Inline(_) => return,
            Kind::List(numbered) => {
                self.lists.push(numbered.then(|| node.first.unwrap_or(1)));
            }
            Kind::Pre => self.pre += 1,
            _ => {}
        }
        self.here = node.at;
        self.end_line();
        if node.kind == Kind::Item {
            self.number(index);
        }
    }

    fn close(&mut self, index: usize) {
        match self.page.nodes[index].kind {
            Kind::Inline(_) => return,
            Kind::List(_) => {
                self.lists.pop();
            }
            Kind::Pre => self.pre = self.pre.saturating_sub(1),
            _ => {}
        }
        self.end_line();
    }

    /// The number that a browser puts before an item, unless the item has one of its own.
    fn number(&mut self, index: usize) {
        let Some(Some(next)) = self.lists.last_mut() else { return };
        let number = *next;
        *next = next.saturating_add(1);
        let events = self.page.nodes[index].events.clone();
        let first =
            self.page.events.get(events).into_iter().flatten().find_map(|event| match event {
                Event::Text { start, end } => self.source(*start, *end).trim_start().chars().next(),
                _ => None,
            });
        if first.is_some_and(|c| !"一二三四五六七八九十（(第①②③④⑤⑥⑦⑧⑨⑩0123456789".contains(c))
        {
            self.synthetic(&format!("{number}."));
        }
    }

    fn source(&self, start: u32, end: u32) -> &str {
        let text = self.out.origin.as_ref().map_or("", |origin| origin.text.as_str());
        piece(text, start as usize, end as usize)
    }

    /// Adds what stands nowhere in the file.
    fn synthetic(&mut self, text: &str) {
        let (at, here) = (self.out.text.len(), self.here as usize);
        if let Some(origin) = &mut self.out.origin {
            origin.stands_for(at, here, 0);
        }
        self.out.text.push_str(text);
    }

    /// Ends the line; within a cell, a line is a word.
    fn end_line(&mut self) {
        if self.in_cell {
            if self.out.text.len() > self.begun {
                (self.space, self.line_end) = (Some(self.here), false);
            }
            return;
        }
        self.space = None;
        if self.out.text.len() > self.begun {
            self.synthetic("\n");
        }
        self.begun = self.out.text.len();
    }

    fn text(&mut self, start: u32, end: u32) {
        let mut at = start;
        while at < end {
            let rest = self.source(at, end);
            let blank =
                rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
            if blank > 0 {
                let ends = piece(rest, 0, blank).contains('\n');
                if self.pre > 0 && ends {
                    self.end_line();
                } else {
                    self.line_end = ends && (self.line_end || self.space.is_none());
                    self.space = self.space.or(Some(at));
                }
                at += blank as u32;
                continue;
            }
            let word = rest.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(rest.len());
            let next = rest.chars().next();
            self.begin_word(next);
            self.copy(at, at + word as u32);
            at += word as u32;
        }
    }

    /// Sets the next word apart from the one before it, if white space stands between them. The end of
    /// a line within a Chinese sentence is none (CSS Text 3, segment break transformation); after a
    /// sentence or a heading a page without markup may mean it.
    fn begin_word(&mut self, next: Option<char>) {
        let Some(space) = self.space.take() else { return };
        let line = piece(&self.out.text, self.begun, self.out.text.len());
        let within = self.line_end
            && next.is_some_and(is_ideograph)
            && line.ends_with(is_ideograph)
            && !is_heading(line);
        if self.out.text.len() > self.begun && !within {
            let at = self.out.text.len();
            if let Some(origin) = &mut self.out.origin {
                origin.stands_for(at, space as usize, 1);
            }
            self.out.text.push(' ');
        }
    }

    fn copy(&mut self, start: u32, end: u32) {
        let at = self.out.text.len();
        let Some(origin) = &mut self.out.origin else { return };
        origin.copied(at, start as usize);
        self.out.text.push_str(piece(&origin.text, start as usize, end as usize));
        self.here = end;
    }

    fn entity(&mut self, start: u32, end: u32, decoded: usize, length: usize) {
        let text = piece(&self.page.decoded, decoded, decoded + length);
        if text.chars().all(|c| c.is_ascii_whitespace() || c.is_control()) {
            (self.space, self.line_end) = (self.space.or(Some(start)), false);
            return;
        }
        let next = text.chars().next();
        self.begin_word(next);
        let at = self.out.text.len();
        if let Some(origin) = &mut self.out.origin {
            origin.stands_for(at, start as usize, (end - start) as usize);
        }
        self.out.text.push_str(text);
        self.here = end;
    }

    /// A table of data: a line for each row, TABs between its columns.
    fn table(&mut self, index: usize) {
        let (rows, stray) = self.rows(index);
        for events in stray {
            self.run(events);
            self.end_line();
        }
        let start = self.out.text.len();
        let mut cells = Vec::new();
        let laid_out = grid(rows);
        self.out.left_out += laid_out.beyond.iter().filter(|node| self.holds_text(**node)).count();
        for (row, laid) in (0..).zip(laid_out.rows) {
            let line = self.out.text.len();
            let mut column = 0;
            for (at, node) in laid {
                while column < at {
                    self.synthetic("\t");
                    column += 1;
                }
                let (begin, end) = self.cell(node);
                cells.push(GridCell { at: begin..end, row, column: at as u32 });
            }
            if self.out.text.len() > line {
                self.synthetic("\n");
            }
        }
        if self.out.text.len() > start {
            self.out.grids.push(Grid { at: start..self.out.text.len(), cells });
        }
        self.begun = self.out.text.len();
    }

    /// The rows of a table with the elements of their cells, and what stands in the table without
    /// being in a cell.
    fn rows(&self, index: usize) -> (Vec<Vec<Merged<usize>>>, Vec<Range<usize>>) {
        let events = self.page.nodes[index].events.clone();
        let (mut rows, mut stray) = (Vec::new(), Vec::new());
        let mut i = events.start + 1;
        while i + 1 < events.end {
            let Event::Open(node) = self.page.events[i] else {
                if matches!(self.page.events[i], Event::Text { .. } | Event::Entity { .. }) {
                    stray.push(i..i + 1);
                }
                i += 1;
                continue;
            };
            let element = &self.page.nodes[node];
            match element.kind {
                _ if self.is_left_out(node) => i = element.events.end,
                Kind::Rows => i += 1,
                Kind::Row => {
                    rows.push(Vec::new());
                    i += 1;
                }
                Kind::Cell => {
                    let (columns, rows_covered) = element.span;
                    let cell = Merged { content: node, columns, rows: rows_covered };
                    if rows.is_empty() {
                        rows.push(Vec::new());
                    }
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                    i = element.events.end;
                }
                _ => {
                    stray.push(element.events.clone());
                    i = element.events.end;
                }
            }
        }
        (rows, stray)
    }

    /// Whether more than white space stands in a node.
    fn holds_text(&self, node: usize) -> bool {
        let events = &self.page.events[self.page.nodes[node].events.clone()];
        events.iter().any(|event| match *event {
            Event::Text { start, end } => !self.source(start, end).trim().is_empty(),
            _ => false,
        })
    }

    /// Lays out one cell; returns where its text begins and ends.
    fn cell(&mut self, index: usize) -> (usize, usize) {
        let events = self.page.nodes[index].events.clone();
        self.begun = self.out.text.len();
        self.space = None;
        self.here = self.page.nodes[index].at;
        let begin = self.begun;
        self.in_cell = true;
        self.run(events.start + 1..events.end.saturating_sub(1));
        self.in_cell = false;
        self.space = None;
        (begin, self.out.text.len())
    }
}

/// Whether a line begins like a heading and has no sentence yet.
fn is_heading(line: &str) -> bool {
    /// Longer lines are none, in bytes.
    const LONGEST: usize = 200;
    line.len() <= LONGEST
        && line.trim_start().starts_with(|c| "一二三四五六七八九十（(".contains(c))
        && !line.contains(['，', '。'])
}

/// Whether `c` is a Chinese character.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}
