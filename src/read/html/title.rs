//! The title of the report on a web page. It stands in the article, above it, in an index card, or only
//! in the page's head; the titles of other years' reports stand in lists of links beside it.

use super::article::Line;
use super::kind::Kind;
use super::tree::{Event, Page};
use crate::read::text::{names_no_organ, title_score};
use crate::text::{fold, piece, skeleton, title_on};
use std::ops::Range;

/// A line that can be the title of a report.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Its words without marks and white space.
    name: String,
    /// How much it looks like a title.
    score: u32,
}

impl Candidate {
    /// What `words` are as a title, if they can be one.
    pub(super) fn of(words: &str) -> Option<Self> {
        let folded = fold(words);
        let title = title_on(&folded);
        let name = skeleton(piece(&folded, title.start, title.end));
        Some(Self { score: title_score(&folded)?, name })
    }

    /// Whether both name the same report; the bare name agrees with none.
    fn agrees(&self, other: &Self) -> bool {
        self.score > BARE
            && other.score > BARE
            && (self.name.contains(&other.name) || other.name.contains(&self.name))
    }
}

/// The score of `政府信息公开年度报告`, which may be the name of a column.
const BARE: u32 = 1;

/// What stands for the report's title.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The events above the article that belong to it: its title, the line with its date.
    pub(super) before: Vec<Range<usize>>,
    /// Where in the file the title stands that only the page's head has, in bytes.
    pub(super) head: Option<Range<u32>>,
    /// The lines with titles of other reports.
    pub(super) others: Vec<usize>,
    /// Whether there is a title at all.
    pub(super) any: bool,
}

/// Looks for the title of the article at `events`. `in_table` tells of a line whether it stands in a
/// table of data.
pub(super) fn find(
    page: &Page,
    source: &str,
    lines: &[Line],
    events: &Range<usize>,
    in_table: impl Fn(&Line) -> bool,
) -> Found {
    let head = Head::of(page, source);
    let agrees = |line: &Line| match (&line.title, &head) {
        (Some(own), Some(head)) => own.agrees(&head.title),
        _ => false,
    };
    let inside = |line: &&Line| events.contains(&line.events.start);
    let section = lines.iter().filter(inside).find(|line| line.anchor);
    let until = section.map_or(events.end, |line| line.events.start);
    let mut found = Found::default();
    // Links lead to other reports, but for a heading that links to itself.
    let foreign = |line: &Line| {
        line.linked
            && page.nodes[line.node].kind != Kind::Heading
            && !(agrees(line) && inside(&line))
    };
    let linked = lines.iter().enumerate().filter(|(_, l)| l.title.is_some() && foreign(l));
    found.others.extend(linked.map(|(at, _)| at));

    let own = |line: &&Line| line.title.is_some() && !foreign(line) && line.events.start < until;
    let flowing: Vec<(usize, &Line)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| inside(line) && own(line) && !in_table(line))
        .collect();
    if flowing.iter().any(|(_, line)| agrees(line)) {
        let others = flowing.iter().take_while(|(_, line)| !agrees(line));
        found.others.extend(others.map(|(at, _)| *at));
    }
    let score = |line: &Line| line.title.as_ref().map_or(0, |title| title.score);
    let best = flowing.iter().map(|(_, line)| score(line)).max().unwrap_or_default();
    found.any = best > 0;
    if best > BARE || found.any && head.as_ref().is_none_or(|head| head.title.score <= best) {
        return found;
    }
    let elsewhere =
        lines.iter().enumerate().filter(|(_, line)| own(line) && (!inside(line) || in_table(line)));
    let elsewhere = elsewhere.max_by_key(|(at, line)| (agrees(line), score(line), *at));
    let head = head.as_ref().filter(|head| {
        elsewhere.is_none_or(|(_, line)| !agrees(line) && head.title.score >= score(line))
    });
    if let Some(head) = head {
        found.any = true;
        found.head = Some(head.at.clone());
    } else if let Some((at, title)) = elsewhere {
        found.any = true;
        let above = lines.iter().skip(at + 1).take_while(|line| line.events.start < events.start);
        let dated = above.filter(|line| line.dated && !line.linked);
        found.before =
            std::iter::once(title).chain(dated).map(|line| line.events.clone()).collect();
    }
    found
}

/// The title in the page's head, without the names of the site around it.
struct Head {
    title: Candidate,
    at: Range<u32>,
}

impl Head {
    fn of(page: &Page, source: &str) -> Option<Self> {
        let node = page.nodes.iter().find(|node| node.kind == Kind::Title)?;
        let words = page.events.get(node.events.clone())?.iter().find_map(|event| match event {
            Event::Text { start, end } => Some(*start as usize..*end as usize),
            _ => None,
        })?;
        let words = words.start..words.end.min(words.start + LONGEST);
        let part = report_in(piece(source, words.start, words.end))?;
        let at = words.start + part.start..words.start + part.end;
        let title = Candidate::of(piece(source, at.start, at.end))?;
        Some(Self { title, at: at.start as u32..at.end as u32 })
    }
}

/// As much of a page's title is looked at, in bytes.
const LONGEST: usize = 600;

/// What sets the names of a site apart from the title: `甲局2021年…报告_甲县人民政府`.
const APART: &[char] = &['-', '_', '|', '—', '–', '>', '·', ' ', '\u{3000}', '\n', '\t', '\r'];

/// Where in the title of a page the title of a report stands: the shortest piece that tells as much as any.
fn report_in(words: &str) -> Option<Range<usize>> {
    let score = |start: usize, end: usize| title_score(&fold(piece(words, start, end).trim()));
    let ends = words.match_indices(APART).map(|(at, _)| at).chain(std::iter::once(words.len()));
    let ends = ends.filter_map(|end| Some((score(0, end)?, end)));
    let (best, end) = ends.max_by_key(|(score, end)| (*score, std::cmp::Reverse(*end)))?;
    // Names before it are the site's, unless the organ is only named there.
    let starts = piece(words, 0, end).rmatch_indices(APART).map(|(at, mark)| at + mark.len());
    let mut starts = starts.filter(|start| score(*start, end) == Some(best));
    Some(starts.find(|start| !names_no_organ(piece(words, *start, end).trim())).unwrap_or(0)..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_site_are_no_part_of_the_title() {
        for (page, title) in [
            ("甲局2021年政府信息公开工作年度报告", "甲局2021年政府信息公开工作年度报告"),
            (
                "甲局2021年政府信息公开工作年度报告_甲县人民政府",
                "甲局2021年政府信息公开工作年度报告",
            ),
            (
                "甲局2021年政府信息公开工作年度报告_政府信息公开年报",
                "甲局2021年政府信息公开工作年度报告",
            ),
            ("甲大学2015-2016学年信息公开年度报告--甲大学", "甲大学2015-2016学年信息公开年度报告"),
            (
                "乙市人民政府 政府信息公开年报 甲镇2021年政府信息公开年度报告",
                "甲镇2021年政府信息公开年度报告",
            ),
            ("甲镇 2021年政府信息公开年度报告", "甲镇 2021年政府信息公开年度报告"),
            ("甲镇人民政府网站", ""),
        ] {
            let found = report_in(page).map_or("", |at| &page[at]);
            assert_eq!(found, title, "{page}");
        }
    }
}
