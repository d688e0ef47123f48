//! How long each stage takes on one complete report (about 9 KB). `cargo bench`.

use divan::{Bencher, black_box};
use gouji::facts;
use gouji::finding::Lang;
use gouji::lint::{Linter, Options};
use gouji::profile::Profile;
use gouji::read::read_text;
use gouji::rule::{self, Library};

const REPORT: &str = include_str!("../docs/example.md");

fn main() {
    divan::main();
}

fn linter() -> Linter {
    Linter::new(Options::new(jiff::civil::date(2023, 6, 1))).expect("the built-in packs")
}

fn library() -> Library {
    Library::new(rule::builtin()).expect("the built-in packs")
}

/// Names of all packs, as every start of the program reads them.
#[divan::bench]
fn load_names(bencher: Bencher<'_, '_>) {
    bencher.bench(library);
}

/// Rules of the packs in force for one report, as a cold start reads them.
#[divan::bench]
fn load_rules(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(library).bench_values(|library| {
        library.select(2022, false, &[]).iter().map(|pack| pack.pack.rules.len()).sum::<usize>()
    });
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let library = library();
    let _ = read_text("x", REPORT, library.vocabulary());
    bencher.bench(|| read_text("x", black_box(REPORT), library.vocabulary()));
}

#[divan::bench]
fn gather_facts(bencher: Bencher<'_, '_>) {
    let library = library();
    let document = read_text("x", REPORT, library.vocabulary());
    let profile = profile(&library);
    bencher.bench(|| {
        facts::gather(&document, facts::identity(&document), &profile, library.vocabulary())
    });
}

#[divan::bench]
fn run_rules(bencher: Bencher<'_, '_>) {
    let library = library();
    let document = read_text("x", REPORT, library.vocabulary());
    let identity = facts::identity(&document);
    let facts = facts::gather(&document, identity, &profile(&library), library.vocabulary());
    let packs = library.select(2022, false, &[]);
    let today = jiff::civil::date(2023, 6, 1);
    bencher.bench(|| rule::judge(&facts, 2022, &packs, &|_, _| true, today, Lang::Zh));
}

/// Bytes to findings.
#[divan::bench]
fn whole_file(bencher: Bencher<'_, '_>) {
    let linter = linter();
    bencher.bench(|| linter.check("x", black_box(REPORT.as_bytes())));
}

fn profile(library: &Library) -> Profile {
    let mut profile = Profile::default();
    for pack in library.select(2022, false, &[]) {
        profile.sections.extend(pack.pack.profile.sections.iter().cloned());
        profile.forms.extend(pack.pack.profile.forms.iter().cloned());
    }
    profile
}
