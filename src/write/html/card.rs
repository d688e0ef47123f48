//! One finding on the page: what is wrong, where, by which law, what to do.

use super::super::item::{Kind, waiver};
use super::context::{Mark, Piece, Row, rows};
use crate::document::Place;
use crate::finding::{Basis, Finding, Lang, Related, Unassessed};
use crate::text::Source;
use maud::{Markup, html};
use std::collections::HashMap;

/// The most places listed under one finding.
const LISTED: usize = 60;

/// What was quoted already: thousands of findings rest on a few dozen clauses, and each is written
/// out once.
#[derive(Debug, Default)]
pub(super) struct Quoted(HashMap<String, usize>);

/// A finding; `sources` are the texts its places can stand in, the report's own first.
pub(super) fn finding(
    finding: &Finding,
    sources: &[Source],
    quoted: &mut Quoted,
    lang: Lang,
) -> Markup {
    let kind = Kind::of(finding);
    let rule = format!("{}/{}", finding.pack, finding.rule);
    let alike = finding.related.len() > 1
        && finding.related.windows(2).all(|pair| pair[0].message == pair[1].message);
    html! {
        article class={"finding " (kind.code())} {
            header {
                span class="level" { (kind.word(lang)) }
                h3 { (finding.message) }
                @if finding.new { span class="new" { (lang.pick("新增", "new")) } }
            }
            p class="where" {
                (spot(&finding.place, sources, lang))
                span class="rule" { (rule) }
            }
            @for source in involved(finding, sources) {
                (frame(finding, source, sources, alike))
            }
            @if alike { (elsewhere(&finding.related, sources, lang)) }
            @else { (legend(finding, sources, lang)) }
            (fix(finding, sources, lang))
            @if !finding.basis.is_empty() { (basis(&finding.basis, quoted, lang)) }
            @if let Some(help) = finding.help.as_deref().filter(|help| !help.trim().is_empty()) {
                p class="help" { b { (lang.pick("处理", "What to do")) } (help.trim()) }
            }
            @if let Some(waived) = &finding.waived {
                p class="waiver" { b { (lang.pick("豁免", "Waived")) } (waiver(waived, lang)) }
            }
        }
    }
}

/// Something that could not be judged.
pub(super) fn doubt(doubt: &Unassessed, sources: &[Source], lang: Lang) -> Markup {
    let rule = format!("{}/{}", doubt.pack, doubt.rule);
    let kind = Kind::Unassessed;
    html! {
        article class="finding unassessed" {
            header {
                span class="level" { (kind.word(lang)) }
                h3 { (doubt.reason) }
            }
            p class="where" { (spot(&doubt.place, sources, lang)) span class="rule" { (rule) } }
        }
    }
}

/// The text a place stands in.
fn holding<'s>(place: &Place, sources: &'s [Source]) -> Option<&'s Source> {
    match &place.file {
        None => sources.first(),
        Some(path) => sources.iter().find(|source| source.path == *path),
    }
}

/// The way to a place, and its line where the file has lines.
fn spot(place: &Place, sources: &[Source], lang: Lang) -> Markup {
    let lines = holding(place, sources).is_none_or(|source| !source.extracted);
    let (line, column) = (place.start.line, place.start.column);
    html! {
        @if let Some(file) = &place.file { span class="file" { (file) } }
        @if !place.path.is_empty() { span class="path" { (place.path) } }
        @if lines {
            span class="line" {
                @match lang {
                    Lang::Zh => { "第 " (line) " 行第 " (column) " 列" }
                    Lang::En => { "line " (line) ", column " (column) }
                }
            }
        }
    }
}

/// The texts that places of the finding stand in, its own first.
fn involved<'s>(finding: &Finding, sources: &'s [Source]) -> Vec<&'s Source> {
    let mut found: Vec<&Source> = Vec::new();
    let related = finding.related.iter().map(|related| &related.place);
    for place in std::iter::once(&finding.place).chain(related) {
        if let Some(source) = holding(place, sources)
            && !found.iter().any(|known| std::ptr::eq(*known, source))
        {
            found.push(source);
        }
    }
    found
}

/// The lines of one text with the finding's places marked.
fn frame(finding: &Finding, source: &Source, sources: &[Source], alike: bool) -> Markup {
    let here = |place: &Place| holding(place, sources).is_some_and(|s| std::ptr::eq(s, source));
    let own = here(&finding.place);
    let mut marks = Vec::new();
    if own {
        let at_own = |related: &&Related| same(related, finding);
        let words: Vec<&str> = match alike {
            true => Vec::new(),
            false => finding.related.iter().filter(at_own).map(|r| r.message.as_str()).collect(),
        };
        let note = (!words.is_empty()).then(|| words.join("；"));
        marks.push(Mark { at: source.in_text(finding.place.span).range(), primary: true, note });
    }
    let numbered = finding.related.iter().filter(|related| !same(related, finding)).zip(1..);
    for (related, number) in numbered.filter(|(related, _)| here(&related.place)) {
        let note = (!alike).then(|| number.to_string());
        marks.push(Mark { at: source.in_text(related.place.span).range(), primary: false, note });
    }
    let other = !own || finding.place.file.is_some();
    html! {
        figure class="frame" {
            @if other { figcaption { (source.path) } }
            @for row in rows(source, &marks) { (line(&row, source.extracted || source.origin.is_some())) }
        }
    }
}

/// Whether a related place is the finding's own.
fn same(related: &Related, finding: &Finding) -> bool {
    related.place.span == finding.place.span && related.place.file == finding.place.file
}

fn line(row: &Row, extracted: bool) -> Markup {
    html! {
        @if row.gap { p { "⋯" } }
        div {
            i { @if !extracted { (row.number) } }
            code {
                @for piece in &row.pieces {
                    @match piece {
                        Piece::Plain(text) => { (text) }
                        Piece::Cut => { span class="cut" { "…" } }
                        Piece::Marked { text, primary, notes } => {
                            mark class=[primary.then_some("own")] {
                                @if text.is_empty() { span class="blank" { "␣" } } @else { (text) }
                            }
                            @for note in notes {
                                sup class=[primary.then_some("own")] { (note) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What stands at the numbered places.
fn legend(finding: &Finding, sources: &[Source], lang: Lang) -> Markup {
    let others: Vec<&Related> =
        finding.related.iter().filter(|related| !same(related, finding)).collect();
    let rest = others.len().saturating_sub(LISTED);
    html! {
        @if !others.is_empty() {
            ol class="legend" {
                @for related in others.iter().take(LISTED) {
                    li {
                        span { (related.message) }
                        i { (short_spot(&related.place, sources)) }
                    }
                }
            }
            @if rest > 0 { p class="more" { (more(rest, lang)) } }
        }
    }
}

/// Places that all say the same, by their positions alone.
fn elsewhere(related: &[Related], sources: &[Source], lang: Lang) -> Markup {
    let words = related.first().map_or("", |related| related.message.as_str());
    let shown: Vec<String> =
        related.iter().take(LISTED).map(|r| short_spot(&r.place, sources)).collect();
    let rest = related.len().saturating_sub(LISTED);
    html! {
        p class="more" {
            b { (lang.pick("另见", "Also")) }
            @if !words.is_empty() { (words) (lang.pick("：", ": ")) }
            (shown.join(lang.pick("、", ", ")))
            @if rest > 0 { " " (more(rest, lang)) }
        }
    }
}

fn more(rest: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("……另有 {rest} 处"),
        Lang::En => format!("… and {rest} more"),
    }
}

/// `20:16`, or the last part of the way where the file has no lines.
fn short_spot(place: &Place, sources: &[Source]) -> String {
    let lines = holding(place, sources).is_none_or(|source| !source.extracted);
    match lines {
        true => format!("{}:{}", place.start.line, place.start.column),
        false => place.path.rsplit(" › ").next().unwrap_or_default().to_owned(),
    }
}

/// What the text could be changed into.
fn fix(finding: &Finding, sources: &[Source], lang: Lang) -> Markup {
    let (Some(fix), Some(source)) = (&finding.fix, holding(&finding.place, sources)) else {
        return html! {};
    };
    html! {
        p class="fix" {
            b { (if fix.certain { lang.pick("改为", "Fix") } else { lang.pick("可能应为", "Perhaps") }) }
            @for edit in fix.edits.iter().take(8) {
                span class="edit" {
                    @let before = source.slice(source.in_text(edit.span));
                    @if !before.is_empty() { del { (before) } " " }
                    ins { @if edit.replacement.is_empty() { (lang.pick("（删去）", "(delete)")) } (edit.replacement) }
                }
            }
            @if fix.edits.len() > 8 { (more(fix.edits.len() - 8, lang)) }
        }
    }
}

/// The law, in full where it is quoted for the first time, else where that is; the page's script puts
/// it there too.
fn basis(basis: &[Basis], quoted: &mut Quoted, lang: Lang) -> Markup {
    let law = html! {
        ul {
            @for one in basis {
                li {
                    cite { (one.cite) }
                    @if let Some(quote) = &one.quote { q { (quote.trim()) } }
                }
            }
        }
    };
    let next = quoted.0.len() + 1;
    let number = *quoted.0.entry(law.0.clone()).or_insert(next);
    html! {
        div class="basis" data-law=(number) {
            b { (lang.pick("依据", "Basis")) }
            @if number == next { (law) } @else { p { (lang.pick("见前文", "as above")) " [" (number) "]" } }
        }
    }
}
