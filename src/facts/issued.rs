//! The date of the 落款, which says when the report was made.

use super::scan::{has_any, rest, starts_any};
use crate::document::{Block, BlockKind, Document, Zone};
use crate::text::{Date, FoldedSpan, dates, find_date, piece};

/// When the report was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The date, perhaps without its day. Its own offsets mean nothing here.
    pub date: Date,
    /// Where it stands.
    pub at: FoldedSpan,
    /// Whether only the page tells it (发布时间), not the report.
    pub from_page: bool,
}

/// Finds the date of issue: of the signature, else the line under the title, else of the covering
/// notice, else what the page says.
pub fn issued(document: &Document) -> Option<Issued> {
    of_signature(document)
        .or_else(|| under_title(document))
        .or_else(|| of_notice(document))
        .or_else(|| of_page(document))
}

fn found(block: &Block, date: Date, from_page: bool) -> Issued {
    Issued { date, at: FoldedSpan::new(date.start, date.end).shift(block.at.start), from_page }
}

fn of_signature(document: &Document) -> Option<Issued> {
    let blocks = || document.blocks.iter().rev().filter(|block| block.zone == Zone::Signature);
    let last = |printed: bool| {
        blocks().find_map(|block| {
            let text = document.text(block.at);
            let mut dates = dates(text).into_iter().rev();
            let date = dates.find(|date| printed == is_printing(text, date))?;
            Some(found(block, date, false))
        })
    };
    last(false).or_else(|| last(true))
}

/// Whether it is the date of printing: `2018年1月11日印发`.
fn is_printing(text: &str, date: &Date) -> bool {
    starts_any(rest(text, date.end), &["印发", "印制", "印"])
}

/// `(2019年3月12日)` at the end of the title or on the line below it.
fn under_title(document: &Document) -> Option<Issued> {
    let title = document.blocks.iter().position(|block| {
        matches!(block.kind, BlockKind::Title)
            && !matches!(block.zone, Zone::Notice | Zone::Residue)
    })?;
    let block = document.blocks.get(title)?;
    let text = document.text(block.at);
    let closing = dates(text).pop().filter(|date| closes(rest(text, date.end)));
    if let Some(date) = closing {
        return Some(found(block, date, false));
    }
    let below = document.blocks.iter().skip(title + 1).take(3).filter(|block| {
        !matches!(block.kind, BlockKind::Table(_))
            && !matches!(block.zone, Zone::Notice | Zone::Residue)
    });
    below.into_iter().find_map(|block| {
        let text = document.text(block.at);
        Some(found(block, only_date(text)?, false))
    })
}

fn closes(after: &str) -> bool {
    after.trim_matches([')', ' ', '\n', '】']).is_empty()
}

/// The date that stands alone in `text`, in brackets or behind a label.
fn only_date(text: &str) -> Option<Date> {
    const LABELS: &[&str] =
        &["发布时间", "发布日期", "成文日期", "公开日期", "公布日期", "日期", "时间"];
    let bare = text.trim_start_matches(['(', '【', '[', ' ']);
    let bare = LABELS.iter().find_map(|label| bare.strip_prefix(label)).unwrap_or(bare);
    let bare = bare.trim_start_matches([':', ' ']);
    let start = text.len() - bare.len();
    find_date(text, start).filter(|date| date.start == start && closes(rest(text, date.end)))
}

/// The date under the covering notice; its 印发 line only if there is no other.
fn of_notice(document: &Document) -> Option<Issued> {
    let blocks = || document.blocks.iter().rev().filter(|block| block.zone == Zone::Notice);
    let signed = blocks().find_map(|block| {
        let text = document.text(block.at);
        let date = dates(text).pop().filter(|date| !is_printing(text, date))?;
        // 请于2018年3月31日前 stands within a sentence; a signature ends with its date.
        let alone =
            closes(rest(text, date.end)) && !piece(text, 0, date.start).contains(['。', ';']);
        (alone && date.start <= 40 * "镇".len()).then(|| found(block, date, false))
    });
    signed.or_else(|| {
        blocks().find_map(|block| {
            let text = document.text(block.at);
            let date = dates(text).into_iter().find(|date| is_printing(text, date))?;
            Some(found(block, date, false))
        })
    })
}

/// `发布时间:2022-01-29` of the page, if it is a whole date.
fn of_page(document: &Document) -> Option<Issued> {
    const LABELS: &[&[&str]] = &[
        &["发布时间", "发布日期", "发布于", "公开日期", "公开时间", "发文日期"],
        &["成文日期", "生成日期", "日期", "时间"],
    ];
    let blocks = || document.blocks.iter().filter(|block| block.zone == Zone::Residue);
    LABELS.iter().find_map(|labels| {
        blocks().find_map(|block| {
            let text = document.text(block.at);
            if !has_any(text, labels) {
                return None;
            }
            let after = labels.iter().find_map(|label| Some(text.find(label)? + label.len()))?;
            let date = find_date(text, after).filter(|date| date.civil().is_some())?;
            let near = piece(text, after, date.start).chars().all(|c| !c.is_alphanumeric());
            near.then(|| found(block, date, true))
        })
    })
}
