//! The table of clauses: complete, and the same in the documentation as in the program.

use gouji::finding::Lang;
use gouji::rule::{self, Library};
use std::fs;
use std::path::Path;

fn library() -> Library {
    Library::new(rule::builtin()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn every_clause_is_checked_or_says_why_not() {
    let library = library();
    let mut open = Vec::new();
    for pack in rule::coverage(&library) {
        for clause in &pack.clauses {
            if clause.is_open() {
                open.push(format!("{}: {}", pack.pack, clause.id));
            }
        }
    }
    assert!(open.is_empty(), "no rule and no reason: {open:#?}");
    for pack in library.packs() {
        let covered = rule::coverage(&library);
        let own = covered.iter().find(|own| own.pack == pack.name).expect("every pack");
        for (clause, covered) in pack.clauses.iter().zip(&own.clauses) {
            for id in &clause.rules {
                let known = covered.rules.iter().any(|(_, rule, _)| rule == id);
                assert!(known, "{}: {} names {id}, which is no rule", pack.name, clause.id);
            }
        }
    }
}

#[test]
fn the_documented_table_is_the_program_s() {
    let packs = rule::coverage(&library());
    for (file, lang) in [("coverage.md", Lang::En), ("coverage.zh-CN.md", Lang::Zh)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
        let wanted = rule::markdown(&packs, lang);
        if std::env::var_os("GOUJI_UPDATE").is_some() {
            fs::write(&path, &wanted).expect("the documentation");
        }
        let stands = fs::read_to_string(&path).unwrap_or_default();
        assert!(stands == wanted, "docs/{file} is out of date: run the tests with GOUJI_UPDATE=1");
    }
}
