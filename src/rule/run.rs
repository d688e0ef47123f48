//! Runs the rules in force over one report and puts their hits into words.

use super::absorb::absorb;
use super::merge::{Owned, merge};
use super::{Change, Cited, Effect, InForce, Rule, change, message};
use crate::check::{Context, Hit, Mark, Outcome};
use crate::document::Placed;
use crate::facts::{Body, Facts};
use crate::finding::{Basis, Edit, Finding, Fix, Lang, Related, Unassessed};
use crate::profile::Profile;
use std::collections::{HashMap, HashSet};

/// What the rules say of a report.
#[derive(Debug, Default)]
pub struct Judged {
    /// Gravest first.
    pub findings: Vec<Finding>,
    /// In order of place.
    pub unassessed: Vec<Unassessed>,
}

/// Judges `facts` by the rules of `packs` that `wanted` admits.
pub fn judge(
    facts: &Facts<'_>,
    year: i16,
    packs: &[InForce<'_>],
    wanted: &dyn Fn(&str, &Rule) -> bool,
    as_of: jiff::civil::Date,
    lang: Lang,
) -> Judged {
    let mut hits = Vec::new();
    let mut judged = Judged::default();
    let mut order = 0;
    let body = facts.identity.body;
    let mut overlaid = Overlaid::new(packs);
    for pack in packs {
        let context = context(facts, year, pack, as_of);
        for rule in &pack.pack.rules {
            order += 1;
            let name = pack.pack.name.as_str();
            if !rule.when.holds(year, body)
                || !pack.admits(rule)
                || !wanted(name, rule)
                || overlaid.is_off(rule, year, body)
                || !overlaid.admits(pack, rule)
            {
                continue;
            }
            let mut outcome = Outcome::default();
            rule.check.run(&context, &mut outcome);
            hits.extend(outcome.hits.into_iter().filter_map(|hit| {
                let level = change::level(rule, hit.case, &overlaid.changes, year, body)?;
                Some(Owned { order, pack: name, rule, level, hit, expected: None })
            }));
            judged.unassessed.extend(outcome.doubts.iter().map(|doubt| Unassessed {
                rule: rule.id.clone(),
                pack: name.to_owned(),
                code: doubt.reason.code(),
                reason: message::reason(&doubt.reason, lang),
                place: facts.document.place(&doubt.at),
            }));
        }
    }
    judged.unassessed.sort_by_key(|unassessed| unassessed.place.span);
    let mut seen = HashMap::new();
    let names = names(packs, lang);
    judged.findings = absorb(merge(hits))
        .into_iter()
        .map(|owned| finding(owned, facts, year, &names, lang))
        .collect();
    judged.findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.level, f.rank, f.place.span);
        key(a).cmp(&key(b)).then_with(|| a.rule.cmp(&b.rule))
    });
    for finding in &mut judged.findings {
        fingerprint(finding, &mut seen);
    }
    judged
}

/// What the packs in force say together of each other's rules. Two that extend the same pack both
/// have its rules: these run once, and what either changes holds.
struct Overlaid<'p> {
    changes: Vec<&'p Change>,
    replaced: HashSet<&'p str>,
    ran: HashSet<&'p str>,
}

impl<'p> Overlaid<'p> {
    fn new(packs: &'p [InForce<'_>]) -> Self {
        let packs = || packs.iter().filter(|pack| pack.by_year).map(|pack| pack.pack);
        let replaced = packs().flat_map(|pack| &pack.replaced).map(|(file, _)| file.as_str());
        Self {
            changes: packs().flat_map(|pack| &pack.changes).collect(),
            replaced: replaced.collect(),
            ran: HashSet::new(),
        }
    }

    /// Whether `rule` of `pack` has its turn: a pack brought in by a form judges that form by its
    /// own rules, whatever other packs made of them.
    fn admits(&mut self, pack: &InForce<'_>, rule: &'p Rule) -> bool {
        !pack.by_year
            || (!self.replaced.contains(rule.file.as_str()) && self.ran.insert(&rule.file))
    }

    /// Whether a pack turns `rule` off for such reports.
    fn is_off(&self, rule: &Rule, year: i16, body: Option<Body>) -> bool {
        let meant = |change: &&&Change| change.target == rule.file && change.when.holds(year, body);
        self.changes.iter().rev().find(meant).is_some_and(|change| change.effect == Effect::Off)
    }
}

fn context<'a>(
    facts: &'a Facts<'_>,
    year: i16,
    pack: &'a InForce<'_>,
    as_of: jiff::civil::Date,
) -> Context<'a> {
    let profile: &Profile = &pack.pack.profile;
    Context { facts, year, body: facts.identity.body, profile, forms: &pack.forms, as_of }
}

/// The names that are put into English.
fn names(packs: &[InForce<'_>], lang: Lang) -> Profile {
    let mut names = Profile::default();
    for pack in packs.iter().filter(|_| lang == Lang::En) {
        names.english.extend(pack.pack.profile.english.clone());
        names.forms.extend(pack.pack.profile.forms.iter().cloned());
    }
    names
}

fn finding(owned: Owned<'_>, facts: &Facts<'_>, year: i16, names: &Profile, lang: Lang) -> Finding {
    let Owned { rule, hit, pack, expected, level, .. } = owned;
    let words = |by_case: &super::ByCase| {
        by_case
            .of(hit.case)
            .map(|templates| templates[lang as usize].render(&hit.slots, &rule.words, names, lang))
    };
    let message = words(&rule.message).unwrap_or_else(|| rule.title.to(lang).to_owned());
    let mut help = rule.help.as_ref().and_then(words);
    if let Some(expected) = expected {
        let mended = mended(expected, lang);
        help = Some(help.map_or(mended.clone(), |help| format!("{mended}{}", help.trim())));
    }
    let place = facts.document.place(&hit.at);
    let should = expected.map(|expected| Related {
        message: format!("{}{}", lang.pick("应为 ", "should be "), expected.normalize()),
        place: place.clone(),
    });
    let source = &facts.document.source;
    let fix = match (&hit.fix, expected) {
        (Some(suggested), _) => Some(Fix {
            edits: suggested
                .edits
                .iter()
                .map(|(at, replacement)| Edit {
                    span: source.in_file(facts.document.span(at)),
                    replacement: replacement.clone(),
                })
                .collect(),
            certain: suggested.certain,
        }),
        (None, expected) => expected.map(|expected| Fix {
            edits: vec![Edit { span: place.span, replacement: expected.normalize().to_string() }],
            certain: false,
        }),
    };
    // Where tags stand between the figures, or the text is not the file, no edit is right.
    let fix = fix.filter(|fix| fix.edits.iter().all(|edit| source.is_verbatim(edit.span)));
    Finding {
        rule: rule.id.clone(),
        pack: pack.to_owned(),
        level,
        rank: rule.group as u8,
        title: rule.title.to(lang).to_owned(),
        message,
        help,
        basis: basis(rule, year),
        related: related(&hit, rule, facts, should, names, lang),
        place,
        fix,
        // Completed by `fingerprint`, once the findings are in order.
        fingerprint: facts.document.section_of(&hit.at),
        preview: rule.preview,
        waived: None,
        new: false,
    }
}

/// Several equations are broken and one figure would mend them all.
fn mended(expected: rust_decimal::Decimal, lang: Lang) -> String {
    let zh = format!("这一格改为 {0}，行和列的各个等式就都成立。", expected.normalize());
    let en = format!(
        "With {0} in this cell, all broken sums along its row and column hold. ",
        expected.normalize()
    );
    lang.pick(&zh, &en).to_owned()
}

/// The clauses of a rule that bind reports about `year`.
fn basis(rule: &Rule, year: i16) -> Vec<Basis> {
    let binds = |cited: &&Cited| cited.years.is_none_or(|years| years.contains(year));
    let basis = |cited: &Cited| Basis { cite: cited.cite.clone(), quote: cited.quote.clone() };
    rule.basis.iter().filter(binds).map(basis).collect()
}

/// What the figure should be, if that is known, then the marks of the hit.
fn related(
    hit: &Hit,
    rule: &Rule,
    facts: &Facts<'_>,
    should: Option<Related>,
    names: &Profile,
    lang: Lang,
) -> Vec<Related> {
    let label = |mark: &Mark| match rule.labels.get(mark.role) {
        Some(templates) => templates[lang as usize].render(&mark.slots, &rule.words, names, lang),
        None => own_words(mark, names),
    };
    let place = |at: &Placed| facts.document.place(at);
    let marks =
        hit.marks.iter().map(|mark| Related { message: label(mark), place: place(&mark.at) });
    should.into_iter().chain(marks).collect()
}

/// Without words of the rule, a mark is named by its own name and value.
fn own_words(mark: &Mark, names: &Profile) -> String {
    let slot = |name| match mark.slots.get(name) {
        Some(crate::check::Slot::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let name = slot("name");
    let name = names.in_english(&name).unwrap_or(name);
    format!("{name} {}", slot("value")).trim().to_owned()
}

/// Names a finding by its rule, its section or cell, its text and how often that occurred before:
/// it stays the same while lines and paragraphs move around it.
fn fingerprint(finding: &mut Finding, seen: &mut HashMap<u64, u32>) {
    let text = crate::text::fold(&finding.place.text);
    let mut hash = Fnv::default();
    for part in [&finding.rule, &finding.fingerprint, &text] {
        hash.add(part.as_bytes());
    }
    let occurrence = seen.entry(hash.0).or_default();
    hash.add(&occurrence.to_le_bytes());
    *occurrence += 1;
    finding.fingerprint = format!("{:016x}", hash.0);
}

/// FNV-1a, 64 bits: stable across versions of Rust, as fingerprints in baselines must be.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
