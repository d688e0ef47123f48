//! One finding as it stands on the terminal: what is wrong, where, by which law, what to do.

use super::frame::{Frame, Look, Mark, Page, draw, frames};
use super::wrap::{columns, hang, pad, shorten, shorten_path, tidy};
use super::{Style, hanging};
use crate::document::Place;
use crate::finding::{Basis, Finding, Lang, Level, Related, Unassessed};
use crate::text::{Lines, Source};
use std::ops::Range;

/// The most frames drawn for one finding; beyond, its other places are listed.
const FRAMES: usize = 6;
/// The most places drawn for one finding.
const MARKS: usize = 8;
/// The most places listed.
const LISTED: usize = 40;

/// `text` in the colour of an ANSI code, if colours are wanted.
pub(super) fn paint(style: &Style, code: &str, text: &str) -> String {
    if style.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// The ANSI code of a level.
fn code(level: Level) -> &'static str {
    match level {
        Level::Error => "1;31",
        Level::Warning => "1;33",
        Level::Info => "1;36",
    }
}

/// A finding.
pub(super) fn finding(sources: &[&Source], finding: &Finding, style: &Style) -> String {
    let tag = format!("{}[{}/{}]", finding.level.word(), finding.pack, finding.rule);
    let trial = match finding.preview {
        true => style.lang.pick("（试行）", "(preview) "),
        false => "",
    };
    let mut out = headline(&tag, &format!("{trial}{}", finding.message), finding.level, style);
    out.push_str(&places(sources, &finding.place, &finding.related, finding.level, style));
    out.push_str(&basis(&finding.basis, style));
    if let Some(help) = finding.help.as_deref().filter(|help| !help.trim().is_empty()) {
        out.push_str(&note(style.lang.pick("处理", "help"), help.trim(), style));
    }
    out
}

/// Something that could not be judged.
pub(super) fn doubt(sources: &[&Source], doubt: &Unassessed, style: &Style) -> String {
    let tag = format!("unassessed[{}/{}]", doubt.pack, doubt.rule);
    let mut out = headline(&tag, &doubt.reason, Level::Info, style);
    out.push_str(&places(sources, &doubt.place, &[], Level::Info, style));
    out
}

/// A fault of a file that is not a report (a rule file, a configuration), with a frame around the
/// bytes `at` of its text `source`.
pub fn fault(
    tag: &str,
    file: &str,
    source: &str,
    at: Range<usize>,
    words: &str,
    style: &Style,
) -> String {
    let lines = Lines::new(source);
    let page = Page { name: file, numbered: true, text: source, lines: &lines };
    let look = look(style, Level::Error);
    let mark = Mark { at, label: String::new(), primary: true };
    let mut out = headline(tag, words, Level::Error, style);
    for frame in frames(&page, &[mark], &look) {
        out.push_str(&draw(&page, &frame, &look));
    }
    out
}

fn look(style: &Style, level: Level) -> Look {
    Look { width: style.width, color: style.color, unicode: style.unicode, level }
}

/// `tag message`, the tag in the colour of its level.
pub(super) fn headline(tag: &str, message: &str, level: Level, style: &Style) -> String {
    let tag = tidy(tag);
    let mut lines = hang("", &format!("{tag} {message}"), style.width.saturating_sub(2));
    let mut out = String::new();
    for (index, line) in lines.iter_mut().enumerate() {
        let text = match line.strip_prefix(&tag) {
            Some(rest) if index == 0 => {
                format!("{}{}", paint(style, code(level), &tag), paint(style, "1", rest))
            }
            _ if index == 0 => line.clone(),
            _ => format!("  {}", paint(style, "1", line)),
        };
        out.push_str(&text);
        out.push('\n');
    }
    out
}

/// `  word: text`, wrapped under itself.
pub(super) fn note(word: &str, text: &str, style: &Style) -> String {
    let prefix = format!("  {word}: ");
    let painted = format!("  {} ", paint(style, "36", &format!("{word}:")));
    let mut out = String::new();
    for (index, line) in hang(&prefix, text, style.width).into_iter().enumerate() {
        match line.strip_prefix(&prefix) {
            Some(rest) if index == 0 => out.extend([painted.as_str(), rest]),
            _ => out.push_str(&line),
        }
        out.push('\n');
    }
    out
}

fn basis(basis: &[Basis], style: &Style) -> String {
    let colon = style.lang.pick("：", ": ");
    let one = |basis: &Basis| match &basis.quote {
        Some(quote) => format!("{}{colon}“{}”", basis.cite, quote.trim()),
        None => basis.cite.clone(),
    };
    let text: Vec<String> = basis.iter().map(one).collect();
    if text.is_empty() {
        return String::new();
    }
    note(style.lang.pick("依据", "basis"), &text.join("\n"), style)
}

/// The frames of a finding, its own first; where it has many places, the others as a list. `sources`
/// are the texts of the report and of the other files that places may stand in.
fn places(
    sources: &[&Source],
    place: &Place,
    related: &[Related],
    level: Level,
    style: &Style,
) -> String {
    let look = look(style, level);
    let (mut shown, mut listed): (Vec<&Related>, Vec<&Related>) =
        related.iter().partition(|other| text_of(sources, &other.place).is_some());
    let own = text_of(sources, place);
    let mut drawn = all_frames(sources, own.map(|_| place), &shown, &look);
    if shown.len() + usize::from(own.is_some()) > MARKS || drawn.len() > FRAMES {
        let line_of = |source: &Source, place: &Place| {
            source.lines().line_of(source.in_text(place.span).start as usize)
        };
        let line = |other: &&Related| {
            let same = other.place.file == place.file;
            same && own.is_some_and(|s| line_of(s, &other.place) == line_of(s, place))
        };
        shown.retain(line);
        shown.truncate(MARKS - 1);
        let alike = all_alike(&related.iter().collect::<Vec<_>>());
        drawn = all_frames(sources, own.map(|_| place), &shown, &look);
        drawn.retain(|(_, frame)| frame.is_primary());
        if alike {
            drawn.iter_mut().for_each(|(_, frame)| frame.without_labels());
        }
        let apart = |other: &&Related| {
            let holds = |(source, frame): &(&Source, Frame)| {
                frame.holds(source.in_text(other.place.span).start as usize)
            };
            !(other.place.file == place.file && drawn.iter().any(holds))
        };
        listed = related.iter().filter(apart).collect();
    }
    drawn.sort_by_key(|(_, frame)| !frame.is_primary());
    let mut out = String::new();
    for (source, frame) in &drawn {
        let way = way(source, place, related, frame);
        let page = match &way {
            Some(way) => Page { name: way, numbered: false, ..page(source) },
            None => page(source),
        };
        out.push_str(&draw(&page, frame, &look));
    }
    if let (None, Some(file)) = (own, &place.file) {
        out.push_str(&format!(
            "  {}\n",
            shorten_path(&tidy(&spot(file, place)), style.width.saturating_sub(2))
        ));
    }
    out.push_str(&list(&listed, style));
    out
}

/// The text that `place` stands in: the first, or the file's that it names.
fn text_of<'s>(sources: &[&'s Source], place: &Place) -> Option<&'s Source> {
    match &place.file {
        None => sources.first().copied(),
        Some(file) => sources.iter().find(|source| source.path == *file).copied(),
    }
}

fn page(source: &Source) -> Page<'_> {
    Page { name: &source.path, numbered: true, text: &source.text, lines: source.lines() }
}

/// The frames of all texts, in their order.
fn all_frames<'s>(
    sources: &[&'s Source],
    own: Option<&Place>,
    related: &[&Related],
    look: &Look,
) -> Vec<(&'s Source, Frame)> {
    let mut drawn = Vec::new();
    for source in sources {
        let mark = |place: &Place, label: &str, primary| Mark {
            at: source.in_text(place.span).range(),
            label: label.to_owned(),
            primary,
        };
        let here =
            |place: &Place| text_of(sources, place).is_some_and(|s| std::ptr::eq(s, *source));
        let own = own.filter(|place| here(place)).map(|place| mark(place, "", true));
        let others = related.iter().filter(|other| here(&other.place));
        let others = others.map(|other| mark(&other.place, &other.message, false));
        let marks: Vec<Mark> = own.into_iter().chain(others).collect();
        drawn.extend(frames(&page(source), &marks, look).into_iter().map(|frame| (*source, frame)));
    }
    drawn
}

/// For a text that was taken out of a container, whose lines nobody can look up: the human path;
/// for a web page, line and column in the file.
fn way(source: &Source, place: &Place, related: &[Related], frame: &Frame) -> Option<String> {
    let places = std::iter::once(place).chain(related.iter().map(|other| &other.place));
    let here = |place: &&Place| place.file.as_ref().is_none_or(|file| *file == source.path);
    let start = |place: &Place| source.in_text(place.span).start as usize;
    let held = places.filter(here).find(|place| frame.holds(start(place)))?;
    match (source.extracted, &source.origin) {
        (true, _) => Some(format!("{} › {}", source.path, held.path)),
        (false, Some(_)) => Some(format!("{} › {}", spot(&source.path, held), held.path)),
        (false, None) => None,
    }
}

fn spot(file: &str, place: &Place) -> String {
    format!("{file}:{}:{}", place.start.line, place.start.column)
}

/// Places that are not drawn: `  20:16  本年新收 › 自然人   10`, one a line; where all say the
/// same, their positions alone.
fn list(places: &[&Related], style: &Style) -> String {
    if places.is_empty() {
        return String::new();
    }
    let position = |place: &Place| match &place.file {
        Some(file) => tidy(&spot(file, place)),
        None => format!("{}:{}", place.start.line, place.start.column),
    };
    if all_alike(places) {
        return positions(places.iter().map(|other| position(&other.place)), places.len(), style);
    }
    let rows: Vec<(String, String, String)> = places
        .iter()
        .take(LISTED)
        .map(|other| {
            let (name, value) = split_value(other, style.lang);
            (shorten_path(&position(&other.place), style.width / 3), name, value)
        })
        .collect();
    let widest = |column: fn(&(String, String, String)) -> &String| {
        rows.iter().map(|row| columns(column(row))).max().unwrap_or(0)
    };
    let (spots, values) = (widest(|row| &row.0), widest(|row| &row.2));
    let room = style.width.saturating_sub(2 + spots + 2 + 3 + values);
    let names = widest(|row| &row.1).min(room);
    let mut out = hanging(
        "  ",
        style.lang.pick("有关的数（行:列）", "figures involved (line:column)"),
        style,
    );
    for (spot, name, value) in &rows {
        let name = pad(&shorten(name, room), names, false);
        let line = format!("  {}  {name}   {}", pad(spot, spots, true), pad(value, values, true));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if places.len() > LISTED {
        let rest = places.len() - LISTED;
        out.push_str(&match style.lang {
            Lang::Zh => format!("  …另有 {rest} 处\n"),
            Lang::En => format!("  …and {rest} more\n"),
        });
    }
    out
}

/// Whether all places say the same, so that it need not be said at each.
fn all_alike(places: &[&Related]) -> bool {
    places.len() > 1 && places.windows(2).all(|pair| pair[0].message == pair[1].message)
}

fn positions(all: impl Iterator<Item = String>, count: usize, style: &Style) -> String {
    let shown: Vec<String> = all.take(LISTED).collect();
    let mut text = shown.join(style.lang.pick("、", ", "));
    if count > LISTED {
        text.push_str(&match style.lang {
            Lang::Zh => format!("……共 {count} 处"),
            Lang::En => format!(" … {count} in all"),
        });
    }
    note(style.lang.pick("另见", "also"), &text, style)
}

/// A message ends with the value that stands there, if there is one: the two are columns.
fn split_value(related: &Related, lang: Lang) -> (String, String) {
    let (message, value) = (tidy(&related.message), tidy(related.place.text.trim()));
    if value.is_empty() {
        return (message, lang.pick("（空）", "(blank)").to_owned());
    }
    let short = shorten(&value, 16);
    match message.strip_suffix(value.as_str()) {
        Some(name) => (name.trim_end_matches([' ', '：', ':', '=']).to_owned(), short),
        None if message.contains(&value) => (message, String::new()),
        None => (message, short),
    }
}
