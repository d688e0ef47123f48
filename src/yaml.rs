//! Layer 1: YAML read once into a tree of nodes that know their bytes, and faults that point at
//! them. Decoding by hand from this tree reports every fault of a file, not the first alone.

use crate::finding::Words;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;
use std::fmt;
use std::ops::Range;

/// A value with its place in the file.
#[derive(Clone, Debug)]
pub struct Node {
    /// Byte range of the scalar; for lists and maps the place where they begin.
    pub at: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// A YAML value. Mappings keep the order of the file.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A string.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<(Key, Node)>),
}

/// The key of a mapping.
#[derive(Clone, Debug)]
pub struct Key {
    /// Byte range in the file.
    pub at: Range<usize>,
    /// The key.
    pub text: String,
}

/// One fault of a YAML file, in both languages.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Byte range in the file.
    pub at: Range<usize>,
    /// What is wrong and what to do.
    pub words: Words,
}

/// Collects the faults of one file while it is decoded.
#[derive(Debug, Default)]
pub struct Faults {
    /// What was found.
    pub found: Vec<Fault>,
    /// Whether patterns are compiled to find their faults too: that takes longer than all else,
    /// and the built-in ones are compiled by the tests.
    pub strict: bool,
}

impl Faults {
    /// A collector that compiles patterns if `strict`.
    pub fn new(strict: bool) -> Self {
        Self { found: Vec::new(), strict }
    }

    /// Notes a fault at `at`.
    pub fn push(&mut self, at: &Range<usize>, zh: impl Into<String>, en: impl Into<String>) {
        let words = Words { zh: zh.into(), en: en.into() };
        self.found.push(Fault { at: at.clone(), words });
    }
}

/// Reads a YAML text.
///
/// # Errors
/// The syntax error, a duplicate key, or a breached limit (aliases, depth, size).
pub fn parse(text: &str) -> Result<Node, Fault> {
    match serde_yaml::from_str::<Spanned<Raw>>(text) {
        Ok(root) => Ok(node(root, text)),
        Err(error) => {
            let location = error.location().filter(|location| location.line() > 0);
            let start =
                location.map_or(0, |location| offset(text, location.line(), location.column()));
            let detail = first_line(&error.to_string());
            Err(Fault {
                at: start..start,
                words: Words {
                    zh: format!("YAML 语法有误：{detail}"),
                    en: format!("not valid YAML: {detail}"),
                },
            })
        }
    }
}

/// The byte offset of a line and a column, both from 1 and in characters.
fn offset(text: &str, line: u64, column: u64) -> usize {
    let start: usize =
        text.split_inclusive('\n').take((line as usize).saturating_sub(1)).map(str::len).sum();
    let rest = crate::text::piece(text, start, text.len());
    let before = rest.chars().take((column as usize).saturating_sub(1));
    start + before.map(char::len_utf8).sum::<usize>()
}

fn first_line(text: &str) -> String {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned()
}

impl Node {
    /// The text of a string, or of a number or a truth value as written.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Number(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The entries of a mapping.
    pub fn entries(&self) -> Option<&[(Key, Node)]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items of a list; anything else stands for a list of one.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The entries of a mapping, or a fault.
    pub fn want_entries(&self, faults: &mut Faults) -> &[(Key, Node)] {
        if self.entries().is_none() {
            faults.push(&self.at, "此处应为“键: 值”的映射", "a mapping is wanted here");
        }
        self.entries().unwrap_or_default()
    }

    /// The value under `key` of a mapping, without judging the other keys.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?.iter().find(|(name, _)| name.text == key).map(|(_, node)| node)
    }

    /// The text, or a fault that names what was wanted.
    pub fn want_text(&self, faults: &mut Faults) -> Option<String> {
        let text = self.text().map(str::to_owned);
        if text.is_none() {
            faults.push(&self.at, "此处应为文字", "text is wanted here");
        }
        text
    }

    /// A list of texts; a single text stands for a list of one.
    pub fn want_texts(&self, faults: &mut Faults) -> Vec<String> {
        self.items().iter().filter_map(|item| item.want_text(faults)).collect()
    }

    /// A truth value.
    pub fn want_bool(&self, faults: &mut Faults) -> bool {
        if let Value::Bool(value) = self.value {
            return value;
        }
        faults.push(&self.at, "此处应为 true 或 false", "true or false is wanted here");
        false
    }

    /// A whole number that is not negative.
    pub fn want_number(&self, faults: &mut Faults) -> Option<u32> {
        let number = self.text().and_then(|text| text.parse().ok());
        if number.is_none() {
            faults.push(&self.at, "此处应为非负整数", "a whole number is wanted here");
        }
        number
    }

    /// Words in both languages: `{zh: …, en: …}`.
    pub fn want_words(&self, faults: &mut Faults) -> Option<Words> {
        let mut fields = Fields::of(self, faults)?;
        let zh = fields.need("zh", faults).and_then(|node| node.want_text(faults));
        let en = fields.need("en", faults).and_then(|node| node.want_text(faults));
        fields.finish(faults);
        Some(Words { zh: zh?, en: en? })
    }
}

/// The fields of a mapping, taken one by one; what is left over is a fault.
#[derive(Debug)]
pub struct Fields<'n> {
    at: &'n Range<usize>,
    entries: &'n [(Key, Node)],
    known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// The fields of `node`, which must be a mapping.
    pub fn of(node: &'n Node, faults: &mut Faults) -> Option<Self> {
        let entries = node.want_entries(faults);
        node.entries().map(|_| Self { at: &node.at, entries, known: Vec::new() })
    }

    /// The value under `key`, if it is there.
    pub fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        self.entries.iter().find(|(name, _)| name.text == key).map(|(_, node)| node)
    }

    /// The value under `key`, or a fault that it is missing.
    pub fn need(&mut self, key: &'static str, faults: &mut Faults) -> Option<&'n Node> {
        let found = self.get(key);
        if found.is_none() {
            faults.push(self.at, format!("缺少“{key}”"), format!("“{key}” is missing"));
        }
        found
    }

    /// Reports the keys nobody asked for, each with the nearest known one.
    pub fn finish(self, faults: &mut Faults) {
        for (key, _) in self.entries {
            if !self.known.contains(&key.text.as_str()) {
                unknown(&key.at, &key.text, &self.known, faults);
            }
        }
    }
}

/// Reports that `name` is none of `known`, with the nearest of them.
pub fn unknown(at: &Range<usize>, name: &str, known: &[&str], faults: &mut Faults) {
    if known.is_empty() {
        let zh = format!("没有“{name}”：这里还没有可用的名称；规则包是否漏写了 extends？");
        let en = format!(
            "“{name}” is not known: there are no names here yet; is “extends” missing in the pack?"
        );
        faults.push(at, zh, en);
        return;
    }
    let (zh, en) = match nearest(name, known) {
        Some(near) => (format!("，是否想写“{near}”？"), format!("; did you mean “{near}”?")),
        None => (format!("；可用：{}", known.join("、")), format!("; known: {}", known.join(", "))),
    };
    faults.push(at, format!("没有“{name}”这一项{zh}"), format!("“{name}” is not known{en}"));
}

/// The name nearest to `name`, if one is near enough to be meant.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = (name.chars().count() / 2).max(1);
    let distances = known.iter().map(|candidate| (distance(name, candidate), *candidate));
    distances.filter(|(distance, _)| *distance <= limit).min().map(|(_, candidate)| candidate)
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
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
        Raw::Number => Value::Number(crate::text::piece(text, at.start, at.end).to_owned()),
        Raw::Text(value) => Value::Text(value),
        Raw::List(items) => Value::List(items.into_iter().map(|item| node(item, text)).collect()),
        Raw::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, item)| {
                    let at = range(&key.referenced, text);
                    (Key { at, text: key.value }, node(item, text))
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
    start..start + crate::text::piece(text, start, end).trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_scalar_has_its_bytes() {
        let text = "id: 标题\nlist:\n  - 𠮷野\n  - 1.50\n";
        let root = parse(text).unwrap();
        assert_eq!(&text[root.get("id").unwrap().at.clone()], "标题");
        let Value::List(items) = &root.get("list").unwrap().value else { panic!("a list") };
        assert_eq!(&text[items[0].at.clone()], "𠮷野");
        assert_eq!(items[1].text(), Some("1.50"));
        assert_eq!(&text[root.entries().unwrap()[1].0.at.clone()], "list");
    }

    #[test]
    fn an_unknown_key_is_met_with_the_nearest_one() {
        let root = parse("patern: 甲\n").unwrap();
        let mut faults = Faults::default();
        let mut fields = Fields::of(&root, &mut faults).unwrap();
        fields.get("pattern");
        fields.finish(&mut faults);
        assert!(faults.found[0].words.zh.contains("pattern"), "{:?}", faults.found);
    }

    #[test]
    fn hostile_yaml_is_refused_at_once() {
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse("a: 1\na: 2\n").is_err());
        // The place of a syntax error is a byte of the file.
        let fault = parse("甲: 一\n乙: { 丙: “{丁}”, 戊 己 }\n").unwrap_err();
        assert!(fault.at.start > "甲: 一\n".len(), "{fault:?}");
    }
}
