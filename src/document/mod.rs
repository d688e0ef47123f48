//! Layer 1: what a report is made of, whatever file it came in and whatever year it is about.

mod block;
mod place;
mod table;

pub use block::{Block, BlockKind, Heading, Ordinal, Zone};
pub use place::{Place, Placed};
pub use table::{Cell, CellKind, Layout, Table};

use crate::text::{Folded, FoldedSpan, Source};
use serde::{Deserialize, Serialize};

/// One report: its text, the text folded for reading, and its parts in order.
#[derive(Debug)]
pub struct Document {
    /// The decoded text with its path.
    pub source: Source,
    /// The folded text. Logical lines end in a line feed; lines that were broken only by a
    /// page's width are joined.
    pub folded: Folded,
    /// All parts in the order of the text.
    pub blocks: Vec<Block>,
    /// The tables; [`BlockKind::Table`] holds an index into this list.
    pub tables: Vec<Table>,
    /// The file format it was read as: `text`, `html`, `docx`, …
    pub format: &'static str,
    /// What the reader of the file has to say of its work.
    pub remarks: Vec<Remark>,
}

/// What the reader of a file has to say of its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// There are tracked changes; they were read as if accepted.
    TrackedChanges,
    /// Places are as sure as the extraction is: rows and columns of PDF tables are inferred.
    InferredTables,
    /// Places are ways through the extracted text, not bytes of the file.
    ExtractedPlaces,
    /// Some bytes could not be decoded and stand as U+FFFD: how many.
    Replaced(usize),
    /// Some cells stood in columns farther right than are read: how many that hold something.
    CellsLeftOut(usize),
    /// Some text could not be read (fonts without a character map): how many characters.
    Unreadable(usize),
}

impl Document {
    /// The folded text at `span`.
    pub fn text(&self, span: FoldedSpan) -> &str {
        self.folded.slice(span)
    }

    /// The text at `span` as it is written in the source.
    pub fn written(&self, span: FoldedSpan) -> &str {
        self.source.slice(self.folded.source(span))
    }

    /// The blocks of running text in the given zones: headings, paragraphs and title.
    pub fn prose(&self, zones: &'static [Zone]) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| {
            zones.contains(&block.zone) && !matches!(block.kind, BlockKind::Table(_))
        })
    }

    /// The block that holds `span`, else the last one before it.
    pub fn block_at(&self, span: FoldedSpan) -> Option<usize> {
        let next = self.blocks.partition_point(|block| block.at.start <= span.start);
        next.checked_sub(1)
    }

    /// Where the document stands when it speaks of something that is absent: its title, else its
    /// first running text.
    pub fn anchor(&self) -> FoldedSpan {
        let of = |wanted: fn(&Block) -> bool| self.blocks.iter().find(|block| wanted(block));
        of(|block| matches!(block.kind, BlockKind::Title))
            .or_else(|| of(|block| !matches!(block.zone, Zone::Residue | Zone::Notice)))
            .or_else(|| self.blocks.first())
            .map_or(FoldedSpan::default(), |block| block.at)
    }
}
