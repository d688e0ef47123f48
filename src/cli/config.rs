//! `gouji config`: the configuration in force, and where each value came from.

use super::check::Check;
use super::screen::Screen;
use super::{DONE, Trouble, cache, linter};
use crate::config::{Change, Config, Set};
use crate::finding::Lang;
use crate::text::{Lines, encoding};
use clap::Args;
use std::fmt::Display;
use std::io::Write;
use std::ops::Range;

/// 显示实际生效的配置和每个值的来处 / Show the configuration in force and where each value came from
#[derive(Clone, Debug, Args)]
pub(super) struct Show {
    #[command(flatten)]
    check: Check,
    /// As the command line gave it.
    #[arg(skip)]
    own: Option<Box<Check>>,
}

impl Show {
    pub(super) fn settle(&mut self) -> Result<(), Trouble> {
        self.own = Some(Box::new(self.check.clone()));
        self.check.settle()
    }

    pub(super) fn check(&self) -> &Check {
        &self.check
    }

    pub(super) fn run(
        &self,
        screen: &Screen,
        lang: Option<Lang>,
        mut out: Box<dyn Write + '_>,
    ) -> Result<u8, Trouble> {
        // A name that does not exist is told of here rather than at the first check.
        linter(&self.check.report, screen)?;
        let own = self.own.as_deref().unwrap_or(&self.check);
        let config = self.check.report.config.found().map(AsRef::as_ref);
        let text = Table::new(config, screen.lang()).written(own, lang);
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(DONE)
    }
}

/// The lines of the answer: TOML, with the source of each value behind it.
struct Table<'c> {
    config: Option<&'c Config>,
    lines: Lines,
    lang: Lang,
    out: String,
}

impl<'c> Table<'c> {
    fn new(config: Option<&'c Config>, lang: Lang) -> Self {
        let lines = Lines::new(config.map_or("", |config| &config.text));
        Self { config, lines, lang, out: String::new() }
    }

    fn written(mut self, own: &Check, lang: Option<Lang>) -> String {
        let none = self.lang.pick("# 没有配置文件\n", "# no configuration file\n").to_owned();
        let file = self.config.map(|config| format!("# {}\n", config.file.display()));
        self.out.push_str(&file.unwrap_or(none));
        let empty = Config::default();
        let c = self.config.unwrap_or(&empty);
        let (report, files) = (&own.report, &own.files);
        let flag = |on: bool| on.then_some(true);
        self.row("fail-on", own.fail_on.as_ref(), c.fail_on.as_ref(), "\"error\"", |v| {
            quoted(v.word())
        });
        self.row(
            "fail-on-unassessed",
            flag(own.fail_on_unassessed).as_ref(),
            c.fail_on_unassessed.as_ref(),
            "false",
            bool::to_string,
        );
        self.row("min-level", own.min_level.as_ref(), c.min_level.as_ref(), "\"info\"", |v| {
            quoted(v.word())
        });
        self.row(
            "strict",
            flag(files.strict).as_ref(),
            c.strict.as_ref(),
            "false",
            bool::to_string,
        );
        self.row(
            "allow-empty",
            flag(own.allow_empty).as_ref(),
            c.allow_empty.as_ref(),
            "false",
            bool::to_string,
        );
        self.row("include", some(&files.include), c.include.as_ref(), "[]", |v| list(v));
        self.row("exclude", some(&files.exclude), c.exclude.as_ref(), "[]", |v| list(v));
        self.row("year", report.year.as_ref(), c.year.as_ref(), "", i16::to_string);
        self.row("body", report.body.as_ref(), c.body.as_ref(), "", |v| quoted(v.published()));
        let label = report.encoding.map(|encoding| encoding.name().to_owned());
        let given = c.encoding.as_ref().map(|set| Set {
            value: encoding(&set.value).map_or(String::new(), |found| found.name().to_owned()),
            at: set.at.clone(),
        });
        self.row("encoding", label.as_ref(), given.as_ref(), "", |v: &String| quoted(v));
        self.row("as-of", report.as_of.as_ref(), c.as_of.as_ref(), "", ToString::to_string);
        let folders = |v: &Vec<std::path::PathBuf>| {
            list(&v.iter().map(|p| p.display().to_string()).collect::<Vec<_>>())
        };
        self.row("packs", some(&report.packs), c.packs.as_ref(), "[]", folders);
        self.row("pack", some(&report.pack), c.pack.as_ref(), "[]", |v| list(v));
        self.row("select", some(&report.select), c.select.as_ref(), "[]", |v| list(v));
        self.row("ignore", some(&report.ignore), c.ignore.as_ref(), "[]", |v| list(v));
        self.row("lang", lang.as_ref(), c.lang.as_ref(), "\"zh\"", |v| quoted(v.word()));
        self.row("jobs", files.jobs.as_ref(), c.jobs.as_ref(), "", u16::to_string);
        let path = |v: &std::path::PathBuf| quoted(v.display());
        match (&report.cache.cache_dir, cache::named()) {
            (None, Some(folder)) => {
                let line = format!("cache-dir = {}  # {}\n", path(&folder), cache::VARIABLE);
                self.out.push_str(&line);
            }
            (own, _) => {
                let default = cache::usual().map_or(String::new(), |folder| path(&folder));
                self.row("cache-dir", own.as_ref(), c.cache_dir.as_ref(), &default, path);
            }
        }
        self.row(
            "no-cache",
            flag(report.cache.no_cache).as_ref(),
            c.no_cache.as_ref(),
            "false",
            bool::to_string,
        );
        self.row("baseline", own.gate.baseline.as_ref(), c.baseline.as_ref(), "", path);
        self.row("waivers", own.gate.waivers.as_ref(), c.waivers.as_ref(), "", path);
        for change in c.levels.iter().flat_map(|set| &set.value.changes) {
            self.change(change);
        }
        if let Some(limits) = &c.limits {
            let from = self.place(&limits.at);
            let v = limits.value;
            let line = format!(
                "\n[limits]  # {from}\nbytes = {}\nlines = {}\nheadings = {}\ncells = {}\n",
                v.bytes, v.lines, v.headings, v.cells
            );
            self.out.push_str(&line);
        }
        self.out
    }

    /// One value; what is set nowhere and has no default is left out in a comment.
    fn row<T>(
        &mut self,
        key: &str,
        own: Option<&T>,
        given: Option<&Set<T>>,
        default: &str,
        show: impl Fn(&T) -> String,
    ) {
        let line = match (own, given) {
            (Some(value), _) => {
                let from = self.lang.pick("命令行", "command line");
                format!("{key} = {}  # {from}\n", show(value))
            }
            (None, Some(set)) => {
                format!("{key} = {}  # {}\n", show(&set.value), self.place(&set.at))
            }
            (None, None) if default.is_empty() => {
                format!("# {key}  # {}\n", self.lang.pick("没有设定", "not set"))
            }
            (None, None) => format!("{key} = {default}  # {}\n", self.lang.pick("默认", "default")),
        };
        self.out.push_str(&line);
    }

    fn change(&mut self, change: &Change) {
        let from = self.place(&change.at);
        let paths: Vec<String> = change.paths.iter().map(|path| path.as_str().to_owned()).collect();
        let paths = match paths.is_empty() {
            true => String::new(),
            false => format!("paths = {}\n", list(&paths)),
        };
        let (rule, reason) = (quoted(&change.rule), quoted(&change.reason));
        let level = quoted(change.word());
        self.out.push_str(&format!(
            "\n[[levels]]  # {from}\nrule = {rule}\nlevel = {level}\n{paths}reason = {reason}\n"
        ));
    }

    /// `gouji.toml:3`.
    fn place(&self, at: &Range<usize>) -> String {
        let file = self.config.map_or(String::new(), |config| config.file.display().to_string());
        format!("{file}:{}", self.lines.line_of(at.start) + 1)
    }
}

fn some<T>(list: &Vec<T>) -> Option<&Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// A TOML string: JSON's escapes are TOML's too.
fn quoted(text: impl Display) -> String {
    serde_json::Value::from(text.to_string()).to_string()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(quoted).collect::<Vec<_>>().join(", "))
}
