//! `profile.yml`: the names of sections, tables, rows and columns.

use crate::check::line;
use crate::profile::{Form, FormId, Line, Profile, SectionName};
use crate::text::fold;
use crate::yaml::{Faults, Fields, Key, Node, Value, unknown};
use std::sync::Arc;

/// Reads a profile of the pack called `pack` on top of the one it inherits: sections and tables
/// of the same name are replaced, or known by more labels if they only say `add:`.
pub(super) fn decode(node: &Node, pack: &str, inherited: Profile, faults: &mut Faults) -> Profile {
    let mut profile = inherited;
    let Some(mut fields) = Fields::of(node, faults) else { return profile };
    let sections = fields.get("sections").map(|node| node.want_entries(faults)).unwrap_or_default();
    let tables = fields.get("tables").map(|node| node.want_entries(faults)).unwrap_or_default();
    let english = fields.get("english").map(|node| node.want_entries(faults)).unwrap_or_default();
    fields.finish(faults);
    for (key, node) in english {
        if let Some(word) = node.want_text(faults) {
            profile.english.insert(key.text.to_string(), word);
        }
    }
    for (key, node) in sections {
        if let Some(add) = node.get("add") {
            more_section(&mut profile, key, node, add, faults);
        } else if let Some(section) = section(&key.text, node, faults) {
            replace(&mut profile.sections, section, |section| section.name.clone());
        }
    }
    for (key, node) in tables {
        if let Some(add) = node.get("add") {
            more_form(&mut profile, key, node, add, faults);
        } else if let Some(form) = form(&key.text, pack, node, faults) {
            replace(&mut profile.forms, Arc::new(form), |form| form.name.clone());
        }
    }
    profile
}

fn replace<T>(list: &mut Vec<T>, item: T, name: impl Fn(&T) -> String) {
    match list.iter().position(|known| name(known) == name(&item)) {
        Some(at) => list[at] = item,
        None => list.push(item),
    }
}

/// `add:` to an inherited section: further headings.
fn more_section(profile: &mut Profile, key: &Key, node: &Node, add: &Node, faults: &mut Faults) {
    only_add(node, faults);
    let Some(mut fields) = Fields::of(add, faults) else { return };
    let heading = fields.get("heading").map(|node| node.want_texts(faults)).unwrap_or_default();
    let unless = fields.get("unless").map(|node| node.want_texts(faults)).unwrap_or_default();
    fields.finish(faults);
    let known: Vec<String> = profile.sections.iter().map(|section| section.name.clone()).collect();
    match profile.sections.iter_mut().find(|section| section.name == key.text) {
        Some(section) => {
            section.terms.extend(heading.iter().map(|text| fold_words(text)));
            section.unless.extend(unless.iter().map(|word| fold(word)));
        }
        None => nothing_to_add_to(key, &known, faults),
    }
}

/// `add:` to an inherited table: further labels of its rows and columns, further signs. The form
/// stays the same form, so that the rules on it hold.
fn more_form(profile: &mut Profile, key: &Key, node: &Node, add: &Node, faults: &mut Faults) {
    only_add(node, faults);
    let Some(mut fields) = Fields::of(add, faults) else { return };
    let signs = fields.get("signs").map(|node| node.want_texts(faults)).unwrap_or_default();
    let (columns, rows) = (fields.get("columns"), fields.get("rows"));
    fields.finish(faults);
    let known: Vec<String> = profile.forms.iter().map(|form| form.name.clone()).collect();
    let Some(form) = profile.forms.iter_mut().find(|form| form.name == key.text) else {
        return nothing_to_add_to(key, &known, faults);
    };
    let form = Arc::make_mut(form);
    form.signs.extend(signs);
    more_labels(&mut form.columns, columns, faults);
    more_labels(&mut form.rows, rows, faults);
}

fn more_labels(known: &mut [Line], node: Option<&Node>, faults: &mut Faults) {
    let Some(node) = node else { return };
    for (key, node) in node.want_entries(faults) {
        let more = node.want_texts(faults);
        let names: Vec<String> = known.iter().map(|line| line.name.clone()).collect();
        match known.iter_mut().find(|line| line.name == key.text) {
            Some(line) => {
                let labels = [line.labels.clone(), more].concat();
                *line = Line::new(&key.text, labels, line.group);
            }
            None => nothing_to_add_to(key, &names, faults),
        }
    }
}

/// With `add:` there is no other key: the rest is inherited.
fn only_add(node: &Node, faults: &mut Faults) {
    if let Some(mut fields) = Fields::of(node, faults) {
        fields.get("add");
        fields.finish(faults);
    }
}

fn nothing_to_add_to(key: &Key, known: &[String], faults: &mut Faults) {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    unknown(&key.at, &key.text, &known, faults);
}

fn section(name: &str, node: &Node, faults: &mut Faults) -> Option<SectionName> {
    let mut fields = Fields::of(node, faults)?;
    let title = fields.need("title", faults).and_then(|node| node.want_text(faults));
    let ordinal = fields.get("ordinal").and_then(|node| node.want_number(faults));
    let heading = fields.need("heading", faults).map(|node| node.want_texts(faults));
    let unless = fields.get("unless").map(|node| node.want_texts(faults));
    fields.finish(faults);
    let words = |text: &String| fold_words(text);
    Some(SectionName {
        name: name.to_owned(),
        title: fold(&title?),
        ordinal,
        terms: heading?.iter().map(words).collect(),
        unless: unless.unwrap_or_default().iter().map(|word| fold(word)).collect(),
    })
}

fn fold_words(text: &str) -> Vec<String> {
    text.split_whitespace().map(fold).collect()
}

fn form(name: &str, pack: &str, node: &Node, faults: &mut Faults) -> Option<Form> {
    let mut fields = Fields::of(node, faults)?;
    let title = fields.need("title", faults).and_then(|node| node.want_text(faults));
    let section = fields.get("section").and_then(|node| node.want_text(faults));
    let signs = fields.get("signs").map(|node| node.want_texts(faults)).unwrap_or_default();
    let columns = fields.need("columns", faults).map(|node| lines(node, faults));
    let total = match (fields.get("total"), &columns) {
        (Some(node), Some(columns)) => line(node, columns, faults),
        _ => None,
    };
    let rows = fields.get("rows").map(|node| lines(node, faults));
    fields.finish(faults);
    let only_row = || vec![Line::new("数量", Vec::new(), false)];
    Some(Form {
        id: FormId { pack: pack.to_owned(), name: name.to_owned() },
        name: name.to_owned(),
        title: title?,
        section,
        signs,
        columns: columns?,
        total,
        rows: rows.unwrap_or_else(only_row),
    })
}

/// `name: [labels]`, or `name: { group: [labels] }` for a heading row.
fn lines(node: &Node, faults: &mut Faults) -> Vec<Line> {
    let Some(entries) = node.entries() else {
        faults.push(&node.at, "此处应为“名称: [写法…]”", "“name: [labels…]” is wanted here");
        return Vec::new();
    };
    let mut lines: Vec<Line> = Vec::new();
    for (key, node) in entries {
        let (labels, group) = match &node.value {
            Value::Map(_) => {
                let Some(mut fields) = Fields::of(node, faults) else { continue };
                let labels = fields.need("group", faults).map(|node| node.want_texts(faults));
                fields.finish(faults);
                (labels.unwrap_or_default(), true)
            }
            _ => (node.want_texts(faults), false),
        };
        let labels = if labels.is_empty() { vec![key.text.to_string()] } else { labels };
        lines.push(Line::new(&key.text, labels, group));
    }
    lines
}
