//! `--fix` on files that are more than text: web pages are mended where their text stands as it is
//! read, containers never.

use crate::cli::{folder, run};
use std::fs;
use std::path::Path;

/// A page in GB18030 with line ends of Windows: two misspelt words that can be mended, one with a tag
/// in it and one with an entity in it, which cannot.
fn page() -> String {
    let text = "<!DOCTYPE html>\n<html><head><meta charset=\"gb18030\"><title>年报</title></head>\n<body class=a>\n\
<h1>乙镇人民政府2022年政府信息公开工作年度报告</h1>\n\
<p>本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。</p>\n\
<h2>一、总体情况</h2>\n\
<p>按照&nbsp;信息公开的<b>布署</b>，完善流程 &amp; 制度<!-- 布署 -->；<a title=\"布署\">按布署</a>办理。</p>\n\
<p>落实省里的布<i>署</i>，落实市里的&#24067;署。</p>\n\
<h2>二、主动公开政府信息情况</h2>\n<p>全年公开信息12条。</p>\n</body></html>\n";
    text.replace('\n', "\r\n")
}

fn encoded(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn a_page_is_mended_where_its_text_stands_as_it_is_read() {
    let one = page().replace("布<i>署</i>", "安排").replace("&#24067;署", "安排");
    let folder = folder(&[("a.html", &encoded(&one)), ("b.html", &encoded(&page()))]);
    let at = folder.path();
    let (_, patch, _) = run(at, &["check", "a.html", "--diff"]);
    assert!(patch.contains("+<p>按照&nbsp;信息公开的<b>部署</b>，"), "{patch}");
    assert_eq!(fs::read(at.join("a.html")).expect("a file"), encoded(&one));
    let (code, out, err) = run(at, &["check", "a.html", "--fix"]);
    assert!(out.contains("misspelt-words"), "{code} {out}{err}");
    let mended = one.replace("<b>布署</b>", "<b>部署</b>").replace(">按布署<", ">按部署<");
    let found = fs::read(at.join("a.html")).expect("a file");
    assert_eq!(encoding_rs::GB18030.decode(&found).0, mended);
    assert_eq!(found, encoded(&mended));
    let (_, again, _) = run(at, &["check", "a.html", "--fix"]);
    assert!(!again.contains("已修改"), "{again}");
    assert_eq!(fs::read(at.join("a.html")).expect("a file"), found);
    // A word with markup in it is left to a person, whatever is asked.
    run(at, &["check", "b.html", "--unsafe-fixes"]);
    let left = fs::read(at.join("b.html")).expect("a file");
    let left = encoding_rs::GB18030.decode(&left).0;
    assert!(left.contains("布<i>署</i>") && left.contains("&#24067;署"), "{left}");
}

#[test]
fn what_was_taken_out_of_a_container_is_told_to_be_mended_there() {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let names = ["faulty.docx", "faulty.doc", "faulty-libreoffice.pdf", "faulty.xlsx"];
    let bytes = names.map(|name| fs::read(files.join(name)).expect("a fixture"));
    let pairs: Vec<(&str, &[u8])> =
        names.iter().zip(&bytes).map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let folder = folder(&pairs);
    for (name, bytes) in names.iter().zip(&bytes) {
        for (args, words) in [
            (&["--unsafe-fixes"][..], "请在原来的软件里修改"),
            (&["--fix", "--lang", "en"], "in the program it was made with"),
        ] {
            let (code, out, err) =
                run(folder.path(), &[&["check", name, "--format", "json"], args].concat());
            assert!(code == 1 && out.contains(words), "{name}: {out}{err}");
        }
        assert_eq!(fs::read(folder.path().join(name)).expect("a file"), *bytes);
    }
}
