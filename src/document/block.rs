//! The parts of a report, in the order they are written.

use crate::text::FoldedSpan;

/// One part of the text.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Which segment of the report it stands in.
    pub zone: Zone,
    /// Where it stands, without its line break.
    pub at: FoldedSpan,
}

impl Block {
    /// Whether it is a table.
    pub fn is_table(&self) -> bool {
        matches!(self.kind, BlockKind::Table(_))
    }
}

/// What a part of the text is.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// The title of the report; one block even if it is broken over two lines.
    Title,
    /// A heading. If its body follows on the same line, the body is a paragraph of its own.
    Heading(Heading),
    /// Running text.
    Paragraph,
    /// A table: an index into [`Document::tables`](super::Document::tables).
    Table(usize),
}

/// A heading or a numbered item.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `（1）` (GB/T 9704-2012, 7.3.3). A heading
    /// without ordinal has the level its title implies.
    pub level: u8,
    /// Its number, if it has one.
    pub ordinal: Option<Ordinal>,
    /// Its words, without ordinal and closing punctuation.
    pub title: FoldedSpan,
    /// Whether text follows the title on the same line.
    pub run_in: bool,
}

/// The number of a heading.
#[derive(Clone, Copy, Debug)]
pub struct Ordinal {
    /// The number meant: 3 for `三、` and for `（三）`.
    pub number: u32,
    /// The ordinal as written, with its brackets or point.
    pub at: FoldedSpan,
}

/// The segments of a report. Most false alarms come from reading one as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// The covering notice that issues the report (关于印发…的通知).
    Notice,
    /// The title.
    Title,
    /// What stands between title and first heading.
    Opening,
    /// The body.
    Narrative,
    /// What follows 附件 or 附表.
    Attachment,
    /// The 落款: organ and date at the end.
    Signature,
    /// What the page or the printer added: breadcrumbs, page numbers, buttons, bookmarks.
    Residue,
}

impl Zone {
    /// Every zone whose words are the report's own.
    pub const REPORT: &'static [Self] =
        &[Self::Title, Self::Opening, Self::Narrative, Self::Attachment, Self::Signature];
    /// The zones of running text: opening and body.
    pub const TEXT: &'static [Self] = &[Self::Opening, Self::Narrative];
}
