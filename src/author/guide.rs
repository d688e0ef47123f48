//! What is told of each kind of check: its options, cases, slots, roles and an example.

use crate::finding::Words;
use crate::yaml::{Faults, Node, parse};

/// The guides, by the stem of their files.
const GUIDES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/guides.rs"));

/// What is told of one kind of check.
#[derive(Clone, Debug)]
pub struct Guide {
    /// What it finds.
    pub what: Words,
    /// Its options, as the schema's language of shapes.
    pub keys: Option<Node>,
    /// Its cases, slots and roles, each with words.
    pub names: [Vec<(String, Words)>; 3],
    /// A rule of this kind, without its id, if there is one.
    pub example: Option<String>,
}

/// What is told of the kind of check called `kind`; `None` if nobody wrote it yet.
///
/// # Errors
/// The first fault of the guide, which a test finds.
pub fn guide(kind: &str) -> Option<Result<Guide, String>> {
    let (file, text) = GUIDES.iter().find(|(stem, _)| stem.replace('_', "-") == kind)?;
    let node = match parse(text) {
        Ok(node) => node,
        Err(fault) => return Some(Err(format!("{file}.yml: {}", fault.words.zh))),
    };
    let mut faults = Faults::default();
    let what = Words { zh: text_of(&node, "zh"), en: text_of(&node, "en") };
    let names = ["cases", "slots", "roles"].map(|key| {
        let entries = node.get(key).and_then(Node::entries).unwrap_or_default();
        let words = |node: &Node, faults: &mut Faults| node.want_words(faults).unwrap_or_default();
        entries.iter().map(|(key, node)| (key.text.to_string(), words(node, &mut faults))).collect()
    });
    if let Some(fault) = faults.found.first() {
        return Some(Err(format!("{file}.yml: {}", fault.words.zh)));
    }
    let keys = node.get("keys").cloned();
    let example = node.get("example").and_then(Node::text).map(str::to_owned);
    Some(Ok(Guide { what, keys, names, example }))
}

pub(super) fn text_of(node: &Node, key: &str) -> String {
    node.get(key).and_then(Node::text).unwrap_or_default().to_owned()
}
