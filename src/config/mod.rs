//! Layer 6: the settings of a repository of reports, as `gouji.toml` gives them. A key is called
//! like the option of the command line that it stands in for.

pub(crate) mod levels;
mod limits;
mod toml;

pub use levels::{Change, Levels};
pub(crate) use levels::{filled, is_off};
pub use limits::Limits;
pub(crate) use toml::parse;

use crate::facts::Body;
use crate::finding::{FailOn, Lang, Level, Words};
use crate::rule::PackFault;
use crate::text::encoding;
use crate::yaml::{Fault, Faults, Fields, Node, unknown};
use glob::{MatchOptions, Pattern};
use std::io;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The name under which a configuration is looked for.
pub const FILE: &str = "gouji.toml";
/// The name of the file of waivers beside it.
pub const WAIVERS: &str = "gouji-waivers.toml";
/// The name of the baseline beside it.
pub const BASELINE: &str = "gouji-baseline.json";

/// A value and the bytes of the configuration that give it.
#[derive(Clone, Debug)]
pub struct Set<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub at: Range<usize>,
}

/// One configuration file; what it does not set is `None`.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file, as it is shown.
    pub file: PathBuf,
    /// Its folder, absolute: paths and patterns count from here.
    pub root: PathBuf,
    /// Its text.
    pub text: Arc<str>,
    /// Folders with packs of the user's own.
    pub packs: Option<Set<Vec<PathBuf>>>,
    /// Packs that are in force only if asked for.
    pub pack: Option<Set<Vec<String>>>,
    /// Only these rules.
    pub select: Option<Set<Vec<String>>>,
    /// Not these rules.
    pub ignore: Option<Set<Vec<String>>>,
    /// Files of folders that are read; all if it is not set.
    pub include: Option<Set<Vec<String>>>,
    /// Files of folders that are not read.
    pub exclude: Option<Set<Vec<String>>>,
    /// The report year.
    pub year: Option<Set<i16>>,
    /// The kind of body.
    pub body: Option<Set<Body>>,
    /// The encoding of the files, by its label.
    pub encoding: Option<Set<String>>,
    /// Today, for deadlines.
    pub as_of: Option<Set<jiff::civil::Date>>,
    /// The language of the output.
    pub lang: Option<Set<Lang>>,
    /// The least level that fails a run.
    pub fail_on: Option<Set<FailOn>>,
    /// Whether doubts fail a run.
    pub fail_on_unassessed: Option<Set<bool>>,
    /// Whether files of folders that are no reports are errors.
    pub strict: Option<Set<bool>>,
    /// Whether it is no error if no report is found.
    pub allow_empty: Option<Set<bool>>,
    /// The least level shown.
    pub min_level: Option<Set<Level>>,
    /// Files read at the same time.
    pub jobs: Option<Set<u16>>,
    /// The folder where text taken out of files is kept.
    pub cache_dir: Option<Set<PathBuf>>,
    /// Whether no text is kept.
    pub no_cache: Option<Set<bool>>,
    /// The baseline that findings are compared with.
    pub baseline: Option<Set<PathBuf>>,
    /// The file of waivers.
    pub waivers: Option<Set<PathBuf>>,
    /// Levels that differ from the rules' own.
    pub levels: Option<Set<Levels>>,
    /// The largest input that is read.
    pub limits: Option<Set<Limits>>,
}

/// The nearest configuration in `folder` or above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    let folder = absolute(folder);
    folder.ancestors().map(|above| above.join(FILE)).find(|file| file.is_file())
}

/// `path` from the root of the file system, without `.` and `..`, links not followed.
pub fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// `path` as patterns and baselines know it: below `root`, with `/`.
pub fn below(root: &Path, path: &Path) -> Option<String> {
    let path = absolute(path);
    let parts = path.strip_prefix(root).ok()?.components();
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Some(parts.join("/"))
}

/// Whether `path`, which [`below`] gave, fits one of `patterns`; a pattern for a folder fits all
/// that is in it.
pub fn fits(patterns: &[Pattern], path: &str) -> bool {
    let options = MatchOptions {
        case_sensitive: true,
        require_literal_separator: true,
        require_literal_leading_dot: false,
    };
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    let prefixes: Vec<&str> = ends.map(|end| crate::text::piece(path, 0, end)).collect();
    patterns
        .iter()
        .any(|pattern| prefixes.iter().any(|prefix| pattern.matches_with(prefix, options)))
}

/// The pattern that `text` gives: `**/` may be left out in front of a name without `/`.
///
/// # Errors
/// What is wrong with it.
pub fn pattern(text: &str) -> Result<Pattern, Words> {
    let trimmed = text.trim_start_matches("./").trim_end_matches('/');
    let whole = match trimmed.contains('/') {
        true => trimmed.to_owned(),
        false => format!("**/{trimmed}"),
    };
    Pattern::new(&whole).map_err(|error| Words {
        zh: format!("通配符“{text}”有误：{}", error.msg),
        en: format!("the pattern “{text}” is wrong: {}", error.msg),
    })
}

impl Config {
    /// Reads `file`.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn read(file: &Path) -> Result<Self, Vec<PackFault>> {
        let shown = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| vec![unread(&shown, &error)])?;
        let root = absolute(file).parent().unwrap_or(Path::new("/")).to_owned();
        let text: Arc<str> = text.into();
        let mut faults = Faults::default();
        let mut config = Self { file: file.to_owned(), root, text, ..Self::default() };
        match parse(&Arc::clone(&config.text)) {
            Ok(node) => config.decode(&node, &mut faults),
            Err(found) => faults.found = found,
        }
        match located(faults, &shown, &config.text) {
            faults if faults.is_empty() => Ok(config),
            faults => Err(faults),
        }
    }

    fn decode(&mut self, root: &Node, faults: &mut Faults) {
        let Some(mut fields) = Fields::of(root, faults) else { return };
        let folder = self.root.clone();
        let path =
            |node: &Node, faults: &mut Faults| node.want_text(faults).map(|text| folder.join(text));
        let paths = |node: &Node, faults: &mut Faults| {
            Some(node.want_texts(faults).iter().map(|text| folder.join(text)).collect())
        };
        let texts = |node: &Node, faults: &mut Faults| Some(node.want_texts(faults));
        let truth = |node: &Node, faults: &mut Faults| Some(node.want_bool(faults));
        self.packs = set(fields.get("packs"), faults, paths);
        self.pack = set(fields.get("pack"), faults, texts);
        self.select = set(fields.get("select"), faults, texts);
        self.ignore = set(fields.get("ignore"), faults, texts);
        self.include = set(fields.get("include"), faults, patterns);
        self.exclude = set(fields.get("exclude"), faults, patterns);
        self.year =
            set(fields.get("year"), faults, |node, faults| ranged(node, 1990, 2099, faults));
        self.body =
            set(fields.get("body"), faults, |n, f| word(n, Body::WORDS, Body::from_word, f));
        self.encoding = set(fields.get("encoding"), faults, label);
        self.as_of = set(fields.get("as-of"), faults, date);
        self.lang =
            set(fields.get("lang"), faults, |n, f| word(n, Lang::WORDS, Lang::from_word, f));
        self.fail_on =
            set(fields.get("fail-on"), faults, |n, f| word(n, FailOn::WORDS, FailOn::from_word, f));
        self.fail_on_unassessed = set(fields.get("fail-on-unassessed"), faults, truth);
        self.strict = set(fields.get("strict"), faults, truth);
        self.allow_empty = set(fields.get("allow-empty"), faults, truth);
        self.min_level =
            set(fields.get("min-level"), faults, |n, f| word(n, Level::WORDS, Level::from_word, f));
        self.jobs = set(fields.get("jobs"), faults, |node, faults| ranged(node, 1, 1024, faults));
        self.cache_dir = set(fields.get("cache-dir"), faults, path);
        self.no_cache = set(fields.get("no-cache"), faults, truth);
        self.baseline = set(fields.get("baseline"), faults, path);
        self.waivers = set(fields.get("waivers"), faults, path);
        self.levels = set(fields.get("levels"), faults, |n, f| Some(Levels::decode(n, f)));
        self.limits = set(fields.get("limits"), faults, Limits::decode);
        fields.finish_settings(faults);
    }
}

fn set<T>(
    node: Option<&Node>,
    faults: &mut Faults,
    read: impl FnOnce(&Node, &mut Faults) -> Option<T>,
) -> Option<Set<T>> {
    let node = node?;
    read(node, faults).map(|value| Set { value, at: node.at.clone() })
}

fn word<T>(
    node: &Node,
    words: &[&str],
    read: fn(&str) -> Option<T>,
    faults: &mut Faults,
) -> Option<T> {
    let text = node.want_text(faults)?;
    let value = read(&text);
    if value.is_none() {
        unknown(&node.at, &text, words, faults);
    }
    value
}

fn ranged<T: TryFrom<u32>>(node: &Node, from: u32, to: u32, faults: &mut Faults) -> Option<T> {
    let number = node.want_number(faults)?;
    if !(from..=to).contains(&number) {
        let (zh, en) = (format!("应在 {from} 到 {to} 之间"), format!("wanted from {from} to {to}"));
        faults.push(&node.at, zh, en);
        return None;
    }
    T::try_from(number).ok()
}

pub(crate) fn date(node: &Node, faults: &mut Faults) -> Option<jiff::civil::Date> {
    let text = node.want_text(faults)?;
    let date = text.parse().ok();
    if date.is_none() {
        faults.push(&node.at, "应为 2024-01-31 这样的日期", "a date like 2024-01-31 is wanted");
    }
    date
}

fn label(node: &Node, faults: &mut Faults) -> Option<String> {
    let text = node.want_text(faults)?;
    if encoding(&text).is_none() {
        let zh = "没有这种编码（utf-8、gbk、gb18030、utf-16le 等）";
        faults.push(&node.at, zh, "no such encoding (utf-8, gbk, gb18030, utf-16le …)");
        return None;
    }
    Some(text)
}

/// Patterns as they are written, checked.
fn patterns(node: &Node, faults: &mut Faults) -> Option<Vec<String>> {
    for item in node.items() {
        if let Some(Err(words)) = item.want_text(faults).map(|text| pattern(&text)) {
            faults.push(&item.at, words.zh, words.en);
        }
    }
    Some(node.items().iter().filter_map(|item| item.text().map(str::to_owned)).collect())
}

/// The patterns of a list, compiled.
pub(crate) fn compiled(node: &Node, faults: &mut Faults) -> Vec<Pattern> {
    let texts = patterns(node, faults).unwrap_or_default();
    texts.iter().filter_map(|text| pattern(text).ok()).collect()
}

pub(crate) fn located(faults: Faults, file: &str, text: &Arc<str>) -> Vec<PackFault> {
    let fault = |fault: Fault| PackFault {
        file: file.to_owned(),
        source: Arc::clone(text),
        at: fault.at,
        words: fault.words,
    };
    let mut faults: Vec<PackFault> = faults.found.into_iter().map(fault).collect();
    faults.sort_by_key(|fault| fault.at.start);
    faults
}

pub(crate) fn unread(file: &str, error: &io::Error) -> PackFault {
    PackFault {
        file: file.to_owned(),
        source: "".into(),
        at: 0..0,
        words: Words { zh: format!("读不了：{error}"), en: format!("cannot be read: {error}") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        std::fs::write(&file, text).unwrap();
        let told = |fault: PackFault| format!("{} {}", &text[fault.at], fault.words.zh);
        Config::read(&file).map_err(|faults| faults.into_iter().map(told).collect())
    }

    #[test]
    fn an_empty_list_is_a_choice_and_an_unknown_key_a_fault_whatever_it_holds() {
        assert!(read("select = []\n").is_ok());
        let faults = read("selekt = []\n").unwrap_err();
        assert!(faults[0].starts_with("selekt "), "{faults:?}");
    }

    #[test]
    fn what_is_set_is_read_and_paths_count_from_the_file() {
        let config = read("fail-on = 'warning'\npacks = ['rules']\nyear = 2022\n").unwrap();
        assert_eq!(config.fail_on.unwrap().value, FailOn::Warning);
        assert_eq!(config.packs.unwrap().value, [config.root.join("rules")]);
        assert_eq!(config.year.unwrap().value, 2022);
        assert!(config.strict.is_none());
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        let text =
            "fail-onn = 'error'\nyear = 22\nlang = 'chinese'\nstrict = 1\ninclude = ['a[']\n";
        let faults = read(text).unwrap_err();
        assert_eq!(faults.len(), 5, "{faults:#?}");
        for (start, word) in [
            ("fail-onn", "fail-on"),
            ("22", "1990"),
            ("'chinese'", "zh"),
            ("1", "true"),
            ("'a['", "通配符"),
        ] {
            let told = |fault: &&String| fault.starts_with(start) && fault.contains(word);
            assert!(faults.iter().any(|fault| told(&fault)), "{start} {word}: {faults:#?}");
        }
    }

    #[test]
    fn patterns_fit_folders_names_and_paths() {
        let fits = |text: &str, path| fits(&[pattern(text).unwrap()], path);
        assert!(fits("草稿", "2022/草稿/甲.txt") && fits("草稿/", "草稿/甲.txt"));
        assert!(fits("*.bak", "a/b.bak") && !fits("*.bak", "a/b.txt"));
        assert!(fits("2022/*.txt", "2022/甲.txt") && !fits("2022/*.txt", "2022/乙/甲.txt"));
        assert!(fits("2022/**", "2022/乙/甲.txt") && !fits("2022/**", "x/2022/甲.txt"));
    }

    #[test]
    fn a_path_is_plain_and_below_its_root() {
        let root = absolute(Path::new("."));
        assert_eq!(below(&root, Path::new("./a/../b/c.txt")).as_deref(), Some("b/c.txt"));
        assert_eq!(below(&root.join("b"), Path::new("a/c.txt")), None);
    }
}
