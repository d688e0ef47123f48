//! The formats: what programs read back, and that none of them hides anything.

use crate::support::{Figures, Writing, report, schema};
use assert_cmd::Command;
use gouji::finding::{Compared, Comparison, Entry, Lang, Level, Summary, Waived};
use gouji::lint::{Linter, Options};
use gouji::write::{Format, Style, writer};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    Linter::new(Options::new(jiff::civil::date(2026, 6, 1)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
});

pub(crate) fn gouji(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("gouji").expect("the program");
    let output = command.env_clear().current_dir(folder).args(args).output().expect("a run");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

pub(crate) fn clean() -> String {
    report(&Figures::default(), Writing::Ruled)
}

/// One wrong cell that breaks a row and a column, a warning with something to escape in it, and a
/// character outside the basic plane before a fault.
pub(crate) fn faulty() -> String {
    let mut figures = Figures::default();
    figures.applications[12][0] += 1;
    report(&figures, Writing::Ruled)
        .replace("（五）监督保障情况", "（六）监督<script>alert(1)</script>|`保障`,%:情况")
        .replace("自2022年1月1日起", "𠮷自2021年1月1日起")
}

/// A blank cell, so that sums cannot be judged.
fn blank() -> String {
    let text = clean();
    let row = text.lines().find(|line| line.contains("予以公开 |")).expect("the row");
    text.replace(row, &row.replacen("| 20 |", "|  |", 1))
}

/// What the formats make of `entries`.
fn written(format: Format, style: Style, entries: &[Entry]) -> String {
    let mut bytes = Vec::new();
    let packs = |name: &str| LINTER.about(name);
    let mut writer = writer(format, style, &packs, Box::new(&mut bytes));
    let mut summary = Summary::default();
    for entry in entries {
        summary.add(entry);
        writer.entry(entry).expect("written");
    }
    writer.finish(&summary).expect("written");
    drop(writer);
    String::from_utf8(bytes).expect("UTF-8")
}

pub(crate) fn all_formats() -> impl Iterator<Item = &'static str> {
    Format::WORDS.iter().copied()
}

#[test]
fn the_exit_code_is_the_same_in_every_format() {
    let (clean, faulty, blank) = (clean(), faulty(), blank());
    let folder = folder(&[
        ("clean/a.md", &clean),
        ("faulty/a.md", &faulty),
        ("blank/a.md", &blank),
        ("mixed/a.md", &clean),
        ("mixed/README.md", "# Reports\n"),
        ("empty/README.md", "# Nothing here\n"),
        ("failed/a.md", &clean),
        ("failed/b.txt", "没有内容的通知\n"),
        ("packs/mine/pack.yml", "name: mine\n"),
    ]);
    let cases: &[(&[&str], i32, &str)] = &[
        (&["clean"], 0, ""),
        (&["faulty"], 1, "applications-rows"),
        (&["faulty", "--fail-on", "never"], 0, "applications-rows"),
        (&["faulty", "--select", "heading-numbers"], 0, "heading-numbers"),
        (&["faulty", "--select", "heading-numbers", "--fail-on", "warning"], 1, "heading-numbers"),
        (&["mixed"], 0, "not-a-report"),
        (&["mixed", "--strict"], 2, "not-a-report"),
        (&["empty"], 2, "no-report"),
        (&["empty", "--allow-empty"], 0, "not-a-report"),
        (&["failed/a.md", "failed/b.txt"], 2, "not-a-report"),
        (&["clean", "missing.md"], 2, "not-found"),
        (&["blank"], 0, "format-2021"),
        (&["blank", "--fail-on-unassessed"], 1, "format-2021"),
        (&["clean", "--packs", "packs"], 2, ""),
    ];
    for (args, wanted, named) in cases {
        for format in all_formats() {
            let args: Vec<&str> = ["check", "--show-unassessed", "--format", format]
                .iter()
                .chain(*args)
                .copied()
                .collect();
            let (code, out, err) = gouji(folder.path(), &args);
            assert_eq!(code, *wanted, "{args:?}\n{out}{err}");
            // Checkstyle writes its sources with dots; the terminal and GitHub's annotations, of
            // which there are ten, need not name what was skipped by its word.
            let told = out.contains(named)
                || matches!((format, *wanted), ("terminal" | "github" | "markdown", 0));
            assert!(told, "{args:?} does not name {named}:\n{out}");
            match format {
                "json" if !out.is_empty() => drop(schema::check(&out)),
                "jsonl" => schema::check_lines(&out),
                "sarif" if !out.is_empty() => {
                    let log = schema::sarif(&out);
                    let run = &log["runs"][0]["invocations"][0];
                    assert_eq!(run["exitCode"], *wanted, "{args:?}");
                    assert_eq!(run["executionSuccessful"], *wanted != 2, "{args:?}");
                }
                "junit" if !out.is_empty() => {
                    let fails = out.contains("<failure ") || out.contains("<error ");
                    assert_eq!(fails, *wanted != 0, "{args:?}\n{out}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn sarif_puts_the_result_at_the_total_and_every_addend_beside_it() {
    let mut figures = Figures::default();
    figures.reviews[4] += 1;
    let text = report(&figures, Writing::Ruled);
    let folder = folder(&[("年报/甲 县.md", &text)]);
    let (code, out, _) = gouji(folder.path(), &["check", "--format", "sarif"]);
    assert_eq!(code, 1);
    let log = schema::sarif(&out);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    let place = &result["locations"][0];
    let physical = &place["physicalLocation"];
    assert_eq!(physical["artifactLocation"]["uri"], "%E5%B9%B4%E6%8A%A5/%E7%94%B2%20%E5%8E%BF.md");
    assert_eq!(physical["region"]["snippet"]["text"], "11");
    let way = place["logicalLocations"][0]["fullyQualifiedName"].as_str().expect("a way");
    assert!(way.starts_with("四/"), "{way}");
    let related = result["relatedLocations"].as_array().expect("addends");
    assert_eq!(related.len(), 4, "{related:#?}");
    for (index, addend) in related.iter().enumerate() {
        let link = format!("]({})", index + 1);
        let text = result["message"]["text"].as_str().expect("a message");
        assert!(addend["id"] == index + 1 && text.contains(&link), "{text}");
    }
    // Rule and law are described, and what is referred to by index is what is meant.
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
    let rule = &run["tool"]["driver"]["rules"][index];
    assert_eq!(rule["id"], result["ruleId"]);
    assert!(rule["help"]["markdown"].as_str().is_some_and(|help| help.contains("```")), "{rule}");
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
    for taxon in result["taxa"].as_array().expect("clauses") {
        let at = |value: &Value| usize::try_from(value.as_u64().expect("an index")).expect("small");
        let taxonomy = &run["taxonomies"][at(&taxon["toolComponent"]["index"])];
        assert_eq!(taxonomy["name"], taxon["toolComponent"]["name"]);
        assert_eq!(taxonomy["taxa"][at(&taxon["index"])]["id"], taxon["id"]);
    }
}

/// What a region with these members cuts out of `text`.
fn cut_out(text: &str, region: &Value) -> [String; 2] {
    let number = |name: &str| usize::try_from(region[name].as_u64().expect(name)).expect("small");
    let characters: Vec<char> = text.chars().collect();
    let by_offset = &characters[number("charOffset")..number("charOffset") + number("charLength")];
    let lines: Vec<&str> = text.split('\n').collect();
    let (first, last) = (number("startLine") - 1, number("endLine") - 1);
    let joined = lines[first..=last].join("\n");
    let end: usize = lines[first..last].iter().map(|line| line.chars().count() + 1).sum();
    let by_column = joined
        .chars()
        .take(end + number("endColumn") - 1)
        .skip(number("startColumn") - 1)
        .collect();
    [by_offset.iter().collect(), by_column]
}

#[test]
fn every_region_cuts_out_its_snippet_also_behind_a_rare_character() {
    let text = faulty();
    let folder = folder(&[("a.md", &text)]);
    let (_, out, _) = gouji(folder.path(), &["check", "--format", "sarif"]);
    let log = schema::sarif(&out);
    let mut seen = 0;
    let results = log["runs"][0]["results"].as_array().expect("results");
    for result in results {
        let none = Vec::new();
        let related = result["relatedLocations"].as_array().unwrap_or(&none);
        for location in result["locations"].as_array().expect("a place").iter().chain(related) {
            for name in ["region", "contextRegion"] {
                let region = &location["physicalLocation"][name];
                if name == "contextRegion" && region.is_null() {
                    continue;
                }
                let snippet = region["snippet"]["text"].as_str().expect("a snippet");
                assert_eq!(cut_out(&text, region), [snippet, snippet], "{region}");
                seen += 1;
            }
        }
        for change in result["fixes"].as_array().into_iter().flatten() {
            let region = &change["artifactChanges"][0]["replacements"][0]["deletedRegion"];
            let snippet = &result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"];
            assert_eq!(cut_out(&text, region)[0], *snippet);
        }
    }
    assert!(seen > 20, "{seen}");
    assert!(results.iter().any(|result| result["fixes"].is_array()), "a figure is suggested");
}

#[test]
fn what_is_waived_or_on_trial_is_told_and_fails_nothing() {
    let mut entry = LINTER.check("a.md", faulty().as_bytes());
    let Entry::Report(report) = &mut entry else { panic!("a report") };
    for (index, finding) in report.findings.iter_mut().enumerate() {
        finding.level = Level::Error;
        if index % 2 == 0 {
            finding.preview = true;
        } else {
            let (reason, by) = ("上级已同意".to_owned(), "甲科".to_owned());
            finding.waived = Some(Waived { reason, by, expires: Some("2027-01-31".into()) });
        }
    }
    assert!(report.findings.len() >= 3, "{:#?}", report.findings);
    let rules: BTreeSet<String> = report.findings.iter().map(|f| f.rule.clone()).collect();
    let entries = [entry];
    for (word, format) in Format::WORDS.iter().map(|w| (w, Format::from_word(w).expect("known"))) {
        let out = written(format, Style::default(), &entries);
        // The terminal and GitHub's annotations show what is to be done; the others show all.
        if !matches!(format, Format::Terminal | Format::Github) {
            assert!(rules.iter().all(|rule| out.contains(rule.as_str())), "{word}:\n{out}");
            assert!(
                out.contains("上级已同意")
                    || format == Format::Checkstyle
                    || format == Format::Markdown,
                "{word}:\n{out}"
            );
        }
        match format {
            Format::Junit => assert!(!out.contains("<failure"), "{out}"),
            Format::Github => assert!(!out.contains("::error"), "{out}"),
            Format::Checkstyle => assert!(!out.contains("severity=\"error\""), "{out}"),
            Format::Gitlab => assert!(!out.contains("critical"), "{out}"),
            Format::Csv => assert!(!out.contains(",是,"), "{out}"),
            Format::Markdown => assert!(out.contains("通过") && !out.contains("未通过"), "{out}"),
            Format::Html => assert!(out.contains("verdict done"), "{out}"),
            Format::Sarif => {
                let log = schema::sarif(&out);
                for result in log["runs"][0]["results"].as_array().expect("results") {
                    let suppressed = result["suppressions"].is_array();
                    assert!(suppressed || result["level"] == "note", "{result}");
                }
            }
            _ => {}
        }
    }
}

/// A finding whose places stand in two files, as the years find it.
fn compared() -> Entry {
    let entry = |path: &str| LINTER.check(path, faulty().as_bytes());
    let (Entry::Report(earlier), Entry::Report(later)) = (entry("旧.md"), entry("新.md")) else {
        panic!("reports")
    };
    let mut findings = later.findings;
    findings.truncate(1);
    findings[0].place.file = Some("新.md".to_owned());
    for related in &mut findings[0].related {
        related.place.file = Some("旧.md".to_owned());
    }
    Entry::Compared(Box::new(Comparison {
        kind: Compared::Years,
        organs: vec!["清河县人民政府".to_owned()],
        years: vec![2021, 2022],
        paths: vec!["旧.md".to_owned(), "新.md".to_owned()],
        findings,
        unassessed: later.unassessed,
        notes: Vec::new(),
        known: 0,
        sources: vec![earlier.source, later.source],
    }))
}

#[test]
fn what_two_files_show_together_stands_in_every_format_and_fails_the_run() {
    let entries = [compared()];
    for (word, format) in Format::WORDS.iter().map(|w| (w, Format::from_word(w).expect("known"))) {
        let out = written(format, Style::default(), &entries);
        let file = if format == Format::Sarif { "%E6%96%B0.md" } else { "新.md" };
        assert!(out.contains(file), "{word}:\n{out}");
        let rule = out.contains("applications-rows");
        assert!(rule, "{word}:\n{out}");
        match format {
            Format::Json => drop(schema::check(&out)),
            Format::Jsonl => schema::check_lines(&out),
            Format::Sarif => {
                let log = schema::sarif(&out);
                let related = &log["runs"][0]["results"][0]["relatedLocations"][0];
                let uri = &related["physicalLocation"]["artifactLocation"]["uri"];
                assert_eq!(uri, "%E6%97%A7.md", "{related}");
                assert_eq!(log["runs"][0]["invocations"][0]["exitCode"], 1);
            }
            Format::Junit => assert!(out.contains("<failure"), "{out}"),
            Format::Html => {
                assert!(out.contains("verdict found"), "{out}");
                assert_eq!(out.matches("<figcaption>").count(), 2, "{out}");
            }
            _ => {}
        }
    }
}

#[test]
fn a_web_page_is_cut_at_its_own_places_in_every_format() {
    let text = "<html><head><meta charset=\"utf-8\"></head><body>\n<h1>乙镇人民政府2022年政府信息公开工作年度报告</h1>\n\
                <p>本报告所列数据的统计期限自<b>2021</b>年1月1日起至2021年12月31日止。</p>\n<h2>一、总体情况</h2>\n\
                <p>全年公开信息&nbsp;12 条。</p></body></html>\n";
    let entries = [LINTER.check("a.html", text.as_bytes())];
    for word in Format::WORDS {
        let out = written(Format::from_word(word).expect("known"), Style::default(), &entries);
        match *word {
            "json" => drop(schema::check(&out)),
            "html" => {
                assert!(
                    out.contains("<mark class=\"own\">2021年1月1日起至2021年12月31日"),
                    "{out}"
                );
            }
            "sarif" => {
                let log = schema::sarif(&out);
                let results = log["runs"][0]["results"].as_array().expect("results");
                assert!(results.len() > 2, "{out}");
                for result in results {
                    let region = &result["locations"][0]["physicalLocation"]["region"];
                    let snippet = region["snippet"]["text"].as_str().expect("a snippet");
                    assert_eq!(cut_out(text, region), [snippet, snippet], "{region}");
                }
            }
            _ => {}
        }
    }
}

#[test]
fn gitlab_has_the_documented_fields_and_no_fingerprint_twice() {
    let text = faulty();
    let folder = folder(&[("a.md", &text), ("b/a.md", &text), ("b/README.md", "# x\n")]);
    let (_, out, _) = gouji(folder.path(), &["check", ".", "gone.md", "--format", "gitlab"]);
    let issues: Vec<Value> = serde_json::from_str(&out).expect("an array");
    let mut fingerprints = BTreeSet::new();
    for issue in &issues {
        for field in ["description", "check_name", "fingerprint"] {
            assert!(issue[field].as_str().is_some_and(|text| !text.is_empty()), "{issue}");
        }
        let severity = issue["severity"].as_str().expect("a severity");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        let path = issue["location"]["path"].as_str().expect("a path");
        assert!(!path.starts_with("./") && !path.starts_with('/'), "{path}");
        assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
        assert!(fingerprints.insert(issue["fingerprint"].to_string()), "{issue}");
    }
    assert!(issues.iter().any(|issue| issue["severity"] == "blocker"));
    // Text that moves down leaves the fingerprints alone.
    fs::write(folder.path().join("a.md"), format!("\n\n{text}")).expect("a file");
    let (_, moved, _) = gouji(folder.path(), &["check", ".", "gone.md", "--format", "gitlab"]);
    let moved: Vec<Value> = serde_json::from_str(&moved).expect("an array");
    assert!(moved.iter().all(|issue| fingerprints.contains(&issue["fingerprint"].to_string())));
}

#[test]
fn junit_and_checkstyle_hold_what_their_readers_know_and_nothing_else() {
    let text = faulty();
    let folder = folder(&[("a.md", &text), ("b.md", &clean()), ("README.md", "# x\n")]);
    let (_, out, _) = gouji(folder.path(), &["check", ".", "gone.md", "--format", "junit"]);
    let document = roxmltree::Document::parse(&out).expect("XML");
    let number = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.attribute(name).and_then(|text| text.parse::<usize>().ok()).expect("a number")
    };
    assert_eq!(document.root_element().tag_name().name(), "testsuites");
    let elements = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.descendants().filter(|n| n.has_tag_name(name)).count()
    };
    for suite in document.root_element().children().filter(roxmltree::Node::is_element) {
        assert_eq!(suite.tag_name().name(), "testsuite");
        assert_eq!(number(suite, "tests"), elements(suite, "testcase"));
        assert_eq!(number(suite, "failures"), elements(suite, "failure"));
        assert_eq!(number(suite, "errors"), elements(suite, "error"));
        assert_eq!(number(suite, "skipped"), elements(suite, "skipped"));
        for case in suite.children().filter(roxmltree::Node::is_element) {
            assert!(case.has_attribute("name") && case.has_attribute("classname"));
        }
    }
    assert_eq!(document.root_element().children().filter(roxmltree::Node::is_element).count(), 4);
    assert!(elements(document.root_element(), "failure") > 0);
    let (_, out, _) = gouji(folder.path(), &["check", ".", "gone.md", "--format", "checkstyle"]);
    let document = roxmltree::Document::parse(&out).expect("XML");
    let mut sources = BTreeSet::new();
    for error in document.descendants().filter(|node| node.has_tag_name("error")) {
        assert!(
            error
                .parent()
                .is_some_and(|file| file.has_tag_name("file") && file.has_attribute("name"))
        );
        assert!(number(error, "line") > 0);
        let severity = error.attribute("severity").expect("a severity");
        assert!(["error", "warning", "info"].contains(&severity), "{severity}");
        sources.insert(error.attribute("source").expect("a source").to_owned());
    }
    for source in ["gouji.not-found", "gouji.not-a-report", "gouji.format-2021.applications-rows"] {
        assert!(sources.contains(source), "{sources:?}");
    }
}

#[test]
fn csv_is_a_row_for_each_line_and_never_a_formula() {
    let text = clean().replace("（五）监督保障情况", "（六）监督保障情况");
    let text = text.replace("清河县人民政府2022年", "=清河县人民政府2022年");
    let folder = folder(&[("=1+1.md", &text)]);
    let (_, out, _) = gouji(folder.path(), &["check", "=1+1.md", "no.md", "--format", "csv"]);
    let plain = out.strip_prefix('\u{feff}').expect("the mark");
    let mut rows = ::csv::Reader::from_reader(plain.as_bytes());
    let heads: Vec<String> = rows.headers().expect("heads").iter().map(str::to_owned).collect();
    assert_eq!(heads[..4], ["文件", "机关", "年度", "级别"]);
    let rows: Vec<::csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    assert!(rows.iter().any(|row| &row[3] == "未能完成" && &row[4] == "是"));
    assert!(rows.iter().any(|row| row[0].starts_with("'=1+1.md") && &row[3] == "提醒"));
    for cell in rows.iter().flat_map(|row| row.iter()) {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
    let (_, out, _) = gouji(folder.path(), &["check", "--format", "csv", "--lang", "en"]);
    assert!(out.starts_with("\u{feff}file,organ,year,level"), "{out}");
}

#[test]
fn the_page_needs_nothing_else_and_shows_everything() {
    let folder = folder(&[("a.md", &faulty()), ("b.md", &clean()), ("README.md", "# x\n")]);
    for lang in ["zh", "en"] {
        let args = ["check", ".", "gone.md", "--format", "html", "--lang", lang];
        let (code, out, _) = gouji(folder.path(), &args);
        assert_eq!(code, 2);
        for outside in ["src=", "href=", "url(", "@import", "<link", "<iframe", "<script>alert"] {
            assert!(!out.contains(outside), "{outside}");
        }
        assert!(out.contains("default-src &#39;none&#39;") || out.contains("default-src 'none'"));
        assert!(
            out.contains("verdict failed") && out.contains("gone.md") && out.contains("README.md")
        );
        assert!(out.contains("&lt;script&gt;alert(1)"));
        let json = gouji(folder.path(), &["check", ".", "gone.md", "--format", "json"]).1;
        let json = schema::check(&json);
        let report =
            json["reports"].as_array().expect("reports").iter().find(|r| r["path"] == "a.md");
        let findings = report.expect("the report")["findings"].as_array().expect("findings");
        assert_eq!(out.matches("<article").count(), findings.len());
    }
}

#[test]
fn the_language_of_every_format_can_be_changed() {
    let entries = [LINTER.check("a.md", clean().as_bytes())];
    let style = Style { lang: Lang::En, ..Style::default() };
    for word in Format::WORDS {
        let out = written(Format::from_word(word).expect("known"), style, &entries);
        if *word == "sarif" {
            // The law stays Chinese, and all of it that the packs stand for is listed.
            assert!(schema::sarif(&out)["runs"][0]["language"] == "en", "{out}");
            continue;
        }
        for chinese in ["通过", "问题", "文件", "依据", "处理", "检查报告"] {
            assert!(!out.contains(chinese), "{word} says {chinese}:\n{out}");
        }
    }
}
