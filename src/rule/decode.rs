//! Rule files, read into what they mean.

use super::coverage::is_known;
use super::files::PackFile;
use super::manifest::items;
use super::message::{Placeholder, Template};
use super::pack::{Document, Years};
use super::{ByCase, Cited, Group, Levels, Rule, When, example};
use crate::check::Check;
use crate::facts::Body;
use crate::finding::{Level, Words};
use crate::profile::Profile;
use crate::yaml::{Faults, Fields, Node, unknown, unknown_inside};
use std::collections::{BTreeMap, BTreeSet};

/// What a rule file may name, and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    /// Its file.
    pub(super) file: &'a PackFile,
    /// The names of its pack.
    pub(super) profile: &'a Profile,
    /// The documents its pack may cite.
    pub(super) documents: &'a [Document],
    /// The years of its own pack; a rule that is never in force is a fault.
    pub(super) years: Option<Years>,
}

pub(super) fn years(node: &Node, faults: &mut Faults) -> Option<Years> {
    let text = node.want_text(faults)?;
    let years = Years::parse(&text);
    if years.is_none() {
        let ends = text.split_once("..");
        let ends =
            ends.and_then(|(from, to)| Some((from.trim().parse().ok()?, to.trim().parse().ok()?)));
        let (zh, en) = match ends {
            Some((from, to)) if i16::cmp(&from, &to).is_gt() => (
                format!("起始年度晚于终止年度；是否应为 {to}..{from}？"),
                format!("the first year comes after the last; is {to}..{from} meant?"),
            ),
            _ => (
                "年度写作 2019..2020、2021..、..2018 或 2019，从 2008 年起".to_owned(),
                "years are written 2019..2020, 2021.., ..2018 or 2019, from 2008 on".to_owned(),
            ),
        };
        faults.push(&node.at, zh, en);
    }
    years
}

fn level(node: &Node, faults: &mut Faults) -> Option<Level> {
    let word = node.want_text(faults)?;
    let level = Level::from_word(&word);
    if level.is_none() {
        unknown(&node.at, &word, &["error", "warning", "info"], faults);
    }
    level
}

pub(super) fn levels(node: &Node, cases: Option<&[&str]>, faults: &mut Faults) -> Option<Levels> {
    let Some(entries) = node.entries() else { return level(node, faults).map(Levels::All) };
    let mut by_case = BTreeMap::new();
    for (key, node) in entries {
        known_case(key, cases, faults);
        if let Some(level) = level(node, faults) {
            by_case.insert(key.text.to_string(), level);
        }
    }
    Some(Levels::ByCase(by_case))
}

fn known_case(key: &crate::yaml::Key, cases: Option<&[&str]>, faults: &mut Faults) {
    if let Some(cases) = cases
        && !cases.contains(&&*key.text)
    {
        unknown(&key.at, &key.text, cases, faults);
    }
}

/// Reads one rule file.
pub(super) fn rule(node: &Node, around: Around<'_>, faults: &mut Faults) -> Option<Rule> {
    let Around { file, profile, documents, .. } = around;
    let stem = file.stem();
    let mut fields = Fields::of(node, faults)?;
    let id = fields.need("id", faults);
    if let Some(id) = id.filter(|id| id.text() != Some(stem)) {
        faults.push(
            &id.at,
            format!("id 应与文件名相同：{stem}"),
            format!("the id should be the file's stem: {stem}"),
        );
    }
    let group = group(&mut fields, node, file, faults);
    let check = fields.need("check", faults).and_then(|node| Check::decode(node, profile, faults));
    let cases = check.as_ref().map(Check::cases);
    let levels = fields.need("level", faults).and_then(|node| levels(node, cases, faults));
    let preview = fields.get("status").is_some_and(|node| is_preview(node, faults));
    let narrowed = fields.get("when").map(|node| (node, when(node, faults)));
    let when =
        narrowed.map(|(node, when)| in_force(node, when, around, faults)).unwrap_or_default();
    let title = fields.need("title", faults).and_then(|node| node.want_words(faults));
    let basis = fields.need("basis", faults).map(|node| basis(node, documents, faults));
    // Where the check could not be read, nobody can say what its messages may hold.
    let slots = check.as_ref().map(Check::slots);
    let mut templates = |node: &Node| by_case(node, cases, slots, faults);
    let message = fields.need("message", &mut Faults::default()).and_then(&mut templates);
    let help = fields.get("help").and_then(&mut templates);
    if fields.get("message").is_none() {
        faults.push(&node.at, "缺少“message”，请补上", "“message” is missing; add it");
    }
    let labels = fields.get("labels").map(|node| labels(node, check.as_ref(), faults));
    let words = fields.get("words").map(|node| words(node, faults));
    let examples = fields.get("examples");
    if faults.strict {
        proof(node, examples, faults);
    }
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
        file: file.path.clone(),
    })
}

/// The group: the folder of a rule file, or a key of a rule written within its pack's file.
fn group(
    fields: &mut Fields<'_>,
    node: &Node,
    file: &PackFile,
    faults: &mut Faults,
) -> Option<Group> {
    let words = Group::WORDS.map(|(word, _)| word);
    if file.item.is_some() {
        let named = fields.need("group", faults)?;
        let word = named.want_text(faults)?;
        let group = Group::from_word(&word);
        if group.is_none() {
            unknown(&named.at, &word, &words, faults);
        }
        return group;
    }
    let folder = file.path.rsplit('/').nth(1).unwrap_or_default();
    let group = Group::from_word(folder);
    if group.is_none() {
        let (zh, en) = (
            format!("规则文件应放在规则包下的 {} 之一", words.join("、")),
            format!("a rule file stands in one of these folders of its pack: {}", words.join(", ")),
        );
        faults.push(&node.at, zh, en);
    }
    group
}

/// Reports a rule whose years lie outside those of its pack.
fn in_force(node: &Node, when: When, around: Around<'_>, faults: &mut Faults) -> When {
    if let (Some(own), Some(pack)) = (when.years, around.years)
        && !own.overlaps(pack)
        && let Some(node) = node.get("years")
    {
        let zh =
            format!("规则包只管 {} 年度，这条规则永远用不上；改规则包的 years 或这里", pack.text());
        let en = format!(
            "the pack governs {} only, so that the rule is never in force; change the pack's years or these",
            pack.text()
        );
        faults.push(&node.at, zh, en);
    }
    when
}

/// Reports examples that are missing or cannot prove anything.
fn proof(node: &Node, examples: Option<&Node>, faults: &mut Faults) {
    match examples {
        None => {
            let (zh, en) = (
                "缺少“examples”：写出合格（pass）和不合格（fail）的示例各一个",
                "“examples” is missing: give one that passes and one that fails",
            );
            faults.push(&node.at, zh, en);
        }
        Some(node) => {
            example::examples(node, faults);
        }
    }
}

fn is_preview(node: &Node, faults: &mut Faults) -> bool {
    let Some(word) = node.want_text(faults) else { return false };
    if !matches!(word.as_str(), "preview" | "stable") {
        unknown(&node.at, &word, &["preview", "stable"], faults);
    }
    word == "preview"
}

pub(super) fn when(node: &Node, faults: &mut Faults) -> When {
    let Some(mut fields) = Fields::of(node, faults) else { return When::default() };
    let years = fields.get("years").and_then(|node| years(node, faults));
    let mut of = |key| fields.get(key).map(|node| bodies(node, faults)).unwrap_or_default();
    let (bodies, other_bodies) = (of("body"), of("not-body"));
    fields.finish(faults);
    When { years, bodies, other_bodies }
}

pub(super) fn bodies(node: &Node, faults: &mut Faults) -> Vec<Body> {
    let mut bodies = Vec::new();
    for node in node.items() {
        let Some(word) = node.want_text(faults) else { continue };
        match Body::from_word(&word) {
            Some(body) => bodies.push(body),
            None => unknown(&node.at, &word, Body::WORDS, faults),
        }
    }
    bodies
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
        unknown_inside(node, &(0..document.len()), document, &known, faults);
        return None;
    };
    let known = &found.clauses;
    if faults.strict && !(known.is_empty() || known.iter().any(|id| is_known(&key, id))) {
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
    for (key, node) in node.want_entries(faults) {
        known_case(key, cases, faults);
        if let Some(templates) = templates(node, slots, faults) {
            found.insert(key.text.to_string(), templates);
        }
    }
    Some(ByCase::Each(found))
}

fn templates(node: &Node, slots: Option<&[&str]>, faults: &mut Faults) -> Option<[Template; 2]> {
    let words = node.want_words(faults)?;
    let read = |text: String, lang, faults: &mut Faults| {
        let template = Template::new(text);
        if !faults.strict {
            return template;
        }
        let node = node.get(lang).unwrap_or(node);
        for slot in template.placeholders() {
            if !slot.closed {
                let (zh, en) = (
                    "“{”没有对应的“}”；要写花括号本身用“{{”",
                    "a “{” without its “}”; write “{{” for the brace itself",
                );
                faults.push_inside(node, &slot.at, zh, en);
            } else if let Some(slots) = slots.filter(|slots| !slots.contains(&slot.name)) {
                unknown_slot(node, &slot, slots, faults);
            }
        }
        template
    };
    Some([read(words.zh, "zh", faults), read(words.en, "en", faults)])
}

fn unknown_slot(node: &Node, slot: &Placeholder<'_>, slots: &[&str], faults: &mut Faults) {
    if slots.is_empty() {
        let (zh, en) = (
            format!("这种检查没有占位符，“{{{}}}”不会被替换；删去它", slot.name),
            format!("this kind of check has no placeholders; delete “{{{}}}”", slot.name),
        );
        faults.push_inside(node, &slot.at, zh, en);
    } else {
        unknown_inside(node, &slot.at, slot.name, slots, faults);
    }
}

fn labels(
    node: &Node,
    check: Option<&Check>,
    faults: &mut Faults,
) -> BTreeMap<String, [Template; 2]> {
    let mut found = BTreeMap::new();
    for (key, node) in node.want_entries(faults) {
        if let Some(roles) = check.map(Check::roles)
            && !roles.contains(&&*key.text)
        {
            unknown(&key.at, &key.text, roles, faults);
        }
        // What a label may hold differs by role; a name that is unknown is left out.
        if let Some(templates) = templates(node, None, faults) {
            found.insert(key.text.to_string(), templates);
        }
    }
    found
}

fn words(node: &Node, faults: &mut Faults) -> BTreeMap<String, Words> {
    let mut found = BTreeMap::new();
    for (key, node) in node.want_entries(faults) {
        if let Some(words) = node.want_words(faults) {
            found.insert(key.text.to_string(), words);
        }
    }
    found
}
