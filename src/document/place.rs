//! A place both as a person finds it and as a program cuts it out.

use super::{Block, BlockKind, Document, Heading, Zone};
use crate::text::{FoldedSpan, Position, Span};

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The way a person takes: `二、主动公开政府信息情况 › 第2段`, or for a cell
    /// `三、… › 申请办理 › 总计 › 结转下年`.
    pub path: String,
    /// Byte range in the decoded file, or in the text extracted from it (Word, PDF).
    pub span: Span,
    /// First character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
    /// The text at `span` as written; of a web page, without tags and with entities resolved.
    pub text: String,
    /// The file, where it is another one than the report's own.
    pub file: Option<String>,
}

/// A part of the folded text with its human path, if that is not told by the position alone
/// (a table cell is reached by the names of its row and column).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// Where it stands.
    pub at: FoldedSpan,
    /// What follows the heading in the human path; empty for running text.
    pub cell: Vec<String>,
    /// What is cut out of the source, where folding dropped it or put it together with something
    /// else (spaces, bookmarks); else it follows from `at`.
    pub source: Option<Span>,
}

impl From<FoldedSpan> for Placed {
    fn from(at: FoldedSpan) -> Self {
        Self { at, cell: Vec::new(), source: None }
    }
}

impl Document {
    /// The place of `span` of the source.
    pub fn placed(&self, span: Span) -> Placed {
        let (start, end) = (self.folded.folded_at(span.start), self.folded.folded_at(span.end));
        Placed {
            at: FoldedSpan { start, end: end.max(start) },
            cell: Vec::new(),
            source: Some(span),
        }
    }

    /// What `placed` is in the source.
    pub fn span(&self, placed: &Placed) -> Span {
        placed.source.unwrap_or_else(|| self.folded.source(placed.at))
    }

    /// The full place of `placed`.
    pub fn place(&self, placed: &Placed) -> Place {
        let written = self.span(placed);
        let span = self.source.in_file(written);
        Place {
            path: self.path(placed),
            span,
            start: self.source.position(span.start),
            end: self.source.position(span.end),
            text: self.source.slice(written).to_owned(),
            file: None,
        }
    }

    /// Where `placed` stands, without anything that changes when text moves around it: the words
    /// of the headings above without their numbers, and the names of a cell's row and column.
    pub fn section_of(&self, placed: &Placed) -> String {
        let Some(index) = self.block_at(placed.at) else { return String::new() };
        let mut parts = self.headings_above(index, |heading, _| heading.title);
        match self.blocks[index].kind {
            _ if !placed.cell.is_empty() => parts.extend(placed.cell.iter().cloned()),
            BlockKind::Title => parts.push("标题".to_owned()),
            BlockKind::Table(_) => parts.push("表".to_owned()),
            BlockKind::Heading(_) | BlockKind::Paragraph => {}
        }
        parts.join(" › ")
    }

    /// The headings above `placed`, then the paragraph's number under the last of them, or the
    /// names of the cell's table, row and column.
    fn path(&self, placed: &Placed) -> String {
        let Some(index) = self.block_at(placed.at) else { return String::new() };
        let mut parts = self.headings_above(index, |_, block| block.at);
        match self.blocks[index].kind {
            _ if !placed.cell.is_empty() => parts.extend(placed.cell.iter().cloned()),
            BlockKind::Title => parts.push("标题".to_owned()),
            BlockKind::Heading(_) => {}
            BlockKind::Table(_) => parts.push("表".to_owned()),
            BlockKind::Paragraph => match self.blocks[index].zone {
                Zone::Signature => parts = vec!["落款".to_owned()],
                Zone::Notice => parts = vec!["印发通知".to_owned()],
                Zone::Residue => parts = vec!["页面残留".to_owned()],
                _ => parts.push(format!("第{}段", self.paragraph_number(index))),
            },
        }
        parts.join(" › ")
    }

    /// What `part` takes of each heading above block `index`, which may be one itself.
    fn headings_above(
        &self,
        index: usize,
        part: fn(&Heading, &Block) -> FoldedSpan,
    ) -> Vec<String> {
        let mut chain: Vec<String> = Vec::new();
        let mut below = u8::MAX;
        for block in self.blocks[..=index].iter().rev() {
            if let BlockKind::Heading(heading) = &block.kind
                && heading.level < below
            {
                below = heading.level;
                chain.push(self.text(part(heading, block)).to_owned());
            }
        }
        chain.reverse();
        chain
    }

    fn paragraph_number(&self, index: usize) -> usize {
        let before = self.blocks[..=index].iter().rev();
        let own = before.take_while(|block| !matches!(block.kind, BlockKind::Heading(_)));
        own.filter(|block| {
            matches!(block.kind, BlockKind::Paragraph)
                && !matches!(block.zone, Zone::Residue | Zone::Notice)
        })
        .count()
    }
}
