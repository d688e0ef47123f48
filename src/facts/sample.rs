//! Small documents built by hand, for the tests of this folder.

use crate::document::{Block, BlockKind, Document, Heading, Layout, Table, Zone};
use crate::text::{FoldedSpan, Folder, Source};

/// A document of one block a line. A line of zone [`Zone::Title`] is a title, one that begins with
/// `一、` … `九、` a heading, one that begins with `|` a table without cells.
pub(super) fn document(lines: &[(Zone, &str)]) -> Document {
    let (mut source, mut folder) = (String::new(), Folder::default());
    let (mut blocks, mut tables) = (Vec::new(), Vec::new());
    for (zone, line) in lines {
        let start = folder.len();
        // A title may be broken over two lines; folding knows line breaks only as ends of lines.
        for part in line.split_inclusive('\n') {
            folder.push(part.trim_end_matches('\n'), source.len() as u32);
            source.push_str(part);
            if part.ends_with('\n') {
                folder.end_line(source.len() as u32 - 1);
            }
        }
        let at = FoldedSpan { start, end: folder.len() };
        folder.end_line(source.len() as u32);
        source.push('\n');
        let kind = match line.chars().next() {
            _ if *zone == Zone::Title => BlockKind::Title,
            Some(c) if "一二三四五六七八九".contains(c) && line.chars().nth(1) == Some('、') =>
            {
                let title = FoldedSpan { start: at.start + "一、".len() as u32, end: at.end };
                BlockKind::Heading(Heading { level: 1, ordinal: None, title, run_in: false })
            }
            Some('|') => {
                tables.push(Table { at, layout: Layout::Grid, cells: Vec::new() });
                BlockKind::Table(tables.len() - 1)
            }
            _ => BlockKind::Paragraph,
        };
        blocks.push(Block { kind, zone: *zone, at });
    }
    let folded = folder.finish();
    Document { source: Source::new("sample.txt", source, "UTF-8"), folded, blocks, tables }
}

/// A document of one line in one zone.
pub(super) fn line(zone: Zone, text: &str) -> Document {
    document(&[(zone, text)])
}
