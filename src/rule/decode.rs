//! `pack.yml` and rule files, read into what they mean.

use super::coverage::is_known;
use super::message::Template;
use super::pack::{Clause, Document, Years};
use super::{ByCase, Cited, Group, Levels, Rule, When};
use crate::check::Check;
use crate::facts::Body;
use crate::finding::{Level, Words};
use crate::profile::Profile;
use crate::yaml::{Faults, Fields, Node, unknown};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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
    /// Inherited rules that are not in force, with the place of their id.
    pub(super) off: Vec<(Range<usize>, String)>,
    /// Rules with another level.
    pub(super) levels: Vec<(Range<usize>, String, Levels)>,
}

/// Reads `pack.yml` of the folder `folder`.
pub(super) fn manifest(node: &Node, folder: &str, faults: &mut Faults) -> Option<Manifest> {
    let mut fields = Fields::of(node, faults)?;
    let name = fields.need("name", faults)?;
    if name.text() != Some(folder) {
        faults.push(
            &name.at,
            format!("名称应与所在文件夹相同：{folder}"),
            format!("the name should be that of its folder: {folder}"),
        );
    }
    let title = fields.need("title", faults).and_then(|node| node.want_words(faults));
    let version = fields.need("version", faults).and_then(|node| node.want_text(faults));
    let years = fields.need("years", faults).and_then(|node| years(node, faults));
    let opt_in = fields.get("opt-in").is_some_and(|node| node.want_bool(faults));
    let academic = fields.get("academic").is_some_and(|node| node.want_bool(faults));
    let extends = fields.get("extends").and_then(|node| node.want_text(faults));
    let documents =
        fields.get("documents").map(|node| node.want_entries(faults)).unwrap_or_default();
    let documents =
        documents.iter().filter_map(|(key, node)| document(&key.text, node, faults)).collect();
    let clauses = items(fields.get("clauses")).filter_map(|node| clause(node, faults)).collect();
    let off = items(fields.get("off")).filter_map(|node| off(node, faults)).collect();
    let levels =
        items(fields.get("levels")).filter_map(|node| level_change(node, faults)).collect();
    fields.finish(faults);
    Some(Manifest {
        name: folder.to_owned(),
        title: title?,
        version: version?,
        years: years?,
        opt_in,
        academic,
        extends,
        documents,
        clauses,
        off,
        levels,
    })
}

fn items(node: Option<&Node>) -> impl Iterator<Item = &Node> {
    node.map(Node::items).unwrap_or_default().iter()
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
    Some(Document { key: key.to_owned(), title, years, clauses: Vec::new() })
}

fn years(node: &Node, faults: &mut Faults) -> Option<Years> {
    let years = Years::parse(&node.want_text(faults)?);
    if years.is_none() {
        let (zh, en) = (
            "年度应写作 2019..2020、2021..、..2018 或 2019",
            "years are written 2019..2020, 2021.., ..2018 or 2019",
        );
        faults.push(&node.at, zh, en);
    }
    years
}

fn clause(node: &Node, faults: &mut Faults) -> Option<Clause> {
    let mut fields = Fields::of(node, faults)?;
    let id = fields.need("id", faults).and_then(|node| node.want_text(faults));
    let text = fields.need("text", faults).and_then(|node| node.want_text(faults));
    let rules = fields.get("rules").map(|node| node.want_texts(faults)).unwrap_or_default();
    let uncheckable = fields.get("uncheckable").and_then(|node| node.want_words(faults));
    fields.finish(faults);
    Some(Clause { id: id?, text: text?, rules, uncheckable })
}

fn off(node: &Node, faults: &mut Faults) -> Option<(Range<usize>, String)> {
    let mut fields = Fields::of(node, faults)?;
    let rule = fields.need("rule", faults);
    let rule = rule.and_then(|node| Some((node.at.clone(), node.want_text(faults)?)));
    fields.need("reason", faults).and_then(|node| node.want_words(faults));
    fields.finish(faults);
    rule
}

fn level_change(node: &Node, faults: &mut Faults) -> Option<(Range<usize>, String, Levels)> {
    let mut fields = Fields::of(node, faults)?;
    let rule = fields.need("rule", faults);
    let rule = rule.and_then(|node| Some((node.at.clone(), node.want_text(faults)?)));
    let level = fields.need("level", faults).and_then(|node| levels(node, None, faults));
    fields.need("reason", faults).and_then(|node| node.want_words(faults));
    fields.finish(faults);
    let (at, rule) = rule?;
    Some((at, rule, level?))
}

fn level(node: &Node, faults: &mut Faults) -> Option<Level> {
    let word = node.want_text(faults)?;
    let level = Level::from_word(&word);
    if level.is_none() {
        unknown(&node.at, &word, &["error", "warning", "info"], faults);
    }
    level
}

fn levels(node: &Node, cases: Option<&[&str]>, faults: &mut Faults) -> Option<Levels> {
    let Some(entries) = node.entries() else { return level(node, faults).map(Levels::All) };
    let mut by_case = BTreeMap::new();
    for (key, node) in entries {
        known_case(key, cases, faults);
        if let Some(level) = level(node, faults) {
            by_case.insert(key.text.clone(), level);
        }
    }
    Some(Levels::ByCase(by_case))
}

fn known_case(key: &crate::yaml::Key, cases: Option<&[&str]>, faults: &mut Faults) {
    if let Some(cases) = cases
        && !cases.contains(&key.text.as_str())
    {
        unknown(&key.at, &key.text, cases, faults);
    }
}

/// Reads one rule file. `documents` are those its pack may cite.
pub(super) fn rule(
    node: &Node,
    path: &str,
    profile: &Profile,
    documents: &[Document],
    faults: &mut Faults,
) -> Option<Rule> {
    let (folder, stem) = split(path);
    let mut fields = Fields::of(node, faults)?;
    let id = fields.need("id", faults);
    if let Some(id) = id.filter(|id| id.text() != Some(stem)) {
        faults.push(
            &id.at,
            format!("id 应与文件名相同：{stem}"),
            format!("the id should be the file's stem: {stem}"),
        );
    }
    let group = Group::from_word(folder);
    if group.is_none() {
        let folders = Group::WORDS.map(|(word, _)| word).join("、");
        let (zh, en) = (
            format!("规则文件应放在 {folders} 之一"),
            format!("a rule file stands in one of {folders}"),
        );
        faults.push(&node.at, zh, en);
    }
    let check = fields.need("check", faults).and_then(|node| Check::decode(node, profile, faults));
    let cases = check.as_ref().map(Check::cases);
    let levels = fields.need("level", faults).and_then(|node| levels(node, cases, faults));
    let preview = fields.get("status").is_some_and(|node| is_preview(node, faults));
    let when = fields.get("when").map(|node| when(node, faults)).unwrap_or_default();
    let title = fields.need("title", faults).and_then(|node| node.want_words(faults));
    let basis = fields.need("basis", faults).map(|node| basis(node, documents, faults));
    // Where the check could not be read, nobody can say what its messages may hold.
    let slots = check.as_ref().map(Check::slots);
    let mut templates = |node: &Node| by_case(node, cases, slots, faults);
    let message = fields.need("message", &mut Faults::default()).and_then(&mut templates);
    let help = fields.get("help").and_then(&mut templates);
    if fields.get("message").is_none() {
        faults.push(&node.at, "缺少“message”", "“message” is missing");
    }
    let labels = fields.get("labels").map(|node| labels(node, check.as_ref(), faults));
    let words = fields.get("words").map(|node| words(node, faults));
    fields.get("examples");
    fields.finish(faults);
    Some(Rule {
        id: stem.to_owned(),
        group: group?,
        levels: levels?,
        preview,
        when,
        title: title?,
        basis: basis?,
        check: check?,
        message: message?,
        help,
        labels: labels.unwrap_or_default(),
        words: words.unwrap_or_default(),
        file: path.to_owned(),
    })
}

/// The last folder and the stem of a path: `common/form/url.yml` → `form`, `url`.
fn split(path: &str) -> (&str, &str) {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.trim_end_matches(".yml").trim_end_matches(".yaml");
    (folder.rsplit('/').next().unwrap_or(folder), stem)
}

fn is_preview(node: &Node, faults: &mut Faults) -> bool {
    let word = node.want_text(faults).unwrap_or_default();
    if !matches!(word.as_str(), "preview" | "stable") {
        unknown(&node.at, &word, &["preview", "stable"], faults);
    }
    word == "preview"
}

fn when(node: &Node, faults: &mut Faults) -> When {
    let Some(mut fields) = Fields::of(node, faults) else { return When::default() };
    let years = fields.get("years").and_then(|node| years(node, faults));
    let mut of = |key| fields.get(key).map(|node| bodies(node, faults)).unwrap_or_default();
    let (bodies, other_bodies) = (of("body"), of("not-body"));
    fields.finish(faults);
    When { years, bodies, other_bodies }
}

fn bodies(node: &Node, faults: &mut Faults) -> Vec<Body> {
    let words = node.want_texts(faults);
    let body = |word: &String| {
        let body = Body::from_word(word);
        if body.is_none() {
            unknown(&node.at, word, Body::WORDS, faults);
        }
        body
    };
    words.iter().filter_map(body).collect()
}

fn basis(node: &Node, documents: &[Document], faults: &mut Faults) -> Vec<Cited> {
    let found: Vec<Cited> =
        items(Some(node)).filter_map(|node| cited(node, documents, faults)).collect();
    if node.items().is_empty() {
        faults.push(&node.at, "至少应有一条依据", "at least one basis is wanted");
    }
    found
}

fn cited(node: &Node, documents: &[Document], faults: &mut Faults) -> Option<Cited> {
    let mut fields = Fields::of(node, faults)?;
    let cite = fields.need("cite", faults);
    let quote = fields.get("quote").and_then(|node| node.want_text(faults));
    fields.finish(faults);
    let (node, key) = (cite?, cite?.want_text(faults)?);
    let (document, clause) = key.split_once(' ').unwrap_or((&key, ""));
    let Some(found) = documents.iter().rev().find(|known| known.key == document) else {
        let known: BTreeSet<_> = documents.iter().map(|document| document.key.as_str()).collect();
        let known: Vec<_> = known.into_iter().collect();
        unknown(&node.at, document, &known, faults);
        return None;
    };
    let known = &found.clauses;
    if !(known.is_empty() || known.iter().any(|id| is_known(&key, id))) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        unknown(&node.at, &key, &known, faults);
    }
    let closed = found.title.ends_with(['》', '）', '：']);
    let gap = if closed || clause.is_empty() { "" } else { " " };
    let cite = format!("{}{gap}{clause}", found.title);
    Some(Cited { cite, key, years: found.years, quote })
}

/// Words in both languages, or a map of them by case.
fn by_case(
    node: &Node,
    cases: Option<&[&str]>,
    slots: Option<&[&str]>,
    faults: &mut Faults,
) -> Option<ByCase> {
    let entries = node.entries().unwrap_or_default();
    if entries.iter().any(|(key, _)| key.text == "zh" || key.text == "en") {
        return templates(node, slots, faults).map(ByCase::All);
    }
    let mut found = BTreeMap::new();
    for (key, node) in entries {
        known_case(key, cases, faults);
        if let Some(templates) = templates(node, slots, faults) {
            found.insert(key.text.clone(), templates);
        }
    }
    if found.is_empty() {
        faults.push(&node.at, "缺少“zh”和“en”", "“zh” and “en” are missing");
    }
    Some(ByCase::Each(found))
}

fn templates(node: &Node, slots: Option<&[&str]>, faults: &mut Faults) -> Option<[Template; 2]> {
    let words = node.want_words(faults)?;
    let templates = [Template::parse(&words.zh), Template::parse(&words.en)];
    for (template, lang) in templates.iter().zip(["zh", "en"]) {
        let at = node.get(lang).map_or(&node.at, |node| &node.at);
        let Some(slots) = slots else { continue };
        for name in template.slots().filter(|name| !slots.contains(name)) {
            unknown(at, name, slots, faults);
        }
    }
    Some(templates)
}

fn labels(
    node: &Node,
    check: Option<&Check>,
    faults: &mut Faults,
) -> BTreeMap<String, [Template; 2]> {
    let roles = check.map_or(&[][..], Check::roles);
    let mut found = BTreeMap::new();
    for (key, node) in node.entries().unwrap_or_default() {
        if !roles.contains(&key.text.as_str()) {
            unknown(&key.at, &key.text, roles, faults);
        }
        if let Some(words) = node.want_words(faults) {
            found
                .insert(key.text.clone(), [Template::parse(&words.zh), Template::parse(&words.en)]);
        }
    }
    found
}

fn words(node: &Node, faults: &mut Faults) -> BTreeMap<String, Words> {
    let entries = node.entries().unwrap_or_default();
    entries
        .iter()
        .filter_map(|(key, node)| Some((key.text.clone(), node.want_words(faults)?)))
        .collect()
}

/// An example of a rule: a text, and what its rule must find in it.
#[derive(Clone, Debug)]
pub struct Example {
    /// The text as written, with its marks.
    pub written: String,
    /// The text without marks.
    pub text: String,
    /// Byte ranges that `«…»` enclosed; none for an example that must pass.
    pub marks: Vec<Range<usize>>,
    /// Whether the rule must find something.
    pub fails: bool,
    /// The year it stands for.
    pub year: Option<i16>,
    /// The kind of body it stands for.
    pub body: Option<Body>,
    /// Last year's report of the same organ, for a rule that compares the two.
    pub previous: Option<String>,
    /// Reports of other organs, for a rule that compares organs.
    pub others: Vec<String>,
    /// A list of organs that must report; the marks then stand in it.
    pub expect: Option<String>,
    /// Byte offset of the example in the rule file.
    pub at: usize,
}

/// The examples of a rule file.
pub(super) fn examples(node: &Node, faults: &mut Faults) -> Vec<Example> {
    let Some(node) = node.get("examples") else { return Vec::new() };
    let Some(mut fields) = Fields::of(node, faults) else { return Vec::new() };
    let (pass, fail) = (fields.get("pass"), fields.get("fail"));
    fields.finish(faults);
    let passing = items(pass).filter_map(|node| example(node, false, faults)).collect::<Vec<_>>();
    let failing = items(fail).filter_map(|node| example(node, true, faults));
    passing.into_iter().chain(failing).collect()
}

fn example(node: &Node, fails: bool, faults: &mut Faults) -> Option<Example> {
    let at = node.at.start;
    let (mut year, mut body, mut previous, mut others, mut expect) =
        (None, None, None, Vec::new(), None);
    let written = if node.entries().is_some() {
        let mut fields = Fields::of(node, faults)?;
        let text = fields.need("text", faults).and_then(|node| node.want_text(faults));
        year = fields.get("year").and_then(|node| node.want_number(faults));
        body = fields.get("body").and_then(|node| bodies(node, faults).first().copied());
        previous = fields.get("previous").and_then(|node| node.want_text(faults));
        others = fields.get("others").map(|node| node.want_texts(faults)).unwrap_or_default();
        expect = fields.get("expect").and_then(|node| node.want_text(faults));
        fields.get("whole");
        fields.finish(faults);
        text?
    } else {
        node.want_text(faults)?
    };
    let (text, mut marks) = unmark(&written);
    let mut whole = String::new();
    let parts = previous.iter().map(|text| ("previous", text));
    let parts = parts.chain(others.iter().map(|text| ("other", text)));
    for (name, part) in parts.chain(expect.iter().map(|list| ("expect", list))) {
        whole.push_str(&format!("[{name}]\n{}\n\n", part.trim_end()));
    }
    let written = if whole.is_empty() { written } else { format!("{whole}[text]\n{written}") };
    if let Some(list) = &mut expect {
        (*list, marks) = unmark(list);
    }
    let year = year.and_then(|year| i16::try_from(year).ok());
    Some(Example { written, text, marks, fails, year, body, previous, others, expect, at })
}

/// Takes the marks `«…»` out of a text.
fn unmark(text: &str) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(text.len());
    let mut marks = Vec::new();
    let mut open = None;
    for c in text.chars() {
        match c {
            '«' => open = Some(out.len()),
            '»' => marks.extend(open.take().map(|start| start..out.len())),
            c => out.push(c),
        }
    }
    (out, marks)
}
