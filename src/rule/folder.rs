//! Files sorted into packs, each read after the one it extends.

use super::files::{PackFault, PackFile};
use super::library::Source;
use super::{manifest, profile};
use crate::yaml::{Faults, Node, nearest};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// The files of one pack.
#[derive(Debug)]
pub(super) struct Folder {
    file: PackFile,
    /// The tree of its `pack.yml`, if it is YAML.
    node: Option<Node>,
    profile: Option<PackFile>,
    rules: Vec<PackFile>,
}

impl Folder {
    fn extends(&self) -> Option<&str> {
        self.node.as_ref().and_then(|node| node.get("extends")).and_then(Node::text)
    }

    /// The pack on top of what it extends. Faults make it unsound: its names are not all there.
    fn read(self, name: &str, packs: &[Source], faults: &mut Vec<PackFault>) -> Option<Source> {
        let before = faults.len();
        let node = self.node?;
        let mut found = Faults::default();
        let manifest = manifest::manifest(&node, name, &self.file.shown, &mut found);
        let base = node.get("extends").and_then(Node::text);
        let base = base.and_then(|base| packs.iter().find(|pack| pack.manifest.name == base));
        let inherited = base.map(|base| base.profile.clone()).unwrap_or_default();
        let inline = node.get("profile");
        let mut names = inherited.clone();
        if let Some(node) = inline {
            names = profile::decode(node, name, inherited, &mut found);
        }
        if let (Some(node), Some(other)) = (inline, &self.profile) {
            let zh = format!("名称表只能写在一处：这里，或 {}", other.shown);
            let en = format!("the profile stands in one place: here, or in {}", other.shown);
            found.push(&node.at, zh, en);
        }
        faults.extend(self.file.faults(found));
        if let Some(file) = self.profile {
            match file.node(true) {
                Err(fault) => faults.push(fault),
                Ok(node) => {
                    let mut found = Faults::default();
                    names = profile::decode(&node, name, names, &mut found);
                    faults.extend(file.faults(found));
                }
            }
        }
        let mut manifest = manifest?;
        if let Some(base) = base {
            let inherited = base.manifest.documents.iter().cloned();
            manifest.documents = inherited.chain(manifest.documents).collect();
        }
        for document in &mut manifest.documents {
            let ids = manifest.clauses.iter().map(|clause| &clause.id);
            let own = ids.filter(|id| id.split(' ').next() == Some(document.key.as_str()));
            document.clauses.extend(own.cloned());
        }
        Some(Source {
            file: self.file,
            manifest,
            profile: names,
            rules: self.rules,
            base: None,
            sound: faults.len() == before && base.is_none_or(|base| base.sound),
            pack: OnceLock::new(),
        })
    }
}

/// Reads all packs but for their rules.
pub(super) fn packs(files: Vec<PackFile>, faults: &mut Vec<PackFault>) -> Vec<Source> {
    let mut folders = by_pack(files, faults);
    let names: BTreeSet<String> = folders.keys().cloned().collect();
    let mut packs: Vec<Source> = Vec::new();
    // A pack is read after the one it extends; what is left over extends itself in a circle.
    while !folders.is_empty() {
        let is_ready = |folder: &Folder| {
            let base = folder.extends();
            base.is_none_or(|base| packs.iter().any(|pack| pack.manifest.name == base))
        };
        let ready: Vec<String> = folders
            .iter()
            .filter(|(_, folder)| is_ready(folder))
            .map(|(name, _)| name.clone())
            .collect();
        if ready.is_empty() {
            for (name, folder) in &folders {
                faults.extend(orphaned(name, folder, &folders, &names));
                syntax(folder, faults);
            }
            break;
        }
        for name in ready {
            let Some(folder) = folders.remove(&name) else { continue };
            if folder.node.is_none() {
                syntax(&folder, faults);
            }
            packs.extend(folder.read(&name, &packs, faults));
        }
    }
    packs
}

/// Of a pack that cannot be put together, the files can still be told whether they are YAML.
fn syntax(folder: &Folder, faults: &mut Vec<PackFault>) {
    let files = folder.rules.iter().filter(|file| file.item.is_none()).chain(&folder.profile);
    faults.extend(files.filter_map(|file| file.node(true).err()));
}

/// The fault of a pack that extends one that does not exist, or itself in a circle. Those that
/// extend such a pack have none of their own.
fn orphaned(
    name: &str,
    folder: &Folder,
    folders: &BTreeMap<String, Folder>,
    names: &BTreeSet<String>,
) -> Vec<PackFault> {
    let node = folder.node.as_ref().and_then(|node| node.get("extends"));
    let (Some(node), Some(base)) = (node, folder.extends()) else { return Vec::new() };
    let mut found = Faults::default();
    if names.contains(base) {
        let mut circle = vec![name];
        let mut at = base;
        while at != name && circle.len() <= folders.len() {
            circle.push(at);
            let Some(next) = folders.get(at).and_then(Folder::extends) else { return Vec::new() };
            at = next;
        }
        if at == name {
            circle.push(name);
            let circle = circle.join(" → ");
            let zh = format!("规则包循环继承：{circle}；删去其中一个 extends");
            let en = format!("packs extend each other in a circle: {circle}; delete one “extends”");
            found.push(&node.at, zh, en);
        }
    } else {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let (zh, en) = match nearest(base, &known) {
            Some(near) => (format!("，是否想写“{near}”？"), format!("; did you mean “{near}”?")),
            None => (
                format!("；可用：{}", known.join("、")),
                format!("; known packs: {}", known.join(", ")),
            ),
        };
        let zh = format!("没有“{base}”这个规则包{zh}");
        found.push(&node.at, zh, format!("there is no pack “{base}”{en}"));
    }
    folder.file.faults(found)
}

/// Sorts files into packs: a pack's folder is the one that holds `pack.yml`.
fn by_pack(files: Vec<PackFile>, faults: &mut Vec<PackFault>) -> BTreeMap<String, Folder> {
    let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
    let mut others = Vec::new();
    for file in files {
        let Some(name) = file.path.strip_suffix("/pack.yml").map(str::to_owned) else {
            others.push(file);
            continue;
        };
        let node = file.node(true).map_err(|fault| faults.push(fault)).ok();
        if let Some(first) = folders.get(&name) {
            faults.extend(twice(&name, &file, node.as_ref(), &first.file));
            continue;
        }
        let mut rules = Vec::new();
        let written = node.as_ref().and_then(|node| node.get("rules")).map(Node::items);
        for (index, item) in written.unwrap_or_default().iter().enumerate() {
            let word = |key| item.get(key).and_then(Node::text);
            let id = word("id").map_or_else(|| format!("{}", index + 1), str::to_owned);
            let path = format!("{name}/{}/{id}.yml", word("group").unwrap_or("group"));
            rules.push(PackFile { path, item: Some(index), ..file.clone() });
        }
        folders.insert(name, Folder { file, node, profile: None, rules });
    }
    for file in others {
        let inside = |name: &&String| {
            file.path.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        let name = folders.keys().filter(inside).max_by_key(|name| name.len()).cloned();
        let Some(folder) = name.as_ref().and_then(|name| folders.get_mut(name)) else {
            let (zh, en) = (
                "这个文件不属于任何规则包：所在文件夹没有 pack.yml；可用 gouji new pack 建一个",
                "this file belongs to no pack: its folder has no pack.yml; gouji new pack makes one",
            );
            faults.push(file.whole(zh, en));
            continue;
        };
        if folder.file.root != file.root {
            faults.push(intruder(&file, name.as_deref().unwrap_or_default(), folder));
        } else if file.path.rsplit('/').next() == Some("profile.yml") {
            folder.profile = Some(file);
        } else {
            folder.rules.push(file);
        }
    }
    for folder in folders.values_mut() {
        folder.rules.sort_by(|a, b| a.path.cmp(&b.path));
        duplicates(&folder.rules, faults);
    }
    folders
}

/// Two packs of one name.
fn twice(name: &str, file: &PackFile, node: Option<&Node>, first: &PackFile) -> Vec<PackFault> {
    let at = node.and_then(|node| node.get("name")).map_or(0..0, |node| node.at.clone());
    let mut found = Faults::default();
    if first.is_builtin() {
        let zh = format!(
            "“{name}”是内置规则包的名称；另取一个名称，要在它的基础上增改就写 extends: {name}"
        );
        let en = format!(
            "“{name}” is a built-in pack; choose another name, and “extends: {name}” to build on it"
        );
        found.push(&at, zh, en);
    } else {
        let zh = format!("已经有一个叫“{name}”的规则包：{}；改掉其中一个的名称", first.shown);
        let en = format!("there is another pack “{name}”: {}; rename one of them", first.shown);
        found.push(&at, zh, en);
    }
    file.faults(found)
}

/// A file that lies in the folder of a pack from elsewhere: it would change that pack unseen.
fn intruder(file: &PackFile, name: &str, folder: &Folder) -> PackFault {
    let zh = format!(
        "不能直接往规则包“{name}”（{}）里添加文件；建一个自己的规则包，写 extends: {name}",
        folder.file.shown
    );
    let en = format!(
        "no file can be slipped into pack “{name}” ({}); make a pack of your own with “extends: {name}”",
        folder.file.shown
    );
    file.whole(zh, en)
}

/// Rules of one pack with the same id.
fn duplicates(rules: &[PackFile], faults: &mut Vec<PackFault>) {
    let mut seen: BTreeMap<&str, &PackFile> = BTreeMap::new();
    for file in rules {
        let Some(first) = seen.insert(file.stem(), file) else { continue };
        let node = file.node(false).ok();
        let at = node.as_ref().and_then(|node| node.get("id")).map_or(0..0, |id| id.at.clone());
        let mut found = Faults::default();
        let id = file.stem();
        let zh = format!("规则包里已有 id 为“{id}”的规则：{}；改掉其中一个", first.path);
        let en = format!("the pack has another rule “{id}”: {}; rename one of them", first.path);
        found.push(&at, zh, en);
        faults.extend(file.faults(found));
    }
}
