//! Which configuration a run goes by, and how it fills in what the command line leaves open.

use super::Trouble;
use super::args::{FileArgs, ReportArgs};
use crate::config::{self, Config, Set, absolute};
use crate::finding::{Lang, Words};
use crate::lint::Linter;
use crate::rule::PackFault;
use crate::text::encoding;
use crate::yaml::nearest;
use clap::Args;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Which configuration is used.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ConfigArgs {
    /// 配置文件；不写则从被检查的路径向上查找 gouji.toml / The configuration; else the nearest gouji.toml above the paths
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// 不用配置文件 / Use no configuration
    #[arg(long)]
    pub(super) no_config: bool,
    /// The one that was found.
    #[arg(skip)]
    found: Option<Arc<Config>>,
}

impl ConfigArgs {
    /// The configuration of the run, once it was looked for.
    pub(super) fn found(&self) -> Option<&Arc<Config>> {
        self.found.as_ref()
    }

    /// Looks for the configuration of a run over `paths`: above the folder of each, or above the
    /// current folder if there is none. A run goes by one configuration.
    ///
    /// # Errors
    /// Every fault of the configuration; paths that lie under different ones.
    pub(super) fn look(
        &mut self,
        paths: &[PathBuf],
        files: Option<&FileArgs>,
    ) -> Result<(), Trouble> {
        if self.no_config {
            return Ok(());
        }
        let file = match &self.config {
            Some(file) => Some(file.clone()),
            None => nearest_of(paths, files)?,
        };
        if let Some(file) = file {
            let config = Config::read(&shown(&file)).map_err(Trouble::Config)?;
            self.found = Some(Arc::new(config));
        }
        Ok(())
    }
}

fn nearest_of(paths: &[PathBuf], files: Option<&FileArgs>) -> Result<Option<PathBuf>, Trouble> {
    let mut folders: Vec<PathBuf> =
        paths.iter().filter_map(|path| folder_of(path, files)).collect();
    folders.sort();
    folders.dedup();
    if folders.is_empty() {
        folders.push(PathBuf::from("."));
    }
    let mut found = folders.iter().map(|folder| (folder, config::find(folder)));
    let Some((first, file)) = found.next() else { return Ok(None) };
    match found.find(|(_, other)| *other != file) {
        None => Ok(file),
        Some((other, another)) => Err(Trouble::Words(different((first, &file), (other, &another)))),
    }
}

fn different(a: (&Path, &Option<PathBuf>), b: (&Path, &Option<PathBuf>)) -> Words {
    let name = |file: &Option<PathBuf>, none: &str| {
        file.as_ref().map_or(none.to_owned(), |file| shown(file).display().to_string())
    };
    let (first, second) = (a.0.display(), b.0.display());
    Words {
        zh: format!(
            "{first} 和 {second} 不属于同一份配置（{}；{}）；请分别检查，或用 --config 指明、用 --no-config 不用配置",
            name(a.1, "没有"),
            name(b.1, "没有"),
        ),
        en: format!(
            "{first} and {second} go by different configurations ({}; {}); check them apart, name one with --config, or use --no-config",
            name(a.1, "none"),
            name(b.1, "none"),
        ),
    }
}

/// The folder from which the configuration for `path` is looked for.
fn folder_of(path: &Path, files: Option<&FileArgs>) -> Option<PathBuf> {
    let text = path.to_string_lossy();
    if text == "-" {
        let name = Path::new(files.map_or("", |files| files.stdin_filename.as_str()));
        return Some(parent(name).to_owned());
    }
    if path.is_dir() {
        return Some(path.to_owned());
    }
    let fixed = path.ancestors().find(|above| !above.to_string_lossy().contains(['*', '?', '[']));
    match fixed {
        Some(fixed) if fixed != path && !path.exists() => Some(fixed.to_owned()),
        _ => Some(parent(path).to_owned()),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file as it is shown: from the current folder if it lies below.
pub(super) fn shown(file: &Path) -> PathBuf {
    let here = absolute(Path::new("."));
    match absolute(file).strip_prefix(&here) {
        Ok(below) if !below.as_os_str().is_empty() => below.to_owned(),
        _ => file.to_owned(),
    }
}

/// What the configuration gives for an option that the command line leaves open.
pub(super) fn open<T: Clone>(own: &mut Option<T>, given: Option<&Set<T>>) {
    if own.is_none() {
        *own = given.map(|set| set.value.clone());
    }
}

fn open_list<T: Clone>(own: &mut Vec<T>, given: Option<&Set<Vec<T>>>) {
    if let (true, Some(set)) = (own.is_empty(), given) {
        own.clone_from(&set.value);
    }
}

impl ReportArgs {
    /// Looks for the configuration and takes from it what the command line leaves open.
    ///
    /// # Errors
    /// What [`ConfigArgs::look`] finds wrong.
    pub(super) fn settle(
        &mut self,
        paths: &[PathBuf],
        files: Option<&FileArgs>,
    ) -> Result<(), Trouble> {
        self.config.look(paths, files)?;
        let Some(config) = self.config.found().cloned() else { return Ok(()) };
        open(&mut self.year, config.year.as_ref());
        open(&mut self.body, config.body.as_ref());
        open(&mut self.as_of, config.as_of.as_ref());
        if self.encoding.is_none() {
            self.encoding = config.encoding.as_ref().and_then(|set| encoding(&set.value));
        }
        open_list(&mut self.packs, config.packs.as_ref());
        open_list(&mut self.pack, config.pack.as_ref());
        open_list(&mut self.select, config.select.as_ref());
        open_list(&mut self.ignore, config.ignore.as_ref());
        Ok(())
    }
}

impl FileArgs {
    /// Takes from the configuration what the command line leaves open.
    pub(super) fn settle(&mut self, config: Option<&Arc<Config>>) {
        let Some(config) = config else { return };
        open(&mut self.jobs, config.jobs.as_ref());
        open_list(&mut self.include, config.include.as_ref());
        open_list(&mut self.exclude, config.exclude.as_ref());
        self.strict |= config.strict.as_ref().is_some_and(|set| set.value);
        self.root = Some(config.root.clone());
    }
}

/// The names of rules and packs in the configuration that do not exist.
pub(super) fn unknown_names(config: &Config, linter: &Linter) -> Vec<PackFault> {
    let lists = [&config.select, &config.ignore, &config.pack].into_iter().flatten();
    let named = lists.flat_map(|set| set.value.iter().map(move |name| (name, &set.at)));
    let changes = config.levels.iter().flat_map(|set| &set.value.changes);
    let all: Vec<(&String, &Range<usize>)> =
        named.chain(changes.map(|change| (&change.rule, &change.at))).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let known = known_names(linter);
    let unknown = all.into_iter().filter(|(name, _)| !known.contains(name));
    unknown
        .map(|(name, at)| PackFault {
            file: config.file.display().to_string(),
            source: Arc::clone(&config.text),
            at: at.clone(),
            words: no_such(name, &known),
        })
        .collect()
}

/// All that a rule or pack may be called.
pub(super) fn known_names(linter: &Linter) -> Vec<String> {
    let rules = linter.rules();
    let names =
        rules.iter().flat_map(|rule| [rule.id.clone(), format!("{}/{}", rule.pack, rule.id)]);
    names.chain(linter.library().names().into_iter().map(str::to_owned)).collect()
}

/// What is told of a rule or pack that does not exist.
pub(super) fn no_such(name: &str, known: &[String]) -> Words {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = nearest(name, &known);
    let tell = |lang: Lang| match (lang, near) {
        (Lang::Zh, Some(near)) => format!("没有“{name}”这条规则或规则包，是否想写“{near}”？"),
        (Lang::Zh, None) => format!("没有“{name}”这条规则或规则包；用 gouji rules 列出全部规则"),
        (Lang::En, Some(near)) => format!("no rule or pack “{name}”; did you mean “{near}”?"),
        (Lang::En, None) => format!("no rule or pack “{name}”; gouji rules lists them all"),
    };
    Words { zh: tell(Lang::Zh), en: tell(Lang::En) }
}
