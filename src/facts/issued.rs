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

#[cfg(test)]
mod tests {
    use super::super::sample::document;
    use super::*;

    #[test]
    fn finds_the_date_of_issue_where_it_stands() {
        use Zone::{Narrative, Notice, Opening, Residue, Signature, Title};
        const TITLE: (Zone, &str) = (Title, "青溪镇2018年政府信息公开工作年度报告");
        let cases: &[(&[(Zone, &str)], &str)] = &[
            (&[(Signature, "青溪镇人民政府"), (Signature, "2019年1月11日")], "2019-01-11"),
            (&[(Signature, "青溪镇人民政府2019年1月11日")], "2019-01-11"),
            (&[(Signature, "２０１９ 年 1 月 11 日")], "2019-01-11"),
            (&[(Signature, "二〇一九年一月十一日")], "2019-01-11"),
            (&[(Signature, "二○一九年一月")], "2019-01"),
            (&[(Signature, "2019年3月")], "2019-03"),
            (&[(Signature, "2019-3-12")], "2019-03-12"),
            (&[(Signature, "2019.3.12")], "2019-03-12"),
            (&[(Signature, "2019/3/12")], "2019-03-12"),
            (&[(Signature, "2019年3月12日"), (Signature, "(此件公开发布)")], "2019-03-12"),
            (&[(Signature, "2019年3月1日"), (Signature, "2019年3月2日")], "2019-03-02"),
            (
                &[(Signature, "2019年3月1日"), (Signature, "青溪镇党政办 2019年3月2日印发")],
                "2019-03-01",
            ),
            (&[(Signature, "青溪镇党政办2019年3月2日印发")], "2019-03-02"),
            (&[(Signature, "青溪镇人民政府")], "none"),
            (&[(Signature, "2019年2月30日")], "none"),
            (&[(Notice, "青溪镇人民政府"), (Notice, "2019年1月11日"), TITLE], "2019-01-11"),
            (
                &[(Notice, "2019年1月11日"), (Notice, "青溪镇党政办 2019年1月12日印发"), TITLE],
                "2019-01-11",
            ),
            (&[(Notice, "青溪镇党政办 2019年1月12日印发"), TITLE], "2019-01-12"),
            (&[(Notice, "请于2019年3月31日前公布。"), TITLE], "none"),
            (
                &[(Notice, "请于2019年3月31日前公布。"), (Notice, "2019年1月11日"), TITLE],
                "2019-01-11",
            ),
            (&[(Notice, "青政〔2019〕7号"), TITLE], "none"),
            (&[(Notice, "2019年1月11日"), TITLE, (Signature, "2019年1月9日")], "2019-01-09"),
            (&[TITLE, (Opening, "（2019年3月12日）")], "2019-03-12"),
            (&[TITLE, (Opening, "2019-03-12")], "2019-03-12"),
            (&[TITLE, (Opening, "发布日期：2019年3月12日")], "2019-03-12"),
            (&[TITLE, (Opening, "2018年1月1日至12月31日的工作")], "none"),
            (&[(Title, "青溪镇2018年政府信息公开年报\n（2019年3月12日）")], "2019-03-12"),
            (&[TITLE, (Narrative, "2018年5月1日,青溪镇举办培训。")], "none"),
            (&[(Residue, "发布时间：2022-01-29 10:20 来源：青溪镇"), TITLE], "2022-01-29 page"),
            (&[(Residue, "生成日期：2022年1月29日"), TITLE], "2022-01-29 page"),
            (&[(Residue, "成文日期：2022-01-05 发布日期：2022-01-29"), TITLE], "2022-01-29 page"),
            (&[(Residue, "发布时间：2022年1月"), TITLE], "none"),
            (&[(Residue, "今天是2024年5月6日"), TITLE], "none"),
            (
                &[(Residue, "发布时间：2022-01-29"), TITLE, (Signature, "2022年1月20日")],
                "2022-01-20",
            ),
        ];
        for (lines, expected) in cases {
            let shown = issued(&document(lines)).map_or("none".to_owned(), |found| {
                found.date.iso() + if found.from_page { " page" } else { "" }
            });
            assert_eq!(shown, *expected, "{lines:?}");
        }
    }

    #[test]
    fn stands_where_it_is_written() {
        let document =
            document(&[(Zone::Opening, "正文"), (Zone::Signature, "青溪镇 2019 年 1 月 11 日")]);
        assert_eq!(document.written(issued(&document).unwrap().at), "2019 年 1 月 11 日");
    }
}
