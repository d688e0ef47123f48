//! Broken packs: each fault is shown with its line, column and span, and what to do, in Chinese
//! and English. `tests/broken/<fault>.yml` holds the files that are broken, `.out` what is said;
//! `GOUJI_UPDATE=1` writes the latter anew.

use gouji::finding::Lang;
use gouji::rule::{self, Library, PackFault, PackFile, contradictions};
use gouji::write::{Style, fault};
use std::fs;
use std::path::{Path, PathBuf};

/// The sound pack that each case breaks in one place.
const SOUND: [(&str, &str); 2] = [
    (
        "xian/pack.yml",
        "name: xian
title: { zh: 甲县要求, en: A county's requirements }
version: 1.0.0
years: 2021..
documents: { 县通知: 甲县〔2022〕5号《关于做好年度报告工作的通知》 }
",
    ),
    (
        "xian/profile.yml",
        "sections:
  其他事项: { title: 其他需要报告的事项, ordinal: 6, heading: [其他 事项] }
tables:
  专区情况:
    title: 政务公开专区情况表
    signs: [专区名称]
    columns: { 数量: [数量] }
    rows: { 县级专区: [县级专区], 乡级专区: [乡级专区], 专区总数: [专区总数] }
",
    ),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

/// All cases: a name and the files, each after a line `# file: PATH`.
pub(crate) fn cases() -> Vec<(String, Vec<(String, String)>)> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder()).expect("the broken packs") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "yml") {
            let text = fs::read_to_string(&path).expect("a broken pack");
            let parts = text.split("# file: ").skip(1);
            let parts = parts.map(|part| part.split_once('\n').expect("a path"));
            let parts = parts.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            cases.push((name, parts));
        }
    }
    cases.sort();
    cases
}

fn faults(parts: &[(String, String)]) -> Vec<PackFault> {
    let mut files = rule::builtin();
    for (path, text) in SOUND {
        if parts.iter().all(|(own, _)| own != path) {
            files.push(PackFile::own(path, path, text.to_owned()));
        }
    }
    files.extend(parts.iter().map(|(path, text)| PackFile::own(path, path, text.clone())));
    match Library::new(files) {
        Err(faults) => faults,
        Ok(library) => [library.faults(), contradictions(&library, &[])].concat(),
    }
}

fn shown(faults: &[PackFault], lang: Lang) -> String {
    let style = Style { lang, width: 90, ..Style::default() };
    let one = |f: &PackFault| {
        let words = f.words.to(lang);
        fault("error[pack]", &f.file, &f.source, f.at.clone(), words, &style)
    };
    faults.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_broken_pack_is_shown_with_its_place_and_a_way_out() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} broken packs", cases.len());
    let mut wrong = Vec::new();
    for (name, parts) in cases {
        let faults = faults(&parts);
        assert!(!faults.is_empty(), "{name} is not found to be broken");
        let zh = shown(&faults, Lang::Zh);
        let shown = format!("{zh}\n{}", shown(&faults, Lang::En));
        let expected = folder().join(&name).with_extension("out");
        if std::env::var_os("GOUJI_UPDATE").is_some() {
            fs::write(&expected, shown).expect("to be written");
        } else if fs::read_to_string(&expected).unwrap_or_default() != shown {
            wrong.push(format!("{name}:\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "GOUJI_UPDATE=1 writes these anew:\n{}", wrong.join("\n"));
}

#[test]
fn the_sound_pack_has_no_fault() {
    assert_eq!(shown(&faults(&[]), Lang::Zh), "");
}
