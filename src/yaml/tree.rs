//! A YAML text read once into a tree of nodes that know their bytes. This file stands alone: the
//! build script reads the built-in packs with it, so that the program need not.

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_yaml::{Error, Spanned};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// The largest YAML text that is read, in bytes; the longest built-in file has 20,000.
pub const MAX_YAML: usize = 1 << 20;

/// A value with its place in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Node {
    /// Byte range of the scalar; for lists and maps the place where they begin.
    pub at: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// A YAML value. Mappings keep the order of the file. The words of built-in packs stay in the binary.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(#[serde(borrow)] Cow<'static, str>),
    /// A string.
    Text(#[serde(borrow)] Cow<'static, str>),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<(Key, Node)>),
}

/// The key of a mapping.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Key {
    /// Byte range in the file.
    pub at: Range<usize>,
    /// The key.
    #[serde(borrow)]
    pub text: Cow<'static, str>,
}

/// Why a text is no YAML, and where; the words are the parser's own, in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Byte offset in the text.
    pub at: usize,
    /// What kind of error it is.
    pub kind: SyntaxFault,
    /// What the parser says.
    pub detail: String,
}

/// The kinds of error that users are told of in their own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxFault {
    /// The text breaks the grammar.
    Grammar,
    /// A key stands twice in one mapping.
    DuplicateKey,
    /// `*name` without `&name`.
    UnknownAnchor,
    /// More nodes, aliases or levels than any rule file has, or a longer text.
    Limit,
    /// More than one document in one file.
    Documents,
}

/// Reads a YAML text.
///
/// # Errors
/// The first error, a duplicate key, or a breached limit (aliases, depth, size).
pub fn read(text: &str) -> Result<Node, SyntaxError> {
    if text.len() > MAX_YAML {
        let detail = format!("{} bytes", text.len());
        return Err(SyntaxError { at: 0, kind: SyntaxFault::Limit, detail });
    }
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! { max_nodes: 100_000, max_aliases: 1_000, max_depth: 40 },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: 20_000,
            max_replay_stack_depth: 8,
        },
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(root) => Ok(node(root, text)),
        Err(error) => Err(syntax(text, &error)),
    }
}

/// The text of a rule file before its examples, which are most of it and which judging a report
/// does not need.
pub fn without_examples(text: &str) -> &str {
    text.find("\nexamples:").and_then(|end| text.get(..=end)).unwrap_or(text)
}

/// A tree in the bytes that [`from_bytes`] reads.
///
/// # Errors
/// None that a tree of this program meets.
pub fn to_bytes(node: &Node) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(node)
}

/// The tree that [`to_bytes`] wrote.
///
/// # Errors
/// If the bytes are not its own.
pub fn from_bytes(bytes: &'static [u8]) -> Result<Node, postcard::Error> {
    postcard::from_bytes(bytes)
}

fn syntax(text: &str, error: &Error) -> SyntaxError {
    let error = error.without_snippet();
    let location = error.location().filter(|location| location.line() > 0);
    let at = location.map_or(0, |location| offset(text, location.line(), location.column()));
    let kind = match error {
        Error::DuplicateMappingKey { .. } => SyntaxFault::DuplicateKey,
        Error::UnknownAnchor { .. } => SyntaxFault::UnknownAnchor,
        Error::MultipleDocuments { .. } => SyntaxFault::Documents,
        Error::Budget { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => SyntaxFault::Limit,
        _ => SyntaxFault::Grammar,
    };
    let message = error.to_string();
    // Limits of depth are the parser's own and have no kind of their own.
    let kind = match kind {
        SyntaxFault::Grammar if message.contains("limit exceeded") => SyntaxFault::Limit,
        kind => kind,
    };
    let detail = message.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    SyntaxError { at, kind, detail: detail.to_owned() }
}

/// The byte offset of a line and a column, both from 1 and in characters.
fn offset(text: &str, line: u64, column: u64) -> usize {
    let lines = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
    let columns = usize::try_from(column).unwrap_or(usize::MAX).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(lines).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.chars().take(columns).map(char::len_utf8).sum::<usize>()
}

/// What serde hands over, before the spans are turned into byte ranges.
enum Raw {
    Null,
    Bool(bool),
    Number,
    Text(String),
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<String>, Spanned<Self>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Number)
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

fn node(raw: Spanned<Raw>, text: &str) -> Node {
    let at = range(&raw.referenced, text);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Bool(value) => Value::Bool(value),
        Raw::Number => Value::Number(text.get(at.clone()).unwrap_or_default().to_owned().into()),
        Raw::Text(value) => Value::Text(value.into()),
        Raw::List(items) => Value::List(items.into_iter().map(|item| node(item, text)).collect()),
        Raw::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, item)| {
                    let at = range(&key.referenced, text);
                    (Key { at, text: key.value.into() }, node(item, text))
                })
                .collect(),
        ),
    };
    Node { at, value }
}

/// The bytes of a location; a block scalar's span runs on to the next token and is trimmed.
fn range(location: &serde_yaml::Location, text: &str) -> Range<usize> {
    if location.line() == 0 {
        return 0..0;
    }
    let span = location.span();
    let offset = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let start = offset(span.byte_offset()).min(text.len());
    let end = (start + offset(span.byte_len())).min(text.len());
    start..start + text.get(start..end).map_or(0, |scalar| scalar.trim_end().len())
}
