//! Small documents built by hand, for the tests of this folder.

use crate::document::{Block, BlockKind, Document, Heading, Layout, Table, Zone};
use crate::text::{FoldedSpan, Folder, Source};

/// A document of one block a line. A line of zone [`Zone::Title`] is a title, one that begins with
/// `一、` … `九、` a heading, one that begins with `|` a table without cells.
pub(super) fn document(lines: &[(Zone, &str)]) -> Document {
    let (mut source, mut folder) = (String::new(), Folder::default());
    let (mut blocks, mut tables) = (Vec::new(), Vec::new());
    for (zone, line) in lines {
        let start = folder.len();
        // A title may be broken over two lines; folding knows line breaks only as ends of lines.
        for part in line.split_inclusive('\n') {
            folder.push(part.trim_end_matches('\n'), source.len() as u32);
            source.push_str(part);
            if part.ends_with('\n') {
                folder.end_line(source.len() as u32 - 1);
            }
        }
        let at = FoldedSpan { start, end: folder.len() };
        folder.end_line(source.len() as u32);
        source.push('\n');
        let kind = match line.chars().next() {
            _ if *zone == Zone::Title => BlockKind::Title,
            Some(c) if "一二三四五六七八九".contains(c) && line.chars().nth(1) == Some('、') =>
            {
                let title = FoldedSpan { start: at.start + "一、".len() as u32, end: at.end };
                BlockKind::Heading(Heading { level: 1, ordinal: None, title, run_in: false })
            }
            Some('|') => {
                tables.push(Table { at, layout: Layout::Grid, cells: Vec::new() });
                BlockKind::Table(tables.len() - 1)
            }
            _ => BlockKind::Paragraph,
        };
        blocks.push(Block { kind, zone: *zone, at });
    }
    let folded = folder.finish();
    Document {
        source: Source::new("sample.txt", source, "UTF-8"),
        folded,
        blocks,
        tables,
        format: "text",
        remarks: Vec::new(),
    }
}

/// A document of one line in one zone.
pub(super) fn line(zone: Zone, text: &str) -> Document {
    document(&[(zone, text)])
}

mod tests {
    use super::super::{contact, figures, identity, issued, period};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever the text, nothing panics and every place lies on characters of the source.
        #[test]
        fn every_place_can_be_cut_out(
            lines in prop::collection::vec((0usize..7, "(统计期限|自|2018年|1月1日|至|201812|31日|电话|传真|地址|:|（|）|0595|-|86468502|转8|、|@|www\\.|a\\.gov\\.cn|〔2018〕|镇|人民|政府信息公开|年度报告|编制|由|百余|3|条|未收到|一件|申请|累计|　| |\n|二〇一八年|一月|。|,|附件|关于|邮编|学年){0,14}"), 0..6)
        ) {
            const ZONES: [Zone; 7] = [Zone::Notice, Zone::Title, Zone::Opening, Zone::Narrative,
                Zone::Attachment, Zone::Signature, Zone::Residue];
            let lines: Vec<_> = lines.iter().map(|(zone, text)| (ZONES[*zone], text.as_str())).collect();
            let document = document(&lines);
            let found = identity(&document);
            let contacts = contact(&document);
            let lists = [&contacts.phones, &contacts.faxes, &contacts.addresses, &contacts.postcodes,
                &contacts.emails, &contacts.urls];
            let mut places: Vec<FoldedSpan> = lists.into_iter().flatten().map(|c| c.at).collect();
            places.extend(figures(&document, Some(2018)).iter().flat_map(|figure| [figure.at, figure.sentence]));
            places.extend(period(&document, &found).map(|period| period.at));
            places.extend(issued(&document).map(|issued| issued.at));
            places.extend(found.year.map(|year| year.at));
            places.extend(found.organ.map(|organ| organ.at));
            places.extend(found.title.map(|title| title.at));
            for at in places {
                prop_assert!(document.folded.text().get(at.range()).is_some());
                prop_assert!(!document.written(at).is_empty());
            }
        }
    }
}
