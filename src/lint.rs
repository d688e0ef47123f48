//! Layer 6: the whole program on one screen: bytes → document → facts → rules → findings.

use crate::config::{Change, Levels, Limits, below, is_off, levels};
use crate::document::{Document, Table};
use crate::facts::{self, Body, Facts, Identity};
use crate::finding::{Assessment, Entry, Finding, Lang, Words};
use crate::profile::Profile;
use crate::read::{self, Cache, ReadError};
use crate::rule::{self, Comparing, InForce, Library, PackFault, Reading, Rule, RuleInfo};
use crate::years::Ledger;
use encoding_rs::Encoding;
use std::path::{Path, PathBuf};

/// What a run was asked to do.
#[derive(Debug)]
pub struct Options {
    /// Take this as every report's year.
    pub year: Option<i16>,
    /// Take this as every report's kind of body.
    pub body: Option<Body>,
    /// Today, for deadlines.
    pub as_of: jiff::civil::Date,
    /// Decode with this instead of detecting.
    pub encoding: Option<&'static Encoding>,
    /// Language of everything people read.
    pub lang: Lang,
    /// Folders with packs of the user's own.
    pub pack_dirs: Vec<PathBuf>,
    /// Whether the built-in packs are in force without being asked for.
    pub builtin: bool,
    /// Packs that are in force only if asked for.
    pub packs: Vec<String>,
    /// Run only these rules (`rule`, `pack/rule`, or a pack); all if empty.
    pub select: Vec<String>,
    /// Leave these out.
    pub ignore: Vec<String>,
    /// Levels other than the rules' own, and the folder that their paths count from.
    pub levels: Option<(PathBuf, Levels)>,
    /// The largest report that is read.
    pub limits: Limits,
    /// The folder where text taken out of Word, Excel and PDF files is kept, if it is.
    pub cache: Option<PathBuf>,
}

impl Options {
    /// Nothing special, with `as_of` as today.
    pub fn new(as_of: jiff::civil::Date) -> Self {
        Self {
            year: None,
            body: None,
            as_of,
            encoding: None,
            lang: Lang::Zh,
            pack_dirs: Vec::new(),
            builtin: true,
            packs: Vec::new(),
            select: Vec::new(),
            ignore: Vec::new(),
            levels: None,
            limits: Limits::default(),
            cache: None,
        }
    }
}

/// A linter with its packs, shared by all threads.
#[derive(Debug)]
pub struct Linter {
    options: Options,
    library: Library,
    cache: Option<Cache>,
}

impl Linter {
    /// Loads the packs.
    ///
    /// # Errors
    /// Every fault of every pack.
    pub fn new(options: Options) -> Result<Self, Vec<PackFault>> {
        let mut files = rule::builtin();
        let mut unread = Vec::new();
        for (index, path) in options.pack_dirs.iter().enumerate() {
            files.extend(rule::from_path(path, index + 1, &mut unread));
        }
        let library = match (Library::new(files), unread.is_empty()) {
            (Ok(library), true) => library,
            (Ok(library), false) => return Err([unread, library.faults()].concat()),
            (Err(faults), _) => return Err([unread, faults].concat()),
        };
        let library = if options.builtin { library } else { library.without_builtin() };
        // Built-in rules are judged by the tests; those of the user here and now.
        let mut faults = if options.pack_dirs.is_empty() { Vec::new() } else { library.faults() };
        if faults.is_empty() && !(options.pack_dirs.is_empty() && options.packs.is_empty()) {
            faults = rule::contradictions(&library, &options.packs);
        }
        let cache = options.cache.as_deref().map(Cache::in_folder);
        if faults.is_empty() { Ok(Self { options, library, cache }) } else { Err(faults) }
    }

    /// All rules of all packs, whatever is selected.
    pub fn rules(&self) -> Vec<RuleInfo> {
        rule::infos(&self.library, self.options.lang)
    }

    /// The pack called `name`, with those of its rules that are selected.
    pub fn about(&self, name: &str) -> Option<rule::PackInfo> {
        let mut info = rule::about(&self.library, name, self.options.lang)?;
        let pack = self.library.named(name)?;
        let selected =
            |id: &str| pack.rules.iter().any(|rule| rule.id == id && self.wants(name, rule));
        info.rules.retain(|rule| selected(&rule.id));
        Some(info)
    }

    /// The packs.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// What the run was asked to do.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Judges one report.
    pub fn check(&self, path: &str, bytes: &[u8]) -> Entry {
        self.judge(path, bytes, false).unwrap_or_else(|failed| (failed, None)).0
    }

    /// Judges one report, and keeps of it what comparing it with others needs.
    ///
    /// # Errors
    /// [`Entry::Failed`] with the reason.
    pub fn check_and_keep(
        &self,
        path: &str,
        bytes: &[u8],
    ) -> Result<(Entry, Option<Ledger>), Entry> {
        self.judge(path, bytes, true)
    }

    fn judge(
        &self,
        path: &str,
        bytes: &[u8],
        keep: bool,
    ) -> Result<(Entry, Option<Ledger>), Entry> {
        let (document, identity, year) = self.open(path, bytes, self.options.year)?;
        let (facts, packs) = self.see(&document, identity, year)?;
        let changes = self.changes(path);
        let wanted =
            |pack: &str, rule: &Rule| self.wants(pack, rule) && !is_off(&changes, pack, &rule.id);
        if !packs.iter().any(|p| p.pack.rules.iter().any(|rule| wanted(&p.pack.name, rule))) {
            let zh = format!("选用和停用规则之后，没有一条规则适用于{year}年度的报告");
            let en = format!(
                "with the rules selected and turned off, none governs reports about {year}"
            );
            return Err(failed(path, "no-rules", zh, en));
        }
        let mut notes = self.notes(year, &packs);
        let remarks = document.remarks.iter().filter_map(|remark| read::remark(*remark));
        notes.extend(remarks.map(|words| words.to(self.options.lang).to_owned()));
        let mut judged =
            rule::judge(&facts, year, &packs, &wanted, self.options.as_of, self.options.lang);
        levels::apply(&changes, &mut judged.findings);
        let ledger = keep.then(|| self.ledger(&facts, year, &packs, bytes));
        let organ = facts.identity.organ.as_ref().map(|organ| organ.value.clone());
        let body = facts.identity.body.map(Body::published);
        let packs = packs.iter().map(|pack| pack.pack.name.clone()).collect();
        drop(facts);
        let span = |table: &Table| document.source.in_file(document.folded.source(table.at));
        let tables = document.tables.iter().map(span).collect();
        let entry = Entry::Report(Box::new(Assessment {
            year: Some(year),
            organ,
            body,
            packs,
            findings: judged.findings,
            unassessed: judged.unassessed,
            notes,
            tables,
            ..Assessment::of(document.source, document.format)
        }));
        Ok((entry, ledger))
    }

    /// Keeps of a report that is not judged what comparing another with it needs; nothing if its
    /// year is not wanted.
    ///
    /// # Errors
    /// [`Entry::Failed`] with the reason.
    pub fn keep(
        &self,
        path: &str,
        bytes: &[u8],
        wanted: &dyn Fn(i16) -> bool,
    ) -> Result<Option<Ledger>, Entry> {
        let (document, identity, year) = self.open(path, bytes, None)?;
        if !wanted(year) {
            return Ok(None);
        }
        let (facts, packs) = self.see(&document, identity, year)?;
        Ok(Some(self.ledger(&facts, year, &packs, bytes)))
    }

    fn ledger(&self, facts: &Facts<'_>, year: i16, packs: &[InForce<'_>], bytes: &[u8]) -> Ledger {
        let wanted = |pack: &str, rule: &Rule| self.wants(pack, rule);
        let memo = rule::keep(Reading { facts, year }, self.comparing(packs, &wanted));
        Ledger::new(facts, year, memo, bytes)
    }

    /// How reports are compared in this run.
    pub(crate) fn comparing<'a>(
        &'a self,
        packs: &'a [InForce<'a>],
        wanted: &'a dyn Fn(&str, &Rule) -> bool,
    ) -> Comparing<'a> {
        let Options { as_of, lang, .. } = self.options;
        Comparing { packs, wanted, as_of, lang }
    }

    /// Reads a report and finds out which it is.
    ///
    /// # Errors
    /// [`Entry::Failed`] if it cannot be read, is none, or is about nobody knows which year.
    pub(crate) fn open(
        &self,
        path: &str,
        bytes: &[u8],
        year: Option<i16>,
    ) -> Result<(Document, Identity, i16), Entry> {
        let document = self.read(path, bytes)?;
        let identity = self.identity(&document, year);
        if !identity.is_report {
            return Err(failed(
                path,
                "not-a-report",
                "未识别为政府信息公开工作年度报告",
                "not recognised as an annual report",
            ));
        }
        let Some(year) = identity.year.as_ref().map(|year| year.value) else {
            let zh = "看不出是哪一年度的报告；请用 --year 指明";
            let en = "the report year cannot be told; give it with --year";
            return Err(failed(path, "no-year", zh, en));
        };
        Ok((document, identity, year))
    }

    /// Sees a report through the packs of its year, and through those of the forms it uses.
    ///
    /// # Errors
    /// [`Entry::Failed`] if no pack governs its year.
    pub(crate) fn see<'d>(
        &self,
        document: &'d Document,
        identity: Identity,
        year: i16,
    ) -> Result<(Facts<'d>, Vec<InForce<'_>>), Entry> {
        let mut packs = self.library.select(year, identity.academic, &self.options.packs);
        if packs.is_empty() {
            let zh = format!("没有适用于{year}年度的规则包");
            let en = format!("no pack governs reports about {year}");
            return Err(failed(&document.source.path, "no-pack", zh, en));
        }
        let facts = facts::gather(document, identity, &union(&packs), self.library.vocabulary());
        self.library.bring_in(&mut packs, &facts.tables);
        Ok((facts, packs))
    }

    /// Reads one file as a document.
    ///
    /// # Errors
    /// [`Entry::Failed`] with the reason.
    pub fn read(&self, path: &str, bytes: &[u8]) -> Result<Document, Entry> {
        let (encoding, vocabulary) = (self.options.encoding, self.library.vocabulary());
        let document = read::read(path, bytes, encoding, vocabulary, self.cache.as_ref())
            .map_err(|error| unread(path, &error))?;
        match self.options.limits.exceeded(&document) {
            Some((what, limit)) => Err(unread(path, &ReadError::Limit { what, limit })),
            None => Ok(document),
        }
    }

    /// Whether the selection and the configuration leave a rule in force for the file at `path`.
    pub(crate) fn wants_in(&self, path: &str, pack: &str, rule: &Rule) -> bool {
        self.wants(pack, rule) && !is_off(&self.changes(path), pack, &rule.id)
    }

    /// Gives findings about the file at `path` the levels of the configuration.
    pub(crate) fn relevel(&self, path: &str, findings: &mut [Finding]) {
        levels::apply(&self.changes(path), findings);
    }

    /// The changes of levels for the file at `path`.
    fn changes(&self, path: &str) -> Vec<&Change> {
        let Some((root, levels)) = &self.options.levels else { return Vec::new() };
        levels.of(below(root, Path::new(path)).as_deref())
    }

    /// Everything that was read of a document, for `gouji facts`.
    pub fn facts<'d>(&self, document: &'d Document) -> Facts<'d> {
        let identity = self.identity(document, self.options.year);
        let year = identity.year.as_ref().map_or(0, |year| year.value);
        let packs = self.library.select(year, identity.academic, &self.options.packs);
        facts::gather(document, identity, &union(&packs), self.library.vocabulary())
    }

    fn identity(&self, document: &Document, year: Option<i16>) -> Identity {
        let mut identity = facts::identity(document);
        if let Some(year) = year {
            let at = identity.year.as_ref().map_or(document.anchor(), |year| year.at);
            identity.year = Some(facts::Fact { value: year, at });
        }
        identity.body = self.options.body.or(identity.body);
        identity
    }

    /// What a reader should know of the packs in force.
    fn notes(&self, year: i16, packs: &[InForce<'_>]) -> Vec<String> {
        let lang = self.options.lang;
        let mut notes = Vec::new();
        for name in &self.options.packs {
            if packs.iter().all(|pack| pack.pack.name != *name) {
                let zh = format!("规则包 {name} 不适用于{year}年度，没有启用");
                let en =
                    format!("pack {name} does not govern reports about {year} and is not in force");
                notes.push(lang.pick(&zh, &en).to_owned());
            }
        }
        for pack in packs.iter().filter(|pack| !pack.by_year) {
            let title = pack.pack.title.to(lang);
            let zh =
                format!("表格用了“{title}”的格式，一并按规则包 {} 核对其中的数字", pack.pack.name);
            let en = format!(
                "a table is on the form of “{title}”; its figures are judged by pack {}",
                pack.pack.name
            );
            notes.push(lang.pick(&zh, &en).to_owned());
        }
        notes
    }

    /// Whether `--select` and `--ignore` leave a rule in force.
    pub(crate) fn wants(&self, pack: &str, rule: &Rule) -> bool {
        let named = |list: &[String]| {
            list.iter().any(|name| {
                let full = name.strip_prefix(pack).and_then(|rest| rest.strip_prefix('/'));
                name == pack || *name == rule.id || full == Some(&rule.id)
            })
        };
        let Options { select, ignore, .. } = &self.options;
        (select.is_empty() || named(select)) && !named(ignore)
    }
}

/// The sections and forms of all packs in force.
fn union(packs: &[InForce<'_>]) -> Profile {
    let mut profile = Profile::default();
    for pack in packs {
        profile.sections.extend(pack.pack.profile.sections.iter().cloned());
        profile.forms.extend(pack.pack.profile.forms.iter().cloned());
    }
    profile
}

/// A failure of the file at `path`.
pub(crate) fn failed(
    path: &str,
    code: &'static str,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Entry {
    let message = Words { zh: zh.into(), en: en.into() };
    Entry::Failed { path: path.to_owned(), code, message }
}

fn unread(path: &str, error: &ReadError) -> Entry {
    let (code, message) = read::words(error);
    Entry::Failed { path: path.to_owned(), code, message }
}
