//! All packs, and which of them are in force for a report. Names are read at once, since reading
//! needs them; rules are decoded when a report first needs their pack.

use super::decode::{self, Manifest};
use super::files::{PackFault, PackFile};
use super::{Pack, Rule, profile};
use crate::check::Check;
use crate::facts::TableFact;
use crate::profile::{FormId, Profile, Vocabulary};
use crate::yaml::{self, Fault, Faults, Node};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Every pack that is known.
#[derive(Debug)]
pub struct Library {
    packs: Vec<Source>,
    vocabulary: Vocabulary,
}

/// A pack before its rules are decoded.
#[derive(Debug)]
struct Source {
    /// Its `pack.yml`.
    file: PackFile,
    manifest: Manifest,
    profile: Profile,
    /// Its own rule files.
    rules: Vec<PackFile>,
    /// The index of the pack it extends.
    base: Option<usize>,
    pack: OnceLock<Pack>,
}

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
    /// Every fault of every `pack.yml` and `profile.yml`.
    pub fn new(files: Vec<PackFile>) -> Result<Self, Vec<PackFault>> {
        let mut faults = Vec::new();
        let mut folders = by_pack(files, &mut faults);
        let mut packs: Vec<Source> = Vec::new();
        // A pack is read after the one it extends; what is left over extends itself in a circle.
        while !folders.is_empty() {
            let ready: Vec<String> = folders
                .iter()
                .filter(|(_, folder)| {
                    let base = folder.extends();
                    base.is_none_or(|base| packs.iter().any(|pack| pack.manifest.name == base))
                })
                .map(|(name, _)| name.clone())
                .collect();
            if ready.is_empty() {
                faults.extend(folders.values().map(Folder::orphaned));
                break;
            }
            for name in ready {
                if let Some(folder) = folders.remove(&name) {
                    packs.extend(folder.read(&name, &packs, &mut faults));
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        packs.sort_by_key(|pack| pack.manifest.name.clone());
        let place = |name: &str| packs.iter().position(|pack| pack.manifest.name == name);
        let bases: Vec<_> =
            packs.iter().map(|p| p.manifest.extends.as_deref().and_then(place)).collect();
        for (pack, base) in packs.iter_mut().zip(bases) {
            pack.base = base;
        }
        let vocabulary = Vocabulary::new(packs.iter().map(|pack| &pack.profile));
        Ok(Self { packs, vocabulary })
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

    /// Every fault of every rule file, patterns compiled.
    pub fn faults(&self) -> Vec<PackFault> {
        let all = (0..self.packs.len()).flat_map(|index| self.decode(index, true).1);
        let mut faults: Vec<PackFault> = all.collect();
        // An inherited rule is decoded once for each pack; its fault is one.
        faults.sort_by(|a, b| (&a.file, a.at.start).cmp(&(&b.file, b.at.start)));
        faults.dedup_by(|a, b| a.file == b.file && a.at == b.at && a.words == b.words);
        faults
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
            manifest.years.contains(year)
                && (!academic || manifest.academic)
                && (!manifest.opt_in || asked.contains(&manifest.name))
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
            if in_force.iter().any(|pack| pack.forms.contains(&form.id)) {
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

    /// Decodes the rules of a pack and of those it extends; a rule of the same id replaces the
    /// inherited one.
    fn decode(&self, index: usize, strict: bool) -> (Pack, Vec<PackFault>) {
        let source = &self.packs[index];
        let manifest = &source.manifest;
        let mut files: Vec<&PackFile> = Vec::new();
        let mut lineage = vec![index];
        while let Some(base) = self.packs[lineage[lineage.len() - 1]].base {
            lineage.push(base);
        }
        let mut known: Vec<&PackFile> = Vec::new();
        for pack in lineage.iter().rev().map(|i| &self.packs[*i]) {
            // A pack turns off what it inherits; a rule of its own is in force.
            files.retain(|file| pack.manifest.off.iter().all(|(_, id)| id != stem(&file.path)));
            for file in &pack.rules {
                files.retain(|inherited| stem(&inherited.path) != stem(&file.path));
                files.push(file);
                known.push(file);
            }
        }
        let mut faults = self.unknown_ids(source, &known);
        let manifests = lineage.iter().rev().map(|i| &self.packs[*i].manifest);
        let mut rules = Vec::new();
        for file in files {
            let read = read(file, true, &mut faults, |node, found| {
                found.strict = strict;
                decode::rule(node, &file.path, &source.profile, &manifest.documents, found)
            });
            rules.extend(read.flatten());
        }
        for (_, id, level) in manifests.flat_map(|manifest| &manifest.levels) {
            if let Some(rule) = rules.iter_mut().find(|rule: &&mut Rule| rule.id == *id) {
                rule.levels = level.clone();
            }
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
        };
        (pack, faults)
    }
}

impl Library {
    /// The faults of a pack that turns off or changes rules it does not have.
    fn unknown_ids(&self, source: &Source, files: &[&PackFile]) -> Vec<PackFault> {
        let known: Vec<&str> = files.iter().map(|file| stem(&file.path)).collect();
        let off = source.manifest.off.iter().map(|(at, id)| (at, id));
        let levels = source.manifest.levels.iter().map(|(at, id, _)| (at, id));
        let mut found = Faults::default();
        for (at, id) in off.chain(levels).filter(|(_, id)| !known.contains(&id.as_str())) {
            yaml::unknown(at, id, &known, &mut found);
        }
        located(found, &source.file)
    }
}

/// The files of one pack's folder.
struct Folder {
    manifest: Option<(PackFile, Node)>,
    profile: Option<PackFile>,
    rules: Vec<PackFile>,
}

impl Folder {
    fn extends(&self) -> Option<&str> {
        self.manifest.as_ref().and_then(|(_, node)| node.get("extends")).and_then(Node::text)
    }

    /// The fault of a pack that extends one that does not exist, or itself in a circle.
    fn orphaned(&self) -> PackFault {
        let (file, node) = match &self.manifest {
            Some((file, node)) => (Some(file), node.get("extends").map(|node| node.at.clone())),
            None => (None, None),
        };
        let words = crate::finding::Words {
            zh: "所继承的规则包不存在，或互相循环继承".to_owned(),
            en: "the pack it extends does not exist, or they extend each other in a circle"
                .to_owned(),
        };
        PackFault {
            file: file.map_or(String::new(), |file| file.shown.clone()),
            source: file.map_or("", |file| &file.text).into(),
            at: node.unwrap_or(0..0),
            words,
        }
    }

    fn read(self, name: &str, packs: &[Source], faults: &mut Vec<PackFault>) -> Option<Source> {
        let (file, node) = self.manifest?;
        let mut found = Faults::default();
        let manifest = decode::manifest(&node, name, &mut found);
        faults.extend(located(found, &file));
        let mut manifest = manifest?;
        let base = manifest.extends.as_deref();
        let base = base.and_then(|base| packs.iter().find(|pack| pack.manifest.name == base));
        if let Some(base) = base {
            let inherited = base.manifest.documents.iter().cloned();
            manifest.documents = inherited.chain(manifest.documents).collect();
        }
        let inherited = base.map(|base| base.profile.clone()).unwrap_or_default();
        let profile = match &self.profile {
            None => inherited,
            Some(file) => read(file, false, faults, |node, found| {
                profile::decode(node, name, inherited, found)
            })?,
        };
        Some(Source {
            file,
            manifest,
            profile,
            rules: self.rules,
            base: None,
            pack: OnceLock::new(),
        })
    }
}

/// Sorts files into packs: a pack's folder is the one that holds `pack.yml`.
fn by_pack(files: Vec<PackFile>, faults: &mut Vec<PackFault>) -> BTreeMap<String, Folder> {
    let names: Vec<String> = files
        .iter()
        .filter_map(|file| file.path.strip_suffix("/pack.yml"))
        .map(str::to_owned)
        .collect();
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    for file in files {
        let inside = |name: &&String| {
            file.path.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        let Some(name) = names.iter().filter(inside).max_by_key(|name| name.len()) else {
            let words = crate::finding::Words {
                zh: "这个文件不属于任何规则包：所在文件夹没有 pack.yml".to_owned(),
                en: "this file belongs to no pack: its folder has no pack.yml".to_owned(),
            };
            faults.push(PackFault {
                file: file.shown,
                source: file.text.as_ref().into(),
                at: 0..0,
                words,
            });
            continue;
        };
        let folder = folders.entry(name.clone()).or_insert_with(|| Folder {
            manifest: None,
            profile: None,
            rules: Vec::new(),
        });
        match file.path.rsplit('/').next() {
            Some("pack.yml") => {
                let node = read(&file, false, faults, |node, _| node.clone());
                folder.manifest = node.map(|node| (file, node));
            }
            Some("profile.yml") => folder.profile = Some(file),
            _ => folder.rules.push(file),
        }
    }
    folders
}

/// Parses a file and decodes it. Rules are read without their examples, which no check needs.
fn read<T>(
    file: &PackFile,
    without_examples: bool,
    faults: &mut Vec<PackFault>,
    decode: impl FnOnce(&Node, &mut Faults) -> T,
) -> Option<T> {
    let text = match file.text.find("\nexamples:") {
        Some(end) if without_examples => crate::text::piece(&file.text, 0, end + 1),
        _ => &file.text,
    };
    match yaml::parse(text) {
        Ok(node) => {
            let mut found = Faults::default();
            let decoded = decode(&node, &mut found);
            faults.extend(located(found, file));
            Some(decoded)
        }
        Err(fault) => {
            faults.extend(located(Faults { found: vec![fault], strict: false }, file));
            None
        }
    }
}

fn located(faults: Faults, file: &PackFile) -> Vec<PackFault> {
    if faults.found.is_empty() {
        return Vec::new();
    }
    let source: Arc<str> = file.text.as_ref().into();
    let fault = |fault: Fault| PackFault {
        file: file.shown.clone(),
        source: Arc::clone(&source),
        at: fault.at,
        words: fault.words,
    };
    faults.found.into_iter().map(fault).collect()
}

/// The id of the rule in the file at `path`.
fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yml").trim_end_matches(".yaml")
}

/// The examples of a rule file.
///
/// # Errors
/// The faults of the file's YAML or of its examples.
pub(crate) fn examples(file: &PackFile) -> Result<Vec<decode::Example>, Vec<PackFault>> {
    let mut faults = Vec::new();
    let examples = read(file, false, &mut faults, decode::examples);
    if faults.is_empty() { Ok(examples.unwrap_or_default()) } else { Err(faults) }
}
