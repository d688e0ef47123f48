//! A second-level heading that is the only one under its parent: （一） without （二）.

use crate::check::{Hit, Mark};
use crate::document::{Block, BlockKind, Document, Heading};
use crate::text::FoldedSpan;

/// One hit for each （一） that no （二） follows.
pub(super) fn single(document: &Document, blocks: &[&Block]) -> Vec<Hit> {
    let headings: Vec<(&Block, &Heading)> = blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) if heading.level <= 2 => Some((*block, heading)),
            _ => None,
        })
        .collect();
    let mut hits = Vec::new();
    for (index, (block, heading)) in headings.iter().enumerate() {
        let first = heading.level == 2 && heading.ordinal.is_some_and(|o| o.number == 1);
        let next = headings.get(index + 1);
        if !first || next.is_some_and(|(_, next)| next.level == 2) {
            continue;
        }
        // The next item may stand within a paragraph.
        let end = next.map_or(document.folded.text().len() as u32, |(next, _)| next.at.start);
        let under = document.text(FoldedSpan { start: block.at.end, end });
        if ["(二)", "二是", "(2)"].iter().any(|second| under.contains(second)) {
            continue;
        }
        let written = heading.ordinal.map_or("", |o| document.written(o.at));
        let mut hit = Hit::new("single", block.at)
            .with("found", written)
            .with("title", document.written(heading.title));
        hit.marks.extend(next.map(|(next, _)| Mark::new("after", next.at)));
        hits.push(hit);
    }
    hits
}
