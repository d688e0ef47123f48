//! How large an input may be; a repository may ask for less than gouji can read.

use crate::document::{BlockKind, Document};
use crate::read::{MOST_CELLS, MOST_HEADINGS, MOST_LINES};
use crate::text::MAX_BYTES;
use crate::yaml::{Faults, Fields, Node};

/// The largest report that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the decoded text.
    pub bytes: usize,
    /// Lines.
    pub lines: usize,
    /// Headings.
    pub headings: usize,
    /// Cells of all tables together.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: MAX_BYTES, lines: MOST_LINES, headings: MOST_HEADINGS, cells: MOST_CELLS }
    }
}

impl Limits {
    pub(super) fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let most = Self::default();
        let mut limits = most;
        let mut fields = Fields::of(node, faults)?;
        for (key, limit, most) in [
            ("bytes", &mut limits.bytes, most.bytes),
            ("lines", &mut limits.lines, most.lines),
            ("headings", &mut limits.headings, most.headings),
            ("cells", &mut limits.cells, most.cells),
        ] {
            let Some(node) = fields.get(key) else { continue };
            let Some(number) = node.want_number(faults).map(|number| number as usize) else {
                continue;
            };
            if !(1..=most).contains(&number) {
                let zh = format!("应在 1 到 {most} 之间，gouji 最多只读这么大");
                faults.push(&node.at, zh, format!("wanted from 1 to {most}, the most gouji reads"));
            }
            *limit = number;
        }
        fields.finish(faults);
        Some(limits)
    }

    /// What there is too much of in `document`, with the limit: `bytes`, `lines`, `headings`,
    /// `cells`.
    pub(crate) fn exceeded(&self, document: &Document) -> Option<(&'static str, usize)> {
        if *self == Self::default() {
            return None;
        }
        let text = &document.source.text;
        let headings = document.blocks.iter();
        let headings = headings.filter(|block| matches!(block.kind, BlockKind::Heading(_))).count();
        let cells = document.tables.iter().map(|table| table.cells.len()).sum();
        [
            ("bytes", text.len(), self.bytes),
            ("lines", memchr::memchr_iter(b'\n', text.as_bytes()).count(), self.lines),
            ("headings", headings, self.headings),
            ("cells", cells, self.cells),
        ]
        .into_iter()
        .find(|(_, found, limit)| found > limit)
        .map(|(what, _, limit)| (what, limit))
    }
}
