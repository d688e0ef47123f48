//! Plain text and Markdown: lines → tables, rejoined paragraphs, headings, segments.

mod blocks;
mod cells;
mod heading;
mod line;
mod regions;
mod run_on;
mod title;
mod wrap;

use super::extract::Grid;
use crate::document::Document;
use crate::profile::Vocabulary;
use crate::text::{Folded, FoldedSpan, Folder, Source};
use line::Line;

pub(in crate::read) use heading::{at_start as heading_at, is_section};
pub(in crate::read) use line::{is_date_line, is_value};
pub(in crate::read) use title::{names_no_organ, score as title_score};

/// Reads a decoded text. Where `grids` are, its tables are known; others are looked for. `broken` are the
/// ends of lines that go on in the next one, if that is known; else it is inferred.
pub(super) fn read(
    source: Source,
    grids: &[Grid],
    broken: Option<&[usize]>,
    vocabulary: &Vocabulary,
) -> Document {
    let lines = run_on::split(&source.text, line::split(&source.text), vocabulary);
    let (folded, spans) = fold(&source.text, &lines, &vec![false; lines.len()]);
    let residue = line::residue(spans.iter().map(|span| folded.slice(*span)));
    let page = Page { folded: &folded, spans: &spans, lines: &lines, residue: &residue, broken };
    let regions = regions::find(&page, &source.text, grids, vocabulary);
    let mut in_table = vec![false; lines.len()];
    for region in &regions {
        in_table[region.lines.clone()].fill(true);
    }
    let title = title::find(&page, &in_table, vocabulary);
    let joins = wrap::joins(&page, &source.text, &in_table, title.as_ref(), vocabulary);
    // Most files have no broken lines: their first folding is final.
    let (folded, spans) =
        if joins.contains(&true) { fold(&source.text, &lines, &joins) } else { (folded, spans) };
    let page = Page { folded: &folded, spans: &spans, lines: &lines, residue: &residue, broken };
    let tables: Vec<_> = regions
        .iter()
        .map(|region| cells::table(&page, &source.text, grids, region, vocabulary))
        .collect();
    let layout = blocks::Layout {
        joins: &joins,
        in_table: &in_table,
        title: title.as_ref(),
        regions: &regions,
        tables: &tables,
    };
    let blocks = blocks::build(&page, &layout, vocabulary);
    Document { source, folded, blocks, tables, format: "text", remarks: Vec::new() }
}

/// The lines of a text and where each stands in the folded text.
struct Page<'p> {
    folded: &'p Folded,
    spans: &'p [FoldedSpan],
    lines: &'p [Line],
    /// Which lines are what a web page puts around an article, or a table of contents.
    residue: &'p [bool],
    /// Where lines end because the page does, if that is known.
    broken: Option<&'p [usize]>,
}

impl Page<'_> {
    /// The folded text of line `i`.
    fn text(&self, i: usize) -> &str {
        self.folded.slice(self.spans[i])
    }

    fn len(&self) -> usize {
        self.lines.len()
    }
}

/// Folds all lines; line `i` is joined to the next one where `joins[i]`.
fn fold(text: &str, lines: &[Line], joins: &[bool]) -> (Folded, Vec<FoldedSpan>) {
    let mut folder = Folder::with_capacity(text.len());
    let mut spans = Vec::with_capacity(lines.len());
    let mut joined = false;
    for (line, join) in lines.iter().zip(joins) {
        let start = folder.len();
        for piece in line.pieces() {
            let written = crate::text::piece(text, piece.start, piece.end);
            // Blanks at a line's end and before the next one are the page's.
            let written = if *join { written.trim_end() } else { written };
            let begun = if joined { written.trim_start() } else { written };
            folder.push(begun, (piece.start + written.len() - begun.len()) as u32);
        }
        spans.push(FoldedSpan { start, end: folder.len() });
        joined = *join;
        if !join {
            folder.end_line(line.end as u32);
        }
    }
    (folder.finish(), spans)
}
