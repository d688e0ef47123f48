//! All packs, and which of them are in force for a report. Names are read at once, since reading
//! needs them; rules are decoded when a report first needs their pack.

use super::change::{Change, Effect};
use super::decode::{self, Around};
use super::files::{PackFault, PackFile};
use super::manifest::Manifest;
use super::{Pack, Rule, folder};
use crate::check::Check;
use crate::facts::TableFact;
use crate::profile::{FormId, Profile, Vocabulary};
use crate::yaml::{Faults, unknown};
use std::sync::OnceLock;

/// Every pack that is known.
#[derive(Debug)]
pub struct Library {
    packs: Vec<Source>,
    vocabulary: Vocabulary,
    /// Whether built-in packs are in force without being asked for.
    builtin: bool,
}

/// A pack before its rules are decoded.
#[derive(Debug)]
pub(super) struct Source {
    /// Its `pack.yml`.
    pub(super) file: PackFile,
    pub(super) manifest: Manifest,
    pub(super) profile: Profile,
    /// Its own rule files.
    pub(super) rules: Vec<PackFile>,
    /// The index of the pack it extends.
    pub(super) base: Option<usize>,
    /// Whether its names could be read without a fault.
    pub(super) sound: bool,
    pub(super) pack: OnceLock<Pack>,
}

/// Where mappings begin in a file, and the keys that are read there.
pub type KeysRead = Vec<(std::ops::Range<usize>, Vec<&'static str>)>;

/// A pack that judges a report.
#[derive(Debug)]
pub struct InForce<'l> {
    /// The pack.
    pub pack: &'l Pack,
    /// The forms its rules may judge.
    pub forms: Vec<FormId>,
    /// Whether it governs the report's year; else it was brought in by a table on its form, and
    /// only its rules on that table are in force.
    pub by_year: bool,
}

impl InForce<'_> {
    /// Whether `rule` may judge the report.
    pub fn admits(&self, rule: &Rule) -> bool {
        self.by_year
            || matches!(
                rule.check,
                Check::TableEquation(_)
                    | Check::TableValues(_)
                    | Check::TableUnits(_)
                    | Check::TextTable(_)
            )
    }
}

impl Library {
    /// Reads the names of all packs in `files`; rules are read later.
    ///
    /// # Errors
    /// Every fault of every `pack.yml` and `profile.yml`, and then of every rule file too.
    pub fn new(files: Vec<PackFile>) -> Result<Self, Vec<PackFault>> {
        let mut faults = Vec::new();
        let mut packs = folder::packs(files, &mut faults);
        packs.sort_by(|a, b| a.manifest.name.cmp(&b.manifest.name));
        let place = |name: &str| packs.iter().position(|pack| pack.manifest.name == name);
        let bases: Vec<_> =
            packs.iter().map(|p| p.manifest.extends.as_deref().and_then(place)).collect();
        for (pack, base) in packs.iter_mut().zip(bases) {
            pack.base = base;
        }
        let vocabulary = Vocabulary::new(packs.iter().map(|pack| &pack.profile));
        let library = Self { packs, vocabulary, builtin: true };
        if faults.is_empty() {
            return Ok(library);
        }
        faults.extend(library.faults());
        Err(in_order(faults))
    }

    /// The same with the built-in packs in force only where they are asked for or extended.
    pub fn without_builtin(self) -> Self {
        Self { builtin: false, ..self }
    }

    /// What headings and labels can look like, whatever the year.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// All packs with their rules.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        (0..self.packs.len()).map(|index| self.pack(index))
    }

    /// The pack called `name`.
    pub fn named(&self, name: &str) -> Option<&Pack> {
        let index = self.packs.iter().position(|pack| pack.manifest.name == name)?;
        Some(self.pack(index))
    }

    /// The names of all packs.
    pub fn names(&self) -> Vec<&str> {
        self.packs.iter().map(|pack| pack.manifest.name.as_str()).collect()
    }

    /// Every fault of every rule file, patterns compiled and examples judged.
    pub fn faults(&self) -> Vec<PackFault> {
        let mut faults = Vec::new();
        for (index, source) in self.packs.iter().enumerate() {
            if source.sound {
                faults.extend(self.decode(index, true).1);
            } else {
                // Names are missing, so that only the files themselves can be judged.
                faults.extend(source.rules.iter().filter_map(|file| file.node(true).err()));
            }
        }
        in_order(faults)
    }

    /// The examples of all rule files, by pack and file.
    pub fn rule_files(&self) -> impl Iterator<Item = (&str, &PackFile)> {
        self.packs
            .iter()
            .flat_map(|pack| pack.rules.iter().map(|file| (pack.manifest.name.as_str(), file)))
    }

    /// The packs for a report about `year`; `asked` names those that must be asked for.
    pub fn select(&self, year: i16, academic: bool, asked: &[String]) -> Vec<InForce<'_>> {
        let governs = |pack: &Source| {
            let manifest = &pack.manifest;
            let hidden = manifest.opt_in || (pack.file.is_builtin() && !self.builtin);
            manifest.years.contains(year)
                && (!academic || manifest.academic)
                && (!hidden || asked.contains(&manifest.name))
        };
        let chosen: Vec<usize> =
            (0..self.packs.len()).filter(|i| governs(&self.packs[*i])).collect();
        let superseded = |index: usize| chosen.iter().any(|other| self.descends(*other, index));
        let packs = chosen.iter().filter(|index| !superseded(**index)).map(|index| {
            let pack = self.pack(*index);
            let forms = pack.profile.forms.iter().map(|form| form.id.clone()).collect();
            InForce { pack, forms, by_year: true }
        });
        packs.collect()
    }

    /// Brings in the packs whose forms were found in the report though they are not its year's.
    pub fn bring_in<'l>(&'l self, in_force: &mut Vec<InForce<'l>>, tables: &[TableFact]) {
        for form in tables.iter().filter_map(|table| table.form.as_ref()) {
            let known = in_force.iter().any(|pack| pack.forms.contains(&form.id));
            let shut = |pack: &Pack| pack.builtin && !self.builtin;
            if known || self.named(&form.id.pack).is_some_and(shut) {
                continue;
            }
            if let Some(known) =
                in_force.iter_mut().find(|p| !p.by_year && p.pack.name == form.id.pack)
            {
                known.forms.push(form.id.clone());
            } else if let Some(pack) = self.named(&form.id.pack) {
                in_force.push(InForce { pack, forms: vec![form.id.clone()], by_year: false });
            }
        }
    }

    /// Whether pack `index` extends pack `base`, directly or not.
    fn descends(&self, index: usize, base: usize) -> bool {
        let mut at = self.packs[index].base;
        while let Some(parent) = at {
            if parent == base {
                return true;
            }
            at = self.packs[parent].base;
        }
        false
    }

    fn pack(&self, index: usize) -> &Pack {
        self.packs[index].pack.get_or_init(|| self.decode(index, false).0)
    }

    /// A pack and those it extends, the first of all first.
    fn lineage(&self, index: usize) -> Vec<usize> {
        let mut lineage = vec![index];
        while let Some(base) = self.packs[lineage[lineage.len() - 1]].base {
            lineage.push(base);
        }
        lineage.reverse();
        lineage
    }

    /// The files of the rules of a pack: its own, and those it inherits unless it replaces them
    /// or turns them off for every report.
    fn files(&self, index: usize) -> Vec<&PackFile> {
        let mut files: Vec<&PackFile> = Vec::new();
        for pack in self.lineage(index).into_iter().map(|i| &self.packs[i]) {
            for change in &pack.manifest.changes {
                if change.effect == Effect::Off && change.is_unconditional() {
                    files.retain(|file| change.rule != file.stem());
                }
            }
            files.retain(|file| pack.rules.iter().all(|own| own.stem() != file.stem()));
            files.extend(&pack.rules);
        }
        files
    }

    /// Decodes the rules of a pack and of those it extends; a rule of the same id replaces the
    /// inherited one.
    fn decode(&self, index: usize, strict: bool) -> (Pack, Vec<PackFault>) {
        let source = &self.packs[index];
        let manifest = &source.manifest;
        let mut faults = Vec::new();
        let mut rules = Vec::new();
        for file in self.files(index) {
            match file.node(strict) {
                Err(fault) => faults.push(fault),
                Ok(node) => {
                    let mut found = Faults::new(strict);
                    let own = source.rules.iter().any(|own| own.path == file.path);
                    let around = Around {
                        file,
                        profile: &source.profile,
                        documents: &manifest.documents,
                        years: own.then_some(manifest.years),
                    };
                    rules.extend(decode::rule(&node, around, &mut found));
                    faults.extend(file.faults(found));
                }
            }
        }
        let mut changes = Vec::new();
        let mut replaced = Vec::new();
        for step in self.lineage(index) {
            changes.extend(self.changes(step, &mut faults));
            replaced.extend(self.replaced(step));
        }
        let pack = Pack {
            name: manifest.name.clone(),
            title: manifest.title.clone(),
            version: manifest.version.clone(),
            years: manifest.years,
            opt_in: manifest.opt_in,
            academic: manifest.academic,
            extends: manifest.extends.clone(),
            documents: manifest.documents.clone(),
            clauses: manifest.clauses.clone(),
            profile: source.profile.clone(),
            rules,
            changes,
            replaced,
            builtin: source.file.is_builtin(),
        };
        (pack, faults)
    }

    /// What a pack itself changes, each with the file of the rule it means.
    fn changes(&self, index: usize, faults: &mut Vec<PackFault>) -> Vec<Change> {
        let source = &self.packs[index];
        let mut found = Faults::default();
        let mut changes: Vec<Change> = Vec::new();
        for change in &source.manifest.changes {
            let (pack, id) = match change.rule.rsplit_once('/') {
                Some((pack, id)) => (self.index(pack), id),
                None if change.effect == Effect::Off => (source.base, change.rule.as_str()),
                None => (Some(index), change.rule.as_str()),
            };
            let files = pack.map(|pack| self.files(pack)).unwrap_or_default();
            let Some(file) = files.iter().find(|file| file.stem() == id) else {
                let known: Vec<&str> = match change.rule.rsplit_once('/') {
                    Some((pack, _)) if self.index(pack).is_none() => self.names(),
                    _ => files.iter().map(|file| file.stem()).collect(),
                };
                unknown_rule(change, &known, &mut found);
                continue;
            };
            let change = Change { target: file.path.clone(), ..change.clone() };
            if let Some(first) = changes.iter().find(|first| first.contradicts(&change)) {
                let line = super::contradiction::line(&source.file.text, first.at.start);
                let zh =
                    format!("与第 {line} 行矛盾：同一条规则写了两种处理；删去一处，或用 when 分开");
                let en = format!(
                    "contradicts line {line}: two things are said of one rule; delete one, or part them by “when”"
                );
                found.push(&change.at, zh, en);
            }
            changes.push(change);
        }
        faults.extend(source.file.faults(found));
        changes
    }

    /// The files of rules that a pack inherits and replaces, each with its own file.
    fn replaced(&self, index: usize) -> Vec<(String, String)> {
        let source = &self.packs[index];
        let inherited = source.base.map(|base| self.files(base)).unwrap_or_default();
        let own = |file: &&PackFile| source.rules.iter().find(|own| own.stem() == file.stem());
        let pairs =
            inherited.iter().filter_map(|file| Some((file.path.clone(), own(file)?.path.clone())));
        pairs.collect()
    }

    /// For each rule file: where each of its mappings begins, and the keys that are read there.
    /// The schema that is published for editors is compared with it.
    pub fn keys_read(&self) -> Vec<(&PackFile, KeysRead)> {
        let mut all = Vec::new();
        for source in &self.packs {
            for file in &source.rules {
                let Ok(node) = file.node(true) else { continue };
                let around = Around {
                    file,
                    profile: &source.profile,
                    documents: &source.manifest.documents,
                    years: None,
                };
                let mut found = Faults::new(true);
                decode::rule(&node, around, &mut found);
                all.push((file, found.asked));
            }
        }
        all
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.packs.iter().position(|pack| pack.manifest.name == name)
    }

    /// What `pack` and the packs beside it change of `rule`.
    pub(super) fn changes_of<'l>(&'l self, pack: &'l Pack, rule: &Rule) -> Vec<&'l Change> {
        let beside = self.packs().filter(|other| other.name != pack.name && !other.opt_in);
        let own = beside.flat_map(|other| {
            other.changes.iter().filter(|change| {
                change.pack == other.name && change.rule.contains('/') && !other.builtin
            })
        });
        pack.changes.iter().chain(own).filter(|change| change.target == rule.file).collect()
    }

    /// The `pack.yml` of a pack.
    pub fn pack_file(&self, pack: &str) -> Option<&PackFile> {
        self.index(pack).map(|index| &self.packs[index].file)
    }

    /// Whether pack `name` extends pack `base`, directly or not.
    pub(super) fn extends(&self, name: &str, base: &str) -> bool {
        let pair = self.index(name).zip(self.index(base));
        pair.is_some_and(|(index, base)| self.descends(index, base))
    }
}

fn unknown_rule(change: &Change, known: &[&str], found: &mut Faults) {
    if known.is_empty() {
        let zh = format!(
            "没有“{}”这条规则：规则包没有 extends；别的规则包的规则写作“规则包/规则”",
            change.rule
        );
        let en = format!(
            "no rule “{}”: the pack extends none; a rule of another pack is written “pack/rule”",
            change.rule
        );
        found.push(&change.at, zh, en);
    } else {
        let name = change.rule.rsplit('/').next().unwrap_or(&change.rule);
        unknown(&change.at, name, known, found);
    }
}

/// In the order of files and places, each once: an inherited rule is decoded once for each pack.
fn in_order(mut faults: Vec<PackFault>) -> Vec<PackFault> {
    faults.sort_by(|a, b| (&a.file, a.at.start, a.at.end).cmp(&(&b.file, b.at.start, b.at.end)));
    faults.dedup_by(|a, b| a.file == b.file && a.at == b.at && a.words == b.words);
    faults
}

/// The examples of a rule file.
///
/// # Errors
/// The faults of the file's YAML or of its examples.
pub(crate) fn examples(file: &PackFile) -> Result<Vec<super::Example>, Vec<PackFault>> {
    let node = file.node(true).map_err(|fault| vec![fault])?;
    let mut found = Faults::new(true);
    let examples = node.get("examples").map(|node| super::example::examples(node, &mut found));
    let faults = file.faults(found);
    if faults.is_empty() { Ok(examples.unwrap_or_default()) } else { Err(faults) }
}
