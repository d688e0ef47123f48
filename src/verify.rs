//! Layer 6: a rule's own examples, judged.

use crate::facts;
use crate::finding::{Finding, Lang};
use crate::profile::Profile;
use crate::read::read_text;
use crate::rule::{self, Example, InForce, Library, PackFault, PackFile, Rule};
use crate::text::Span;

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

/// One example with its verdict.
#[derive(Debug)]
pub struct Judgement {
    /// The pack the rule was judged in.
    pub pack: String,
    /// The rule file.
    pub file: String,
    /// The example.
    pub example: Example,
    /// What became of it.
    pub verdict: Verdict,
    /// What was found, and where.
    pub found: Vec<(Span, String)>,
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
    let judge = |example: Example| {
        let forms = pack.profile.forms.iter().map(|form| form.id.clone()).collect();
        let in_force = InForce { pack, forms, by_year: true };
        let found = findings(library, in_force, rule, &example);
        let found: Vec<_> = found.iter().map(|f| (f.place.span, f.message.clone())).collect();
        let verdict = verdict(&example, &found);
        Judgement { pack: pack.name.clone(), file: file.shown.clone(), example, verdict, found }
    };
    Ok(examples.into_iter().map(judge).collect())
}

fn findings(library: &Library, pack: InForce<'_>, rule: &Rule, example: &Example) -> Vec<Finding> {
    let document = read_text("example.md", &example.text, library.vocabulary());
    let mut identity = facts::identity(&document);
    let written = identity.year.as_ref().map(|year| year.value);
    let year =
        example.year.or(written).or(pack.pack.years.to).or(pack.pack.years.from).unwrap_or(2021);
    if let Some(body) = example.body {
        identity.body = Some(body);
    }
    identity.year = identity.year.or(Some(facts::Fact { value: year, at: document.anchor() }));
    // Examples use the names of their own pack; sections and titles come from all packs of the year.
    let mut profile = Profile::default();
    let others = library.select(year, false, &[]);
    for known in std::iter::once(pack.pack).chain(others.iter().map(|other| other.pack)) {
        profile.sections.extend(known.profile.sections.iter().cloned());
        profile.forms.extend(known.profile.forms.iter().cloned());
    }
    let facts = facts::gather(&document, identity, &profile, library.vocabulary());
    let only = |_: &str, other: &Rule| std::ptr::eq(other, rule);
    let as_of = jiff::civil::date(2099, 12, 31);
    rule::judge(&facts, year, &[pack], &only, as_of, Lang::Zh).findings
}

fn verdict(example: &Example, found: &[(Span, String)]) -> Verdict {
    let mut places: Vec<_> = found.iter().map(|(span, _)| span.range()).collect();
    let mut marks = example.marks.clone();
    places.sort_by_key(|place| (place.start, place.end));
    marks.sort_by_key(|mark| (mark.start, mark.end));
    match () {
        () if !example.fails && found.is_empty() => Verdict::Validated,
        () if !example.fails => Verdict::Noisy,
        () if places == marks && !marks.is_empty() => Verdict::Reported,
        () if marks.iter().all(|mark| places.contains(mark)) && !marks.is_empty() => Verdict::Noisy,
        () => Verdict::Missing,
    }
}
