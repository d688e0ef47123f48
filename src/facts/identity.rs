//! Which report it is: title, organ, kind of body and year.

pub use super::organ::Body;

use super::period::{self, Found};
use super::scan::{digit_runs, has_any, rest, sentence_after, sentence_before, starts_any};
use super::title::{self, Title, YEARS};
use super::{Fact, organ};
use crate::document::{BlockKind, Document, Zone};
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
    let academic = own.is_some_and(|own| own.academic);
    let named = title.as_ref().and_then(|title| organ::of_title(document, title, &years));
    let (organ, mut body) = match named {
        Some((organ, folded)) => (Some(organ), Body::of(&folded)),
        None => organ_of_text(document),
    };
    if body.is_none() {
        let signed = organ::of_signature(document);
        body = signed.and_then(|at| Body::of(document.text(at)));
    }
    if body.is_none() {
        body = organ::of_pronoun(document);
    }
    let certain = title.as_ref().is_some_and(Title::is_report);
    let found = (own.is_none() || !certain).then(|| period::find(document, None, false)).flatten();
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

fn organ_of_text(document: &Document) -> (Option<Fact<String>>, Option<Body>) {
    let Some(at) = organ::of_text(document) else { return (None, None) };
    (Some(Fact { value: title::written(document, at), at }), Body::of(document.text(at)))
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

/// A text whose title does not say that it is a report shows two signs of one; one that calls itself a notice
/// must both have a report's headings and call itself a report in its text.
fn is_report(document: &Document, title: Option<&Title>, found: Option<&Found>) -> bool {
    let headings = has_report_headings(document);
    if title.is_some_and(Title::is_other) {
        return headings && calls_itself_report(document);
    }
    let period = found.is_some_and(|found| found.period.labelled);
    let signs = [headings, !document.tables.is_empty(), period];
    let shown = signs.iter().filter(|sign| **sign).count();
    shown >= 2 || shown == 1 && calls_itself_report(document)
}

fn has_report_headings(document: &Document) -> bool {
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
    headings.take(3).count() == 3
}

fn calls_itself_report(document: &Document) -> bool {
    document.prose(Zone::TEXT).any(|block| {
        let text = document.text(block.at);
        text.contains("编制") && compiles_report(text)
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

/// `编制本年度报告`, `编制了2018年度政府信息公开工作年度报告`.
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
        after.starts_with('了')
            && has_any(sentence_after(near, 0), &["年度报告", "年报", "工作报告"])
    })
}

fn says(text: &str, phrase: &str, holds: fn(&str) -> bool) -> bool {
    text.match_indices(phrase).any(|(at, _)| holds(sentence_before(text, at, 180)))
}
