//! Layer 6: a rule's own examples, judged.

use crate::document::Document;
use crate::facts::{self, Facts};
use crate::finding::{Finding, Lang};
use crate::profile::Profile;
use crate::read::read_text;
use crate::rule::{self, Comparing, Example, InForce, Library, PackFault, PackFile, Rule};
use crate::text::Span;
use crate::years::Examples;

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
    let read = |name: &str, text: &str| read_text(name, text, library.vocabulary());
    let document = read("example.md", &example.text);
    let written = facts::identity(&document).year.map(|year| year.value);
    let year =
        example.year.or(written).or(pack.pack.years.to).or(pack.pack.years.from).unwrap_or(2021);
    // Examples use the names of their own pack; sections and titles come from all packs of the year.
    let mut profile = Profile::default();
    let others = library.select(year, false, &[]);
    for known in std::iter::once(pack.pack).chain(others.iter().map(|other| other.pack)) {
        profile.sections.extend(known.profile.sections.iter().cloned());
        profile.forms.extend(known.profile.forms.iter().cloned());
    }
    let see = |document, year| see(document, year, example, &profile, library);
    let facts = see(&document, year);
    let only = |_: &str, other: &Rule| std::ptr::eq(other, rule);
    let as_of = jiff::civil::date(2099, 12, 31);
    let packs = [pack];
    let mut found = rule::judge(&facts, year, &packs, &only, as_of, Lang::Zh).findings;
    let before = example.previous.as_ref().map(|text| read("previous.md", text));
    let before = before.as_ref().map(|document| see(document, year - 1));
    let others: Vec<Document> = example.others.iter().map(|text| read("other.md", text)).collect();
    let others: Vec<Facts<'_>> = others.iter().map(|document| see(document, year)).collect();
    let reports = Examples { facts: &facts, year, previous: before.as_ref(), others: &others };
    let how = Comparing { packs: &packs, wanted: &only, as_of, lang: Lang::Zh };
    found.extend(reports.judge(&packs[0], rule, example, how));
    found
}

fn see<'d>(
    document: &'d Document,
    year: i16,
    example: &Example,
    profile: &Profile,
    library: &Library,
) -> Facts<'d> {
    let mut identity = facts::identity(document);
    identity.body = example.body.or(identity.body);
    identity.year = identity.year.or(Some(facts::Fact { value: year, at: document.anchor() }));
    facts::gather(document, identity, profile, library.vocabulary())
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
