//! The same report in every format gives the same findings. The files in `tests/files` are made by
//! the script beside them.

use gouji::finding::{Assessment, Entry, Finding};
use gouji::lint::{Linter, Options};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    Linter::new(Options::new(jiff::civil::date(2026, 6, 1)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
});

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files")
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).expect("a fixture")
}

fn check(name: &str, bytes: &[u8]) -> Assessment {
    match LINTER.check(name, bytes) {
        Entry::Report(report) => *report,
        other => panic!("{name}: {other:?}"),
    }
}

fn bare(text: &str) -> String {
    // Fonts in PDF give radicals for some characters.
    gouji::text::fold(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// What must be the same in every format: all but line, column and bytes.
fn told(report: &Assessment) -> Vec<String> {
    let one = |finding: &Finding| {
        let place = &finding.place;
        let related: Vec<String> = finding
            .related
            .iter()
            .map(|other| {
                format!(
                    "{} @ {} {}",
                    other.message,
                    bare(&other.place.path),
                    bare(&other.place.text)
                )
            })
            .collect();
        format!(
            "{} {:?} {} @ {} “{}” {related:?}",
            finding.rule,
            finding.level,
            bare(&finding.message),
            bare(&place.path),
            bare(&place.text)
        )
    };
    let mut told: Vec<String> = report.findings.iter().map(one).collect();
    told.sort();
    told
}

/// File name after the report's, and the format it is told to be.
const FORMATS: &[(&str, &str)] = &[
    (".md", "markdown"),
    (".html", "html"),
    (".docx", "docx"),
    ("-libreoffice.docx", "docx"),
    (".doc", "doc"),
    (".xlsx", "xlsx"),
    (".xls", "xls"),
    ("-libreoffice.pdf", "pdf"),
    ("-chromium.pdf", "pdf"),
    ("-paged.pdf", "pdf"),
    ("-turned.pdf", "pdf"),
];

#[test]
fn every_format_gives_the_same_findings() {
    let mut differences = Vec::new();
    for name in ["clean", "faulty"] {
        let expected = told(&check("report.txt", &bytes(&format!("{name}.txt"))));
        assert_eq!(expected.is_empty(), name == "clean", "{expected:#?}");
        for (end, format) in FORMATS {
            let file = format!("{name}{end}");
            let report = check(&file, &bytes(&file));
            assert_eq!(report.format, *format, "{file}");
            let found = told(&report);
            differences.extend(
                found.iter().filter(|f| !expected.contains(f)).map(|f| format!("{file} + {f}")),
            );
            differences.extend(
                expected.iter().filter(|f| !found.contains(f)).map(|f| format!("{file} - {f}")),
            );
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn a_report_out_of_the_cache_is_the_same_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let linter = || {
        let mut options = Options::new(jiff::civil::date(2026, 6, 1));
        options.cache = Some(folder.path().join("cache"));
        Linter::new(options).unwrap_or_else(|faults| panic!("{faults:#?}"))
    };
    let files: Vec<String> = FORMATS.iter().map(|(end, _)| format!("faulty{end}")).collect();
    for round in 0..2 {
        let linter = linter();
        for file in &files {
            let cached = format!("{:?}", linter.check(file, &bytes(file)));
            assert_eq!(cached, format!("{:?}", LINTER.check(file, &bytes(file))), "{file} {round}");
        }
    }
    // The page and the text need none.
    let extracts = fs::read_dir(folder.path().join("cache")).expect("the cache");
    let extracts = extracts.map(|entry| entry.expect("an entry").path()).find(|e| e.is_dir());
    let extracts = fs::read_dir(extracts.expect("extracts")).expect("extracts");
    let plain = FORMATS.iter().filter(|(_, format)| matches!(*format, "markdown" | "html")).count();
    assert_eq!(extracts.count(), FORMATS.len() - plain);
}

/// Narrow cells break labels in any place, and pages break tables and rows: that the figures stay in their
/// cells is seen above; here, that nothing is left unassessed, and that its places are called inferred.
#[test]
fn a_pdf_says_how_sure_its_places_are() {
    for file in ["faulty-libreoffice.pdf", "faulty-chromium.pdf", "faulty-paged.pdf"] {
        let report = check(file, &bytes(file));
        assert!(!report.notes.is_empty(), "{file}");
        assert!(report.unassessed.is_empty(), "{file}: {:#?}", report.unassessed);
    }
}

#[test]
fn cells_too_far_right_to_be_read_are_told() {
    let xml = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>清河县2023年政府信息公开工作年度报告</w:t></w:r></w:p>\
               <w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p><w:tbl><w:tr>ROW</w:tr><w:tr>ROW</w:tr></w:tbl></w:body></w:document>";
    let xml = xml.replace("ROW", &"<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>".repeat(203));
    let docx = zip(&[("word/document.xml", xml.as_bytes())]);
    let html = "<html><h1>清河县2023年政府信息公开工作年度报告</h1><p>一、总体情况</p>\
                <table><tr>ROW</tr><tr>ROW</tr></table></html>";
    let html = html.replace("ROW", &"<td>1</td>".repeat(203));
    for (name, bytes) in [("wide.docx", docx), ("wide.html", html.into_bytes())] {
        let report = check(name, &bytes);
        assert!(report.notes.iter().any(|note| note.contains("有 6 个")), "{:?}", report.notes);
    }
    assert!(check("clean.xlsx", &bytes("clean.xlsx")).notes.is_empty());
}

/// A cell in the last row and column of a sheet asks for no room between.
#[test]
fn a_workbook_whose_cells_are_far_apart_is_read_in_little_room() {
    let mut workbook = bytes("faulty.xls");
    // ROW and LABELSST records name their row first; those of row 2 now name the last there is.
    let mut changed = 0;
    for at in 0..workbook.len() - 8 {
        if workbook[at..].starts_with(&[0xfd, 0x00, 0x0a, 0x00, 0x02, 0x00]) {
            workbook[at + 4..at + 8].copy_from_slice(&[0xff, 0xff, 0xff, 0x00]);
            changed += 1;
        }
    }
    assert!(changed > 0);
    let report = check("faulty.xls", &workbook);
    assert!(report.source.text.len() < 20_000, "{} bytes", report.source.text.len());
}

#[test]
fn places_in_a_page_are_cut_out_of_the_page() {
    let bytes = bytes("faulty.html");
    let report = check("faulty.html", &bytes);
    let (page, _, _) = encoding_rs::GB18030.decode(&bytes);
    let places = report.findings.iter().flat_map(|finding| {
        std::iter::once(&finding.place).chain(finding.related.iter().map(|other| &other.place))
    });
    let mut count = 0;
    for place in places {
        let cut = &page[place.span.start as usize..place.span.end as usize];
        let mut words = String::new();
        let mut tag = false;
        for c in cut.chars() {
            match c {
                '<' => tag = true,
                '>' => tag = false,
                c if !tag => words.push(c),
                _ => {}
            }
        }
        let words = words.replace("&#50;", "2").replace("&amp;", "&");
        assert_eq!(bare(&words), bare(&place.text), "{}", place.path);
        let line = page[..place.span.start as usize].matches('\n').count() + 1;
        assert_eq!(place.start.line as usize, line, "{}", place.path);
        count += 1;
    }
    assert!(count > 10, "{count} places");
}

/// As fourteen kinds of websites publish it, with faults of their own all around.
#[test]
fn pages_of_every_kind_give_the_findings_of_their_report_and_no_other() {
    let expected = told(&check("report.txt", &bytes("faulty.txt")));
    let pages = fs::read_dir(folder().join("pages")).expect("pages");
    let mut count = 0;
    let mut differences = Vec::new();
    for page in pages {
        let path = page.expect("a page").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let report = check(&name, &fs::read(&path).expect("its bytes"));
        assert_eq!(report.format, "html", "{name}");
        assert_eq!(report.organ.as_deref(), Some("清河县"), "{name}");
        assert_eq!(report.year, Some(2023), "{name}");
        let found = told(&report);
        let more = found.iter().filter(|f| !expected.contains(f));
        differences.extend(more.map(|f| format!("{name} + {f}")));
        let less = expected.iter().filter(|f| !found.contains(f));
        differences.extend(less.map(|f| format!("{name} - {f}")));
        count += 1;
    }
    assert_eq!(count, 14);
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn nothing_around_the_article_is_read() {
    let report = check("clean.html", &bytes("clean.html"));
    for word in ["9999999", "8888888", "首页", "微信", "2022年政府", "财政局", "网站标识码"]
    {
        assert!(!report.source.text.contains(word), "{word}: {}", report.source.text);
    }
}

#[test]
fn hostile_and_foreign_files_are_refused_with_a_reason() {
    let bomb = vec![b' '; gouji::read::MOST_UNPACKED + 1];
    let deep = format!("<w:document xmlns:w=\"w\"><w:body>{}", "<w:tbl><w:tr><w:tc>".repeat(2000));
    let entities = "<!DOCTYPE d [<!ENTITY a \"甲\"><!ENTITY b \"&a;&a;&a;\">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>";
    let lines = pdf(&"0 0 m 0 99 l S ".repeat(60_000));
    let paints_itself = pdf(&"/X Do ".repeat(30_000));
    let page = "<html><meta charset=utf-8><p>一、总体情况</p></html>".as_bytes();
    let page = [page, b"\xff\xfe\xff".as_slice(), page].concat();
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ole = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600], &encrypted].concat();
    for (name, bytes, code) in [
        ("bomb.docx", zip(&[("word/document.xml", &bomb)]), "limit"),
        ("bomb.xlsx", zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/a.xml", &bomb)]), "limit"),
        ("deep.docx", zip(&[("word/document.xml", deep.as_bytes())]), "limit"),
        ("entities.docx", zip(&[("word/document.xml", entities.as_bytes())]), "empty"),
        ("broken.docx", b"PK\x03\x04rest".to_vec(), "damaged"),
        ("cut.docx", bytes("clean.docx")[..9000].to_vec(), "damaged"),
        ("no-xml.docx", zip(&[("word/document.xml", b"<w:p><w:p")]), "damaged"),
        ("../../path.zip", zip(&[("../../etc/passwd", b"x")]), "unsupported-format"),
        ("secret.docx", ole, "encrypted"),
        ("text.ofd", zip(&[("OFD.xml", b"<x/>")]), "unsupported-format"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1WordDoc".to_vec(), "unsupported-format"),
        ("no.pdf", b"%PDF-1.4 nothing".to_vec(), "damaged"),
        ("lines.pdf", lines, "limit"),
        ("paints-itself.pdf", paints_itself, "limit"),
        ("bytes.html", page, "undecodable"),
        ("rich.doc", b"{\\rtf1 x}".to_vec(), "unsupported-format"),
    ] {
        match LINTER.check(name, &bytes) {
            Entry::Failed { code: found, .. } => assert_eq!(found, code, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).expect("a part");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A page that draws `content`, and may paint X, which draws it 100 times.
fn pdf(content: &str) -> Vec<u8> {
    let stream = |keys: &str, content: &str| {
        format!("<<{keys}/Length {}>>stream\n{content}\nendstream", content.len())
    };
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R\
         /Resources<</XObject<</X 5 0 R>>>>>>"
            .to_owned(),
        stream("", content),
        stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", &"0 0 m 9 0 l S ".repeat(100)),
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let at = out.len();
    let size = objects.len() + 1;
    out.push_str(&format!("{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF"));
    out.into_bytes()
}
