//! How fast files of each format are read as a document: bytes per second of the file, of a Word file or a
//! workbook those of its XML unpacked. `cargo bench --bench formats`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gouji::read::read as read_file;
use gouji::rule::{self, Library};
use std::io::{Cursor, Read as _};
use std::path::Path;

fn main() {
    divan::main();
}

/// The fixtures of `tests/files.rs`.
const FILES: &[&str] = &[
    "clean.txt",
    "clean.md",
    "clean.html",
    "clean.docx",
    "clean-libreoffice.docx",
    "clean.doc",
    "clean.xlsx",
    "clean.xls",
    "clean-libreoffice.pdf",
    "clean-chromium.pdf",
];

fn bytes(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    std::fs::read(path).expect("a fixture")
}

/// How many bytes a reader goes through: those of the body's XML where there is one.
fn counted(bytes: &[u8]) -> u64 {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return bytes.len() as u64;
    };
    let read = ["document.xml", "styles.xml", "numbering.xml", "sheet1.xml", "sharedStrings.xml"];
    let mut size = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let part_name = part.name().expect("a name").into_owned();
        if read.iter().any(|name| part_name.ends_with(name)) {
            let mut text = Vec::new();
            part.read_to_end(&mut text).expect("its bytes");
            size += text.len() as u64;
        }
    }
    size
}

/// One report as it is.
#[divan::bench(args = FILES)]
fn report(bencher: Bencher<'_, '_>, name: &str) {
    measure(bencher, name, &bytes(name));
}

/// A page of which the report is a small part, as sites with large menus publish it (1 MB).
#[divan::bench]
fn large_page(bencher: Bencher<'_, '_>) {
    let page = bytes("clean.html");
    let end = page.windows(5).position(|tag| tag == b"<body").expect("a body") + 6;
    let menu =
        b"<div class=\"menu\"><ul><li><a href=\"/a/b/c/index.html\">gov</a></li></ul></div>\n";
    let around = menu.repeat(6500);
    let page = [&page[..end], &around, &page[end..], &around].concat();
    measure(bencher, "page.html", &page);
}

fn measure(bencher: Bencher<'_, '_>, name: &str, bytes: &[u8]) {
    let library = Library::new(rule::builtin()).expect("the built-in packs");
    let vocabulary = library.vocabulary();
    read_file(name, bytes, None, vocabulary, None).expect("a document");
    bencher
        .counter(BytesCount::new(counted(bytes)))
        .bench(|| read_file(name, black_box(bytes), None, vocabulary, None));
}
