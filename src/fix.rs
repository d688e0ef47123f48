//! Layer 6: mends a file by the fixes of its findings, and gives up where it could not be written
//! back with every other byte as it was.

use crate::finding::{Assessment, Edit, Finding, Fix, Fixed, Words};
use crate::text::{Span, piece};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A file with some of its findings mended.
#[derive(Debug)]
pub struct Mended {
    /// The bytes of the file, all but the edits as they were.
    pub bytes: Vec<u8>,
    /// The decoded text.
    pub text: String,
    /// What was mended.
    pub fixed: Vec<Fixed>,
}

/// Applies the certain fixes of `report` to the file `bytes`, and those that are only suggested
/// too if `suggested`. `None` if there is nothing to apply.
///
/// # Errors
/// Why the file cannot be written back.
pub fn mend(bytes: &[u8], report: &Assessment, suggested: bool) -> Result<Option<Mended>, Words> {
    let mut findings = report.findings.iter().filter(|finding| finding.waived.is_none()).peekable();
    if report.source.extracted && findings.peek().is_some() {
        return Err(words(
            "文字是从文件中提取的，--fix 不能写回；请在原来的软件里修改",
            "its text was taken out of the file, so --fix cannot write it back; change it in the program it was made with",
        ));
    }
    let fixes = findings.filter_map(|finding| Some((finding, finding.fix.as_ref()?)));
    let mut chosen: Vec<(&Finding, &Fix)> = Vec::new();
    let mut taken: Vec<Span> = Vec::new();
    for (finding, fix) in fixes.filter(|(_, fix)| fix.certain || suggested) {
        let spans = || fix.edits.iter().map(|edit| edit.span);
        let clashes = spans().any(|span| taken.iter().any(|other| overlap(span, *other)));
        // What clashes is looked at again once the text has changed.
        if !fix.edits.is_empty() && !clashes && fix.edits.iter().all(|edit| allowed(report, edit)) {
            taken.extend(spans());
            chosen.push((finding, fix));
        }
    }
    if chosen.is_empty() {
        return Ok(None);
    }
    let edits = chosen.iter().flat_map(|(_, fix)| &fix.edits).collect();
    let old = report.source.file_text();
    let text = edited(old, edits);
    let bytes = written(bytes, old, &text, report.source.encoding)?;
    let fixed = chosen.into_iter().map(|(finding, fix)| Fixed {
        rule: format!("{}/{}", finding.pack, finding.rule),
        message: finding.message.clone(),
        certain: fix.certain,
    });
    Ok(Some(Mended { bytes, text, fixed: fixed.collect() }))
}

/// Whether two edits would touch each other; two insertions at one place do.
fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end || a.start == b.start
}

/// Whether an edit may be applied by a program: never to a figure in a table, nor to anything on a
/// web page but text that stands there as it is read.
fn allowed(report: &Assessment, edit: &Edit) -> bool {
    let source = &report.source;
    let at = source.in_text(edit.span);
    let cut = source.slice(at);
    // Where nothing is replaced, nobody knows on which side of a tag it would come to stand.
    let markup = edit.replacement.contains(['<', '>', '&', '"', '\'']) || cut.is_empty();
    if source.origin.is_some() && (markup || !source.is_verbatim(edit.span)) {
        return false;
    }
    let in_table = report
        .tables
        .iter()
        .any(|table| edit.span.start <= table.end && table.start <= edit.span.end);
    let before = piece(&source.text, 0, at.start as usize).chars().next_back();
    let after = piece(&source.text, at.end as usize, source.text.len()).chars().next();
    let figure = |c: char| c.is_numeric();
    let touches = cut.contains(figure)
        || edit.replacement.contains(figure)
        || [before, after].into_iter().flatten().any(figure);
    !(in_table && touches)
}

/// `text` with the edits in it; line ends as the text has them.
fn edited(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| edit.span);
    let crlf = text.contains("\r\n");
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in edits {
        out.push_str(piece(text, at, edit.span.start as usize));
        let mut new = edit.replacement.clone();
        if crlf {
            new = new.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        out.push_str(&new);
        at = edit.span.end as usize;
    }
    out.push_str(piece(text, at, text.len()));
    out
}

/// The bytes of the new text, if writing the old text gives the old bytes exactly.
fn written(bytes: &[u8], old: &str, new: &str, encoding: &str) -> Result<Vec<u8>, Words> {
    let encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(UTF_8);
    let bom = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
    let (mark, body) = bytes.split_at(bom);
    if encoded(old, encoding).as_deref() != Some(body) {
        return Err(words(
            format!("文件里有按 {} 不能原样写回的字节，没有修改", encoding.name()),
            format!("the file has bytes that cannot be written back as {}", encoding.name()),
        ));
    }
    let new = encoded(new, encoding).ok_or_else(|| {
        words(
            format!("修改后的文字在 {} 编码里写不出来，没有修改", encoding.name()),
            format!("the changed text cannot be written in {}", encoding.name()),
        )
    })?;
    Ok([mark, &new].concat())
}

fn encoded(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    if encoding == UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, lossy) = encoding.encode(text);
    (!lossy).then(|| bytes.into_owned())
}

fn words(zh: impl Into<String>, en: impl Into<String>) -> Words {
    Words { zh: zh.into(), en: en.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Place;
    use crate::finding::Level;
    use crate::text::Source;
    use proptest::prelude::*;

    /// A report of `text` with one finding for each `(old, new, certain)`.
    fn report(text: &str, encoding: &'static str, fixes: &[(&str, &str, bool)]) -> Assessment {
        let source = Source::new("a.txt", text.to_owned(), encoding);
        let finding = |(old, new, certain): &(&str, &str, bool)| {
            let start = text.find(old).unwrap();
            let span = Span::new(start, start + old.len());
            let position = source.position(span.start);
            Finding {
                rule: "r".into(),
                pack: "p".into(),
                level: Level::Info,
                rank: 4,
                title: String::new(),
                message: format!("{old}→{new}"),
                help: None,
                basis: Vec::new(),
                place: Place {
                    path: String::new(),
                    span,
                    start: position,
                    end: position,
                    text: (*old).into(),
                    file: None,
                },
                related: Vec::new(),
                fix: Some(Fix {
                    edits: vec![Edit { span, replacement: (*new).into() }],
                    certain: *certain,
                }),
                fingerprint: String::new(),
                preview: false,
                waived: None,
                new: false,
            }
        };
        let findings = fixes.iter().map(finding).collect();
        Assessment { year: Some(2022), findings, ..Assessment::of(source, "text") }
    }

    #[test]
    fn only_certain_fixes_are_applied_unless_asked() {
        let text = "一,二；占6.9%。";
        let report = report(text, "UTF-8", &[(",", "，", true), ("6.9", "5.9", false)]);
        let certain = mend(text.as_bytes(), &report, false).unwrap().unwrap();
        assert_eq!(certain.text, "一，二；占6.9%。");
        let both = mend(text.as_bytes(), &report, true).unwrap().unwrap();
        assert_eq!((both.text.as_str(), both.fixed.len()), ("一，二；占5.9%。", 2));
    }

    #[test]
    fn of_overlapping_fixes_the_first_is_applied() {
        let text = "甲乙丙";
        let report = report(text, "UTF-8", &[("甲乙", "子", true), ("乙丙", "丑", true)]);
        assert_eq!(mend(text.as_bytes(), &report, false).unwrap().unwrap().text, "子丙");
    }

    #[test]
    fn figures_in_tables_are_never_touched() {
        let text = "项目\t12\t，共,\n";
        let mut report = report(text, "UTF-8", &[("12", "13", true), ("共,", "共，", true)]);
        report.tables = vec![Span::new(0, text.len())];
        assert_eq!(
            mend(text.as_bytes(), &report, true).unwrap().unwrap().text,
            "项目\t12\t，共，\n"
        );
    }

    #[test]
    fn what_is_waived_stays() {
        let mut report = report("一,二", "UTF-8", &[(",", "，", true)]);
        report.findings[0].waived =
            Some(crate::finding::Waived { reason: "甲".into(), by: "乙".into(), expires: None });
        assert!(mend("一,二".as_bytes(), &report, true).unwrap().is_none());
    }

    #[test]
    fn a_file_that_cannot_be_written_back_is_left_alone() {
        // 0x80 is read as € by GB18030 and never written so.
        let bytes = b"\x80,\xd2\xbb";
        let report = report("€,一", "gb18030", &[(",", "，", true)]);
        assert!(mend(bytes, &report, false).is_err());
        let mut report = self::report("一,", "UTF-8", &[(",", "，", true)]);
        report.source.extracted = true;
        assert!(mend("一,".as_bytes(), &report, false).is_err());
    }

    proptest! {
        #[test]
        fn all_other_bytes_stay(before in "[一-龥A-z0-9\r\n]{0,20}", after in "[一-龥，。\n]{0,20}", at in 0..5usize) {
            let text = format!("{before}☆,{after}");
            let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
                text.encode_utf16().flat_map(bytes).collect()
            };
            let (encoding, mark, body): (&'static str, &[u8], Vec<u8>) = match at {
                0 => ("UTF-8", b"", text.clone().into_bytes()),
                1 => ("UTF-8", b"\xef\xbb\xbf", text.clone().into_bytes()),
                2 => ("gb18030", b"", encoding_rs::GB18030.encode(&text).0.into_owned()),
                3 => ("UTF-16LE", b"\xff\xfe", utf16(u16::to_le_bytes)),
                _ => ("UTF-16BE", b"", utf16(u16::to_be_bytes)),
            };
            let bytes = [mark, &body].concat();
            let report = report(&text, encoding, &[("☆,", "☆，", true)]);
            let mended = mend(&bytes, &report, false).unwrap().unwrap();
            let decoded = crate::text::decode(&mended.bytes, Encoding::for_label(encoding.as_bytes()))
                .unwrap();
            prop_assert_eq!(&decoded.text, &mended.text);
            let head = bytes.iter().zip(&mended.bytes).take_while(|(a, b)| a == b).count();
            let tail = bytes.iter().rev().zip(mended.bytes.iter().rev()).take_while(|(a, b)| a == b);
            // Nothing changed but the comma.
            prop_assert!(head + tail.count() + 4 >= bytes.len().min(mended.bytes.len()));
        }
    }
}
