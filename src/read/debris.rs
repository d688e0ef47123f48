//! What a table read from its layout leaves behind: pieces of wrapped cells that look like lines.
//!
//! Where rows and columns are only inferred (PDF), such pieces must not be judged as the report's own
//! sentences and headings. They are set aside; a complete sentence and a plain heading never are.

use crate::document::{Block, BlockKind, Document, Layout, Zone};

/// The most characters of a piece of a cell.
const PIECE: usize = 20;
/// The most characters of a piece that opens with a number, as the labels of the form do.
const NUMBERED_PIECE: usize = 6;
/// Blanks that set one column apart from the next; Chinese prose has two at most.
const APART: &str = "    ";

/// How a block stands to the tables around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Table,
    /// Pieces of several columns: never a sentence.
    Columns,
    /// Short enough for a piece of a cell, if a table stands before it.
    Piece,
    /// Ends what belongs to a table.
    Own,
}

/// Sets the debris of the tables in `document` aside.
pub(super) fn set_aside(document: &mut Document) {
    let kinds: Vec<Kind> = document.blocks.iter().map(|block| kind(document, block)).collect();
    let mut begin = 0;
    for run in kinds.split_inclusive(|kind| *kind == Kind::Own) {
        let first = run.iter().position(|kind| *kind == Kind::Table);
        for (i, kind) in run.iter().enumerate() {
            let debris = match kind {
                Kind::Columns => first.is_some(),
                Kind::Piece => first.is_some_and(|first| i > first),
                Kind::Table | Kind::Own => false,
            };
            if debris {
                document.blocks[begin + i].zone = Zone::Residue;
            }
        }
        begin += run.len();
    }
}

fn kind(document: &Document, block: &Block) -> Kind {
    let written = document.written(block.at).trim();
    let text = document.text(block.at);
    let apart = written.contains(APART);
    let short = |most: usize| text.chars().count() <= most && !text.ends_with('。');
    match &block.kind {
        BlockKind::Table(index) => match document.tables.get(*index) {
            // Its cells were known: it left nothing behind.
            Some(table) if table.layout == Layout::Grid => Kind::Own,
            _ => Kind::Table,
        },
        _ if block.zone != Zone::Narrative => Kind::Own,
        BlockKind::Heading(_) if apart && text.bytes().any(|b| b.is_ascii_digit()) => Kind::Columns,
        BlockKind::Heading(heading) if heading.level > 1 && short(NUMBERED_PIECE) => Kind::Piece,
        BlockKind::Paragraph if apart => Kind::Columns,
        BlockKind::Paragraph if short(PIECE) => Kind::Piece,
        _ => Kind::Own,
    }
}
