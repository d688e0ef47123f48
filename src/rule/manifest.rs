//! `pack.yml`, read into what it means; faults leave defaults, so that all of them are found.

use super::change::{self, Change};
use super::decode::years;
use super::pack::{Clause, Document, Years};
use crate::finding::Words;
use crate::yaml::{Faults, Fields, Node};

/// `pack.yml` before inheritance.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) name: String,
    pub(super) title: Words,
    pub(super) version: String,
    pub(super) years: Years,
    pub(super) opt_in: bool,
    pub(super) academic: bool,
    pub(super) extends: Option<String>,
    pub(super) documents: Vec<Document>,
    pub(super) clauses: Vec<Clause>,
    /// Rules of other packs that are off or have another level.
    pub(super) changes: Vec<Change>,
}

/// Reads `pack.yml` of the folder `folder`; `shown` is its file.
pub(super) fn manifest(
    node: &Node,
    folder: &str,
    shown: &str,
    faults: &mut Faults,
) -> Option<Manifest> {
    let mut fields = Fields::of(node, faults)?;
    let name = fields.need("name", faults);
    if let Some(name) = name.filter(|name| name.text() != Some(folder)) {
        faults.push(
            &name.at,
            format!("名称应与所在文件夹（单个文件时与文件名）相同：{folder}"),
            format!("the name should be that of its folder, or of its file if it is one: {folder}"),
        );
    }
    let title = fields.need("title", faults).and_then(|node| node.want_words(faults));
    let version = fields.need("version", faults).and_then(|node| version(node, faults));
    let years = fields.need("years", faults).and_then(|node| years(node, faults));
    let opt_in = fields.get("opt-in").is_some_and(|node| node.want_bool(faults));
    let academic = fields.get("academic").is_some_and(|node| node.want_bool(faults));
    let extends = fields.get("extends").and_then(|node| node.want_text(faults));
    let documents =
        fields.get("documents").map(|node| node.want_entries(faults)).unwrap_or_default();
    let documents =
        documents.iter().filter_map(|(key, node)| document(&key.text, node, faults)).collect();
    let clauses = items(fields.get("clauses")).filter_map(|node| clause(node, faults)).collect();
    let mut changes = Vec::new();
    for node in items(fields.get("off")) {
        changes.extend(change::off(node, folder, shown, faults));
    }
    for node in items(fields.get("levels")) {
        changes.extend(change::level_of(node, folder, shown, faults));
    }
    // Read where the pack is put together.
    fields.get("profile");
    fields.get("rules");
    fields.finish(faults);
    Some(Manifest {
        name: folder.to_owned(),
        title: title.unwrap_or_default(),
        version: version.unwrap_or_default(),
        years: years.unwrap_or(Years { from: None, to: None }),
        opt_in,
        academic,
        extends,
        documents,
        clauses,
        changes,
    })
}

pub(super) fn items(node: Option<&Node>) -> impl Iterator<Item = &Node> {
    node.map(Node::items).unwrap_or_default().iter()
}

/// `1.2.0`: up to three numbers, so that versions can be compared.
fn version(node: &Node, faults: &mut Faults) -> Option<String> {
    let text = node.want_text(faults)?;
    let numbers: Vec<_> = text.split('.').map(str::parse::<u32>).collect();
    if numbers.len() > 3 || numbers.iter().any(Result::is_err) {
        faults.push(
            &node.at,
            "版本写作 1.0.0 这样的数字",
            "a version is written in numbers, as 1.0.0",
        );
    }
    Some(text)
}

/// A document's title, or `{ title: …, years: ..2018 }`.
fn document(key: &str, node: &Node, faults: &mut Faults) -> Option<Document> {
    let (title, years) = if node.entries().is_some() {
        let mut fields = Fields::of(node, faults)?;
        let title = fields.need("title", faults).and_then(|node| node.want_text(faults));
        let years = fields.get("years").and_then(|node| years(node, faults));
        fields.finish(faults);
        (title?, years)
    } else {
        (node.want_text(faults)?, None)
    };
    Some(Document { key: key.to_owned(), title, years })
}

fn clause(node: &Node, faults: &mut Faults) -> Option<Clause> {
    let mut fields = Fields::of(node, faults)?;
    let id = fields.need("id", faults).and_then(|node| node.want_text(faults));
    let text = fields.need("text", faults).and_then(|node| node.want_text(faults));
    let uncheckable = fields.get("uncheckable").and_then(|node| node.want_words(faults));
    fields.finish(faults);
    Some(Clause { id: id?, text: text?, uncheckable })
}
