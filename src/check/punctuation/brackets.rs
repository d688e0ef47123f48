//! Brackets, quotation marks and title marks without their partners.

use super::marks::is_ideograph;
use crate::check::prose::{Found, Line};
use crate::document::Document;
use crate::text::{FoldedSpan, piece};

/// Openers and closers. Quotation marks come last: some texts write one of them for the other.
const PAIRS: &[(char, char)] = &[('(', ')'), ('《', '》'), ('〔', '〕'), ('【', '】'), ('“', '”')];

/// How many lines later the partner may stand: a paragraph may be broken over several lines of a
/// page, or a quotation go over several paragraphs.
const REACH: usize = 4;

/// The most marks that wait at a time: more are no brackets of a sentence.
const WAITING: usize = 64;

/// A mark that waits for its partner.
#[derive(Clone, Copy, Debug)]
struct Open {
    pair: usize,
    line: usize,
    at: FoldedSpan,
}

/// The marks without partner, in order.
pub(super) fn unbalanced(document: &Document, lines: &[Line<'_>]) -> Vec<Found> {
    let mut open: Vec<Open> = Vec::new();
    let mut alone: Vec<FoldedSpan> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let text = document.text(line.at);
        // Quotation marks that all look alike tell nothing.
        let (openers, closers) = (text.matches('“').count(), text.matches('”').count());
        let alike = (openers == 0) != (closers == 0);
        let turned = openers.abs_diff(closers) > 1;
        for (at, c) in text.char_indices() {
            let Some((pair, opens)) = role(c) else { continue };
            let quoted = PAIRS[pair].0 == '“';
            if quoted && alike && turned {
                continue;
            }
            let place = FoldedSpan::new(at, at + c.len_utf8()).shift(line.at.start);
            if opens {
                // A quotation of several paragraphs opens anew with each.
                if quoted && at == 0 && let Some(i) = open.iter().rposition(|o| o.pair == pair) {
                    open.remove(i);
                }
                if open.len() == WAITING {
                    alone.push(open.remove(0).at);
                }
                open.push(Open { pair, line: number, at: place });
            } else if let Some(partner) = open.iter().rposition(|open| open.pair == pair) {
                open.remove(partner);
            } else if !is_ordinal(text, at, c) {
                alone.push(place);
            }
        }
        // What waited too long has no partner.
        let (late, waiting): (Vec<Open>, Vec<Open>) =
            open.iter().partition(|open| open.line + REACH <= number);
        alone.extend(late.iter().map(|open| open.at));
        open = waiting;
    }
    alone.extend(open.iter().map(|open| open.at));
    alone.sort_unstable();
    alone.into_iter().map(|at| Found::new(document, document.folded.source(at), None)).collect()
}

/// Which pair a mark belongs to, and whether it opens it.
fn role(c: char) -> Option<(usize, bool)> {
    if is_ideograph(c) {
        return None;
    }
    PAIRS.iter().position(|(open, close)| *open == c || *close == c).map(|i| (i, PAIRS[i].0 == c))
}

/// `1)`, `a)`, `一)` before an item; one or two digits wherever they stand (`含1)转发、2)原创`).
fn is_ordinal(text: &str, at: usize, c: char) -> bool {
    let before = piece(text, 0, at);
    let digits = at - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let letters = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c);
    let bare = before.trim_end_matches(letters);
    let begins = bare.is_empty() || bare.ends_with(['。', ';', ':', ',', '、', ' ', '”']);
    let label = at - bare.len();
    c == ')' && (label == digits && (1..=2).contains(&digits) || (1..=6).contains(&label) && begins)
}
