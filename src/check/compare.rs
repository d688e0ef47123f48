//! What checks on several reports share: what is kept of each report, so that no two need be in
//! memory at once, and the pair that is looked at again where something seems wrong.

use super::Context;
use crate::document::Placed;
use rust_decimal::Decimal;

/// What a check keeps of one report, to be compared with what it keeps of another. At most some
/// hundred bytes: a run over ten thousand reports keeps all of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// Figures by the hash of their name; `None` for one that is there and is no number.
    Figures(Vec<(u32, Option<Decimal>)>),
    /// Hashes of values, each with the kind of the value.
    Values(Vec<(u8, u32)>),
    /// A sketch of the text.
    Sketch(super::Sketch),
}

/// This year's report and last year's of the same organ, both in memory.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The report that is judged.
    pub now: &'a Context<'a>,
    /// Last year's.
    pub before: &'a Context<'a>,
    /// Whether both are certainly of the same organ; else its name changed in a way that leaves
    /// a doubt.
    pub certain: bool,
}

/// Where a further place of a hit stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// In the report that is judged.
    #[default]
    Now,
    /// In last year's report.
    Before,
    /// In another organ's report, by its index.
    Other(usize),
}

/// A figure with its place.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) key: u32,
    pub(super) value: Option<Decimal>,
    pub(super) at: Placed,
}

/// FNV-1a, 32 bits, over `parts` and the borders between them.
pub(super) fn hash(parts: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    hash
}
