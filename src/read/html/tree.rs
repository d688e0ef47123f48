//! The elements of a web page, as browsers make them of whatever markup there is.
//!
//! `html5gum` gives tokens by the HTML standard; this builds no full tree but what layout needs:
//! blocks, tables and links, in the order of the file, with implied ends of paragraphs, items, rows and
//! cells. Text stays where it is: a piece of the page is a range of the decoded file.

use super::kind::{Inline, Kind, Named, around, boilerplate, kind, style};
use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};
use std::ops::Range;

/// Deeper elements are taken as part of the one that holds them, as browsers do.
const DEEPEST: usize = 300;

/// A page: its elements, and what stands in them in order.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The elements; the first is the page itself.
    pub(super) nodes: Vec<Node>,
    /// Everything in the order of the file.
    pub(super) events: Vec<Event>,
    /// What entities stand for.
    pub(super) decoded: String,
}

/// An element.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The element that holds it.
    pub(super) parent: usize,
    /// Where its content begins in the file.
    pub(super) at: u32,
    /// What stands in it, as indices of events, its own `Open` and `Close` included.
    pub(super) events: Range<usize>,
    /// How many columns and rows a cell covers.
    pub(super) span: (usize, usize),
    /// Whether it is not shown.
    pub(super) hidden: bool,
    /// Whether its name or class says that it is not the article: navigation, footer, sharing.
    pub(super) boilerplate: bool,
    /// The first number of an ordered list.
    pub(super) first: Option<usize>,
}

/// One thing on the page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    Open(usize),
    Close(usize),
    /// Text of the file, byte by byte.
    Text {
        start: u32,
        end: u32,
    },
    /// An entity: bytes of the file, and of [`Page::decoded`] what they stand for.
    Entity {
        start: u32,
        end: u32,
        decoded: u32,
        length: u32,
    },
    /// A line break.
    Break(u32),
    /// A link begins or ends.
    Link(bool),
}

/// Reads the elements of `source`, the decoded page.
pub(super) fn parse(source: &str) -> Page {
    // Of the same length, so that every offset holds: a CR is white space like any other.
    let plain = source.contains('\r').then(|| source.replace('\r', " "));
    let input = plain.as_deref().unwrap_or(source);
    let builder = Builder::new(input.as_bytes());
    // The one token is the page.
    Tokenizer::new_with_emitter(input, builder).filter_map(Result::ok).last().unwrap_or_default()
}

/// The tag that is being read.
#[derive(Debug, Default)]
struct Tag {
    name: Vec<u8>,
    closes: bool,
    start: usize,
    attribute: Vec<u8>,
    value: Vec<u8>,
    span: (usize, usize),
    hidden: bool,
    boilerplate: bool,
    first: Option<usize>,
    table: Option<Kind>,
}

/// Builds the page from the calls of the tokenizer.
struct Builder<'s> {
    source: &'s [u8],
    page: Page,
    /// The open elements.
    open: Vec<usize>,
    tag: Tag,
    last_start: Vec<u8>,
    position: usize,
    tag_start: usize,
    /// Where the text that is coming begins.
    text_start: usize,
    done: bool,
}

impl<'s> Builder<'s> {
    fn new(source: &'s [u8]) -> Self {
        let mut builder = Self {
            source,
            page: Page::default(),
            open: Vec::new(),
            tag: Tag::default(),
            last_start: Vec::new(),
            position: 0,
            tag_start: 0,
            text_start: 0,
            done: false,
        };
        builder.push(Kind::Block);
        builder
    }

    fn push(&mut self, kind: Kind) {
        let index = self.page.nodes.len();
        let parent = self.open.last().copied().unwrap_or(0);
        let at = self.page.events.len();
        let tag = &self.tag;
        self.page.nodes.push(Node {
            kind,
            parent,
            at: self.position as u32,
            events: at..at,
            span: tag.span,
            hidden: tag.hidden,
            boilerplate: tag.boilerplate,
            first: tag.first,
        });
        self.page.events.push(Event::Open(index));
        self.open.push(index);
    }

    /// Pushes an element that the markup left out.
    fn imply(&mut self, kind: Kind) {
        let tag = std::mem::take(&mut self.tag);
        self.tag.span = (1, 1);
        self.push(kind);
        self.tag = tag;
    }

    fn pop(&mut self) {
        if let Some(index) = self.open.pop() {
            self.page.events.push(Event::Close(index));
            self.page.nodes[index].events.end = self.page.events.len();
        }
    }

    fn kind_at(&self, depth: usize) -> Kind {
        self.page.nodes[self.open[depth]].kind
    }

    fn top(&self) -> Kind {
        self.kind_at(self.open.len() - 1)
    }

    /// Closes the innermost open element that `wanted` picks, unless one that `fence` picks stands
    /// before it; the page itself stays open.
    fn close(&mut self, wanted: impl Fn(Kind) -> bool, fence: impl Fn(Kind) -> bool) -> bool {
        for depth in (1..self.open.len()).rev() {
            let kind = self.kind_at(depth);
            if wanted(kind) {
                while self.open.len() > depth {
                    self.pop();
                }
                return true;
            }
            if fence(kind) {
                break;
            }
        }
        false
    }

    fn start(&mut self) {
        let named = kind(&self.tag.name);
        let kind = match (named, self.tag.table) {
            (Named::Element(_) | Named::Nothing, Some(table)) => table,
            (Named::Element(kind), None) => kind,
            (Named::Break, _) => {
                self.page.events.push(Event::Break(self.tag.start as u32));
                return;
            }
            (Named::Void { breaks }, _) => {
                if breaks {
                    self.page.events.push(Event::Break(self.tag.start as u32));
                }
                return;
            }
            (Named::Nothing, None) => return,
        };
        if let Kind::Inline(inline) = kind {
            self.inline(inline);
            return;
        }
        self.make_room(kind);
        if self.open.len() < DEEPEST {
            self.push(kind);
        } else {
            // The text still stands on lines of its own.
            self.page.events.push(Event::Break(self.tag.start as u32));
        }
    }

    /// Ends what the start of a `kind` ends, and begins what it needs.
    fn make_room(&mut self, kind: Kind) {
        let in_table = |kind| matches!(kind, Kind::Table | Kind::Cell | Kind::Caption);
        match kind {
            Kind::Item => {
                self.close(|k| k == Kind::Item, |k| matches!(k, Kind::List(_)) || in_table(k));
            }
            Kind::Term => {
                self.close(|k| k == Kind::Term, in_table);
            }
            Kind::Rows => {
                self.close(|k| k == Kind::Rows, |k| k == Kind::Table);
                self.close(|k| k == Kind::Row, |k| k == Kind::Table);
            }
            Kind::Row => {
                self.close(|k| k == Kind::Row, |k| k == Kind::Table);
            }
            Kind::Cell => {
                self.close(|k| k == Kind::Cell, |k| matches!(k, Kind::Table | Kind::Row));
                if matches!(self.top(), Kind::Table | Kind::Rows) {
                    self.imply(Kind::Row);
                }
            }
            Kind::Table if matches!(self.top(), Kind::Table | Kind::Rows | Kind::Row) => {
                // A table right within a table ends it.
                self.close(|k| k == Kind::Table, |_| false);
            }
            Kind::Block
            | Kind::Paragraph
            | Kind::Heading
            | Kind::List(_)
            | Kind::Pre
            | Kind::Table => {}
            Kind::Caption | Kind::Title | Kind::Skipped | Kind::Inline(_) => return,
        }
        // A paragraph ends where a block begins.
        self.close(|k| k == Kind::Paragraph, in_table);
    }

    /// Inline elements have no part in layout, but for links, and for what is hidden.
    fn inline(&mut self, inline: Inline) {
        let within = self.open.iter().any(|i| {
            let node = &self.page.nodes[*i];
            node.hidden && matches!(node.kind, Kind::Inline(_))
        });
        if (self.tag.hidden || within) && self.open.len() < DEEPEST {
            self.push(Kind::Inline(inline));
        } else if inline == Inline::A {
            self.page.events.push(Event::Link(true));
        }
    }

    fn end(&mut self) {
        let in_table = |kind| matches!(kind, Kind::Table | Kind::Cell | Kind::Caption);
        match kind(&self.tag.name) {
            Named::Break => self.page.events.push(Event::Break(self.tag.start as u32)),
            Named::Void { .. } | Named::Nothing => {}
            Named::Element(kind @ Kind::Inline(inline)) => {
                let block = |k: Kind| !matches!(k, Kind::Inline(_));
                if !self.close(|k| k == kind, block) && inline == Inline::A {
                    self.page.events.push(Event::Link(false));
                }
            }
            Named::Element(Kind::Table) => {
                self.close(|k| k == Kind::Table, |_| false);
            }
            Named::Element(kind @ (Kind::Rows | Kind::Row | Kind::Cell)) => {
                self.close(|k| k == kind, |k| k == Kind::Table);
            }
            Named::Element(Kind::Block) => {
                // A division may be a table, a row or a cell by its style.
                let block = |k| k == Kind::Block || k == Kind::Row || k == Kind::Rows;
                self.close(|k| block(k) || in_table(k), |_| false);
            }
            Named::Element(kind) => {
                self.close(|k| k == kind, in_table);
            }
        }
    }

    fn attribute(&mut self) {
        let name = std::mem::take(&mut self.tag.attribute);
        let value = std::mem::take(&mut self.tag.value);
        let number = |value: &[u8]| {
            let text = String::from_utf8_lossy(value);
            let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<usize>().ok().filter(|n| *n > 0)
        };
        let tag = &mut self.tag;
        match name.as_slice() {
            b"colspan" => tag.span.0 = number(&value).unwrap_or(1),
            b"rowspan" => tag.span.1 = number(&value).unwrap_or(1),
            b"start" => tag.first = number(&value),
            b"hidden" => tag.hidden = true,
            b"aria-hidden" => tag.hidden |= value == b"true",
            b"class" | b"id" => tag.boilerplate |= boilerplate(&value),
            b"role" => {
                tag.boilerplate |= matches!(
                    value.as_slice(),
                    b"navigation" | b"banner" | b"contentinfo" | b"complementary" | b"search"
                );
            }
            b"style" => {
                let style = style(&value);
                tag.hidden |= style.hidden;
                tag.table = tag.table.or(style.table);
            }
            _ => {}
        }
        // The room is used again.
        self.tag.attribute = name;
        self.tag.attribute.clear();
        self.tag.value = value;
        self.tag.value.clear();
    }

    fn begin_tag(&mut self, closes: bool) {
        let tag = &mut self.tag;
        tag.name.clear();
        tag.attribute.clear();
        tag.value.clear();
        tag.closes = closes;
        tag.start = self.tag_start;
        tag.span = (1, 1);
        (tag.hidden, tag.boilerplate) = (false, false);
        (tag.first, tag.table) = (None, None);
    }

    fn finish(&mut self) -> Page {
        while !self.open.is_empty() {
            self.pop();
        }
        std::mem::take(&mut self.page)
    }
}

impl Emitter for Builder<'_> {
    type Token = Page;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.done = true;
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Page> {
        std::mem::take(&mut self.done).then(|| self.finish())
    }

    fn init_string(&mut self) {
        self.text_start = self.position;
    }

    fn emit_string(&mut self, text: &[u8]) {
        let end = self.position;
        let start = end.saturating_sub(text.len());
        if self.source.get(start..end) == Some(text) {
            // A character may come in two pieces.
            if let Some(Event::Text { end: last, .. }) = self.page.events.last_mut()
                && *last == start as u32
            {
                *last = end as u32;
                self.text_start = end;
                return;
            }
            self.page.events.push(Event::Text { start: start as u32, end: end as u32 });
        } else if let Ok(text) = std::str::from_utf8(text) {
            let decoded = self.page.decoded.len() as u32;
            self.page.decoded.push_str(text);
            let start = self.text_start.min(end) as u32;
            let length = text.len() as u32;
            self.page.events.push(Event::Entity { start, end: end as u32, decoded, length });
        }
        self.text_start = end;
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.attribute();
        if self.tag.closes {
            self.end();
            return None;
        }
        self.tag.boilerplate |= around(&self.tag.name);
        self.last_start.clone_from(&self.tag.name);
        self.start();
        naive_next_state(&self.last_start)
    }

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {}

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        self.attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.tag.attribute.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.tag.value.extend_from_slice(value);
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn start_open_tag(&mut self) {
        self.tag_start = self.position.saturating_sub(1);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.closes && !self.last_start.is_empty() && self.last_start == self.tag.name
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }
}
