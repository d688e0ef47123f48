//! Which report it is: title, organ, kind of body and year.

pub use super::body::Body;

use super::period::{self, Found};
use super::scan::{digit_runs, has_any, rest, sentence_after, sentence_before, starts_any};
use super::title::{self, Title, YEARS};
use super::{Fact, organ};
use crate::document::{Block, BlockKind, Document, Zone};
use crate::text::{FoldedSpan, piece};
use std::ops::Range;

/// What tells one report from another.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// The title as it is written, without white space.
    pub title: Option<Fact<String>>,
    /// The organ that reports, as written or as the title implies.
    pub organ: Option<Fact<String>>,
    /// What kind of body the organ is.
    pub body: Option<Body>,
    /// The year the report is about; for a school year the one it ends in.
    pub year: Option<Fact<i16>>,
    /// Whether it is about a school year.
    pub academic: bool,
    /// Whether the document is an annual report at all.
    pub is_report: bool,
}

/// Finds out which report `document` is.
pub fn identity(document: &Document) -> Identity {
    let title = Title::find(document);
    let years = title.as_ref().map(Title::years).unwrap_or_default();
    let own = years.last();
    let named = title.as_ref().and_then(|title| organ::of_title(document, title, &years));
    let (organ, mut body) = match named {
        Some((organ, folded)) => (Some(organ), Body::of(&folded)),
        None => organ_of_text(document),
    };
    if body.is_none() {
        body = organ::of_signature(document).and_then(|at| body_of(document.text(at)));
    }
    if body.is_none() {
        body = organ::of_pronoun(document);
    }
    let certain = title.as_ref().is_some_and(Title::is_report) && has_text(document);
    let unsure = own.is_none() || !certain || body == Some(Body::Other);
    // Schools report on the year from September to August.
    let school = body == Some(Body::Other);
    let found = unsure.then(|| period::find(document, None, school)).flatten();
    let academic =
        own.is_some_and(|own| own.academic) || found.as_ref().is_some_and(is_school_year);
    let year = match (&title, own) {
        (Some(title), Some(own)) => Some(Fact { value: own.year, at: title.span(&own.at) }),
        _ => year_of_text(document, found.as_ref()),
    };
    Identity {
        is_report: certain || is_report(document, title.as_ref(), found.as_ref()),
        title: title.map(|title| title.fact(document)),
        organ,
        body: if academic { Some(Body::Other) } else { body },
        year,
        academic,
    }
}

/// Whether more than titles stands in a document: a sentence, a heading or a table. A page that lists the
/// reports of many years is none itself.
fn has_text(document: &Document) -> bool {
    let tells = |block: &Block| {
        matches!(block.kind, BlockKind::Heading(_)) || document.text(block.at).contains(['。', ','])
    };
    !document.tables.is_empty() || document.prose(Zone::TEXT).any(tells)
}

/// Schools and universities report from September to August; some take a month or two more.
fn is_school_year(found: &Found) -> bool {
    let (Some(start), Some(end)) = (found.period.start, found.period.end) else { return false };
    (8..=9).contains(&start.month())
        && (7..=10).contains(&end.month())
        && end.year() == start.year() + 1
}

fn organ_of_text(document: &Document) -> (Option<Fact<String>>, Option<Body>) {
    let Some(at) = organ::of_text(document) else { return (None, None) };
    (Some(Fact { value: title::written(document, at), at }), body_of(document.text(at)))
}

/// The kind of an organ that no title names: the office of a government draws up its government's
/// report as well as its own.
fn body_of(name: &str) -> Option<Body> {
    Body::of(name).filter(|body| *body != Body::Department || !organ::is_secretariat(name))
}

/// The year where the title names none.
fn year_of_text(document: &Document, found: Option<&Found>) -> Option<Fact<i16>> {
    found
        .and_then(|found| Some(Fact { value: found.year?, at: found.period.at }))
        .filter(|year| YEARS.contains(&year.value))
        .or_else(|| year_of_caption(document))
        .or_else(|| most_named_year(document))
}

/// `(2018年度)` over or under a table's title.
fn year_of_caption(document: &Document) -> Option<Fact<i16>> {
    let zones = [Zone::Narrative, Zone::Attachment];
    let mut blocks = document.blocks.iter().filter(|block| zones.contains(&block.zone));
    blocks.find_map(|block| {
        let text = document.text(block.at);
        years_in(text).find_map(|(value, run)| {
            let captions = piece(text, 0, run.start).ends_with('(')
                && starts_any(rest(text, run.end), &["年度)", "年)"]);
            captions.then(|| Fact { value, at: year_span(block.at, &run) })
        })
    })
}

/// The year that the running text names most often; of equals the one it names first.
fn most_named_year(document: &Document) -> Option<Fact<i16>> {
    let mut counts: Vec<(Fact<i16>, u32)> = Vec::new();
    for block in document.prose(Zone::TEXT) {
        let text = document.text(block.at);
        for (value, run) in years_in(text) {
            if !rest(text, run.end).starts_with('年') {
                continue;
            }
            match counts.iter_mut().find(|(year, _)| year.value == value) {
                Some((_, count)) => *count += 1,
                None => counts.push((Fact { value, at: year_span(block.at, &run) }, 1)),
            }
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(year, _)| year)
}

fn years_in(text: &str) -> impl Iterator<Item = (i16, Range<usize>)> + '_ {
    digit_runs(text).filter(|run| run.len() == 4).filter_map(|run| {
        let year = piece(text, run.start, run.end).parse().ok()?;
        YEARS.contains(&year).then_some((year, run))
    })
}

fn year_span(block: FoldedSpan, run: &Range<usize>) -> FoldedSpan {
    FoldedSpan::new(run.start, run.end + "年".len()).shift(block.start)
}

/// A text whose title does not say that it is a report shows one sure sign of one: its headings, its
/// tables, a statistics period, or that it calls itself one. One that calls itself a notice must both
/// have a report's headings and call itself a report in its text.
fn is_report(document: &Document, title: Option<&Title>, found: Option<&Found>) -> bool {
    let headings = report_headings(document);
    let is_other = match title {
        Some(title) => title.is_other(),
        None => Title::in_place_of_one(document).is_other(),
    };
    let notice =
        document.prose(Zone::TEXT).any(|block| document.text(block.at).contains("通知如下"));
    if is_other || notice {
        return headings == 3 && calls_itself_report(document);
    }
    let period = found.is_some_and(|found| found.period.labelled);
    document.folded.text().contains("公开")
        && (headings == 3
            || period
            || !document.tables.is_empty()
            || calls_itself_report(document)
            || headings > 0 && publishes_report(document))
}

/// How many headings speak of what a report tells, 3 at most.
fn report_headings(document: &Document) -> usize {
    const TERMS: &[&str] = &[
        "总体情况",
        "概述",
        "主动公开",
        "依申请公开",
        "收到和处理",
        "复议",
        "诉讼",
        "收费",
        "问题",
        "其他",
        "不足",
    ];
    let headings = document.prose(Zone::TEXT).filter(|block| {
        matches!(&block.kind, BlockKind::Heading(heading)
            if heading.level == 1 && has_any(document.text(heading.title), TERMS))
    });
    headings.take(3).count()
}

/// `现公布甲局2022年政府信息公开工作年度报告`: what follows may be the report.
fn publishes_report(document: &Document) -> bool {
    document.prose(Zone::TEXT).any(|block| {
        let text = document.text(block.at);
        ["现发布", "现公布", "现予公布", "社会公布"].iter().any(|word| {
            text.find(word).is_some_and(|at| {
                has_any(sentence_after(text, at + word.len()), &["年度报告", "年报"])
            })
        })
    })
}

fn calls_itself_report(document: &Document) -> bool {
    document.prose(Zone::TEXT).any(|block| {
        let text = document.text(block.at);
        text.contains("编制") && compiles_report(text)
            || text.contains("公开") && has_any(text, &["全文包括", "全文由", "报告全文"])
            || text.contains("报告如下")
                && says(text, "报告如下", |before| has_any(before, &["现将", "情况"]))
            || ["本报告", "本年度报告", "本年报"].iter().any(|name| {
                text.contains(name)
                    && text
                        .match_indices(name)
                        .any(|(at, _)| has_any(sentence_after(text, at), &["组成", "构成"]))
            })
    })
}

/// `编制本年度报告`, `编制了2018年度政府信息公开工作年度报告`, `由甲县编制的2012年政府信息公开年度报告`.
fn compiles_report(text: &str) -> bool {
    text.match_indices("编制").any(|(at, word)| {
        let after = rest(text, at + word.len());
        if let Some(own) = after.strip_prefix('本') {
            return starts_any(
                own.strip_prefix("年度").unwrap_or(own),
                &["报告", "工作报告", "年报", "年度报告"],
            );
        }
        let near = after.char_indices().nth(40).map_or(after, |(end, _)| piece(after, 0, end));
        after.starts_with(['了', '的'])
            && has_any(sentence_after(near, 0), &["年度报告", "年报", "工作报告"])
    })
}

fn says(text: &str, phrase: &str, holds: fn(&str) -> bool) -> bool {
    text.match_indices(phrase).any(|(at, _)| holds(sentence_before(text, at, 180)))
}

#[cfg(test)]
mod tests {
    use super::super::sample::document;
    use super::*;

    /// `organ year body`, each `-` if it is not known.
    fn shown(document: &Document) -> String {
        let found = identity(document);
        let organ = found.organ.map_or("-".to_owned(), |organ| organ.value);
        let year = found.year.map_or("-".to_owned(), |year| year.value.to_string());
        format!("{organ} {year} {}", found.body.map_or("-", Body::word))
    }

    #[test]
    fn a_school_s_year_is_told_by_its_text() {
        let academic = |organ: &str| {
            let title = format!("{organ}2020年度信息公开工作年度报告");
            let text = format!("{organ}2020年度(2019年9月1日-2020年8月31日)信息公开报告如下。");
            let parts = [(Zone::Title, title.as_str()), (Zone::Opening, text.as_str())];
            identity(&document(&parts)).academic
        };
        assert!(academic("临川大学"));
        assert!(!academic("临川县教育局"));
    }

    #[test]
    fn a_list_of_reports_is_none() {
        let title = (Zone::Title, "青溪镇2018年政府信息公开工作年度报告");
        let list = (Zone::Narrative, "青溪镇2017年政府信息公开工作年度报告 2018-01-20");
        assert!(!identity(&document(&[title, list])).is_report);
        assert!(identity(&document(&[title, (Zone::Narrative, "全年公开信息12条。")])).is_report);
    }

    #[test]
    fn reads_organ_year_and_body_in_the_title() {
        for (title, expected) in [
            ("青溪镇2018年政府信息公开工作年度报告", "青溪镇 2018 township"),
            ("2018年青溪镇政府信息公开工作年度报告", "青溪镇 2018 township"),
            ("青溪镇人民政府2018年度政府信息公开工作年度报告", "青溪镇人民政府 2018 township"),
            ("2019年青溪镇人民政府信息公开工作年度报告", "青溪镇人民政府 2019 township"),
            ("关于临川县水利局2022年度政府信息公开情况的报告", "临川县水利局 2022 department"),
            ("临川县水利局关于2022年度政府信息公开工作情况的报告", "临川县水利局 2022 department"),
            ("临川市教育局政府信息公开工作2022年度报告", "临川市教育局 2022 department"),
            ("青溪镇2025年政府信息公开工作2025年度报告", "青溪镇 2025 township"),
            ("2025年青溪镇2025年度政府信息公开工作报告", "青溪镇 2025 township"),
            ("临川县司法局2021政府信息公开工作年度报告", "临川县司法局 2021 department"),
            ("临川大学2016-2017学年信息公开年度报告", "临川大学 2017 other"),
            ("临川大学2018—2019学年度信息公开工作报告", "临川大学 2019 other"),
            ("临川大学信息公开年报（2016-2017）", "临川大学 2017 other"),
            ("临川大学2016-17学年信息公开年报", "临川大学 2017 other"),
            ("二0一七年临川县水利局政府信息公开年度报告", "临川县水利局 2017 department"),
            ("【图文】临川县水利局2022年政府信息公开年度报告", "临川县水利局 2022 department"),
            ("标 题 临川县水利局2022年政府信息公开年度报告", "临川县水利局 2022 department"),
            ("海关总署2010年海关信息公开工作年度报告", "海关总署 2010 central"),
            ("临川县政府信息公开工作年度报告（2010年度）", "临川县 2010 county"),
            ("二〇一八年城东街道办事处政府信息公开年度报告", "城东街道办事处 2018 subdistrict"),
            ("城东街道二○一○年政府信息公开年度报告", "城东街道 2010 subdistrict"),
            ("临川市2018年度政府信息公开工作年度报告", "临川市 2018 municipal"),
            ("上海市2020年政府信息公开工作年度报告", "上海市 2020 provincial"),
            ("国家能源局2019年政府信息公开工作年度报告", "国家能源局 2019 central"),
            ("临川县２０１８年青溪镇政府信息公开年度报告", "临川县青溪镇 2018 township"),
            ("青溪镇2019年法治政府建设暨政府信息公开工作总结", "青溪镇 2019 township"),
            (
                "临川经济开发区管委会2021年政府信息公开工作年度报告",
                "临川经济开发区管委会 2021 zone",
            ),
            (
                "临中[2015]3号 签发人:甲乙 2014年临川第二中学政府信息公开年报",
                "临川第二中学 2014 other",
            ),
            ("乌兰布和2018年政府信息公开工作年度报告", "乌兰布和 2018 -"),
            ("临川县\n2018年政府信息公开\n工作年度报告", "临川县 2018 county"),
            ("青溪镇2018年政府信息公开\n工作年度报告", "青溪镇 2018 township"),
            ("青溪镇政府信息公开年度报告(2019年3月12日)", "青溪镇 - township"),
            ("附件1：青溪镇2018年政府信息公开年报", "青溪镇 2018 township"),
            ("青溪镇2021年政府信息公开工作年度报告发布时间：2022-01-29", "青溪镇 2021 township"),
            ("2018年度重点领域政府信息公开年度报告", "- 2018 -"),
            ("2018年政府信息公开工作年度报告", "- 2018 -"),
            ("2018年政府信息公开工作年度报告（青溪镇）", "青溪镇 2018 township"),
            ("青溪镇2018年政府信息公开年度报告（2019年公布）", "青溪镇 2018 township"),
            ("青溪镇〔2018〕7号政府信息公开年报", "青溪镇 - township"),
        ] {
            assert_eq!(shown(&document(&[(Zone::Title, title)])), expected, "{title}");
        }
    }

    #[test]
    fn places_lead_back_into_the_source() {
        let document = document(&[
            (Zone::Notice, "临川"),
            (Zone::Title, "关于青溪镇\n　2018 年政府信息公开\n工作年度报告"),
        ]);
        let found = identity(&document);
        assert_eq!(found.title.unwrap().value, "关于青溪镇2018年政府信息公开工作年度报告");
        let organ = found.organ.unwrap();
        assert_eq!((organ.value.as_str(), document.written(organ.at)), ("青溪镇", "青溪镇"));
        assert_eq!(document.written(found.year.unwrap().at), "2018 年");
    }

    #[test]
    fn a_title_without_organ_or_year_is_helped_by_the_text() {
        const TITLE: (Zone, &str) = (Zone::Title, "政府信息公开工作年度报告");
        for (lines, expected) in [
            (
                vec![(Zone::Signature, "青溪镇人民政府"), (Zone::Signature, "2019年3月1日")],
                "青溪镇人民政府 - township",
            ),
            (vec![(Zone::Signature, "青溪镇人民政府2019年3月1日")], "青溪镇人民政府 - township"),
            (vec![(Zone::Signature, "临川县水利局(盖章)")], "临川县水利局 - department"),
            (vec![(Zone::Attachment, "填报单位（盖章）：青溪镇 填报日期：")], "青溪镇 - township"),
            (vec![(Zone::Attachment, "填报单位（盖章）：")], "- - -"),
            (
                vec![
                    (Zone::Attachment, "政府信息公开情况统计表"),
                    (Zone::Attachment, "（2018年度）"),
                ],
                "- 2018 -",
            ),
            (
                vec![(Zone::Opening, "根据《条例》要求,青溪镇政府组织编制了2019年度报告。")],
                "青溪镇政府 2019 township",
            ),
            (
                vec![(Zone::Opening, "本报告由临川县城东街道办事处编制。")],
                "临川县城东街道办事处 - subdistrict",
            ),
            (
                vec![(Zone::Opening, "现公布临川县2021年政府信息公开工作年度报告。")],
                "临川县 2021 county",
            ),
            (
                vec![(Zone::Opening, "现向社会公布2010年度临江省民政厅政府信息公开年度报告。")],
                "临江省民政厅 2010 department",
            ),
            (
                vec![(
                    Zone::Opening,
                    "按《关于公布2020年年报的通知》,特公布2020年度临川县水利局政府信息公开报告。",
                )],
                "临川县水利局 2020 department",
            ),
            (
                vec![(Zone::Opening, "根据条例规定,制定了临川县教育局2019年度报告。")],
                "临川县教育局 2019 department",
            ),
            (
                vec![(Zone::Opening, "现发布《教育部政府信息公开工作2011年度报告》。")],
                "教育部 2011 central",
            ),
            (
                vec![(Zone::Opening, "本报告由临川县人民政府办公室根据条例编制。我县公开12条。")],
                "临川县人民政府办公室 - county",
            ),
            (vec![(Zone::Signature, "临川县人民政府办公室")], "临川县人民政府办公室 - -"),
            (vec![(Zone::Opening, "我镇编制了本报告。")], "- - township"),
            (vec![(Zone::Opening, "我市要求严格,本局认真落实。")], "- - department"),
            (
                vec![(
                    Zone::Opening,
                    "本报告统计期限为2017年1月1日至12月31日。2018年将继续。2018年。",
                )],
                "- 2017 -",
            ),
            (vec![(Zone::Narrative, "2018年公开2条。2018年收到3件。2019年将继续。")], "- 2018 -"),
            (vec![(Zone::Narrative, "2018年公开2条。2019年将继续。")], "- 2018 -"),
            (
                vec![
                    (Zone::Notice, "青镇〔2018〕7号"),
                    (Zone::Notice, "2018年1月5日"),
                    (Zone::Signature, "2018年1月3日"),
                ],
                "- - -",
            ),
            (vec![(Zone::Opening, "按照(青政办〔2019〕3号)要求")], "- - -"),
            (vec![(Zone::Opening, "统计期限自202111日起至20211231日止")], "- 2021 -"),
        ] {
            let all: Vec<_> = std::iter::once(TITLE).chain(lines).collect();
            assert_eq!(shown(&document(&all)), expected, "{all:?}");
        }
    }

    #[test]
    fn the_title_names_the_organ_before_the_signature_does() {
        let document = document(&[
            (Zone::Title, "乌兰布和2018年政府信息公开年度报告"),
            (Zone::Signature, "乌兰布和市人民政府"),
        ]);
        assert_eq!(shown(&document), "乌兰布和 2018 municipal");
    }

    #[test]
    fn tells_reports_from_what_only_speaks_of_them() {
        let headings = [
            (Zone::Narrative, "一、主动公开政府信息情况"),
            (Zone::Narrative, "二、依申请公开情况"),
            (Zone::Narrative, "三、存在的问题"),
        ];
        let with = |lines: &[(Zone, &'static str)]| {
            let all: Vec<_> = lines.iter().copied().chain(headings).collect();
            identity(&document(&all)).is_report
        };
        let alone = |lines: &[(Zone, &str)]| identity(&document(lines)).is_report;
        const NOTICE: (Zone, &str) =
            (Zone::Title, "关于做好2018年政府信息公开年度报告编制工作的通知");
        const COMPILED: (Zone, &str) = (Zone::Opening, "现将有关情况报告如下:");
        const TEXT: (Zone, &str) = (Zone::Narrative, "全年公开信息12条。");
        assert!(alone(&[(Zone::Title, "青溪镇2018年政务公开工作总结"), TEXT]));
        assert!(alone(&[(Zone::Title, "青溪镇2018年政府信息公开年报（网络版）"), TEXT]));
        assert!(!alone(&[(Zone::Title, "青溪镇政府信息公开指南")]));
        assert!(!alone(&[
            NOTICE,
            (Zone::Opening, "年度报告应包括主动公开、依申请公开、复议、诉讼、收费情况。")
        ]));
        assert!(!with(&[NOTICE]));
        assert!(!with(&[
            (Zone::Opening, NOTICE.1),
            (Zone::Narrative, "统计期限为2018年1月1日至12月31日。")
        ]));
        const PUBLISHED: (Zone, &str) =
            (Zone::Opening, "现发布《青溪镇2018年政府信息公开工作年度报告》。");
        assert!(!alone(&[PUBLISHED]));
        assert!(alone(&[PUBLISHED, (Zone::Narrative, "一、总体情况")]));
        assert!(!alone(&[(Zone::Title, "文字解读：青溪镇2018年政府信息公开工作年度报告")]));
        assert!(alone(&[(Zone::Opening, "本年报由临川县编制的2012年政府信息公开年度报告。")]));
        assert!(alone(&[(Zone::Opening, "本报告由青溪镇编制。全文包括概述、主动公开情况等。")]));
        assert!(with(&[NOTICE, COMPILED]));
        assert!(with(&[COMPILED]));
        assert!(with(&[(Zone::Opening, "我镇编制了2019年度政府信息公开年度报告。")]));
        assert!(with(&[(Zone::Opening, "根据条例要求,编制本年度报告。")]));
        assert!(with(&[(Zone::Opening, "本报告由概述,主动公开政府信息情况等七部分组成。")]));
        assert!(with(&[(Zone::Attachment, "|指标|单位|数|")]));
        assert!(with(&[(Zone::Opening, "本报告统计期限为2018年1月1日至12月31日。")]));
        assert!(!with(&[(Zone::Opening, "现将有关事项通知如下。")]));
        assert!(!alone(&[(Zone::Opening, "# 说明文件"), (Zone::Narrative, "|a|b|")]));
        assert!(!alone(&[]));
    }
}
