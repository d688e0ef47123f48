//! From what is written on the command line to the files to read.

use super::args::FileArgs;
use crate::config::{absolute, below, fits, pattern};
use crate::finding::{Entry, Words};
use glob::Pattern;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

/// Kinds of file that are looked at while walking a folder.
const WALKED: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "shtml", "xhtml", "mht", "mhtml", "docx",
    "doc", "wps", "pdf", "xlsx", "xls",
];

/// One thing to read.
#[derive(Debug)]
pub(super) struct Input {
    /// Its path as shown.
    pub(super) path: String,
    /// Whether somebody named it; else it was met in a folder.
    pub(super) named: bool,
    /// Where it comes from.
    pub(super) from: Origin,
}

/// Where the bytes of an input come from.
#[derive(Debug)]
pub(super) enum Origin {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// Nowhere: a code and the reason.
    Nothing(&'static str, Words),
}

impl Input {
    /// What is told of it if it cannot be read.
    pub(super) fn failed(&self, code: &'static str, message: Words) -> Entry {
        Entry::Failed { path: self.path.clone(), code, message }
    }
}

/// Collects inputs: each file once, in the order in which it was first met.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    filter: Filter,
    found: Vec<Input>,
    seen: HashMap<PathBuf, usize>,
}

/// Which files are left out.
#[derive(Clone, Debug, Default)]
struct Filter {
    root: PathBuf,
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
    /// Whether files that are named are left out too.
    force: bool,
}

impl Filter {
    fn of(files: &FileArgs) -> Self {
        // Wrong patterns are refused before they come here.
        let patterns = |texts: &[String]| texts.iter().filter_map(|t| pattern(t).ok()).collect();
        Self {
            root: files.root.clone().unwrap_or_else(|| absolute(Path::new("."))),
            include: patterns(&files.include),
            exclude: patterns(&files.exclude),
            force: files.force_exclude,
        }
    }

    fn excludes(&self, path: &Path) -> bool {
        !self.exclude.is_empty()
            && below(&self.root, path).is_some_and(|path| fits(&self.exclude, &path))
    }

    fn admits(&self, path: &Path) -> bool {
        let included = self.include.is_empty()
            || below(&self.root, path).is_some_and(|path| fits(&self.include, &path));
        included && !self.excludes(path)
    }
}

impl Inputs {
    /// An empty collection that leaves out what `files` exclude.
    pub(super) fn new(files: &FileArgs) -> Self {
        Self { filter: Filter::of(files), ..Self::default() }
    }

    /// All inputs in order.
    pub(super) fn into_vec(self) -> Vec<Input> {
        self.found
    }

    /// Adds a path of the command line: a file, a folder, a pattern, or `-`.
    pub(super) fn argument(&mut self, path: &Path, stdin_name: &str) {
        let pattern = path.to_string_lossy();
        if pattern == "-" {
            self.push(path, stdin_name.to_owned(), true, Origin::Stdin);
        } else if pattern.contains(['*', '?', '[']) && path.symlink_metadata().is_err() {
            self.pattern(path, &pattern);
        } else {
            self.path(path);
        }
    }

    /// Adds a path as it is written, a file or a folder.
    pub(super) fn path(&mut self, path: &Path) {
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(_) if self.filter.force && !self.filter.admits(path) => {}
            Ok(_) => self.file(path, true),
            Err(error) => {
                let (code, words) = refused(path, &error);
                self.nothing(path, code, words);
            }
        }
    }

    fn pattern(&mut self, path: &Path, pattern: &str) {
        let matches: Vec<PathBuf> = glob::glob(pattern)
            .map(|paths| paths.filter_map(Result::ok).collect())
            .unwrap_or_default();
        if matches.is_empty() {
            self.nothing(path, "not-found", no_match());
        }
        for path in matches {
            self.path(&path);
        }
    }

    fn folder(&mut self, folder: &Path) {
        let mut walk = ignore::WalkBuilder::new(folder);
        walk.follow_links(true).require_git(false).git_global(false).sort_by_file_path(Path::cmp);
        let filter = self.filter.clone();
        walk.filter_entry(move |entry| entry.depth() == 0 || !filter.excludes(entry.path()));
        for entry in walk.build() {
            match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    if is_file && is_walked(entry.path()) && self.filter.admits(entry.path()) {
                        self.file(entry.path(), false);
                    }
                }
                Err(error) => self.walk_error(folder, &error),
            }
        }
    }

    /// A link that leads nowhere is passed over, a folder that may not be entered is a failure; a
    /// link back to a folder above is neither (and no error of the system).
    fn walk_error(&mut self, folder: &Path, error: &ignore::Error) {
        let Some(cause) = error.io_error() else { return };
        let path = path_of(error).unwrap_or(folder);
        let named = error.depth() == Some(0) || cause.kind() == io::ErrorKind::PermissionDenied;
        let (shown, words) = (shown(path), unreadable(cause));
        if named || is_walked(path) {
            self.push(path, shown, named, Origin::Nothing("unreadable", words));
        }
    }

    fn file(&mut self, path: &Path, named: bool) {
        self.push(path, shown(path), named, Origin::File(path.to_owned()));
    }

    fn nothing(&mut self, path: &Path, code: &'static str, words: Words) {
        self.push(path, shown(path), true, Origin::Nothing(code, words));
    }

    fn push(&mut self, key: &Path, path: String, named: bool, from: Origin) {
        match self.seen.get(&plain(key)).and_then(|index| self.found.get_mut(*index)) {
            Some(known) => known.named |= named,
            None => {
                self.seen.insert(plain(key), self.found.len());
                self.found.push(Input { path, named, from });
            }
        }
    }
}

/// The paths in a list: one a line, or separated by NUL (as `find -print0` writes them).
pub(super) fn listed(text: &str) -> Vec<PathBuf> {
    let separator: &[char] = if text.contains('\0') { &['\0'] } else { &['\n', '\r'] };
    let text = text.trim_start_matches('\u{feff}');
    text.split(separator).filter(|path| !path.is_empty()).map(PathBuf::from).collect()
}

fn is_walked(path: &Path) -> bool {
    let extension = extension(path);
    path.extension().is_none() || WALKED.contains(&extension.as_str())
}

fn extension(path: &Path) -> String {
    path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The path without `./` and doubled separators.
fn plain(path: &Path) -> PathBuf {
    let tidy: PathBuf = path.components().collect();
    tidy.strip_prefix(".").map(Path::to_owned).unwrap_or(tidy)
}

fn shown(path: &Path) -> String {
    plain(path).display().to_string()
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

fn words(zh: impl Into<String>, en: impl Into<String>) -> Words {
    Words { zh: zh.into(), en: en.into() }
}

fn not_found() -> Words {
    words("没有这个文件或文件夹；请核对路径", "no such file or folder; check the path")
}

fn no_match() -> Words {
    words("没有文件符合这个通配符", "no file matches this pattern")
}

/// The code and what is told of a path that somebody named and that cannot be read: it is not there,
/// or it is and leads nowhere.
pub(super) fn refused(path: &Path, error: &io::Error) -> (&'static str, Words) {
    let dangling = path.symlink_metadata().is_ok();
    match error.kind() == io::ErrorKind::NotFound && !dangling {
        true => ("not-found", not_found()),
        false => ("unreadable", unreadable(error)),
    }
}

/// What is told of a file the system does not let us read.
pub(super) fn unreadable(error: &io::Error) -> Words {
    match error.kind() {
        io::ErrorKind::NotFound => {
            words("无法读取：链接指向的文件不存在", "cannot be read: the link leads nowhere")
        }
        io::ErrorKind::PermissionDenied => {
            words("无法读取：没有权限", "cannot be read: permission denied")
        }
        _ => words(format!("无法读取：{error}"), format!("cannot be read: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn found(root: &Path, arguments: &[&str]) -> Vec<String> {
        let mut inputs = Inputs::default();
        for argument in arguments {
            inputs.argument(&root.join(argument), "<stdin>");
        }
        let tell = |input: Input| {
            let path = input.path.replace(&format!("{}/", root.display()), "");
            let kind = match input.from {
                Origin::File(_) => "",
                Origin::Stdin => " stdin",
                Origin::Nothing(code, _) => &format!(" {code}"),
            };
            format!("{path}{kind}{}", if input.named { " named" } else { "" })
        };
        inputs.into_vec().into_iter().map(tell).collect()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "年报").unwrap();
        }
        root
    }

    #[test]
    fn a_folder_is_walked_in_order_without_what_is_hidden_or_ignored() {
        let root = folder(&[
            "年报/乙.txt",
            "年报/甲.TXT",
            "年报/图.png",
            "年报/.隐.txt",
            "年报/弃.txt",
            "年报/无扩展名",
            "年报/文.docx",
            "年报/目录.txt/里.md",
        ]);
        fs::write(root.path().join("年报/.gitignore"), "弃.txt\n").unwrap();
        assert_eq!(
            found(root.path(), &["年报"]),
            ["年报/乙.txt", "年报/文.docx", "年报/无扩展名", "年报/甲.TXT", "年报/目录.txt/里.md",]
        );
    }

    #[test]
    fn a_file_that_is_named_and_met_is_read_once_as_named() {
        let root = folder(&["a/1.txt", "a/2.txt"]);
        assert_eq!(
            found(root.path(), &["a", "./a/2.txt", "a//2.txt"]),
            ["a/1.txt", "a/2.txt named"]
        );
    }

    #[test]
    fn what_is_not_there_is_told() {
        let root = folder(&["a.docx"]);
        assert_eq!(
            found(root.path(), &["无.txt", "无*.txt", "a.docx"]),
            ["无.txt not-found named", "无*.txt not-found named", "a.docx named"]
        );
    }

    #[test]
    fn patterns_are_matched_unless_a_file_is_called_so() {
        let root = folder(&["a1.txt", "a2.txt", "b[1].txt"]);
        assert_eq!(found(root.path(), &["a*.txt"]), ["a1.txt named", "a2.txt named"]);
        assert_eq!(found(root.path(), &["b[1].txt"]), ["b[1].txt named"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_may_lead_in_circles_or_nowhere() {
        use std::os::unix::fs::symlink;
        let root = folder(&["a/1.txt"]);
        symlink(root.path().join("a"), root.path().join("a/圈")).unwrap();
        symlink(root.path().join("无"), root.path().join("a/断.txt")).unwrap();
        assert_eq!(found(root.path(), &["a"]), ["a/1.txt", "a/断.txt unreadable"]);
        assert_eq!(found(root.path(), &["a/断.txt"]), ["a/断.txt unreadable named"]);
    }

    #[test]
    fn lists_may_be_lines_or_separated_by_nul() {
        assert_eq!(
            listed("a b.txt\r\n\n年报.txt\n"),
            [Path::new("a b.txt"), Path::new("年报.txt")]
        );
        assert_eq!(listed("a\nb.txt\0c.txt\0"), [Path::new("a\nb.txt"), Path::new("c.txt")]);
    }
}
