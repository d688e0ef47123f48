//! Pages as browsers get them.

use crate::document::{BlockKind, Document};
use crate::profile::{Profile, SectionName, Vocabulary};
use crate::read;

fn section(name: &str) -> SectionName {
    SectionName {
        name: name.into(),
        title: name.into(),
        ordinal: None,
        terms: vec![vec![name.into()]],
        unless: Vec::new(),
    }
}

fn vocabulary() -> Vocabulary {
    let sections = vec![section("总体情况"), section("主动公开"), section("其他需要报告的事项")];
    Vocabulary::new([&Profile { sections, ..Profile::default() }])
}

fn page(html: &str) -> Document {
    read::read("x.html", html.as_bytes(), None, &vocabulary(), None).expect("a page")
}

fn cells(document: &Document) -> Vec<(u32, u32, String)> {
    let cells = document.tables.iter().flat_map(|table| &table.cells);
    cells.map(|cell| (cell.row, cell.column, document.text(cell.at).to_owned())).collect()
}

#[test]
fn the_article_is_told_from_what_stands_around_it() {
    let text = page(
        "<!DOCTYPE html><html><head><title>甲县2021年政府信息公开工作年度报告_甲县人民政府</title></head><body>
         <div class=nav><a href=/>首页</a> <a href=/x>政务公开</a> <a href=/y>年报</a></div>
         <div id=main><div class=crumb>当前位置：<a>首页</a> &gt; <a>政务公开</a></div>
         <h1>甲县2021年政府信息公开工作年度报告</h1>
         <p>发布时间：2022-01-20 来源：甲县</p><div class=share><a>分享</a><a>微信</a></div>
         <div class=text><p>开头。</p><p>一、总体情况<p>很好。<br>一切都好。
         <p>二、主动公开情况</p><p>公开12条。</div>
         <ul><li><a>甲县2020年政府信息公开工作年度报告</a><li><a>另一则长长的新闻标题</a><li><a>第三则</a></ul></div>
         <div class=bottom>主办：甲县人民政府 电话：0000-1234567</div></body></html>",
    )
    .source
    .text;
    assert_eq!(
        text,
        "甲县2021年政府信息公开工作年度报告\n发布时间：2022-01-20 来源：甲县\n开头。\n一、总体情况\n很好。\n\
         一切都好。\n二、主动公开情况\n公开12条。\n"
    );
}

#[test]
fn merged_cells_and_markup_as_browsers_take_it() {
    let document = page(
        "<p>一、总体情况<p>二、主动公开<table><tr><td rowspan=2 colspan=2>项目<td>甲<tr><th>乙</th></tr>漏在表里
         <tbody><tr><td rowspan=2><p>三</p><p>办理</p><td>（一）<td>1<b>2</b>&nbsp;<tr><td>（二）<td></table>后面",
    );
    let expected = [
        (0, 0, "项目"),
        (0, 2, "甲"),
        (1, 2, "乙"),
        (2, 0, "三办理"),
        (2, 1, "(一)"),
        (2, 2, "12"),
        (3, 1, "(二)"),
        (3, 2, ""),
    ];
    assert_eq!(
        cells(&document),
        expected.map(|(row, column, text)| (row, column, text.to_owned()))
    );
    let lines: Vec<&str> = document.source.text.lines().collect();
    assert_eq!(lines[2], "漏在表里");
    assert_eq!(lines.last(), Some(&"后面"));
}

#[test]
fn places_count_in_the_file() {
    let html =
        "<p>一、总体情况</p>\r\n<p>共公开<span>1</span>&#50;<b>3</b>条。</p><p>二、主动公开</p>";
    let document = page(html);
    let at = document.folded.text().find("123").unwrap();
    let span = crate::text::FoldedSpan::new(at, at + 3);
    let place = document.place(&span.into());
    assert_eq!(&html[place.span.range()], "1</span>&#50;<b>3");
    assert_eq!((place.text.as_str(), place.start.line, place.start.column), ("123", 2, 13));
}

#[test]
fn what_is_not_shown_is_not_read() {
    let document = page(
        "<p>一、总体情况<script>二、主动公开</script><!-- 三、 --><span style='display:none'>藏</span>\
         <div style=\"DISPLAY: none\">藏</div><p>二、主动公开<ol start=3><li>甲<li>（一）乙</ol><pre>丙\n丁</pre>",
    );
    let expected = "一、总体情况\n二、主动公开\n3.甲\n（一）乙\n丙\n丁\n";
    assert_eq!(document.source.text, expected);
    let headings = document.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Heading(_)));
    assert_eq!(headings.count(), 4);
}

#[test]
fn a_page_laid_out_by_tables_is_flattened() {
    let document = page(
        "<table><tr><td>左栏<td><table><tr><td><p>一、总体情况</p><p>好。</p><p>二、主动公开</p>\
         <table><tr><td>甲<td>1<tr><td>乙<td>2</table></td></tr></table></table>",
    );
    assert_eq!(document.source.text, "一、总体情况\n好。\n二、主动公开\n甲\t1\n乙\t2\n");
    assert_eq!(document.tables.len(), 1);
}

#[test]
fn a_row_that_is_called_like_a_section_belongs_to_its_table() {
    let sections = vec![section("总体情况"), section("主动公开"), section("收到申请数量")];
    let form = crate::profile::Form {
        id: crate::profile::FormId { pack: "甲".into(), name: "申请".into() },
        name: "申请".into(),
        title: "申请".into(),
        section: None,
        signs: Vec::new(),
        columns: vec![crate::profile::Line::new("件数", vec!["件数".into()], false)],
        total: None,
        rows: vec![crate::profile::Line::new("收到", vec!["收到申请数量".into()], false)],
    };
    let profile = Profile { sections, forms: vec![form.into()], ..Profile::default() };
    let html = "<p>一、总体情况<p>二、主动公开<table><tr><td>项目<td>件数
        <tr><td>一、收到申请数量<td>3<tr><td>二、其他<td></table>";
    let vocabulary = Vocabulary::new([&profile]);
    let document = read::read("x.html", html.as_bytes(), None, &vocabulary, None).expect("a page");
    let expected = [(0, 0, "项目"), (0, 1, "件数"), (1, 0, "一、收到申请数量"), (1, 1, "3")];
    let expected = expected.map(|(row, column, text)| (row, column, text.to_owned()));
    assert_eq!(cells(&document)[..4], expected);
    assert_eq!(document.tables[0].cells.len(), 6);
}

/// The lines that a page is read as.
fn lines(html: &str) -> Vec<String> {
    page(html).source.text.lines().map(str::to_owned).collect()
}

const BODY: &str =
    "<p>开头，本报告所列数据都是一年的。<p>一、总体情况<p>很好。<p>二、主动公开情况<p>公开12条。";

#[test]
fn the_titles_of_other_reports_beside_the_article_are_not_taken_for_its_own() {
    let title = "甲县乙镇2022年政府信息公开工作年度报告";
    let list = "<td><a href=1>甲县乙镇2021年政府信息公开工作年度报告</a><br><a href=2>甲县乙镇2020年政府信息公开工作年度报告</a></td>";
    // In a page laid out by tables, nothing parts the list from the article.
    let page = format!("<table><tr>{list}<td><b>{title}</b>{BODY}</td></tr></table>");
    assert_eq!(lines(&page)[..2], [title, "开头，本报告所列数据都是一年的。"]);
    // Where they are no links, the title in the page's head decides.
    let plain = list.replace("<a ", "<span ").replace("</a>", "</span>");
    let page = format!(
        "<title>{title}_甲县人民政府</title><table><tr>{plain}<td><b>{title}</b>{BODY}</td></tr></table>"
    );
    assert_eq!(lines(&page)[..2], [title, "开头，本报告所列数据都是一年的。"]);
    // Links to the reports before and after it are not its title either.
    let page = format!(
        "<title>{title}</title><p>首页 / 政务公开 / 政府信息公开年报{BODY}<p>上一篇：甲县乙镇2021年政府信息公开工作年度报告"
    );
    assert_eq!(lines(&page)[0], title);
}

#[test]
fn a_title_that_stands_beside_the_article_is_found() {
    let title = "甲县乙镇2022年政府信息公开工作年度报告";
    let card = format!(
        "<table><tr><td>索引号：<td>K1/2023<td>分类：<td>政府信息公开年度报告<tr><td>名　称：<td colspan=3>{title}</table>"
    );
    for page in [
        format!("<title>政府信息公开</title><div>{card}<div>{BODY}</div></div>"),
        format!("<title>{title}-甲县人民政府</title><div>首页 | 镇情 | 政务</div>{BODY}"),
        format!("<title>甲县人民政府 政府信息公开年报 {title}</title>{BODY}"),
        format!(
            "<title>政府信息公开</title><h1>{title}</h1><ul><li><a>一</a><li><a>二</a><li><a>三</a></ul>{BODY}"
        ),
    ] {
        assert_eq!(lines(&page)[0], title, "{page}");
    }
}

#[test]
fn what_stands_beside_another_reports_title_is_kept() {
    let title = "甲县乙镇2022年政府信息公开工作年度报告";
    let other = "<a href=1>甲县乙镇2021年政府信息公开工作年度报告</a>";
    let page =
        format!("<table><tr><td>{title}<br>{other}</td></tr><tr><td>{BODY}</td></tr></table>");
    assert_eq!(lines(&page)[0], title);
    // A title that links to itself is one.
    let page =
        format!("<title>政府信息公开</title><h1><a href=2>{title}</a></h1><div>{BODY}</div>");
    assert_eq!(lines(&page)[0], title);
}

#[test]
fn without_a_title_the_report_begins_with_its_first_sentence() {
    let page = format!("<div>首页 | 镇情 | 政务</div><div>索引号 K1/2023</div>{BODY}");
    assert_eq!(lines(&page)[0], "开头，本报告所列数据都是一年的。");
    // Tables before the first sentence belong to it, and so does what says that it is something else.
    let page = "<div>首页 | 镇情</div><table><tr><td>甲<td>1<tr><td>乙<td>2</table><p>注：以上数据，截至年底。";
    assert_eq!(lines(page), ["甲\t1", "乙\t2", "注：以上数据，截至年底。"]);
    let page = format!("<div>首页 | 镇情</div><p>关于报送政府信息公开年报的通知{BODY}");
    assert_eq!(lines(&page)[0], "关于报送政府信息公开年报的通知");
}

#[test]
fn the_end_of_a_line_in_the_file_parts_no_chinese_words() {
    let page = format!(
        "{BODY}<p>全年主动公开政府信\n<span>息 \r\n 总计</span>\n12条，网\n站 点击\n。<p>一、公开情况\n我局"
    );
    let lines = lines(&page);
    assert_eq!(
        lines[lines.len() - 2..],
        ["全年主动公开政府信息总计 12条，网站 点击 。", "一、公开情况 我局"]
    );
}
