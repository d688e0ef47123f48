//! Every rule's own examples, judged; and what must hold for the set of rules as a whole.

use gouji::rule::{self, Library};
use gouji::verify::{verify, whole_reports};
use std::collections::BTreeSet;

fn library() -> Library {
    Library::new(rule::builtin()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn the_built_in_packs_have_no_fault() {
    let faults = library().faults();
    let shown: Vec<_> = faults
        .iter()
        .map(|fault| format!("{}:{} {}", fault.file, fault.at.start, fault.words.zh))
        .collect();
    assert!(shown.is_empty(), "{shown:#?}");
}

#[test]
fn every_example_is_judged_as_it_says() {
    let library = library();
    let mut wrong = Vec::new();
    let mut judged = 0;
    for (pack, file) in library.rule_files() {
        let judgements =
            verify(&library, pack, file).unwrap_or_else(|faults| panic!("{faults:#?}"));
        for fails in [false, true] {
            if judgements.iter().all(|judgement| judgement.example.fails != fails) {
                wrong.push(format!(
                    "{}: no example that {}",
                    file.shown,
                    if fails { "fails" } else { "passes" }
                ));
            }
        }
        for judgement in judgements {
            judged += 1;
            if !judgement.verdict.is_right() {
                wrong.push(format!(
                    "{} at byte {}: {:?}\n  marked {:?}\n  found {:?}",
                    judgement.file,
                    judgement.example.at,
                    judgement.verdict,
                    judgement.example.marks,
                    judgement.found
                ));
            }
        }
    }
    assert!(judged > 100, "only {judged} examples were judged");
    assert!(wrong.is_empty(), "{} of {judged} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_rule_is_noisy_on_a_whole_report() {
    let library = library();
    let packs = library.packs().filter(|pack| !pack.opt_in);
    let tested: Vec<String> = packs.map(|pack| pack.name.clone()).collect();
    let judged = whole_reports(&library, &tested).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert!(judged.len() >= 3, "one whole report for each format at least");
    for judgement in judged {
        assert!(judgement.verdict.is_right(), "{}: {:#?}", judgement.file, judgement.found);
    }
}

#[test]
fn every_pattern_compiles_and_every_case_has_words() {
    let library = library();
    for pack in library.packs() {
        let ids: BTreeSet<_> = pack.rules.iter().map(|rule| &rule.id).collect();
        assert_eq!(ids.len(), pack.rules.len(), "ids of {} are not unique", pack.name);
        for rule in &pack.rules {
            for case in rule.check.cases().iter().filter(|case| rule.levels.of(case).is_some()) {
                assert!(rule.message.of(case).is_some(), "{}: no message for {case}", rule.file);
            }
            assert!(!rule.basis.is_empty(), "{} has no basis", rule.file);
        }
    }
}

#[test]
fn every_name_of_the_national_forms_has_an_english_word() {
    let library = library();
    let mut without = BTreeSet::new();
    for pack in library.packs().filter(|pack| !pack.opt_in) {
        let profile = &pack.profile;
        let sections = profile.sections.iter().map(|section| &section.name);
        let lines = profile.forms.iter().flat_map(|form| form.rows.iter().chain(&form.columns));
        let forms = profile.forms.iter().map(|form| &form.name);
        let names = sections.chain(forms).chain(lines.map(|line| &line.name));
        without.extend(
            names.filter(|name| profile.in_english(name).is_none() && *name != "数量").cloned(),
        );
    }
    assert!(without.is_empty(), "{without:?}");
}
