//! Layer 6: the examples of rules and of changes of level, judged; and whole reports that no rule
//! may find anything in.

use crate::facts;
use crate::finding::{Finding, Lang, Level};
use crate::profile::Profile;
use crate::read::read_text;
use crate::rule::{
    self, Change, Effect, Example, InForce, Library, Pack, PackFault, PackFile, Rule,
};
use crate::text::Span;
use std::ops::Range;

/// What became of one example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It must pass, and nothing was found.
    Validated,
    /// It must fail, and exactly what is marked was found.
    Reported,
    /// It must pass, and something was found; or more was found than is marked.
    Noisy,
    /// It must fail, and a mark was not found.
    Missing,
}

impl Verdict {
    /// Whether the example is judged as it says.
    pub fn is_right(self) -> bool {
        matches!(self, Self::Validated | Self::Reported)
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Validated => "validated",
            Self::Reported => "reported",
            Self::Noisy => "noisy",
            Self::Missing => "missing",
        }
    }
}

/// Something that was found in an example.
#[derive(Clone, Debug)]
pub struct Found {
    /// The rule, as `pack/rule`.
    pub rule: String,
    /// Where, in the example without its marks.
    pub span: Span,
    /// What it says.
    pub message: String,
}

/// One example with its verdict.
#[derive(Debug)]
pub struct Judgement {
    /// The pack the rule was judged in.
    pub pack: String,
    /// The rule.
    pub rule: String,
    /// The file as it is shown.
    pub file: String,
    /// The line of the example in its file, from 1.
    pub line: usize,
    /// Whether the rule is on trial.
    pub preview: bool,
    /// Whether all rules were run over the example, as over a whole report.
    pub by_all: bool,
    /// The example.
    pub example: Example,
    /// What became of it.
    pub verdict: Verdict,
    /// What was found, and where.
    pub found: Vec<Found>,
}

/// Judges the examples of a rule file in the pack that holds it.
///
/// # Errors
/// The faults of the file.
pub fn verify(
    library: &Library,
    pack: &str,
    file: &PackFile,
) -> Result<Vec<Judgement>, Vec<PackFault>> {
    let examples = rule::examples(file)?;
    let Some(pack) = library.named(pack) else { return Ok(Vec::new()) };
    let Some(rule) = pack.rules.iter().find(|rule| rule.file == file.path) else {
        return Ok(Vec::new());
    };
    let alone = |_: &str, other: &Rule| other.file == rule.file;
    let judge = |example: Example| {
        let found = findings(library, &[own(pack)], &alone, &example);
        judgement(pack, file, rule, example, found)
    };
    Ok(examples.into_iter().map(judge).collect())
}

/// Runs all rules of the packs called `tested` over the whole reports among the examples of all
/// packs: what any of them finds is noise.
///
/// # Errors
/// The faults of files with examples.
pub fn whole_reports(
    library: &Library,
    tested: &[String],
) -> Result<Vec<Judgement>, Vec<PackFault>> {
    let mut judgements = Vec::new();
    for (name, file) in library.rule_files() {
        // Reading all examples takes long, and few are whole reports.
        if !file.text.contains("whole:") {
            continue;
        }
        let Some(pack) = library.named(name) else { continue };
        let Some(rule) = pack.rules.iter().find(|rule| rule.file == file.path) else { continue };
        for example in rule::examples(file)?.into_iter().filter(|example| example.whole) {
            let year = year_of(library, pack, &example);
            let asked = [tested, std::slice::from_ref(&pack.name)].concat();
            let packs = library.select(year, false, &asked);
            let wanted = |pack: &str, _: &Rule| tested.iter().any(|name| name == pack);
            let found = findings(library, &packs, &wanted, &example);
            let judged = judgement(pack, file, rule, example, found);
            judgements.push(Judgement { by_all: true, ..judged });
        }
    }
    Ok(judgements)
}

fn judgement(
    pack: &Pack,
    file: &PackFile,
    rule: &Rule,
    example: Example,
    found: Vec<Finding>,
) -> Judgement {
    let found: Vec<Found> = found.into_iter().map(told).collect();
    Judgement {
        pack: pack.name.clone(),
        rule: rule.id.clone(),
        file: file.shown.clone(),
        line: line(&file.text, example.at),
        preview: rule.preview,
        by_all: false,
        verdict: verdict(&example, &found),
        example,
        found,
    }
}

/// Judges the examples of the changes of level that `pack` makes: in one that fails, what is
/// marked is found at the new level; in one that passes, nothing is found at that level.
pub fn verify_changes(library: &Library, pack: &Pack) -> Vec<Judgement> {
    let text = library.pack_file(&pack.name).map_or("", |file| file.text.as_ref());
    let mut judgements = Vec::new();
    for change in pack.changes.iter().filter(|change| change.pack == pack.name) {
        for example in &change.examples {
            let year = year_of(library, pack, example);
            let packs = library.select(year, false, std::slice::from_ref(&pack.name));
            let only = |_: &str, rule: &Rule| rule.file == change.target;
            let mut found = findings(library, &packs, &only, example);
            let levels = new_levels(change);
            found.retain(|finding| levels.contains(&finding.level));
            let found: Vec<Found> = found.into_iter().map(told).collect();
            judgements.push(Judgement {
                pack: pack.name.clone(),
                rule: change.rule.clone(),
                file: change.file.clone(),
                line: line(text, example.at),
                preview: false,
                by_all: false,
                verdict: verdict(example, &found),
                example: example.clone(),
                found,
            });
        }
    }
    judgements
}

fn new_levels(change: &Change) -> Vec<Level> {
    let all = [Level::Error, Level::Warning, Level::Info];
    match &change.effect {
        Effect::Off => Vec::new(),
        Effect::Level(levels) => all.into_iter().filter(|level| levels.has(*level)).collect(),
    }
}

fn told(finding: Finding) -> Found {
    let rule = format!("{}/{}", finding.pack, finding.rule);
    Found { rule, span: finding.place.span, message: finding.message }
}

/// A pack by itself, as it judges its own examples.
fn own(pack: &Pack) -> InForce<'_> {
    let forms = pack.profile.forms.iter().map(|form| form.id.clone()).collect();
    InForce { pack, forms, by_year: true }
}

/// The year an example stands for: the one it gives, the one it names, or its pack's last.
fn year_of(library: &Library, pack: &Pack, example: &Example) -> i16 {
    let written = || {
        let document = read_text("example.md", &example.text, library.vocabulary());
        facts::identity(&document).year.map(|year| year.value)
    };
    let own = pack.years.to.or(pack.years.from);
    example.year.or_else(written).or(own).unwrap_or(2021)
}

fn findings(
    library: &Library,
    packs: &[InForce<'_>],
    wanted: &dyn Fn(&str, &Rule) -> bool,
    example: &Example,
) -> Vec<Finding> {
    let Some(first) = packs.first() else { return Vec::new() };
    let document = read_text("example.md", &example.text, library.vocabulary());
    let mut identity = facts::identity(&document);
    let year = year_of(library, first.pack, example);
    if let Some(body) = example.body {
        identity.body = Some(body);
    }
    identity.year = identity.year.or(Some(facts::Fact { value: year, at: document.anchor() }));
    // Examples use the names of their own pack; sections and titles come from all packs of the year.
    let mut profile = Profile::default();
    let others = library.select(year, false, &[]);
    let known = packs.iter().map(|pack| pack.pack).chain(others.iter().map(|other| other.pack));
    for known in known {
        profile.sections.extend(known.profile.sections.iter().cloned());
        profile.forms.extend(known.profile.forms.iter().cloned());
    }
    let facts = facts::gather(&document, identity, &profile, library.vocabulary());
    let as_of = jiff::civil::date(2099, 12, 31);
    rule::judge(&facts, year, packs, wanted, as_of, Lang::Zh).findings
}

fn verdict(example: &Example, found: &[Found]) -> Verdict {
    let places = in_order(found.iter().map(|found| found.span.range()).collect());
    let marks = in_order(example.marks.clone());
    match () {
        () if !example.fails && found.is_empty() => Verdict::Validated,
        () if !example.fails => Verdict::Noisy,
        () if places == marks && !marks.is_empty() => Verdict::Reported,
        () if marks.iter().all(|mark| places.contains(mark)) && !marks.is_empty() => Verdict::Noisy,
        () => Verdict::Missing,
    }
}

fn in_order(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, place.end));
    places
}

/// The line of byte `at`, from 1.
fn line(text: &str, at: usize) -> usize {
    crate::text::piece(text, 0, at).matches('\n').count() + 1
}
