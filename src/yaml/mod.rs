//! Layer 1: YAML read once into a tree of nodes that know their bytes, and faults that point at
//! them. Decoding by hand from this tree reports every fault of a file, not the first alone.

mod scalar;
mod syntax;
mod tree;

pub use syntax::parse;
pub use tree::{
    Key, MAX_YAML, Node, SyntaxError, SyntaxFault, Value, from_bytes, read, to_bytes,
    without_examples,
};

use crate::finding::Words;
use std::ops::Range;

/// One fault of a YAML file, in both languages.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Byte range in the file.
    pub at: Range<usize>,
    /// What is wrong and what to do.
    pub words: Words,
    /// A scalar's value and the bytes within it, where the fault is inside; see
    /// [`Fault::resolved`].
    part: Option<(String, Range<usize>)>,
}

impl Fault {
    /// The fault with its exact bytes, looked up in the file's text.
    pub fn resolved(mut self, source: &str) -> Self {
        if let Some((value, part)) = self.part.take() {
            self.at = scalar::inside(source, &self.at, &value, &part);
        }
        self
    }
}

/// Collects the faults of one file while it is decoded.
#[derive(Debug, Default)]
pub struct Faults {
    /// What was found.
    pub found: Vec<Fault>,
    /// Whether patterns are compiled to find their faults too: that takes longer than all else,
    /// and the built-in ones are compiled by the tests.
    pub strict: bool,
    /// If `strict`: for each mapping that was read, where it begins and the keys it may have. The
    /// published schema is compared with this, so that the two cannot drift apart.
    pub asked: Vec<(Range<usize>, Vec<&'static str>)>,
}

impl Faults {
    /// A collector that compiles patterns if `strict`.
    pub fn new(strict: bool) -> Self {
        Self { found: Vec::new(), strict, asked: Vec::new() }
    }

    /// Notes a fault at `at`.
    pub fn push(&mut self, at: &Range<usize>, zh: impl Into<String>, en: impl Into<String>) {
        let words = Words { zh: zh.into(), en: en.into() };
        self.found.push(Fault { at: at.clone(), words, part: None });
    }

    /// Notes a fault at the bytes `part` of what the scalar `node` says.
    pub fn push_inside(
        &mut self,
        node: &Node,
        part: &Range<usize>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.push(&node.at, zh, en);
        if let (Some(fault), Some(value)) = (self.found.last_mut(), node.text()) {
            fault.part = Some((value.to_owned(), part.clone()));
        }
    }
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

    /// Whether nothing is there: no value, or a list without items.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::List(items) => items.is_empty(),
            _ => false,
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
            let colon = self.text().is_some_and(|text| text.contains('：'));
            let (zh, en) = match colon {
                true => (
                    "此处应为“键: 值”的映射；冒号要用半角，后面加空格",
                    "a mapping is wanted here, with half-width colons and a space after each",
                ),
                false => ("此处应为“键: 值”的映射", "a mapping (“key: value”) is wanted here"),
            };
            faults.push(&self.at, zh, en);
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
            let (zh, en) = match &self.value {
                Value::Map(_) => (
                    "此处应为文字，而不是“键: 值”；文字里有“: ”或花括号时整句加引号",
                    "text is wanted here, not a mapping; quote text that holds “: ” or braces",
                ),
                Value::List(_) => {
                    ("此处应为一段文字，而不是列表", "one text is wanted here, not a list")
                }
                _ => ("此处应为文字", "text is wanted here"),
            };
            faults.push(&self.at, zh, en);
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
            let zh = format!("缺少“{key}”，请补上");
            faults.push(self.at, zh, format!("“{key}” is missing; add it"));
        }
        found
    }

    /// Reports the keys nobody asked for, each with the nearest known one, and the keys that are
    /// followed by nothing: what is left empty by mistake must not pass for left out.
    pub fn finish(self, faults: &mut Faults) {
        self.close(faults, |_| true);
    }

    /// As [`Self::finish`]; but in settings an empty list is a choice: none of them.
    pub fn finish_settings(self, faults: &mut Faults) {
        self.close(faults, |node| !matches!(node.value, Value::List(_)));
    }

    fn close(self, faults: &mut Faults, must_hold: impl Fn(&Node) -> bool) {
        for (key, node) in self.entries {
            if !self.known.contains(&&*key.text) {
                unknown(&key.at, &key.text, &self.known, faults);
            } else if node.is_empty()
                && must_hold(node)
                && faults.found.iter().all(|fault| fault.at != node.at)
            {
                let zh = format!("“{}”后面没有内容；填上，或者删去这个键", key.text);
                let en = format!("nothing follows “{}”; fill it in, or delete the key", key.text);
                faults.push(&key.at, zh, en);
            }
        }
        if faults.strict {
            faults.asked.push((self.at.clone(), self.known));
        }
    }
}

/// Reports that `name` is none of `known`, with the nearest of them.
pub fn unknown(at: &Range<usize>, name: &str, known: &[&str], faults: &mut Faults) {
    let (zh, en) = unknown_words(name, known);
    faults.push(at, zh, en);
}

/// The same of a name at the bytes `part` of what the scalar `node` says.
pub fn unknown_inside(
    node: &Node,
    part: &Range<usize>,
    name: &str,
    known: &[&str],
    faults: &mut Faults,
) {
    let (zh, en) = unknown_words(name, known);
    faults.push_inside(node, part, zh, en);
}

fn unknown_words(name: &str, known: &[&str]) -> (String, String) {
    if known.is_empty() {
        return (
            format!("没有“{name}”：这里还没有可用的名称；规则包是否漏写了 extends？"),
            format!(
                "“{name}” is not known: there are no names here yet; is “extends” missing in the pack?"
            ),
        );
    }
    let (zh, en) = match nearest(name, known) {
        Some(near) => (format!("，是否想写“{near}”？"), format!("; did you mean “{near}”?")),
        None => (format!("；可用：{}", known.join("、")), format!("; known: {}", known.join(", "))),
    };
    (format!("没有“{name}”这一项{zh}"), format!("“{name}” is not known{en}"))
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
