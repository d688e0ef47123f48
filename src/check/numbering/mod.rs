//! `numbering`: gaps, repeats and lost ordinals in the numbers of headings (GB/T 9704-2012, 7.3.3).
//!
//! Lists may be nested and may begin anew: a heading numbered 1 opens a list within the open ones,
//! and a number that goes on with an open list closes those within it.
//!
//! ```yaml
//! check:
//!   numbering:
//!     levels: [1, 2, 3]        # leave out for all three
//!     only: single             # only the headings that stand alone under their parent
//!     academic: true           # only reports by school year, which follow no official outline
//! ```

mod alone;

use super::ordinal::ordinal;
use super::{Context, Hit, Kind, Mark, Outcome};
use crate::document::{Block, BlockKind, Document, Heading, Zone};
use crate::profile::Profile;
use crate::text::{FoldedSpan, fold, piece};
use crate::yaml::{Faults, Fields, Node, Value, unknown};

/// The check `numbering`.
#[derive(Debug)]
pub struct Numbering {
    levels: Vec<u8>,
    single: bool,
    academic: bool,
}

/// A larger jump is no lost heading but a number of another kind.
const WIDEST_GAP: u32 = 3;

impl Kind for Numbering {
    const NAME: &'static str = "numbering";
    const CASES: &'static [&'static str] = &["gap", "repeat", "lost", "orphan", "single"];
    const SLOTS: &'static [&'static str] = &["before", "found", "missing", "title"];
    const ROLES: &'static [&'static str] = &["before", "after", "unnumbered", "first"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let levels = fields.get("levels").map_or_else(|| vec![1, 2, 3], |node| levels(node, faults));
        let single = fields.get("only").is_some_and(|node| {
            let word = node.want_text(faults).unwrap_or_default();
            if word != "single" {
                unknown(&node.at, &word, &["single"], faults);
            }
            true
        });
        let academic = fields.get("academic").is_some_and(|node| node.want_bool(faults));
        fields.finish(faults);
        Some(Self { levels, single, academic })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        if self.academic && !context.facts.identity.academic {
            return;
        }
        let document = context.facts.document;
        let narrative = document.blocks.iter().filter(|block| block.zone == Zone::Narrative);
        let blocks: Vec<&Block> = narrative.collect();
        if self.single {
            out.hits.extend(alone::single(document, &blocks));
            return;
        }
        let mut reader = Reader { document, blocks: &blocks, lists: Vec::new(), hits: Vec::new() };
        for (index, block) in blocks.iter().enumerate() {
            if let BlockKind::Heading(heading) = &block.kind {
                reader.heading(index, heading);
            }
        }
        let hits = reader.hits.into_iter().filter(|(level, _)| self.levels.contains(level));
        out.hits.extend(hits.map(|(_, hit)| hit));
        if self.levels.contains(&2) {
            out.hits.extend(orphan(document, &blocks));
        }
    }
}

fn levels(node: &Node, faults: &mut Faults) -> Vec<u8> {
    let alone = std::slice::from_ref(node);
    let items = if let Value::List(items) = &node.value { items.as_slice() } else { alone };
    let level = |item: &Node| {
        let level = item.text().and_then(|text| text.parse().ok()).filter(|n| (1..=3).contains(n));
        if level.is_none() {
            faults.push(&item.at, "标题层级为 1、2 或 3", "a level of heading is 1, 2 or 3");
        }
        level
    };
    items.iter().filter_map(level).collect()
}

/// A list of headings that may still go on.
struct List {
    /// 0 for parts (第一部分), else the level of its headings.
    level: u8,
    /// Its headings so far: number and block.
    items: Vec<(u32, usize)>,
}

impl List {
    fn last(&self) -> (u32, usize) {
        self.items.last().copied().unwrap_or_default()
    }
}

struct Reader<'a> {
    document: &'a Document,
    blocks: &'a [&'a Block],
    /// Open lists, outermost first.
    lists: Vec<List>,
    hits: Vec<(u8, Hit)>,
}

impl Reader<'_> {
    fn heading(&mut self, index: usize, heading: &Heading) {
        let Some(ordinal) = heading.ordinal else {
            // Whether it is a section that lost its number or a caption shows at the next number.
            self.lists.retain(|list| list.level <= 2);
            return;
        };
        let part = self.document.text(ordinal.at).starts_with('第');
        let level = if part { 0 } else { heading.level };
        if level > 3 {
            return;
        }
        self.lists.retain(|list| list.level <= level);
        self.place(index, level, ordinal.number);
    }

    /// Puts a heading into the list it belongs to.
    fn place(&mut self, index: usize, level: u8, number: u32) {
        let own = self.lists.iter().position(|list| list.level == level).unwrap_or(self.lists.len());
        let continued = (own..self.lists.len()).rev().find(|i| self.lists[*i].last().0 + 1 == number);
        if let Some(i) = continued {
            self.lists.truncate(i + 1);
            self.lists[i].items.push((number, index));
        } else if number == 1 {
            self.restart(own, index, level);
        } else if own == self.lists.len() {
            self.first(index, level, number);
        } else {
            self.out_of_turn(own, index, level, number);
        }
    }

    /// A heading numbered 1 opens a list within the open ones.
    fn restart(&mut self, own: usize, index: usize, level: u8) {
        // 一、 and at once another 一、: a list that never got to 二、 was no list.
        if level == 1
            && let Some(list) = self.lists.get(own)
            && list.items.len() == 1
            && list.last().0 == 1
            && self.lists.len() == own + 1
            && !self.goes_on_after_inner(index)
        {
            let before = list.last().1;
            self.repeat(level, 1, before, index);
            self.lists[own].items = vec![(1, index)];
            return;
        }
        self.lists.push(List { level, items: vec![(1, index)] });
    }

    /// Whether after block `index` a first-level list begins anew once more or two headings
    /// numbered 二、 follow: then the list it opens lies within the one before it.
    fn goes_on_after_inner(&self, index: usize) -> bool {
        let later = self.blocks[index + 1..].iter().filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) if heading.level == 1 => heading.ordinal,
            _ => None,
        });
        let numbers: Vec<u32> = later.map(|ordinal| ordinal.number).collect();
        let count = |n| numbers.iter().filter(|number| **number == n).count();
        numbers.is_empty() || count(1) > 0 || count(2) != 1
    }

    /// The first heading of its list has another number than 1.
    fn first(&mut self, index: usize, level: u8, number: u32) {
        if level == 3 {
            return; // Its first item may stand within a paragraph.
        }
        let above = |block: &&Block| matches!(&block.kind, BlockKind::Heading(h) if h.level < level);
        let parent = self.blocks[..index].iter().rposition(above);
        self.lists.push(List { level, items: vec![(number, index)] });
        if number == 2 && !self.stands_inline(level, 1, parent, index) {
            self.gap(level, parent, 1, index, number);
        }
    }

    /// A number that no open list waits for: a gap, a repeat, or the second item of a list that
    /// began within a paragraph.
    fn out_of_turn(&mut self, own: usize, index: usize, level: u8, number: u32) {
        let lists = &self.lists[own..];
        let latest = lists.iter().map(|list| list.last().1).max();
        if self.stands_inline(level, number - 1, latest, index) {
            self.lists.push(List { level, items: vec![(number, index)] });
            return;
        }
        let items = lists.iter().rev().flat_map(|list| list.items.iter().rev());
        let repeated = items.filter(|(n, _)| *n == number).map(|(_, block)| *block).next();
        if let Some(before) = repeated {
            self.repeat(level, number, before, index);
            return;
        }
        let last = |i: &usize| self.lists[*i].last().0;
        let below = (own..self.lists.len()).rev().filter(|i| last(i) < number).max_by_key(last);
        let Some(i) = below.filter(|i| number - last(i) <= WIDEST_GAP + 1) else { return };
        let (last, before) = self.lists[i].last();
        self.lists.truncate(i + 1);
        self.lists[i].items.push((number, index));
        self.gap(level, Some(before), last + 1, index, number);
    }

    fn repeat(&mut self, level: u8, number: u32, before: usize, index: usize) {
        let hit = Hit::new("repeat", self.blocks[index].at)
            .with("found", ordinal(level, number))
            .with("before", self.document.written(self.blocks[before].at))
            .with("title", self.title(index))
            .mark(Mark::new("before", self.blocks[before].at));
        self.hits.push((level.max(1), hit));
    }

    /// The numbers from `from` up to `number`, that of heading `index`, are missing after heading
    /// `before`.
    fn gap(&mut self, level: u8, before: Option<usize>, from: u32, index: usize, number: u32) {
        let missing: Vec<String> = (from..number).map(|n| ordinal(level, n)).collect();
        let lost = self.unnumbered(level, before, index);
        let at = |block: usize| self.blocks[block].at;
        let mut hit = if lost.len() == missing.len() {
            let hit = Hit::new("lost", at(lost[0])).with("found", self.document.written(at(lost[0])));
            lost[1..].iter().fold(hit, |hit, block| hit.mark(Mark::new("unnumbered", at(*block))))
        } else if from == 1 && level != 1 {
            return; // （二） first: the first item may be the paragraph above it.
        } else {
            Hit::new("gap", at(index)).with("found", ordinal(level, number))
        };
        let is_lost = hit.case == "lost";
        hit = hit
            .with("missing", missing.join(""))
            .with("before", before.map_or("", |block| self.document.written(at(block))))
            .with("title", self.title(index));
        hit.marks.extend(before.map(|block| Mark::new("before", at(block))));
        hit.marks.extend(is_lost.then(|| Mark::new("after", at(index))));
        self.hits.push((level.max(1), hit));
    }

    fn title(&self, index: usize) -> String {
        match &self.blocks[index].kind {
            BlockKind::Heading(heading) => self.document.written(heading.title).to_owned(),
            _ => String::new(),
        }
    }

    /// Whether ordinal `number` stands in the text after block `before`, only not as a heading on a
    /// line of its own.
    fn stands_inline(&self, level: u8, number: u32, before: Option<usize>, index: usize) -> bool {
        let start = before.map_or(0, |block| self.blocks[block].at.end);
        let span = FoldedSpan { start, end: self.blocks[index].at.start };
        let text = self.document.text(span);
        let written = fold(&ordinal(level, number));
        if level == 2 {
            return text.contains(&written);
        }
        let bare = written.trim_end_matches(['、', '.']);
        text.match_indices(bare).any(|(at, _)| {
            let (before, after) = (piece(text, 0, at), piece(text, at + bare.len(), text.len()));
            let inner = |c: char| is_digit(c) || c == '(';
            let whole = !before.ends_with(inner) && !after.starts_with(is_digit);
            // `二概述`: an ordinal without its mark opens a short line.
            let line = after.lines().next().unwrap_or_default();
            let bare = line.chars().count() <= 20 && !line.contains(['。', ',', ';']);
            whole && (after.starts_with(['、', '.', ',', ')', ':']) || bare && before.ends_with('\n'))
        })
    }

    /// The lines of heading shape without number between two headings.
    fn unnumbered(&self, level: u8, before: Option<usize>, index: usize) -> Vec<usize> {
        let between = || before.map_or(0, |block| block + 1)..index;
        let known = |i: &usize| matches!(&self.blocks[*i].kind, BlockKind::Heading(h) if h.ordinal.is_none());
        let headings: Vec<usize> = between().filter(known).collect();
        if !headings.is_empty() {
            return headings;
        }
        between().filter(|i| self.is_heading_shaped(*i, level)).collect()
    }

    /// A paragraph of its own, short, without an end mark, with text under it and a whole sentence
    /// above it.
    fn is_heading_shaped(&self, i: usize, level: u8) -> bool {
        let block = self.blocks[i];
        let text = self.document.text(block.at);
        let length = text.chars().count();
        let plain = !text.contains(['。', '|', '?', '!', '…', '\n'])
            && !text.ends_with([',', ';', ':', '、', ')'])
            && !text.starts_with(|c: char| c.is_ascii_alphanumeric() || "(-—*·①②③④⑤注附表图单".contains(c));
        let ended = |block: &Block| match &block.kind {
            BlockKind::Paragraph => {
                self.document.text(block.at).ends_with(['。', ';', ':', '!', '?', '”', ')', '…'])
            }
            BlockKind::Heading(heading) => heading.level < level,
            BlockKind::Title | BlockKind::Table(_) => true,
        };
        matches!(block.kind, BlockKind::Paragraph)
            && (4..=40).contains(&length)
            && plain
            && i.checked_sub(1).is_none_or(|above| ended(self.blocks[above]))
            && self.blocks.get(i + 1).is_some_and(|below| self.is_text_under(below, length))
    }

    /// Whether `block` can be what stands under a heading of `length` characters.
    fn is_text_under(&self, block: &Block, length: usize) -> bool {
        match &block.kind {
            BlockKind::Paragraph => self.document.text(block.at).chars().count() > length,
            BlockKind::Heading(heading) => heading.ordinal.is_some_and(|o| o.number == 1),
            BlockKind::Table(_) => true,
            BlockKind::Title => false,
        }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十第".contains(c)
}

/// Second-level headings before the first numbered one of the first level, and under none
/// without number: one hit at the first of them.
fn orphan(document: &Document, blocks: &[&Block]) -> Option<Hit> {
    let heading = |block: &&&Block| matches!(&block.kind, BlockKind::Heading(h) if h.level <= 2);
    let mut headings = blocks.iter().filter(heading);
    let is = |block: &Block, level: u8| {
        matches!(&block.kind, BlockKind::Heading(h) if h.level == level && h.ordinal.is_some())
    };
    let orphan = headings.next().filter(|block| is(block, 2))?;
    let first = blocks.iter().find(|block| is(block, 1))?;
    let unnumbered = blocks.iter().take_while(|block| block.at != first.at).any(
        |block| matches!(&block.kind, BlockKind::Heading(h) if h.ordinal.is_none()),
    );
    if unnumbered {
        return None;
    }
    let BlockKind::Heading(own) = &orphan.kind else { return None };
    let written = own.ordinal.map_or("", |o| document.written(o.at));
    let hit = Hit::new("orphan", orphan.at)
        .with("found", written)
        .with("title", document.written(own.title))
        .mark(Mark::new("first", first.at));
    Some(hit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Vocabulary;
    use crate::read::read_text;

    /// `case:place:missing` of each hit in a report with these lines.
    fn judged(lines: &str) -> Vec<String> {
        let text = format!("甲县乙镇2018年政府信息公开工作年度报告\n\n{lines}\n");
        let document = read_text("report.txt", &text, &Vocabulary::default());
        let blocks: Vec<&Block> =
            document.blocks.iter().filter(|block| block.zone == Zone::Narrative).collect();
        let mut reader =
            Reader { document: &document, blocks: &blocks, lists: Vec::new(), hits: Vec::new() };
        for (index, block) in blocks.iter().enumerate() {
            if let BlockKind::Heading(heading) = &block.kind {
                reader.heading(index, heading);
            }
        }
        let hits = reader.hits.into_iter().map(|(_, hit)| hit).chain(orphan(&document, &blocks));
        hits.map(|hit| {
            let missing = match hit.slots.get("missing") {
                Some(crate::check::Slot::Text(text)) => text.clone(),
                _ => String::new(),
            };
            format!("{} {} {missing}", hit.case, document.written(hit.at.at)).trim().to_owned()
        })
        .collect()
    }

    #[test]
    fn lists_that_are_whole() {
        for lines in [
            "一、甲\n一句。\n二、乙\n一句。",
            // Nested lists that use the same ordinals, and go on after them.
            "一、甲\n一句。\n一、子\n一句。\n二、丑\n一句。\n三、寅\n一句。\n二、乙\n一句。\n三、丙\n一句。",
            "第一部分 甲\n一、子\n一句。\n二、丑\n一句。\n第二部分 乙\n一、寅\n一句。\n第三部分 丙\n一句。",
            "一、甲\n（一）子\n一句。\n（二）丑\n一句。\n二、乙\n（一）寅\n一句。",
            // The first item stands within a paragraph.
            "一、甲\n对策：1、子。\n2、丑。\n3、寅。",
            "一、甲\n（一）子。一句。（二）丑。\n（三）寅。一句。",
            "一、甲\n一句。\n二乙\n一句。\n三、丙\n一句。",
            // A jump too wide for lost headings.
            "一、甲\n一句。\n九、乙\n一句。",
            // Figures and years are no ordinals.
            "一、甲\n全年公开12条，占\n27.45%；其中1.5件。\n2018年完成。\n二、乙\n一句。",
            // Lower items that begin at another number are not judged.
            "一、甲\n3.子。一句。\n5.丑。一句。",
        ] {
            assert_eq!(judged(lines), [""; 0], "{lines}");
        }
    }

    #[test]
    fn gaps_repeats_and_lost_ordinals() {
        for (lines, expected) in [
            ("一、甲\n一句。\n三、丙\n一句。", "gap 三、丙 二、"),
            ("一、甲\n一句。\n四、丁\n一句。", "gap 四、丁 二、三、"),
            ("一、甲\n一句。\n二、乙\n一句。\n二、丙\n一句。\n三、丁\n一句。", "repeat 二、丙"),
            ("一、甲\n一句。\n一、乙\n一句。\n二、丙\n一句。", "repeat 一、乙"),
            ("一、甲\n（一）子\n一句。\n（三）丑\n一句。", "gap （三）丑 （二）"),
            (
                "一、甲\n（一）子\n一句话。\n着力提高实效\n这一句比标题长得多。\n（三）丑\n一句。",
                "lost 着力提高实效 （二）",
            ),
            (
                "一、甲\n一句。\n存在的问题\n（一）子。一句。\n（二）丑。一句。\n三、丙\n一句。",
                "lost 存在的问题 二、",
            ),
            ("一、甲\n1.子。一句。\n2.丑。一句。\n4.寅。一句。", "gap 4.寅 3."),
            ("一、甲\n1.子。一句。\n2.丑。一句。\n2.寅。一句。", "repeat 2.寅"),
            ("（一）子。一句。\n（二）丑。一句。\n一、甲\n一句。", "orphan （一）子"),
        ] {
            assert_eq!(judged(lines), [expected], "{lines}");
        }
    }

    #[test]
    fn a_lost_ordinal_is_claimed_only_where_it_is_plain() {
        for (lines, expected) in [
            // Two lines could be the heading: only the gap is certain.
            (
                "一、甲\n一句话。\n前一个短行\n这一句比标题长得多。\n后一个短行\n这一句也比标题长得多。\n三、丙\n一句。",
                "gap 三、丙 二、",
            ),
            // The tail of a broken paragraph is no heading.
            ("一、甲\n这一段没有说完\n还有几个字\n这里才是说完的一句话。\n三、丙\n一句。", "gap 三、丙 二、"),
        ] {
            assert_eq!(judged(lines), [expected], "{lines}");
        }
    }
}
