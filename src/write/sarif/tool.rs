//! The tool with its rules, and the law they rest on as taxonomies.

use super::super::Packs;
use super::super::item::cited;
use crate::finding::{Basis, Finding, Lang, Level};
use crate::rule::{PackInfo, RuleInfo};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Collects what results refer to.
pub(super) struct Tool<'w> {
    lang: Lang,
    packs: Packs<'w>,
    known: BTreeMap<String, PackInfo>,
    /// Descriptors in order of first use, and where each stands.
    rules: Vec<Value>,
    places: HashMap<String, usize>,
    documents: Vec<Document>,
    notifications: BTreeSet<String>,
}

/// A document whose clauses rules cite.
struct Document {
    title: String,
    /// Number, what it asks for, why no machine can check it.
    clauses: Vec<(String, String, Option<String>)>,
}

impl<'w> Tool<'w> {
    pub(super) fn new(lang: Lang, packs: Packs<'w>) -> Self {
        Self {
            lang,
            packs,
            known: BTreeMap::new(),
            rules: Vec::new(),
            places: HashMap::new(),
            documents: Vec::new(),
            notifications: BTreeSet::new(),
        }
    }

    /// Takes down a pack that is in force.
    pub(super) fn know(&mut self, pack: &str) {
        if self.known.contains_key(pack) {
            return;
        }
        let info = (self.packs)(pack).unwrap_or_default();
        for (title, clauses) in &info.documents {
            for clause in clauses {
                let why = clause.uncheckable.as_ref().map(|words| words.to(self.lang).to_owned());
                let document = self.document(title);
                let known = &mut self.documents[document].clauses;
                if known.iter().all(|(number, ..)| *number != clause.id) {
                    known.push((clause.id.clone(), clause.text.clone(), why));
                }
            }
        }
        self.known.insert(pack.to_owned(), info);
    }

    /// The id of a finding's rule and where its descriptor stands.
    pub(super) fn rule(&mut self, finding: &Finding) -> (String, usize) {
        let id = format!("{}/{}", finding.pack, finding.rule);
        if let Some(index) = self.places.get(&id) {
            return (id, *index);
        }
        let info = self.info(&finding.pack, &finding.rule).unwrap_or_else(|| RuleInfo {
            id: finding.rule.clone(),
            pack: finding.pack.clone(),
            gravest: finding.level.word(),
            title: finding.title.clone(),
            preview: finding.preview,
            basis: finding.basis.clone(),
            help: finding.help.clone(),
            ..RuleInfo::default()
        });
        let index = self.describe(&info);
        (id, index)
    }

    /// A reference to the rule with that id, whether or not it is known.
    pub(super) fn rule_named(&mut self, id: &str) -> Value {
        let info = id.split_once('/').and_then(|(pack, rule)| self.info(pack, rule));
        match (self.places.get(id), info) {
            (Some(index), _) => json!({"id": id, "index": index}),
            (None, Some(info)) => json!({"id": id, "index": self.describe(&info)}),
            (None, None) => json!({"id": id}),
        }
    }

    /// A reference to a kind of notification.
    pub(super) fn notification(&mut self, id: &str) -> Value {
        self.notifications.insert(id.to_owned());
        json!({"id": id})
    }

    fn info(&mut self, pack: &str, rule: &str) -> Option<RuleInfo> {
        self.know(pack);
        self.known.get(pack)?.rules.iter().find(|info| info.id == rule).cloned()
    }

    fn describe(&mut self, info: &RuleInfo) -> usize {
        let id = format!("{}/{}", info.pack, info.id);
        let descriptor = self.descriptor(&id, info);
        self.rules.push(descriptor);
        self.places.insert(id, self.rules.len() - 1);
        self.rules.len() - 1
    }

    fn descriptor(&mut self, id: &str, info: &RuleInfo) -> Value {
        let level = match Level::from_word(info.gravest) {
            _ if info.preview => "note",
            Some(Level::Error) => "error",
            Some(Level::Warning) => "warning",
            _ => "note",
        };
        let relationships = self.taxa(&info.pack, &info.basis).into_iter();
        let relationships =
            relationships.map(|taxon| json!({"target": taxon, "kinds": ["relevant"]}));
        let relationships: Vec<Value> = relationships.collect();
        let help = info.help.as_deref().map_or("", str::trim);
        let mut descriptor = json!({
            "id": id,
            "name": info.id,
            "shortDescription": {"text": info.title},
            "fullDescription": {"text": full(info, self.lang)},
            "help": {
                "text": if help.is_empty() { info.title.as_str() } else { help },
                "markdown": markdown(info, self.lang),
            },
            "defaultConfiguration": {"enabled": !info.opt_in, "level": level},
            "relationships": relationships,
            "properties": {
                "tags": [info.pack],
                "precision": if info.preview { "medium" } else { "high" },
                "preview": info.preview,
                "level": info.level,
                "years": info.years,
            },
        });
        if let Some(uri) = help_uri(info) {
            descriptor["helpUri"] = uri.into();
        }
        descriptor
    }

    /// References to the clauses a finding or a rule rests on.
    pub(super) fn taxa(&mut self, pack: &str, basis: &[Basis]) -> Vec<Value> {
        self.know(pack);
        let mut taxa = Vec::new();
        for one in basis {
            let (title, number) = self.split(pack, &one.cite);
            let index = self.document(&title);
            let clauses = &mut self.documents[index].clauses;
            let at = clauses.iter().position(|(known, ..)| *known == number).unwrap_or_else(|| {
                let text = one.quote.as_deref().unwrap_or(&one.cite).trim().to_owned();
                clauses.push((number.clone(), text, None));
                clauses.len() - 1
            });
            taxa.push(json!({
                "id": number, "index": at, "toolComponent": {"name": title, "index": index},
            }));
        }
        taxa
    }

    /// The document and the clause of a citation.
    fn split(&self, pack: &str, cite: &str) -> (String, String) {
        let documents = self.known.get(pack).map(|info| info.documents.as_slice());
        let titles = documents.unwrap_or_default().iter().map(|(title, _)| title);
        let title = titles.filter(|title| cite.starts_with(*title)).max_by_key(|title| title.len());
        let title = title.map_or(cite, String::as_str);
        let clause = cite.strip_prefix(title).unwrap_or_default().trim();
        let clause = if clause.is_empty() { self.lang.pick("全文", "whole") } else { clause };
        (title.to_owned(), clause.to_owned())
    }

    fn document(&mut self, title: &str) -> usize {
        self.documents.iter().position(|known| known.title == title).unwrap_or_else(|| {
            self.documents.push(Document { title: title.to_owned(), clauses: Vec::new() });
            self.documents.len() - 1
        })
    }

    /// The driver and the taxonomies, with the rules that found nothing after those that did.
    pub(super) fn finish(&mut self) -> (Value, Value) {
        let infos: Vec<RuleInfo> =
            self.known.values().flat_map(|pack| pack.rules.iter().cloned()).collect();
        for info in infos {
            if !self.places.contains_key(&format!("{}/{}", info.pack, info.id)) {
                self.describe(&info);
            }
        }
        let references = self.documents.iter().enumerate();
        let references = references.map(|(index, one)| json!({"name": one.title, "index": index}));
        let references: Vec<Value> = references.collect();
        let notifications: Vec<Value> = self
            .notifications
            .iter()
            .map(|id| json!({"id": id, "shortDescription": {"text": id}}))
            .collect();
        let driver = json!({
            "name": env!("CARGO_PKG_NAME"),
            "fullName": concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "shortDescription": {"text": env!("CARGO_PKG_DESCRIPTION")},
            "language": self.lang.pick("zh-CN", "en"),
            "rules": self.rules,
            "notifications": notifications,
            "supportedTaxonomies": references,
        });
        (driver, self.documents.iter().map(|one| taxonomy(one, self.lang)).collect())
    }
}

fn taxonomy(document: &Document, lang: Lang) -> Value {
    let taxon = |(number, text, why): &(String, String, Option<String>)| {
        let mut taxon = json!({"id": number, "shortDescription": {"text": text}});
        if let Some(why) = why {
            taxon["properties"] = json!({"uncheckable": why});
        }
        taxon
    };
    json!({
        "name": document.title,
        "shortDescription": {"text": document.title},
        "language": lang.pick("zh-CN", "en"),
        "taxa": document.clauses.iter().map(taxon).collect::<Vec<_>>(),
    })
}

/// The title, and the law behind it.
fn full(info: &RuleInfo, lang: Lang) -> String {
    let cites: Vec<&str> = info.basis.iter().map(|basis| basis.cite.as_str()).collect();
    let (open, close) = (lang.pick("（", " ("), lang.pick("）", ")"));
    match cites.is_empty() {
        true => info.title.clone(),
        false => format!("{}{open}{}{close}", info.title, cites.join(lang.pick("；", "; "))),
    }
}

/// What `gouji explain` tells, for viewers that show Markdown.
fn markdown(info: &RuleInfo, lang: Lang) -> String {
    let mut out = format!("**{}**\n", info.title);
    if let Some(help) = info.help.as_deref().filter(|help| !help.trim().is_empty()) {
        out.push_str(&format!("\n{}\n", help.trim()));
    }
    for basis in &info.basis {
        out.push_str(&format!("\n> {}\n", cited(basis, lang)));
    }
    for (word, examples) in [
        (lang.pick("不合格示例", "Fails"), &info.fail),
        (lang.pick("合格示例", "Passes"), &info.pass),
    ] {
        if let Some(example) = examples.first() {
            out.push_str(&format!("\n{word}\n\n```text\n{}\n```\n", example.trim_end()));
        }
    }
    out
}

/// The rule's file in the repository, where that has an address.
fn help_uri(info: &RuleInfo) -> Option<String> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let known = !repository.is_empty() && info.file.starts_with("rules/");
    known.then(|| format!("{repository}/blob/main/{}", info.file))
}
