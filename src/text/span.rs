//! Byte ranges, typed by the text they count in.

/// A byte range in the decoded source text; `end` is exclusive, both on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A byte range in the [`Folded`](super::Folded) text. Everything the linter reads, it reads
/// folded; a finding is shown at the [`Span`] this maps to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FoldedSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

macro_rules! range {
    ($name:ident) => {
        impl $name {
            /// The range from byte `start` to byte `end` (exclusive). Texts are limited to
            /// [`MAX_BYTES`](super::MAX_BYTES), so offsets fit.
            pub fn new(start: usize, end: usize) -> Self {
                debug_assert!(start <= end && end <= u32::MAX as usize);
                Self { start: start as u32, end: end as u32 }
            }

            /// The length in bytes.
            pub fn len(self) -> usize {
                (self.end - self.start) as usize
            }

            /// Whether the range holds no byte.
            pub fn is_empty(self) -> bool {
                self.start == self.end
            }

            /// The range as indices.
            pub fn range(self) -> std::ops::Range<usize> {
                self.start as usize..self.end as usize
            }

            /// Whether `inner` lies wholly within this range.
            pub fn contains(self, inner: Self) -> bool {
                self.start <= inner.start && inner.end <= self.end
            }

            /// The smallest range that holds both.
            pub fn union(self, other: Self) -> Self {
                Self { start: self.start.min(other.start), end: self.end.max(other.end) }
            }
        }

        impl From<std::ops::Range<usize>> for $name {
            fn from(range: std::ops::Range<usize>) -> Self {
                Self::new(range.start, range.end)
            }
        }
    };
}

range!(Span);
range!(FoldedSpan);

impl FoldedSpan {
    /// The range moved right by `offset` bytes.
    pub fn shift(self, offset: u32) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }
}
