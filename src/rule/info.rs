//! A rule as `gouji rules` and `gouji explain` tell of it, in one language.

use super::files::PackFile;
use super::{ByCase, Change, Clause, Effect, Levels, Library, Pack, Rule, When};
use crate::facts::Body;
use crate::finding::{Basis, Lang};

/// Everything there is to tell of a rule.
#[derive(Clone, Debug, Default)]
pub struct RuleInfo {
    /// Its id.
    pub id: String,
    /// Its pack.
    pub pack: String,
    /// Its level, or its levels by case: `error`, `over: error, under: warning`.
    pub level: String,
    /// Its gravest level.
    pub gravest: &'static str,
    /// Its title.
    pub title: String,
    /// The report years it is in force for: `2019..2020`.
    pub years: String,
    /// Whether it is on trial.
    pub preview: bool,
    /// Whether its pack must be asked for.
    pub opt_in: bool,
    /// Why it is a fault.
    pub basis: Vec<Basis>,
    /// What it says, with its placeholders.
    pub messages: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Examples that hold.
    pub pass: Vec<String>,
    /// Examples that fail, with the marks `«…»`.
    pub fail: Vec<String>,
    /// The file it is written in.
    pub file: String,
    /// The pack it is written in.
    pub from: String,
    /// The kind of its check.
    pub kind: &'static str,
    /// Its check, as it is written.
    pub check: String,
    /// The kinds of body it is for or not for, as rule files write it; empty if for all.
    pub bodies: String,
    /// What packs change of it, the last that means a report deciding.
    pub changes: Vec<ChangeInfo>,
    /// The file of the rule of another pack that it replaces.
    pub replaces: Option<String>,
    /// Whether it is turned off for every report.
    pub off: bool,
}

/// One change of a rule by a pack.
#[derive(Clone, Debug, Default)]
pub struct ChangeInfo {
    /// The pack that makes it.
    pub pack: String,
    /// The file and line where it stands.
    pub file: String,
    /// `off`, or the level.
    pub effect: String,
    /// For which reports: `2021.. township`; empty for all.
    pub when: String,
    /// Why.
    pub reason: String,
}

/// All rules of all packs, in the order of packs and files. A rule that a pack inherits is told of
/// once for each pack it is in force by, and as `off` where the pack turns it off.
pub fn infos(library: &Library, lang: Lang) -> Vec<RuleInfo> {
    let files: Vec<(&str, &PackFile)> = library.rule_files().collect();
    let mut infos = Vec::new();
    for pack in library.packs() {
        let rules = pack.rules.iter().map(|rule| (rule, false));
        // A rule that is off for every report is left out of the pack; its base still has it.
        let base = pack.extends.as_deref().and_then(|base| library.named(base));
        let is_off = |rule: &&Rule| {
            let off = |c: &Change| c.effect == Effect::Off && c.target == rule.file;
            pack.changes.iter().any(|change| change.pack == pack.name && off(change))
                && pack.rules.iter().all(|own| own.file != rule.file)
        };
        let gone = base.map(|base| base.rules.iter().filter(is_off)).into_iter().flatten();
        for (rule, off) in rules.chain(gone.map(|rule| (rule, true))) {
            let file = files.iter().find(|(_, file)| file.path == rule.file);
            infos.push(RuleInfo { off, ..info(library, pack, rule, file, lang) });
        }
    }
    infos
}

/// A pack with its rules and the documents it may cite.
#[derive(Clone, Debug, Default)]
pub struct PackInfo {
    /// Its rules, the inherited ones among them.
    pub rules: Vec<RuleInfo>,
    /// Full titles of documents, with the clauses of each that the pack stands for; their ids are
    /// without the document's key.
    pub documents: Vec<(String, Vec<Clause>)>,
}

/// All there is to tell of the pack called `name`.
pub fn about(library: &Library, name: &str, lang: Lang) -> Option<PackInfo> {
    let pack = library.named(name)?;
    let files: Vec<(&str, &PackFile)> = library.rule_files().collect();
    let one = |rule: &Rule| {
        let file = files.iter().find(|(_, file)| file.path == rule.file);
        info(library, pack, rule, file, lang)
    };
    let clauses = |key: &str| {
        let own = pack.clauses.iter().filter_map(|clause| {
            let number = clause.id.strip_prefix(key)?.trim_start();
            Some(Clause { id: number.to_owned(), ..clause.clone() })
        });
        own.collect::<Vec<_>>()
    };
    let documents = pack.documents.iter().map(|d| (d.title.clone(), clauses(&d.key)));
    Some(PackInfo { rules: pack.rules.iter().map(one).collect(), documents: documents.collect() })
}

fn info(
    library: &Library,
    pack: &Pack,
    rule: &Rule,
    file: Option<&(&str, &PackFile)>,
    lang: Lang,
) -> RuleInfo {
    let (pass, fail) = file.map(|(_, file)| examples(file)).unwrap_or_default();
    let changes: Vec<&Change> = library.changes_of(pack, rule);
    let changed = changes.iter().rev().find(|change| change.is_unconditional());
    let levels = match changed.map(|change| &change.effect) {
        Some(Effect::Level(levels)) => levels,
        _ => &rule.levels,
    };
    let shown = |path: &String| {
        let found = library.rule_files().find(|(_, file)| file.path == *path);
        found.map_or(path.clone(), |(_, file)| file.shown.clone())
    };
    let replaced = pack.replaced.iter().find(|(_, by)| *by == rule.file);
    RuleInfo {
        id: rule.id.clone(),
        pack: pack.name.clone(),
        level: levels_of(rule, levels),
        gravest: levels.gravest().word(),
        title: rule.title.to(lang).to_owned(),
        years: rule.when.years.unwrap_or(pack.years).text(),
        preview: rule.preview,
        opt_in: pack.opt_in,
        basis: rule
            .basis
            .iter()
            .map(|b| Basis { cite: b.cite.clone(), quote: b.quote.clone() })
            .collect(),
        messages: wordings(&rule.message, lang),
        help: rule.help.as_ref().map(|help| wordings(help, lang).join("\n")),
        pass,
        fail,
        file: file.map_or(rule.file.clone(), |(_, file)| file.shown.clone()),
        from: file.map_or(String::new(), |(pack, _)| (*pack).to_owned()),
        kind: rule.check.name(),
        check: file.map(|(_, file)| paragraph(&file.text, "check:")).unwrap_or_default(),
        bodies: bodies(&rule.when),
        changes: changes.iter().map(|change| told(library, change, lang)).collect(),
        replaces: replaced.map(|(file, _)| shown(file)),
        off: false,
    }
}

fn told(library: &Library, change: &Change, lang: Lang) -> ChangeInfo {
    let text = library.pack_file(&change.pack).map_or("", |file| file.text.as_ref());
    let line = super::contradiction::line(text, change.at.start);
    let years = change.when.years.map(super::Years::text).unwrap_or_default();
    let bodies = bodies(&change.when);
    ChangeInfo {
        pack: change.pack.clone(),
        file: format!("{}:{line}", change.file),
        effect: match &change.effect {
            Effect::Off => "off".to_owned(),
            Effect::Level(levels) => levels.words(),
        },
        when: [years, bodies].join(" ").trim().to_owned(),
        reason: change.reason.to(lang).to_owned(),
    }
}

/// `township, county`, or `not other`.
fn bodies(when: &When) -> String {
    let words =
        |bodies: &[Body]| bodies.iter().map(|body| body.word()).collect::<Vec<_>>().join(", ");
    let not = match when.other_bodies.is_empty() {
        true => String::new(),
        false => format!("not {}", words(&when.other_bodies)),
    };
    [words(&when.bodies), not].join(" ").trim().to_owned()
}

fn levels_of(rule: &Rule, levels: &Levels) -> String {
    let cases = rule.check.cases().iter();
    let named = cases.filter_map(|case| Some(format!("{case}: {}", levels.of(case)?.word())));
    match levels {
        Levels::All(level) => level.word().to_owned(),
        Levels::ByCase(_) => named.collect::<Vec<_>>().join(", "),
    }
}

fn wordings(by_case: &ByCase, lang: Lang) -> Vec<String> {
    match by_case {
        ByCase::All(templates) => vec![templates[lang as usize].written().to_owned()],
        ByCase::Each(cases) => {
            cases.values().map(|templates| templates[lang as usize].written().to_owned()).collect()
        }
    }
}

/// The top-level key `key` of a YAML text with all that belongs to it.
fn paragraph(text: &str, key: &str) -> String {
    let mut lines = text.lines().skip_while(|line| !line.starts_with(key));
    let first = lines.next().unwrap_or_default();
    let rest = lines.take_while(|line| line.starts_with(' ') || line.is_empty());
    let all: Vec<&str> = std::iter::once(first).chain(rest).collect();
    all.join("\n").trim_end().to_owned()
}

/// The passing and the failing examples as they are written, with their marks; whole reports are
/// left out, as they show nothing of this rule in particular.
fn examples(file: &PackFile) -> (Vec<String>, Vec<String>) {
    let examples = super::examples(file).unwrap_or_default();
    let (fail, pass): (Vec<_>, Vec<_>) = examples.into_iter().partition(|example| example.fails);
    let written = |examples: Vec<super::Example>| {
        examples.into_iter().filter(|e| !e.whole).map(|e| e.written).collect()
    };
    (written(pass), written(fail))
}
