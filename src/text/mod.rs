//! Layer 0: decoded text, spans, line and column, folding, numbers and dates.
//!
//! Slicing text by bytes happens in this module alone; the rest of the crate asks for
//! pieces by [`Span`] or [`FoldedSpan`], which always lie on character boundaries.
#![allow(clippy::string_slice, reason = "the one module that slices text by bytes")]

mod amounts;
mod date;
mod decode;
mod fold;
mod lines;
mod number;
mod origin;
mod source;
mod span;
mod title;
mod unit;
mod words;

pub use amounts::{Amount, find_amounts};
pub use date::{Date, dates, find_date};
pub use decode::{DecodeError, Decoded, MAX_BYTES, decode, encoding};
pub use fold::{Folded, Folder, fold, fold_pattern, push_skeleton, skeleton};
pub use lines::{Lines, Position};
pub use number::{amount, chinese_number};
pub use origin::Origin;
pub use source::Source;
pub use span::{FoldedSpan, Span};
pub use title::title_on;
pub use unit::{begins_counted, unit_after, unit_alone};
pub use words::Words;

/// The piece of `text` between two byte offsets, widened outwards to character boundaries and
/// clamped to the text, so that a careless offset can never panic.
pub fn piece(text: &str, start: usize, end: usize) -> &str {
    if let Some(piece) = text.get(start..end) {
        return piece;
    }
    let mut start = start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    &text[start..end]
}
