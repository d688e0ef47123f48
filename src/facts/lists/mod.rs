//! Lists of the running text: figures of one unit that stand side by side, each with its share,
//! under a figure that may be their total (共51条，其中甲类14条，占27.45%；乙类…).

mod links;

use super::figures::Figure;
use crate::document::{BlockKind, Document};
use crate::text::FoldedSpan;
pub use links::Opening;
use links::{Brackets, Link, Separator, link, share_of};

/// A list of figures; one alone with its share, or under 其中, is a list of one part.
#[derive(Clone, Debug)]
pub struct List {
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// The figure it seems to divide, an index into the report's figures.
    pub total: Option<usize>,
    /// How it is attached to what stands before it.
    pub opening: Opening,
    /// Whether 等 stands behind its last part.
    pub and_so_on: bool,
    /// Earlier figures of the same unit under the same chapter, nearest first: totals that its
    /// shares may have been computed on.
    pub heads: Vec<usize>,
}

/// One part of a list.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its figure.
    pub count: usize,
    /// The percentage that is said of it.
    pub share: Option<usize>,
}

/// More earlier figures are not looked at.
const MOST_HEADS: usize = 12;
/// Figures further back are not looked at.
const FARTHEST_HEAD: usize = 300;
/// Lists may lie in lists, but not deeper.
const DEEPEST: usize = 6;

/// All lists, inner ones before those they stand in.
pub fn lists(document: &Document, figures: &[Figure]) -> Vec<List> {
    let mut reader = Reader { document, figures, open: Vec::new(), found: Vec::new() };
    let mut previous: Option<usize> = None;
    let (mut brackets, mut last_depth) = (Brackets::default(), 0);
    let mut chapters = Chapters::of(document);
    let mut chapter = 0;
    // For each figure, the first one of its chapter.
    let mut firsts = Vec::with_capacity(figures.len());
    for (i, figure) in figures.iter().enumerate() {
        if chapters.begins(figure) {
            reader.close_to(0);
            (previous, chapter) = (None, i);
        }
        firsts.push(chapter);
        if figure.is_in("%") {
            if figure.exact().is_some() {
                reader.share(i);
            }
        } else if figure.exact().is_some() && figure.unit.is_some() {
            let depth = brackets.at(document, figure);
            let link = previous.map_or(Link::FIRST, |last| {
                link(document, (&figures[last], figure), (last_depth, depth))
            });
            last_depth = depth;
            reader.count(i, previous, link);
            previous = Some(i);
        } else {
            // A vague figure or a zero in words ends what was being listed.
            reader.close_to(0);
            previous = None;
        }
    }
    reader.close_to(0);
    let mut found = reader.found;
    for list in &mut found {
        let first = list.parts[0].count;
        let unit = &figures[first].unit;
        let earlier = (firsts[first]..first).rev().take(FARTHEST_HEAD);
        let heads = earlier.filter(|i| figures[*i].unit == *unit && figures[*i].exact().is_some());
        list.heads = heads.take(MOST_HEADS).collect();
    }
    found
}

/// Walks through the chapters: what stands under headings of the first level.
struct Chapters {
    starts: Vec<u32>,
    next: usize,
}

impl Chapters {
    fn of(document: &Document) -> Self {
        let chapters = document.blocks.iter().filter(
            |block| matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1),
        );
        Self { starts: chapters.map(|block| block.at.start).collect(), next: 0 }
    }

    /// Whether a chapter begins between the last figure asked for and this one.
    fn begins(&mut self, figure: &Figure) -> bool {
        let before = self.next;
        while self.starts.get(self.next).is_some_and(|start| *start <= figure.at.start) {
            self.next += 1;
        }
        self.next > before
    }
}

/// A list that is being read.
struct Open {
    parts: Vec<Part>,
    total: Option<usize>,
    opening: Opening,
    /// Depth of brackets of its parts.
    depth: u32,
    /// What stands between its parts, once there are two.
    separator: Option<Separator>,
    /// Whether its first part begins a line, so that line breaks may stand between the others.
    lines: bool,
}

struct Reader<'a> {
    document: &'a Document,
    figures: &'a [Figure],
    open: Vec<Open>,
    found: Vec<List>,
}

impl Reader<'_> {
    /// Takes a percentage: the share of the figure it follows.
    fn share(&mut self, i: usize) {
        let Some(part) = self.open.last_mut().and_then(|open| open.parts.last_mut()) else {
            return;
        };
        if part.share.is_none()
            && share_of(self.document, &self.figures[part.count], &self.figures[i])
        {
            part.share = Some(i);
        }
    }

    /// Takes a count: a part of a list that is open, or the first one of a new list.
    fn count(&mut self, i: usize, previous: Option<usize>, link: Link) {
        if link.breaks {
            self.close_to(0);
        }
        let part = Part { count: i, share: None };
        // A bracket that has closed ends the list inside it.
        while self.open.last().is_some_and(|open| open.depth > link.depth) {
            self.close_to(self.open.len() - 1);
        }
        let total = previous.filter(|last| self.figures[*last].unit == self.figures[i].unit);
        if link.opening != Opening::None && self.open.len() < DEEPEST && !self.open.is_empty() {
            self.begin(part, total, link);
            return;
        }
        while let Some(open) = self.open.last() {
            if self.goes_on(open, i, link) {
                let Some(open) = self.open.last_mut() else { return };
                let parted = open.separator.max(Some(link.separator));
                if open.parts.len() < 3 {
                    open.separator = parted;
                }
                open.parts.push(part);
                return;
            }
            self.close_to(self.open.len() - 1);
        }
        self.begin(part, None, link);
    }

    fn begin(&mut self, part: Part, total: Option<usize>, link: Link) {
        let lines = link.separator == Separator::Line || link.first_in_block;
        let opening = link.opening;
        self.open.push(Open {
            parts: vec![part],
            total,
            opening,
            depth: link.depth,
            separator: None,
            lines,
        });
    }

    /// Whether the figure at `i` is one more part of `open`.
    fn goes_on(&self, open: &Open, i: usize, link: Link) -> bool {
        let Some(last) = open.parts.last() else { return false };
        let unit = &self.figures[last.count].unit;
        // 86件中，甲类4件，占4.65%；乙类…: the first comma stands between the total and its parts.
        let total_first = matches!(open.parts.as_slice(), [total, first]
            if total.share.is_none() && first.share.is_some());
        let own = open.separator.filter(|_| !total_first);
        let separated = match (own, link.separator) {
            // 甲类14条，占27.45%。乙类…
            (own, Separator::Sentence) => {
                last.share.is_some() && own.is_none_or(|own| own == Separator::Sentence)
            }
            (None, Separator::Line) => open.lines,
            (None, _) => true,
            (Some(own), new) => new <= own,
        };
        // 甲3条、乙5条，共8条.
        let summed = open.parts.len() > 1
            && link.separator <= Separator::Comma
            && links::sums_up(self.document, &self.figures[i]);
        (separated || summed)
            && !link.new_statement
            && open.depth == link.depth
            && *unit == self.figures[i].unit
    }

    /// Closes lists until `left` are open.
    fn close_to(&mut self, left: usize) {
        while self.open.len() > left {
            if let Some(open) = self.open.pop() {
                self.keep(open);
            }
        }
    }

    fn keep(&mut self, mut open: Open) {
        let shares = open.parts.iter().filter(|part| part.share.is_some()).count();
        // 公开51条，甲类14条（占…）、乙类…: only the total has no share.
        if open.total.is_none()
            && open.parts.len() > 1
            && open.parts[0].share.is_none()
            && shares == open.parts.len() - 1
        {
            open.total = Some(open.parts.remove(0).count);
        }
        // 甲3条、乙5条，共8条.
        if open.total.is_none()
            && open.parts.len() > 2
            && let Some(last) = open.parts.last()
            && links::sums_up(self.document, &self.figures[last.count])
        {
            open.total = open.parts.pop().map(|part| part.count);
            open.opening = Opening::Divides;
        }
        let Some(last) = open.parts.last() else { return };
        // 19条，其中甲类35条 is no list, but can be wrong.
        let among = open.opening == Opening::Among && open.total.is_some();
        if shares == 0 && open.parts.len() < 2 && !among {
            return;
        }
        let end = last.share.map_or(&self.figures[last.count], |share| &self.figures[share]);
        let after = FoldedSpan { start: end.at.end, end: end.sentence.end.max(end.at.end) };
        let and_so_on = links::and_so_on(self.document.text(after));
        self.found.push(List {
            parts: open.parts,
            total: open.total,
            opening: open.opening,
            and_so_on,
            heads: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::figures::figures;
    use super::super::sample::{document, line};
    use super::*;
    use crate::document::Zone;

    fn read(document: &Document) -> Vec<String> {
        let figures = figures(document, Some(2018));
        let value = |i: usize| figures[i].low.normalize().to_string();
        let shown = lists(document, &figures).into_iter().map(|list| {
            let parts = list.parts.iter().map(|part| match part.share {
                Some(share) => format!("{}={}%", value(part.count), value(share)),
                None => value(part.count),
            });
            let total = list.total.map_or("?".to_owned(), value);
            format!("{total}:{}", parts.collect::<Vec<_>>().join("+"))
        });
        shown.collect()
    }

    #[test]
    fn finds_parts_shares_and_totals() {
        for (text, expected) in [
            ("公开8条，其中甲类3条、乙类5条。", vec!["8:3+5"]),
            ("公开8条，甲类3条，占37.5%；乙类5条，占62.5%。", vec!["8:3=37.5%+5=62.5%"]),
            ("公开8条。甲类3条（37.5%），乙类5条（62.5%）。", vec!["?:3=37.5%+5=62.5%"]),
            ("甲类3条、乙类5条、丙类1条，共9条。", vec!["9:3+5+1"]),
            ("公开8条（其中甲类3条、乙类5条），收到申请2件。", vec!["8:3+5"]),
            (
                "收到8件，其中当面3件、网上5件；答复7件，其中同意6件、不同意1件。",
                vec!["8:3+5", "7:6+1"],
            ),
            (
                "共6件：同意2件，占33.3%，其中全部1件、部分1件；不同意4件，占66.7%。",
                vec!["2:1+1", "6:2=33.3%+4=66.7%"],
            ),
            // One part under 其中 is kept: it can be more than the total.
            ("公开8条，其中甲类3条、乙类40余条、丙类2条。", vec!["8:3"]),
            ("公开8条，其中甲类占30%。", vec![]),
        ] {
            assert_eq!(read(&line(Zone::Narrative, text)), expected, "{text}");
        }
    }

    #[test]
    fn lines_may_be_parts_and_chapters_end_lists() {
        let text = [
            (Zone::Narrative, "一、公开情况"),
            (Zone::Narrative, "已答复6件申请，其中："),
            (Zone::Narrative, "“同意公开”的2件，占33.3%；"),
            (Zone::Narrative, "“不同意公开”的4件，占66.7%。"),
            (Zone::Narrative, "二、其他情况"),
            (Zone::Narrative, "举办活动3件，其中户外1件、室内2件。"),
        ];
        assert_eq!(read(&document(&text)), ["6:2=33.3%+4=66.7%", "3:1+2"]);
    }
}
