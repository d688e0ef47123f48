//! The report's own running text, and what a proof-reader finds in it: many places, one hit.

use super::{Hit, Mark, Suggestion};
use crate::document::{Block, BlockKind, Document, Placed, Zone};
use crate::text::{FoldedSpan, Span};

/// Where wording is judged: not in tables and attachments, whose labels are printed on the form,
/// nor in notices and what a page puts around an article.
const PROSE: &[Zone] = &[Zone::Title, Zone::Opening, Zone::Narrative];

/// A logical line of running text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'d> {
    /// From its first to its last character, with the marks between heading and body.
    pub(super) at: FoldedSpan,
    /// The block it begins with.
    pub(super) block: &'d Block,
}

/// All lines of running text, in order. A heading and the text that follows it on the same line are one.
pub(super) fn lines(document: &Document) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let end = document.folded.text().len() as u32;
    for (index, block) in document.blocks.iter().enumerate() {
        let next = document.blocks.get(index + 1).map_or(end, |next| next.at.start);
        if !is_prose(block) || next < block.at.end {
            continue;
        }
        let gap = document.text(FoldedSpan { start: block.at.end, end: next });
        let closing = gap.find('\n').unwrap_or(gap.len());
        let at = FoldedSpan { start: block.at.start, end: block.at.end + closing as u32 };
        match lines.last_mut() {
            Some(last) if last.at.end == at.start => last.at.end = at.end,
            _ => lines.push(Line { at, block }),
        }
    }
    lines
}

/// Whether a block is running text of the report.
pub(super) fn is_prose(block: &Block) -> bool {
    PROSE.contains(&block.zone) && !matches!(block.kind, BlockKind::Table(_))
}

/// The block of running text that `at` begins in, or in the line of which it stands.
pub(super) fn prose_at(document: &Document, at: FoldedSpan) -> Option<&Block> {
    let block = &document.blocks[document.block_at(at)?];
    let gap = FoldedSpan { start: block.at.end.min(at.start), end: at.start };
    (is_prose(block) && !document.text(gap).contains('\n')).then_some(block)
}

/// One of the places of a hit.
#[derive(Debug)]
pub(super) struct Found {
    /// Where.
    pub(super) at: Placed,
    /// What should stand there, if that can be told.
    pub(super) right: Option<String>,
    /// What mends it.
    pub(super) edit: Option<String>,
}

impl Found {
    /// `wrong`, a part of the source, should read `right`.
    pub(super) fn new(document: &Document, wrong: Span, right: Option<String>) -> Self {
        // A mark-up within the words would be lost.
        let plain = !document.source.slice(wrong).contains('<');
        let edit = right.clone().filter(|_| plain);
        Self { at: document.placed(wrong), right, edit }
    }
}

/// The most wordings that a message lists.
const LISTED: usize = 6;
/// The most related places; the message and the edits count all.
const MARKED: usize = 100;

/// One hit for all of `found`: it stands at the first, the others are its related places. `count`
/// is how many there are, `list` the different wordings with what they should be.
pub(super) fn gather(
    case: &'static str,
    document: &Document,
    found: Vec<Found>,
    certain: bool,
) -> Option<Hit> {
    let first = found.first()?.at.clone();
    let written = |found: &Found| document.source.slice(document.span(&found.at)).to_owned();
    let mut list: Vec<String> = Vec::new();
    for found in &found {
        if list.len() > LISTED {
            break;
        }
        let words = match &found.right {
            Some(right) if !right.is_empty() => format!("{}→{right}", written(found)),
            _ => written(found),
        };
        if !list.contains(&words) {
            list.push(words);
        }
    }
    let more = list.len() > LISTED;
    list.truncate(LISTED);
    let list = list.join("、") + if more { "……" } else { "" };
    let right = found[0].right.clone().unwrap_or_default();
    let mut hit = Hit::new(case, first)
        .with("count", found.len() as u32)
        .with("list", list)
        .with("text", written(&found[0]))
        .with("right", right);
    for other in found[1..].iter().take(MARKED) {
        let right = other.right.clone().unwrap_or_default();
        let mark = Mark::new("other", other.at.clone());
        hit = hit.mark(mark.with("text", written(other)).with("right", right));
    }
    let edits: Vec<_> =
        found.into_iter().filter_map(|found| Some((found.at, found.edit?))).collect();
    hit.fix = (!edits.is_empty()).then_some(Suggestion { edits, certain });
    Some(hit)
}
