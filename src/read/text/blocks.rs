//! Logical lines → blocks in their segments.

use super::line::{is_date_line, is_page_number};
use super::regions::{self, Region};
use super::{Page, heading, title};
use crate::document::{Block, BlockKind, Heading, Ordinal, Table, Zone};
use crate::profile::Vocabulary;
use crate::text::{FoldedSpan, find_date, piece};
use std::ops::RangeInclusive;

/// A logical line: one or more lines of the file.
#[derive(Clone, Copy, Debug)]
struct Logical {
    at: FoldedSpan,
    first: usize,
}

/// What is known of the lines before they become blocks.
pub(super) struct Layout<'l> {
    /// Whether each line goes on in the next one.
    pub(super) joins: &'l [bool],
    /// Whether each line belongs to a table.
    pub(super) in_table: &'l [bool],
    /// The lines of the report's title.
    pub(super) title: Option<&'l RangeInclusive<usize>>,
    /// The lines of each table.
    pub(super) regions: &'l [Region],
    /// The tables read from them.
    pub(super) tables: &'l [Table],
}

/// Builds the blocks of a report.
pub(super) fn build(page: &Page<'_>, layout: &Layout<'_>, vocabulary: &Vocabulary) -> Vec<Block> {
    let Layout { joins, in_table, title, regions, tables } = *layout;
    let lines = logical(page, joins, in_table, title);
    let mut builder =
        Builder { page, vocabulary, blocks: Vec::new(), zone: before_title(page, title) };
    let mut next_table = 0;
    for line in lines {
        while next_table < regions.len() && regions[next_table].lines.start <= line.first {
            builder.table(next_table, tables);
            next_table += 1;
        }
        match title {
            Some(lines) if lines.contains(&line.first) => {
                if line.first == *lines.start() {
                    builder.title(regions::span(page, &(*lines.start()..lines.end() + 1)));
                }
            }
            _ => builder.line(line),
        }
    }
    for index in next_table..regions.len() {
        builder.table(index, tables);
    }
    let mut blocks = builder.blocks;
    sign(page, &mut blocks);
    blocks
}

/// What stands before the title is a covering notice if it reads like one, else page residue;
/// without a title the text begins at once.
fn before_title(page: &Page<'_>, title: Option<&RangeInclusive<usize>>) -> Zone {
    let Some(title) = title else { return Zone::Opening };
    let notice = (0..*title.start()).any(|i| {
        let text = page.text(i);
        text.ends_with("的通知")
            || text.contains("印发给你们")
            || (text.contains('〔') && text.ends_with('号'))
    });
    if notice { Zone::Notice } else { Zone::Residue }
}

fn logical(
    page: &Page<'_>,
    joins: &[bool],
    in_table: &[bool],
    title: Option<&RangeInclusive<usize>>,
) -> Vec<Logical> {
    let mut lines: Vec<Logical> = Vec::new();
    let mut joined = false;
    for i in 0..page.len() {
        let at = page.spans[i];
        if joined && let Some(last) = lines.last_mut() {
            last.at.end = at.end;
        } else if !in_table[i] && (!at.is_empty() || title.is_some_and(|title| title.contains(&i)))
        {
            lines.push(Logical { at, first: i });
        }
        joined = joins[i];
    }
    lines
}

struct Builder<'p> {
    page: &'p Page<'p>,
    vocabulary: &'p Vocabulary,
    blocks: Vec<Block>,
    zone: Zone,
}

impl Builder<'_> {
    fn push(&mut self, kind: BlockKind, zone: Zone, at: FoldedSpan) {
        self.blocks.push(Block { kind, zone, at });
    }

    fn title(&mut self, at: FoldedSpan) {
        self.push(BlockKind::Title, Zone::Title, at);
        self.zone = Zone::Opening;
    }

    fn table(&mut self, index: usize, tables: &[Table]) {
        self.push(BlockKind::Table(index), self.zone, tables[index].at);
    }

    fn line(&mut self, line: Logical) {
        let at = line.at;
        let text = self.page.folded.slice(at);
        if is_page_number(text) || self.page.residue[line.first] {
            self.push(BlockKind::Paragraph, Zone::Residue, at);
            return;
        }
        if matches!(self.zone, Zone::Notice | Zone::Residue) {
            self.push(BlockKind::Paragraph, self.zone, at);
            return;
        }
        if is_attachment(text) {
            self.zone = Zone::Attachment;
        }
        let mut rest = at;
        while let Some(cut) = heading::glued(self.page.folded.slice(rest), self.vocabulary) {
            let cut = rest.start + cut as u32;
            self.part(FoldedSpan { start: rest.start, end: cut });
            rest.start = cut;
        }
        self.part(rest);
    }

    /// A logical line, or the part of one between glued headings.
    fn part(&mut self, at: FoldedSpan) {
        let text = self.page.folded.slice(at);
        let Some(found) = heading::at_start(text, self.vocabulary) else {
            if let Some(heading) = self.unnumbered(at) {
                self.begin_narrative();
                self.push(BlockKind::Heading(heading), self.zone, at);
            } else {
                self.push(BlockKind::Paragraph, self.zone, at);
            }
            return;
        };
        if found.level <= 2 {
            self.begin_narrative();
        }
        let ordinal = FoldedSpan::new(0, found.ordinal).shift(at.start);
        let title = FoldedSpan::new(found.ordinal, found.title).shift(at.start);
        let heading = Heading {
            level: found.level,
            ordinal: Some(Ordinal { number: found.number, at: ordinal }),
            title,
            run_in: found.body.is_some(),
        };
        self.push(BlockKind::Heading(heading), self.zone, ordinal.union(title));
        if let Some(body) = found.body {
            let body = FoldedSpan::new(body, text.len()).shift(at.start);
            self.push(BlockKind::Paragraph, self.zone, body);
        }
    }

    fn begin_narrative(&mut self) {
        if self.zone == Zone::Opening {
            self.zone = Zone::Narrative;
        }
    }

    /// A line that is the title of a known section and nothing else.
    fn unnumbered(&self, at: FoldedSpan) -> Option<Heading> {
        let text = self.page.folded.slice(at);
        let length = text.chars().count();
        if !(2..=30).contains(&length)
            || text.ends_with("年")
            || text.contains(['。', ',', ';', '(', '|', '“'])
        {
            return None;
        }
        let title = text.trim_end_matches(':');
        let section = self.vocabulary.section(title)?;
        let fit = section.fit(title)?;
        let ends = ["情况", "措施", "问题", "事项", "概述", "附表", "打算", "计划", "说明"];
        let shaped = fit * 2 >= length || ends.iter().any(|end| title.ends_with(end));
        (shaped && heading::is_one_item(section, title)).then(|| Heading {
            level: 1,
            ordinal: None,
            title: FoldedSpan::new(0, title.len()).shift(at.start),
            run_in: false,
        })
    }
}

/// Whether a line begins the attachments: `附件`, `附表1`, `附：`.
fn is_attachment(text: &str) -> bool {
    let marks = ["附件", "附表", "附录", "附:", "附1", "附2"];
    text.chars().count() <= 40 && (text == "附" || marks.iter().any(|mark| text.starts_with(mark)))
}

/// Marks the 落款: the last date that stands alone, with the organ's name before it.
fn sign(page: &Page<'_>, blocks: &mut [Block]) {
    let text = |block: &Block| page.folded.slice(block.at).to_owned();
    let is_text = |block: &Block| {
        matches!(block.kind, BlockKind::Paragraph) && Zone::REPORT.contains(&block.zone)
    };
    let last_heading = blocks
        .iter()
        .rposition(|block| matches!(&block.kind, BlockKind::Heading(h) if h.level == 1))
        .unwrap_or(0);
    let date = (last_heading..blocks.len()).rev().find(|i| {
        let text = || text(&blocks[*i]);
        is_text(&blocks[*i])
            && (is_date_line(text().trim_start_matches("日期:")) || is_dated_name(&text()))
    });
    if let Some(date) = date {
        if date <= 1 && blocks.len() > 4 {
            return; // A date right under the title is not a signature.
        }
        blocks[date].zone = Zone::Signature;
        let named = is_dated_name(&text(&blocks[date]));
        if !named && date > 0 && is_text(&blocks[date - 1]) && is_signer(&text(&blocks[date - 1])) {
            blocks[date - 1].zone = Zone::Signature;
        }
        return;
    }
    // A signature without a date: the organ's name as the last words.
    let last = blocks.iter().rposition(is_text);
    if let Some(last) =
        last.filter(|last| *last > last_heading && title::is_organ(&text(&blocks[*last])))
    {
        blocks[last].zone = Zone::Signature;
    }
}

/// `甲县人民政府2022年1月18日`.
fn is_dated_name(text: &str) -> bool {
    find_date(text, 0).is_some_and(|date| {
        let name = piece(text, 0, date.start).trim_end();
        piece(text, date.end, text.len()).trim().is_empty() && title::is_organ(name)
    })
}

fn is_signer(text: &str) -> bool {
    text.chars().count() <= 32
        && !text.contains(['。', ';', ','])
        && !piece(text, 0, text.len()).contains(':')
}
