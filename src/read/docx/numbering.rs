//! Automatic numbers: from the paragraph's properties to the text a reader sees.

use super::numerals::numeral;
use super::{attribute, is_on};
use crate::read::ReadError;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{HashMap, HashSet};

/// Levels of a list, by ECMA-376.
const LEVELS: usize = 9;
/// Styles that are based on others, so many deep.
const DEEPEST: usize = 20;

/// Which list a paragraph belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberOf {
    /// The list; `0` for none.
    pub(super) list: Option<String>,
    /// The level, from 0.
    pub(super) level: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    number: NumberOf,
    contents: bool,
    hidden: bool,
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    text: String,
    style: Option<String>,
    restart: Option<usize>,
    legal: bool,
}

#[derive(Clone, Debug, Default)]
struct Kind {
    levels: Vec<Level>,
    /// The list is that of this style.
    linked: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct List {
    kind: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    styles: HashMap<String, Style>,
    kinds: HashMap<String, Kind>,
    lists: HashMap<String, List>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads the parts `styles.xml` and `numbering.xml`.
    pub(super) fn read(styles: &str, numbers: &str) -> Result<Self, ReadError> {
        let mut numbering = Self::default();
        numbering.read_styles(styles)?;
        numbering.read_lists(numbers)?;
        Ok(numbering)
    }

    fn read_styles(&mut self, xml: &str) -> Result<(), ReadError> {
        let mut id = String::new();
        events(xml, |tag, name| match name {
            "style" => {
                id = attribute(tag, "styleId").unwrap_or_default();
                self.styles.insert(id.clone(), Style::default());
            }
            "name" | "basedOn" | "numId" | "ilvl" | "vanish" => {
                let Some(style) = self.styles.get_mut(&id) else { return };
                let value = attribute(tag, "val").unwrap_or_default();
                match name {
                    "name" => {
                        let name = value.to_lowercase();
                        let digits = name.strip_prefix("toc ").unwrap_or("");
                        style.contents = digits.len() == 1 && digits != "0";
                    }
                    "basedOn" => style.based_on = Some(value),
                    "numId" => style.number.list = Some(value),
                    "vanish" => style.hidden = is_on(tag),
                    _ => style.number.level = value.parse().ok(),
                }
            }
            _ => {}
        })
    }

    fn read_lists(&mut self, xml: &str) -> Result<(), ReadError> {
        let (mut kind, mut list) = (String::new(), None::<String>);
        let mut level = 0;
        events(xml, |tag, name| {
            let value = || attribute(tag, "val").unwrap_or_default();
            match name {
                "abstractNum" => {
                    kind = attribute(tag, "abstractNumId").unwrap_or_default();
                    list = None;
                    self.kinds.insert(kind.clone(), Kind::default());
                }
                "num" => {
                    let id = attribute(tag, "numId").unwrap_or_default();
                    self.lists.insert(id.clone(), List::default());
                    list = Some(id);
                }
                "abstractNumId" => {
                    if let Some(list) = list.as_ref().and_then(|id| self.lists.get_mut(id)) {
                        list.kind = value();
                    }
                }
                "numStyleLink" => {
                    if let Some(kind) = self.kinds.get_mut(&kind) {
                        kind.linked = Some(value());
                    }
                }
                "lvl" | "lvlOverride" => {
                    let index = attribute(tag, "ilvl").and_then(|text| text.parse().ok());
                    level = index.unwrap_or(0).min(LEVELS - 1);
                    let fresh = Level { format: "decimal".to_owned(), ..Level::default() };
                    match (&list, name) {
                        (_, "lvlOverride") => {}
                        (Some(id), _) => {
                            let list = self.lists.entry(id.clone()).or_default();
                            list.levels.insert(level, fresh);
                        }
                        (None, _) => {
                            let levels = &mut self.kinds.entry(kind.clone()).or_default().levels;
                            levels.resize_with(levels.len().max(level + 1), Level::default);
                            levels[level] = fresh;
                        }
                    }
                }
                "startOverride" => {
                    let list = list.as_ref().and_then(|id| self.lists.get_mut(id));
                    if let (Some(list), Ok(start)) = (list, value().parse()) {
                        list.starts.insert(level, start);
                    }
                }
                "start" | "numFmt" | "lvlText" | "pStyle" | "lvlRestart" | "isLgl" => {
                    let found = match &list {
                        Some(id) => self.lists.get_mut(id).and_then(|l| l.levels.get_mut(&level)),
                        None => self.kinds.get_mut(&kind).and_then(|k| k.levels.get_mut(level)),
                    };
                    let Some(found) = found else { return };
                    match name {
                        "start" => found.start = value().parse().ok(),
                        "numFmt" => found.format = value(),
                        "lvlText" => found.text = value(),
                        "pStyle" => found.style = Some(value()),
                        "lvlRestart" => found.restart = value().parse().ok(),
                        _ => found.legal = is_on(tag),
                    }
                }
                _ => {}
            }
        })
    }

    /// The style `id` and those it is based on.
    fn chain<'n>(&'n self, id: &str) -> impl Iterator<Item = (&'n String, &'n Style)> {
        let first = self.styles.get_key_value(id);
        let next = |(_, style): &(&'n String, &'n Style)| {
            self.styles.get_key_value(style.based_on.as_ref()?)
        };
        std::iter::successors(first, next).take(DEEPEST)
    }

    /// Whether a paragraph of this style is a line of a table of contents.
    pub(super) fn is_contents(&self, style: &str) -> bool {
        self.chain(style).any(|(_, style)| style.contents)
    }

    /// Whether text of this style is hidden.
    pub(super) fn is_hidden(&self, style: &str) -> bool {
        self.chain(style).any(|(_, style)| style.hidden)
    }

    /// The number before the next paragraph with these properties, as a reader sees it.
    pub(super) fn next(&mut self, style: &str, own: &NumberOf) -> String {
        self.count(style, own).unwrap_or_default()
    }

    fn count(&mut self, style: &str, own: &NumberOf) -> Option<String> {
        let inherited = self.chain(style).find(|(_, style)| style.number.list.is_some());
        let (list, owner) = match (&own.list, inherited) {
            (Some(list), _) => (list.clone(), None),
            (None, Some((id, style))) => (style.number.list.clone()?, Some(id.clone())),
            (None, None) => return None,
        };
        if list == "0" {
            return None;
        }
        let kind = self.kind_of(&list, 0)?;
        let levels = &self.kinds.get(&kind)?.levels;
        let by_style = || {
            let names: Vec<&String> = self.chain(style).map(|(id, _)| id).collect();
            levels.iter().position(|level| level.style.as_ref().is_some_and(|s| names.contains(&s)))
        };
        let inherited = || owner.as_ref().and_then(|id| self.styles.get(id)?.number.level);
        let level = own.level.or_else(inherited).or_else(by_style).unwrap_or(0).min(LEVELS - 1);
        let known: Vec<Level> = (0..LEVELS)
            .map(|i| {
                let own = self.lists.get(&list).and_then(|list| list.levels.get(&i));
                own.or(levels.get(i)).cloned().unwrap_or_default()
            })
            .collect();
        let restart = self.lists.get(&list).and_then(|list| list.starts.get(&level).copied());
        let counts = self.counts.entry(kind).or_default();
        let start = known[level].start.unwrap_or(1);
        let number = match restart.filter(|_| self.begun.insert((list, level))) {
            Some(restart) => restart,
            None => counts[level].map_or(start, |last| last.saturating_add(1)),
        };
        counts[level] = Some(number);
        for deeper in level + 1..LEVELS {
            let keeps = known[deeper].restart.is_some_and(|above| above == 0 || level >= above);
            if !keeps {
                counts[deeper] = None;
            }
        }
        Some(label(&known, counts, level))
    }

    /// The kind of list that `list` is of; one may point to another by a style.
    fn kind_of(&self, list: &str, depth: usize) -> Option<String> {
        let id = &self.lists.get(list)?.kind;
        let kind = self.kinds.get(id)?;
        match &kind.linked {
            Some(style) if depth < DEEPEST && kind.levels.is_empty() => {
                let list = self.chain(style).find_map(|(_, style)| style.number.list.as_ref())?;
                self.kind_of(list, depth + 1)
            }
            _ => Some(id.clone()),
        }
    }
}

/// Fills the numbers into `（%1）`, `%1.%2`.
fn label(levels: &[Level], counts: &[Option<u32>; LEVELS], level: usize) -> String {
    let own = &levels[level];
    if own.format == "bullet" {
        return String::new();
    }
    let mut out = String::new();
    let mut chars = own.text.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = chars.peek().and_then(|next| next.to_digit(10)).filter(|d| c == '%' && *d > 0);
        let Some(digit) = digit else {
            out.push(c);
            continue;
        };
        chars.next();
        let index = (digit as usize - 1).min(LEVELS - 1);
        let number = counts[index].or(levels[index].start).unwrap_or(1);
        let format = if own.legal { "decimal" } else { levels[index].format.as_str() };
        out.push_str(&numeral(number, format));
    }
    if out.ends_with(|c: char| c.is_alphanumeric()) {
        out.push(' ');
    }
    out
}

/// Calls `take` with every element of `xml`.
fn events(xml: &str, mut take: impl FnMut(&BytesStart<'_>, &str)) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => take(&tag, tag.local_name().as_ref()),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(ReadError::Damaged("docx")),
        }
    }
}
