//! Who reports: the organ that the title names, that signs, or that the text speaks of.

use super::Fact;
use super::body::Body;
use super::scan::{ends_any, has_any, rest, starts_any};
use super::title::{self, Title, TitleYear};
use crate::document::{Document, Zone};
use crate::text::{FoldedSpan, find_date, piece};

/// Whether `text` reads like the name of an organ and nothing else.
pub(super) fn is_organ(text: &str) -> bool {
    text.len() >= "甲镇".len()
        && text.len() <= 32 * "镇".len()
        && !text
            .contains(['。', ',', ';', ':', '、', '\n', '《', '》', '〈', '〉', '<', '>', '“', '”'])
        && !starts_any(text, &["我", "本", "全", "各", "该"])
        && !["学校", "学院", "单位", "机关"].contains(&text)
        && Body::of(text).is_some()
}

/// The organ that the title names, with its folded name.
pub(super) fn of_title(
    document: &Document,
    title: &Title,
    years: &[TitleYear],
) -> Option<(Fact<String>, String)> {
    let parts = title.organ(years, is_organ)?;
    let (first, last) = (parts.first()?, parts.last()?);
    let at = title.span(&(first.start..last.end));
    let value = parts.iter().map(|part| title::written(document, title.span(part))).collect();
    let folded = parts.iter().map(|part| piece(&title.text, part.start, part.end)).collect();
    Some((Fact { value, at }, folded))
}

/// The organ that signs, that fills the form, or that the opening names.
pub(super) fn of_text(document: &Document) -> Option<FoldedSpan> {
    of_signature(document).or_else(|| of_form(document)).or_else(|| of_opening(document))
}

/// The organ in the 落款.
pub(super) fn of_signature(document: &Document) -> Option<FoldedSpan> {
    let blocks = document.blocks.iter().rev().filter(|block| block.zone == Zone::Signature);
    blocks.flat_map(|block| lines(document, block.at)).find_map(|at| {
        let line = document.text(at);
        let name = find_date(line, 0).map_or(line, |date| piece(line, 0, date.start));
        let name = without_seal(name.trim_end_matches([' ', '(', ',']));
        is_organ(name).then(|| FoldedSpan::new(0, name.len()).shift(at.start))
    })
}

fn without_seal(name: &str) -> &str {
    ["(盖章)", "(公章)", "(印章)", "(章)"]
        .iter()
        .find_map(|seal| name.strip_suffix(seal))
        .unwrap_or(name)
}

fn lines(document: &Document, at: FoldedSpan) -> impl Iterator<Item = FoldedSpan> + '_ {
    let mut start = at.start;
    document.text(at).split('\n').map(move |line| {
        let span = FoldedSpan::new(0, line.len()).shift(start);
        start = span.end + 1;
        span
    })
}

/// `填报单位(盖章):甲镇`.
fn of_form(document: &Document) -> Option<FoldedSpan> {
    const LABEL: &str = "填报单位";
    const NEXT: &[&str] = &["单位负责人", "负责人", "填报", "填表", "联系", "日期", "审核", "报送"];
    let text = document.folded.text();
    if !text.contains(LABEL) {
        return None;
    }
    text.match_indices(LABEL).find_map(|(at, _)| {
        let line = rest(text, at + LABEL.len()).split(['\n', '|', '\t', ',', ';']).next()?;
        let line = line.strip_prefix("名称").unwrap_or(line);
        let seal =
            ["(盖章)", "(公章)", "(印章)", "(章)"].iter().find_map(|seal| line.strip_prefix(seal));
        let line = seal.unwrap_or(line).trim_start_matches([':', ' ']);
        let end = NEXT.iter().filter_map(|word| line.find(word)).min().unwrap_or(line.len());
        let name = without_seal(piece(line, 0, end).trim_matches([' ', '(', '_', '-']));
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        is_organ(name).then(|| FoldedSpan::new(start, start + name.len()))
    })
}

/// `甲镇组织编制了`, `本报告由甲镇编制`, `本报告由甲镇根据…编制`, `现公布甲镇2021年…`.
fn of_opening(document: &Document) -> Option<FoldedSpan> {
    let blocks = document.prose(Zone::TEXT).take(6);
    blocks.into_iter().find_map(|block| {
        let text = document.text(block.at);
        let name = compiler(text).or_else(|| author(text)).or_else(|| publisher(text))?;
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        Some(FoldedSpan::new(start, start + name.len()).shift(block.at.start))
    })
}

fn compiler(text: &str) -> Option<&str> {
    if !text.contains("编制") {
        return None;
    }
    text.match_indices("编制").find_map(|(at, _)| {
        let mut name = piece(text, at.saturating_sub(120), at);
        for word in ["组织", "负责", "牵头", "认真", "结合实际", "特", "汇总"] {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        name =
            name.rsplit([',', '。', ';', ':', '、', ')', '》', '”', '\n']).next().unwrap_or(name);
        name = name.rsplit_once('由').map_or(name, |(_, name)| name);
        name = name.trim_start_matches(['现', '特']);
        is_organ(name).then_some(name)
    })
}

/// `由甲局根据…编制`.
fn author(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("报告由").or_else(|| text.split_once("年报由"))?;
    let end = ["根据", "按照", "依据", "结合"].iter().filter_map(|word| after.find(word)).min()?;
    let name = piece(after, 0, end).trim_end_matches(',');
    is_organ(name).then_some(name)
}

/// `公布甲县2021年…`, `公布2021年度甲县政府信息公开…`, `发布《甲部政府信息公开工作2021年度报告》`.
fn publisher(text: &str) -> Option<&str> {
    const VERBS: &[&str] = &["公布", "现将", "现公开", "发布", "编制", "编制了", "制定了"];
    let mut after = VERBS
        .iter()
        .flat_map(|verb| text.match_indices(verb).map(|(at, verb)| rest(text, at + verb.len())));
    after.find_map(|after| {
        let name = after
            .trim_start_matches(['《', '“'])
            .trim_start_matches(|c: char| c.is_ascii_digit() || "年度".contains(c));
        let near = name.char_indices().nth(32).map_or(name, |(end, _)| piece(name, 0, end));
        let subject = ["政府信息", "政务信息", "信息公开", "政务公开"];
        let ends = subject.iter().filter_map(|word| near.find(word));
        let digit = near.find(|c: char| c.is_ascii_digit());
        let name = piece(near, 0, ends.chain(digit).min()?);
        is_organ(name).then_some(name)
    })
}

/// Whether an office draws up the report of its government rather than its own.
pub(super) fn is_secretariat(name: &str) -> bool {
    const OFFICES: &[&str] = &[
        "领导小组办公室",
        "政府办公室",
        "政府办公厅",
        "政府办",
        "政务公开办公室",
        "信息公开办公室",
        "政务服务中心",
        "信息中心",
    ];
    ends_any(name, OFFICES)
}

/// What the text calls its own body, where nothing names it: 我镇, 本局. The smallest unit wins: a
/// town speaks of 我市, too, but a city never of 我镇.
pub(super) fn of_pronoun(document: &Document) -> Option<Body> {
    const WORDS: &[(Body, &[&str])] = &[
        (Body::Township, &["我镇", "本镇", "我乡", "本乡"]),
        (Body::Subdistrict, &["我街道", "本街道", "我办事处", "我街"]),
        (Body::Department, &["我局", "本局", "我委", "我厅"]),
        (Body::Other, &["我校", "本校", "我院"]),
        (Body::County, &["我县", "我区", "我旗"]),
        (Body::Municipal, &["我市"]),
    ];
    let text = document.folded.text();
    WORDS.iter().find(|(_, words)| has_any(text, words)).map(|(body, _)| *body)
}
