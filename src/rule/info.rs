//! A rule as `gouji rules` and `gouji explain` tell of it, in one language.

use super::files::PackFile;
use super::{ByCase, Clause, Library, Pack, Rule};
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
}

/// All rules of all packs, in the order of packs and files. A rule that a pack inherits unchanged
/// is told of once for each pack it is in force by.
pub fn infos(library: &Library, lang: Lang) -> Vec<RuleInfo> {
    let files: Vec<&PackFile> = library.rule_files().map(|(_, file)| file).collect();
    let packs = library.packs();
    packs
        .flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)))
        .map(|(pack, rule)| {
            info(pack, rule, files.iter().find(|file| file.path == rule.file), lang)
        })
        .collect()
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
    let files: Vec<&PackFile> = library.rule_files().map(|(_, file)| file).collect();
    let one =
        |rule: &Rule| info(pack, rule, files.iter().find(|file| file.path == rule.file), lang);
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

fn info(pack: &Pack, rule: &Rule, file: Option<&&PackFile>, lang: Lang) -> RuleInfo {
    let (pass, fail) = file.map(|file| examples(file)).unwrap_or_default();
    RuleInfo {
        id: rule.id.clone(),
        pack: pack.name.clone(),
        level: levels(rule),
        gravest: rule.levels.gravest().word(),
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
        file: file.map_or(rule.file.clone(), |file| file.shown.clone()),
    }
}

fn levels(rule: &Rule) -> String {
    let cases = rule.check.cases().iter();
    let named = cases.filter_map(|case| Some(format!("{case}: {}", rule.levels.of(case)?.word())));
    match &rule.levels {
        super::Levels::All(level) => level.word().to_owned(),
        super::Levels::ByCase(_) => named.collect::<Vec<_>>().join(", "),
    }
}

fn wordings(by_case: &ByCase, lang: Lang) -> Vec<String> {
    match by_case {
        ByCase::All(templates) => vec![templates[lang as usize].written()],
        ByCase::Each(cases) => {
            cases.values().map(|templates| templates[lang as usize].written()).collect()
        }
    }
}

/// The passing and the failing examples as they are written, with their marks.
fn examples(file: &PackFile) -> (Vec<String>, Vec<String>) {
    let examples = super::examples(file).unwrap_or_default();
    let (fail, pass): (Vec<_>, Vec<_>) = examples.into_iter().partition(|example| example.fails);
    let written = |examples: Vec<super::Example>| examples.into_iter().map(|e| e.written).collect();
    (written(pass), written(fail))
}
