//! The formats together: what stands on the screen, what a program reads back.

use super::facts::{Datum, FactView, FactsFormat, FactsView, FactsWriter};
use super::{Format, Style, fault, writer};
use crate::document::Place;
use crate::finding::{
    Assessment, Basis, Compared, Comparison, Edit, Entry, Finding, Fix, Lang, Level, Related,
    Summary, Unassessed, Words,
};
use crate::text::{Source, Span};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr as _;

fn place(source: &Source, start: usize, end: usize) -> Place {
    let span = Span::new(start, end);
    Place {
        path: "三、申请情况 › 第1段".into(),
        span,
        start: source.position(span.start),
        end: source.position(span.end),
        text: source.slice(span).to_owned(),
        file: None,
    }
}

fn at(source: &Source, piece: &str) -> Place {
    let start = source.text.find(piece).unwrap();
    place(source, start, start + piece.len())
}

fn one(message: &str, place: Place, related: Vec<Related>) -> Finding {
    Finding {
        rule: "percentage".into(),
        pack: "common".into(),
        level: Level::Error,
        rank: 0,
        title: "占比有误".into(),
        message: message.into(),
        help: Some("核对分子、分母和百分比；四舍五入时保留一位小数，并与表格中的数字一致。".into()),
        basis: vec![Basis {
            cite: "《中华人民共和国政府信息公开条例》（2007年公布）第六条".into(),
            quote: Some("行政机关应当及时、准确地公开政府信息。".into()),
        }],
        place,
        related,
        fix: None,
        fingerprint: "f1".into(),
        preview: false,
        waived: None,
        new: false,
    }
}

fn related(message: &str, place: Place) -> Related {
    Related { message: message.into(), place }
}

fn report(source: Source, findings: Vec<Finding>) -> Entry {
    Entry::Report(Box::new(Assessment {
        year: Some(2018),
        organ: Some("某镇人民政府".into()),
        body: Some("township"),
        packs: vec!["common".into()],
        findings,
        ..Assessment::of(source, "text")
    }))
}

fn written(format: Format, style: Style, entries: &[Entry]) -> String {
    let mut bytes = Vec::new();
    let mut writer = writer(format, style, &|_| None, Box::new(&mut bytes));
    let mut summary = Summary::default();
    for entry in entries {
        summary.add(entry);
        writer.entry(entry).unwrap();
    }
    writer.finish(&summary).unwrap();
    drop(writer);
    String::from_utf8(bytes).unwrap()
}

fn terminal(entries: &[Entry], width: usize) -> String {
    let out = written(Format::Terminal, Style { width, ..Style::default() }, entries);
    for line in out.lines() {
        assert!(line.width() <= width, "{} columns: {line}", line.width());
        assert!(!line.trim_start().starts_with(['，', '。', '；', '、', '”', '）']), "{line}");
    }
    out
}

/// A percentage in one long paragraph, and the total it contradicts in another.
fn percentage() -> Entry {
    let text = format!(
        "某镇2018年度报告\n\n截止到2018年底，已答复17件申请，其中：{}\n\n\n\n{}“不属于本政府信息”的1件，占总数的6.9%；{}\n",
        "同意公开的若干。".repeat(20),
        "我镇认真履行职责，".repeat(30),
        "其余均已按时答复。".repeat(30),
    );
    let source = Source::new("年报/某镇2018.txt", text, "UTF-8");
    let marks = vec![
        related("1", at(&source, "1件，占")),
        related("应为 5.9%", at(&source, "6.9%")),
        related("合计 17", at(&source, "17件")),
    ];
    let message = "占比有误：1 ÷ 17 = 5.9%，报告写作 6.9%";
    let finding = one(message, at(&source, "6.9%"), marks);
    report(source, vec![finding])
}

/// A carry-over that is not last year's, with its places in both files.
fn pair() -> Entry {
    let before = Source::new("2021.txt", "结转下年度继续办理 4\n".into(), "UTF-8");
    let now = Source::new("2022.txt", "某县2022年度报告\n上年结转 5\n".into(), "UTF-8");
    let of =
        |source: &Source, piece| Place { file: Some(source.path.clone()), ..at(source, piece) };
    let finding =
        one("上年结转 5 ≠ 去年 4", of(&now, "5"), vec![related("结转下年", of(&before, "4"))]);
    Entry::Compared(Box::new(Comparison {
        kind: Compared::Years,
        organs: vec!["某县人民政府".into()],
        years: vec![2021, 2022],
        paths: vec!["2021.txt".into(), "2022.txt".into()],
        findings: vec![Finding { help: None, basis: Vec::new(), ..finding }],
        unassessed: Vec::new(),
        notes: Vec::new(),
        known: 0,
        sources: vec![now, before],
    }))
}

#[test]
fn a_pair_shows_its_places_in_both_files() {
    insta::assert_snapshot!(terminal(&[pair()], 60), @r"
    error[common/percentage] 上年结转 5 ≠ 去年 4
       ╭─[2022.txt:2:6]
     2 │ 上年结转 5
       ·          ─
       ╰────
       ╭─[2021.txt:1:11]
     1 │ 结转下年度继续办理 4
       ·                    ┬
       ·                    ╰── 结转下年
       ╰────

    没有检查任何报告
    ");
    let json: serde_json::Value =
        serde_json::from_str(&written(Format::Json, Style::default(), &[pair()])).unwrap();
    let (pair, line) = (&json["pairs"][0], written(Format::Jsonl, Style::default(), &[pair()]));
    assert_eq!(pair["organ"], "某县人民政府");
    assert_eq!(pair["years"], serde_json::json!([2021, 2022]));
    assert_eq!(pair["paths"], serde_json::json!(["2021.txt", "2022.txt"]));
    assert_eq!(pair["findings"][0]["place"]["file"], "2022.txt");
    assert_eq!(pair["findings"][0]["related"][0]["place"]["file"], "2021.txt");
    assert_eq!((&json["summary"]["error"], &json["summary"]["pairs"]), (&1.into(), &1.into()));
    assert!(line.starts_with("{\"pair\":{\"organ\":"), "{line}");
}

/// An equation over a table of one cell a line, with 22 addends.
fn equation() -> Entry {
    let mut text = String::from("三、收到和处理政府信息公开申请情况\n");
    for row in 1..=22 {
        text.push_str(&format!("\t（{row}）某种办理结果\t\n\n\t{row}0\t\n\n\n"));
    }
    text.push_str("\t（七）总计\t\n\n\t9999\t\n");
    let source = Source::new("年报/某镇2019.txt", text, "UTF-8");
    let addends = (1..=22).map(|row| {
        let start = source.text.find(&format!("\t{row}0\t")).unwrap() + 1;
        let place = place(&source, start, start + format!("{row}0").len());
        related(&format!("（{row}）某种办理结果 › 自然人 {row}0"), place)
    });
    let addends: Vec<Related> = addends.collect();
    let mut finding = one("“自然人”列不平：2530 ≠ 9999", at(&source, "9999"), addends);
    finding.rule = "applications-balance".into();
    report(source, vec![finding])
}

fn commas() -> Entry {
    let text = format!("一、概述\n{}。\n", "我镇认真履行职责,".repeat(60));
    let source = Source::new("某镇.txt", text, "UTF-8");
    let commas: Vec<_> = source.text.match_indices(',').map(|(i, _)| i).collect();
    let marks = commas.iter().skip(1).map(|i| related("半角逗号", place(&source, *i, i + 1)));
    let marks = marks.collect();
    let mut finding = one("使用了半角逗号", place(&source, commas[0], commas[0] + 1), marks);
    finding.level = Level::Info;
    finding.help = None;
    report(source, vec![finding])
}

fn leftovers() -> Vec<Entry> {
    vec![
        Entry::Skipped {
            path: "年报/README.md".into(),
            code: "not-a-report",
            reason: Words { zh: "不是年度报告".into(), en: "no annual report".into() },
        },
        Entry::Failed {
            path: "年报/坏\u{1b}[2J.txt".into(),
            code: "undecodable",
            message: Words {
                zh: "第 39 字节不是有效的 UTF-8；请用 --encoding 指明编码".into(),
                en: "byte 39 is not valid UTF-8; name the encoding with --encoding".into(),
            },
        },
    ]
}

#[test]
fn a_finding_is_framed_where_it_stands_and_quotes_its_law() {
    insta::assert_snapshot!(terminal(&[percentage()], 60), @r#"
    error[common/percentage] 占比有误：1 ÷ 17 = 5.9%，报告写作
      6.9%
       ╭─[年报/某镇2018.txt:7:289]
     7 │ …属于本政府信息”的1件，占总数的6.9%；其余均已按时答复…
       ·                   ───┬───      ──┬─
       ·                      │           ╰── 应为 5.9%
       ·                      ╰── 1
       ╰────
       ╭─[年报/某镇2018.txt:3:14]
     3 │ 截止到2018年底，已答复17件申请，其中：同意公开的若干…
       ·                       ──┬─
       ·                         ╰── 合计 17
       ╰────
      依据: 《中华人民共和国政府信息公开条例》（2007年公布）第六
            条：“行政机关应当及时、准确地公开政府信息。”
      处理: 核对分子、分母和百分比；四舍五入时保留一位小数，并与
            表格中的数字一致。

    检查报告 1 份：错误 1
    "#);
}

#[test]
fn twenty_two_addends_are_listed_and_columns_aligned() {
    let out = terminal(&[equation()], 80);
    assert!(out.contains("\n    4:2  （1）某种办理结果 › 自然人     10\n"), "{out}");
    assert!(out.contains("\n  109:2  （22）某种办理结果 › 自然人   220\n"), "{out}");
    assert_eq!(out.matches("╭─[").count(), 1, "{out}");
}

#[test]
fn places_that_all_say_the_same_are_named_by_position_alone() {
    insta::assert_snapshot!(terminal(&[commas()], 60), @r#"
    info[common/percentage] 使用了半角逗号
       ╭─[某镇.txt:2:9]
     2 │ …履行职责,我镇认真履行职责,我镇认真履行职责,我镇认真…
       ·          ─                ─                ─
       ╰────
      另见: 2:36、2:45、2:54、2:63、2:72、2:81、2:90、2:99、
            2:108、2:117、2:126、2:135、2:144、2:153、2:162、
            2:171、2:180、2:189、2:198、2:207、2:216、2:225、
            2:234、2:243、2:252、2:261、2:270、2:279、2:288、
            2:297、2:306、2:315、2:324、2:333、2:342、2:351、
            2:360、2:369、2:378、2:387……共 57 处
      依据: 《中华人民共和国政府信息公开条例》（2007年公布）第六
            条：“行政机关应当及时、准确地公开政府信息。”

    检查报告 1 份：提示 1
    "#);
}

#[test]
fn leftovers_stand_before_the_figures() {
    let mut entries = leftovers();
    entries.push(report(Source::new("好.txt", "某镇报告\n".into(), "UTF-8"), Vec::new()));
    insta::assert_snapshot!(terminal(&entries, 80), @r#"
    跳过 年报/README.md：不是年度报告

    failed[undecodable] 年报/坏␛[2J.txt：第 39 字节不是有效的 UTF-8；请
      用 --encoding 指明编码

    检查报告 1 份：未发现问题；跳过 1；未能完成 1
    "#);
    let style = Style { lang: Lang::En, ..Style::default() };
    insta::assert_snapshot!(written(Format::Terminal, style, &entries), @r#"
    skipped 年报/README.md: no annual report

    failed[undecodable] 年报/坏␛[2J.txt: byte 39 is not valid UTF-8; name the encoding with --encoding

    1 report checked: nothing found; 1 skipped; 1 failed
    "#);
}

#[test]
fn a_clean_run_says_so_in_one_line() {
    let clean = report(Source::new("好.txt", "某镇报告\n".into(), "UTF-8"), Vec::new());
    assert_eq!(terminal(&[clean], 60), "检查报告 1 份：未发现问题\n");
    assert_eq!(terminal(&[], 60), "没有检查任何报告\n");
}

#[test]
fn what_was_not_judged_is_counted_and_shown_on_demand() {
    let Entry::Report(mut judged) = commas() else { panic!("a report") };
    let place = judged.findings[0].place.clone();
    let (rule, pack) = ("sum".into(), "common".into());
    judged.unassessed.push(Unassessed {
        rule,
        pack,
        code: "blank",
        reason: "有一格空白".into(),
        place,
    });
    let entries = [Entry::Report(judged)];
    let style = Style { min_level: Level::Error, ..Style::default() };
    assert_eq!(
        written(Format::Terminal, style, &entries),
        "检查报告 1 份：提示 1（其中 1 处低于 --min-level，未列出）；无法判定 1（--show-unassessed 可查看）\n"
    );
    let shown = written(Format::Terminal, Style { show_unassessed: true, ..style }, &entries);
    assert!(shown.starts_with("unassessed[common/sum] 有一格空白\n   ╭─[某镇.txt:2:9]"), "{shown}");
}

#[test]
fn every_width_holds_in_both_languages_with_and_without_colour() {
    let mut entries = vec![percentage(), equation(), commas()];
    entries.extend(leftovers());
    for width in [60, 80, 120] {
        let chinese = terminal(&entries, width);
        let style = Style { width, color: true, ..Style::default() };
        let coloured = written(Format::Terminal, style, &entries);
        assert_eq!(without_colour(&coloured), chinese);
        let style = Style { width, lang: Lang::En, unicode: false, ..Style::default() };
        for line in written(Format::Terminal, style, &entries).lines() {
            assert!(line.width() <= width, "{line}");
        }
    }
}

fn without_colour(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('m').unwrap().1)
}

#[test]
fn an_extracted_text_is_headed_with_the_way_a_person_takes() {
    let mut source = Source::new("某镇.docx", "标题\n共10件\n".into(), "UTF-8");
    source.extracted = true;
    let finding = one("数字有误", at(&source, "10"), Vec::new());
    let out = terminal(&[report(source, vec![finding])], 60);
    assert!(out.contains("╭─[某镇.docx › 三、申请情况 › 第1段]"), "{out}");
}

#[test]
fn a_fault_of_a_rule_file_is_framed_too() {
    let style = Style::default();
    let words = "没有“patern”这一项，是否想写“pattern”？";
    let out = fault("error[rules]", "rules/a/b.yml", "id: 甲\npatern: 乙\n", 8..14, words, &style);
    insta::assert_snapshot!(out, @r#"
    error[rules] 没有“patern”这一项，是否想写“pattern”？
       ╭─[rules/a/b.yml:2:1]
     2 │ patern: 乙
       · ──────
       ╰────
    "#);
}

#[test]
fn json_is_read_back_and_every_span_cuts_its_text() {
    let Entry::Report(mut assessment) = percentage() else { panic!("a report") };
    let text = assessment.source.text.clone();
    let span = assessment.findings[0].place.span;
    let edits = vec![Edit { span, replacement: "5.9%".into() }];
    assessment.findings[0].fix = Some(Fix { edits, certain: false });
    let mut entries = vec![Entry::Report(assessment), equation()];
    entries.extend(leftovers());
    let out = written(Format::Json, Style::default(), &entries);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&json["version"], &json["tool"]["name"]), (&1.into(), &"gouji".into()));
    let report = &json["reports"][0];
    for key in
        ["path", "format", "encoding", "year", "organ", "body", "packs", "unassessed", "notes"]
    {
        assert!(!report[key].is_null(), "{key}");
    }
    let finding = &report["findings"][0];
    let keys: Vec<&String> = finding.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 14, "{keys:?}");
    assert!(finding["waived"].is_null() && finding["place"].get("file").is_none());
    assert_eq!(finding["fix"]["edits"][0]["replacement"], "5.9%");
    let places = finding["related"].as_array().unwrap().iter().map(|other| &other["place"]);
    for place in places.chain([&finding["place"]]) {
        let offset = |key: &str| place["span"][key].as_u64().unwrap() as usize;
        assert_eq!(
            crate::text::piece(&text, offset("start"), offset("end")),
            place["text"].as_str().unwrap()
        );
    }
    assert_eq!(finding["place"]["start"]["column"], 289);
    assert_eq!(json["pairs"], serde_json::json!([]));
    assert_eq!(json["errors"][0]["code"], "undecodable");
    assert_eq!(json["skipped"][0]["reason"], "不是年度报告");
    assert_eq!((&json["summary"]["reports"], &json["summary"]["error"]), (&2.into(), &2.into()));
}

#[test]
fn json_without_reports_is_json() {
    let out = written(Format::Json, Style::default(), &[]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["reports"], serde_json::json!([]));
}

#[test]
fn jsonl_is_one_object_a_line() {
    let mut entries = vec![commas()];
    entries.extend(leftovers());
    let style = Style { min_level: Level::Warning, lang: Lang::En, ..Style::default() };
    let out = written(Format::Jsonl, style, &entries);
    let lines: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["findings"], serde_json::json!([]));
    assert_eq!(lines[1]["skipped"]["reason"], "no annual report");
    assert_eq!(lines[2]["error"]["code"], "undecodable");
    assert_eq!(
        (&lines[3]["summary"]["info"], &lines[3]["summary"]["errors"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn facts_are_values_with_places() {
    let source = Source::new("某镇.txt", "某镇2018年报告\n".into(), "UTF-8");
    let year = at(&source, "2018");
    let value = Datum::Number(2018.into());
    let view = FactsView {
        path: "某镇.txt".into(),
        year: Some(FactView { value, text: "2018".into(), place: year }),
        ..FactsView::default()
    };
    let mut bytes = Vec::new();
    let mut facts = FactsWriter::new(FactsFormat::Json, Style::default(), Box::new(&mut bytes));
    facts.report(&view).unwrap();
    facts.report(&view).unwrap();
    leftovers().iter().for_each(|entry| facts.failure(entry).unwrap());
    facts.finish().unwrap();
    drop(facts);
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(json["reports"][1]["year"]["value"], 2018);
    assert_eq!(json["reports"][1]["year"]["place"]["start"]["column"], 3);
    assert!(json["reports"][0]["title"].is_null());
    assert_eq!(json["errors"].as_array().unwrap().len(), 1);
}

proptest! {
    #[test]
    fn no_line_is_ever_wider_than_the_terminal(
        text in "[一-三𠮷😀a-c0-3“”…，\\t　\\u{7}\\n]{1,300}",
        message in "[一-三，。a-z\\u{1b} “”]{0,150}",
        spots in proptest::collection::vec((0usize..300, 0usize..9, "[一-三a › ]{0,60}"), 0..30),
        path in "[一-三a/.\\u{1b}]{1,150}",
        width in 40usize..130,
    ) {
        let source = Source::new(path.clone(), text.clone(), "UTF-8");
        let offsets: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let place_at = |start: usize, length: usize| {
            let start = start.min(offsets.len() - 1);
            let end = (start + length).min(offsets.len() - 1);
            place(&source, offsets[start], offsets[end])
        };
        let others = spots.iter().map(|(start, length, label)| {
            let file = (start % 7 == 0).then(|| path.clone());
            related(label, Place { file, ..place_at(*start, *length) })
        });
        let finding = one(&message, place_at(offsets.len() / 2, 3), others.collect());
        let entries = [report(source, vec![finding])];
        let style = Style { width, ..Style::default() };
        for line in written(Format::Terminal, style, &entries).lines() {
            prop_assert!(line.width() <= width, "{line:?}");
            prop_assert!(!line.contains(char::is_control));
        }
    }
}
