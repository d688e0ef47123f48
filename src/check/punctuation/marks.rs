//! Single marks: half-width ones, those after ordinals and headings, spaces in titles.

use crate::check::prose::{Found, Line, is_prose};
use crate::document::{Block, BlockKind, Document};
use crate::text::{FoldedSpan, Span, piece};

/// Whether a character is Chinese: an ideograph or a mark that only Chinese text has.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '〇' | '“' | '”' | '《' | '》' | '。' | '、' | '〔' | '〕')
}

pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '〇')
}

/// The characters of a line with their neighbours: byte offset, before, itself, after.
fn triples(text: &str) -> impl Iterator<Item = (usize, Option<char>, char, Option<char>)> + '_ {
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = chars.next()?;
        let triple = (at, before, c, chars.peek().map(|(_, next)| *next));
        before = Some(c);
        Some(triple)
    })
}

fn span(line: Line<'_>, at: usize, length: usize) -> FoldedSpan {
    FoldedSpan::new(at, at + length).shift(line.at.start)
}

/// `,` `;` `:` between Chinese characters, and pairs of `()` that stand among them.
pub(super) fn half_width(document: &Document, line: Line<'_>) -> Vec<Found> {
    let text = document.text(line.at);
    if !text.contains([',', ';', ':', '(']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut add = |at: usize| {
        let source = document.folded.source(span(line, at, 1));
        let written = document.source.slice(source);
        let wide = written.chars().next().filter(|c| c.is_ascii() && written.len() == 1);
        let wide = wide.and_then(|c| char::from_u32(c as u32 + 0xfee0));
        found.extend(wide.map(|wide| Found::new(document, source, Some(wide.to_string()))));
    };
    let near = |c: Option<char>| c.is_some_and(is_chinese);
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (at, before, c, after) in triples(text) {
        match c {
            ',' | ';' | ':' => {
                let beside = |c: Option<char>| near(c) || c.is_some_and(|c| matches!(c, '(' | ')'));
                if beside(before) && beside(after) && (near(before) || near(after)) {
                    add(at);
                }
            }
            '(' => open.push((at, near(before) && near(after) || before.is_none() && near(after))),
            ')' => {
                if let Some((start, true)) = open.pop()
                    && near(before)
                {
                    add(start);
                    add(at);
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|found| found.at.at);
    found
}

/// A 、 between 《…》 and 《…》, or between “…” and “…”.
pub(super) fn pause_mark(document: &Document, line: Line<'_>) -> Vec<Found> {
    const MARK: char = '、';
    let text = document.text(line.at);
    let is_between = |at: usize| {
        let before = piece(text, 0, at).chars().next_back();
        let after = piece(text, at + MARK.len_utf8(), text.len()).chars().next();
        matches!((before, after), (Some('》'), Some('《')) | (Some('”'), Some('“')))
    };
    let marks = text.match_indices(MARK).filter(|(at, _)| is_between(*at));
    marks
        .map(|(at, _)| {
            let source = document.folded.source(span(line, at, MARK.len_utf8()));
            Found::new(document, source, Some(String::new()))
        })
        .collect()
}

/// A mark after a bracketed ordinal: `（一）、`.
pub(super) fn after_bracket(document: &Document, line: Line<'_>) -> Vec<Found> {
    let BlockKind::Heading(heading) = &line.block.kind else { return Vec::new() };
    let Some(ordinal) = heading.ordinal else { return Vec::new() };
    let text = document.text(ordinal.at);
    let bare = text.trim_end_matches(['、', '.', ',']);
    if !bare.ends_with(')') || bare.len() == text.len() {
        return Vec::new();
    }
    let mark = FoldedSpan { start: ordinal.at.start + bare.len() as u32, end: ordinal.at.end };
    vec![Found::new(document, document.folded.source(mark), Some(String::new()))]
}

/// `1、` before an item: at the start of a line, or after the mark that ends the item before.
pub(super) fn arabic_ordinal(document: &Document, line: Line<'_>) -> Vec<Found> {
    let text = document.text(line.at);
    if !text.contains('、') {
        return Vec::new();
    }
    let opens = |before: Option<char>| before.is_none_or(|c| matches!(c, '。' | ';' | ':' | '!' | '?'));
    let item = |c: char| is_ideograph(c) || matches!(c, '“' | '《');
    let mut found = Vec::new();
    let mut digits = 0; // how many digits stand before here, if an item may begin with them
    let mut begins = true;
    for (at, _, c, after) in triples(text) {
        match c {
            '0'..='9' if begins => digits += 1,
            '、' if begins && (1..=2).contains(&digits) && after.is_some_and(item) => {
                let source = document.folded.source(span(line, at - digits, digits + '、'.len_utf8()));
                let number = piece(text, at - digits, at);
                found.push(Found::new(document, source, Some(format!("{number}."))));
                (begins, digits) = (false, 0);
            }
            _ => (begins, digits) = (opens(Some(c)), 0),
        }
    }
    found
}

/// Marks at the end of headings that stand on a line of their own with text under them.
pub(super) fn heading_end(document: &Document) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::Heading(heading) = &block.kind else { continue };
        let next = document.blocks.get(index + 1);
        let closes = heading.level <= 2 && heading.ordinal.is_some() && !heading.run_in && is_prose(block);
        if !closes || !next.is_some_and(|next| is_under(document, block, next)) {
            continue;
        }
        let end = next.map_or(block.at.end, |next| next.at.start);
        let rest = FoldedSpan { start: block.at.end, end };
        let line = document.text(rest).lines().next().unwrap_or_default();
        if line.is_empty() || !line.chars().all(|c| matches!(c, '。' | ':' | ';' | ',' | '、')) {
            continue;
        }
        let mark = FoldedSpan { end: rest.start + line.len() as u32, ..rest };
        found.push(Found::new(document, document.folded.source(mark), Some(String::new())));
    }
    found
}

/// The last words of paragraphs that end in a comma though a heading of a section follows.
pub(super) fn unfinished(document: &Document) -> Vec<Found> {
    /// In characters: what is short may be a label or a line of an address.
    const SHORTEST: usize = 16;
    let pairs = document.blocks.iter().zip(document.blocks.iter().skip(1));
    let ends = pairs.filter(|(block, next)| {
        let follows = matches!(&next.kind, BlockKind::Heading(heading) if heading.level <= 2 && heading.ordinal.is_some());
        follows && is_prose(block) && matches!(block.kind, BlockKind::Paragraph) && block.zone == next.zone
    });
    let place = |(block, _): (&Block, &Block)| {
        let text = document.text(block.at).trim_end();
        let clauses = text.strip_suffix([',', '、'])?;
        if text.chars().count() < SHORTEST {
            return None;
        }
        let last = clauses.rsplit([',', '。', ';', '、']).next()?;
        let at = FoldedSpan::new(clauses.len() - last.len(), text.len()).shift(block.at.start);
        Some(Found::new(document, document.folded.source(at), None))
    };
    ends.filter_map(place).collect()
}

/// Whether `next` is what stands under the heading `block`: longer text, lower headings, a table.
fn is_under(document: &Document, block: &Block, next: &Block) -> bool {
    let BlockKind::Heading(own) = &block.kind else { return false };
    match &next.kind {
        BlockKind::Paragraph => {
            next.zone == block.zone && document.text(next.at).len() > document.text(own.title).len()
        }
        BlockKind::Heading(heading) => heading.level > own.level && heading.level <= 3,
        BlockKind::Table(_) => true,
        BlockKind::Title => false,
    }
}

/// Spaces within 《…》 that do not stand between Latin words.
pub(super) fn space_in_title(document: &Document, line: Line<'_>) -> Vec<Found> {
    let text = document.text(line.at);
    if !text.contains('《') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut depth = 0_u32;
    for (at, _, c, after) in triples(text) {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let Some(after) = after.filter(|_| depth > 0) else { continue };
        let next = at + c.len_utf8();
        let one = |at, length| document.folded.source(span(line, at, length));
        let gap = Span { start: one(at, c.len_utf8()).end, end: one(next, after.len_utf8()).start };
        if gap.start >= gap.end || c == ' ' || after == ' ' {
            continue;
        }
        let space = document.source.slice(gap);
        let latin = |c: char| c.is_ascii_alphabetic();
        // 中共中央办公厅 国务院办公厅关于…: so the names of several issuers are set apart.
        let issuer = || ISSUERS.iter().any(|end| piece(text, 0, next).ends_with(end));
        let subject = || {
            let near = piece(text, next, next + LONGEST_ISSUER);
            near.split('》').next().is_some_and(|near| near.contains("关于"))
        };
        if issuer() && subject() {
            continue;
        }
        if space.chars().all(|c| c.is_whitespace() && c != '\n' && c != '\r') && !(latin(c) || latin(after)) {
            found.push(Found::new(document, gap, Some(String::new())));
        }
    }
    found
}

/// What the names of those who issue a document together end with.
const ISSUERS: &[&str] =
    &["中央", "办公厅", "办公室", "委员会", "部", "委", "局", "署", "行", "院", "政府", "人大", "厅"];
/// In bytes: the names that follow, up to 关于.
const LONGEST_ISSUER: usize = 150;

/// Two marks where one belongs: `，，` `。。` `，。`.
pub(super) fn doubled(document: &Document, line: Line<'_>) -> Vec<Found> {
    let right = |wrong| match wrong {
        (',', ',') | ('、', ',') | (',', '、') => Some("，"),
        ('、', '、') => Some("、"),
        (';', ';') | (',', ';') => Some("；"),
        (':', ':') => Some("："),
        ('。' | ',' | '、' | ';', '。') | ('。', ',' | ';') => Some("。"),
        _ => None,
    };
    let text = document.text(line.at);
    let mut found = Vec::new();
    let mut before = None;
    for (at, last, second, after) in triples(text) {
        let Some(first) = last else { continue };
        if let Some(right) = right((first, second)) {
            // `。。。` is an ellipsis, `::` may be a link.
            let run = before == last || after == last || after == Some(second);
            if !run && before.is_some_and(is_chinese) {
                let wrong = span(line, at - first.len_utf8(), first.len_utf8() + second.len_utf8());
                let source = document.folded.source(wrong);
                found.push(Found::new(document, source, Some(right.to_owned())));
            }
        }
        before = last;
    }
    found
}
