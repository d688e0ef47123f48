//! Where packs come from: the binary, a folder of packs, one pack's folder, or one file.

use crate::finding::Words;
use crate::yaml::{Fault, Faults, MAX_YAML, Node, from_bytes, parse, without_examples};
use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

/// One YAML file of a pack, or one rule of a pack that is written in one file.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// Its path below the rules folder: `common/form/heading-numbers.yml`.
    pub path: String,
    /// What to call it when it is shown: the path on disk, or `rules/…`.
    pub shown: String,
    /// Its text.
    pub text: Cow<'static, str>,
    /// Where it comes from: 0 is the binary, then the folders that were named, in their order.
    pub root: usize,
    /// Which of the `rules:` of its text it is, if it is one.
    pub item: Option<usize>,
    /// The tree of its text without examples, if it was read when the program was built.
    pub(super) tree: Option<&'static [u8]>,
}

impl PackFile {
    /// A file of the user's own.
    pub fn own(path: &str, shown: &str, text: String) -> Self {
        let (path, shown) = (path.to_owned(), shown.to_owned());
        Self { path, shown, text: Cow::Owned(text), root: 1, item: None, tree: None }
    }

    /// Whether it is built in.
    pub fn is_builtin(&self) -> bool {
        self.root == 0
    }

    /// The id of the rule it holds: its stem.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml")).unwrap_or(name)
    }

    /// Its tree; rules are read without `examples` where no one asks for them.
    ///
    /// # Errors
    /// The syntax error.
    pub(super) fn node(&self, examples: bool) -> Result<Node, PackFault> {
        let bare = without_examples(&self.text);
        let text = if examples { &self.text } else { bare };
        let built = self.tree.filter(|_| text.len() == bare.len());
        let node = match built.and_then(|tree| from_bytes(tree).ok()) {
            Some(node) => node,
            None => parse(text).map_err(|fault| self.fault(fault, &self.text.as_ref().into()))?,
        };
        let items = self.item.and_then(|item| node.get("rules")?.items().get(item));
        Ok(items.cloned().unwrap_or(node))
    }

    /// The faults that were found in it, each with its place.
    pub(super) fn faults(&self, faults: Faults) -> Vec<PackFault> {
        if faults.found.is_empty() {
            return Vec::new();
        }
        let source: Arc<str> = self.text.as_ref().into();
        faults.found.into_iter().map(|fault| self.fault(fault, &source)).collect()
    }

    /// A fault of the file as a whole.
    pub(super) fn whole(&self, zh: impl Into<String>, en: impl Into<String>) -> PackFault {
        let words = Words { zh: zh.into(), en: en.into() };
        let source = self.text.as_ref().into();
        PackFault { file: self.shown.clone(), source, at: 0..0, words }
    }

    fn fault(&self, fault: Fault, source: &Arc<str>) -> PackFault {
        let fault = fault.resolved(source);
        let source = Arc::clone(source);
        PackFault { file: self.shown.clone(), source, at: fault.at, words: fault.words }
    }
}

/// A fault of a pack, with everything needed to point at it.
#[derive(Clone, Debug)]
pub struct PackFault {
    /// The file.
    pub file: String,
    /// Its text.
    pub source: Arc<str>,
    /// Byte range of the fault.
    pub at: Range<usize>,
    /// What is wrong and what to do.
    pub words: Words,
}

impl PackFault {
    /// A fault of a whole file or folder.
    pub fn whole(file: &Path, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let words = Words { zh: zh.into(), en: en.into() };
        Self { file: file.display().to_string(), source: "".into(), at: 0..0, words }
    }
}

/// Path below `rules/`, text, and the tree of the text without examples.
const BUILTIN: &[(&str, &str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The files of the built-in packs.
pub fn builtin() -> Vec<PackFile> {
    let file = |(path, text, tree): &(&'static str, &'static str, &'static [u8])| PackFile {
        path: (*path).to_owned(),
        shown: format!("rules/{path}"),
        text: Cow::Borrowed(text),
        root: 0,
        item: None,
        tree: Some(tree),
    };
    BUILTIN.iter().map(file).collect()
}

/// The deepest folder below one that was named; deeper is a circle of links.
const DEEPEST: usize = 12;

/// The YAML files of the packs at `named`: a folder of packs, the folder of one pack, or the one
/// file of a pack. `root` numbers it. What cannot be read is a fault, and stops nothing else.
pub fn from_path(named: &Path, root: usize, faults: &mut Vec<PackFault>) -> Vec<PackFile> {
    let mut files = Vec::new();
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let absolute = named.canonicalize().unwrap_or_else(|_| named.to_owned());
    if named.is_file() {
        let path = format!("{}/pack.yml", stem(&absolute).unwrap_or_default());
        files.extend(file(named, path, root, faults));
    } else {
        let own = ["pack.yml", "pack.yaml"].iter().any(|name| named.join(name).is_file());
        let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned());
        let prefix = match name {
            Some(name) if own => format!("{name}/"),
            _ => String::new(),
        };
        collect(named, &prefix, root, DEEPEST, &mut files, faults);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        if files.is_empty() && faults.is_empty() {
            faults.push(PackFault::whole(
                named,
                "这里没有规则包：规则包是一个放有 pack.yml 的文件夹；可用 gouji new pack 建一个",
                "no pack here: a pack is a folder with a pack.yml; gouji new pack makes one",
            ));
        }
    }
    files
}

fn collect(
    folder: &Path,
    prefix: &str,
    root: usize,
    depth: usize,
    files: &mut Vec<PackFile>,
    faults: &mut Vec<PackFault>,
) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) if depth > 0 => entries,
        Ok(_) => {
            let (zh, en) = ("文件夹层次过深", "the folders are too deep");
            return faults.push(PackFault::whole(folder, zh, en));
        }
        Err(error) => return faults.push(unreadable(folder, &error)),
    };
    for entry in entries {
        let path = match entry {
            Ok(entry) => entry.path(),
            Err(error) => return faults.push(unreadable(folder, &error)),
        };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = format!("{prefix}{}", name.unwrap_or_default());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), root, depth - 1, files, faults);
        } else if let Some(stem) = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))
        {
            // Right in the folder of packs, a file is a pack of one file.
            let below =
                if prefix.is_empty() { format!("{stem}/pack.yml") } else { format!("{stem}.yml") };
            files.extend(file(&path, below, root, faults));
        }
    }
}

fn file(shown: &Path, path: String, root: usize, faults: &mut Vec<PackFault>) -> Option<PackFile> {
    let bytes = match fs::metadata(shown).and_then(|data| match data.len() > MAX_YAML as u64 {
        true => Ok(None),
        false => fs::read(shown).map(Some),
    }) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let zh = format!("文件超过 {} KB，规则文件不会这么大", MAX_YAML >> 10);
            let en = format!("larger than {} KB, which no rule file is", MAX_YAML >> 10);
            faults.push(PackFault::whole(shown, zh, en));
            return None;
        }
        Err(error) => {
            faults.push(unreadable(shown, &error));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            let shown = shown.display().to_string();
            Some(PackFile { path, shown, text: Cow::Owned(text), root, item: None, tree: None })
        }
        Err(_) => {
            let (zh, en) =
                ("不是 UTF-8 编码；请另存为 UTF-8", "not in UTF-8; save the file as UTF-8");
            faults.push(PackFault::whole(shown, zh, en));
            None
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> PackFault {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => {
            ("没有这个文件或文件夹；请核对路径".to_owned(), "no such file or folder".to_owned())
        }
        io::ErrorKind::PermissionDenied => {
            ("没有读取的权限".to_owned(), "no permission to read it".to_owned())
        }
        _ => (format!("读不了：{error}"), format!("cannot be read: {error}")),
    };
    PackFault::whole(path, zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trees_in_the_binary_are_those_of_the_texts() {
        let files = builtin();
        assert!(files.len() > 100);
        for file in files {
            let read = parse(without_examples(&file.text)).expect("a built-in file");
            let built = file.tree.and_then(|tree| from_bytes(tree).ok());
            assert_eq!(format!("{:?}", Some(read)), format!("{built:?}"), "{}", file.path);
        }
    }
}
