//! `sections`: the sections an official format prescribes, in order and with their numbers.
//!
//! ```yaml
//! check:
//!   sections: { required: [总体情况, 主动公开] }      # names of the profile, in order
//! ```

use super::misspelt::misspelt;
use super::ordinal::chinese;
use super::{Context, Hit, Kind, Mark, Outcome, Slot};
use crate::document::{BlockKind, Document, Zone};
use crate::facts::Section;
use crate::profile::{Profile, SectionName};
use crate::text::{FoldedSpan, piece};
use crate::yaml::{Faults, Fields, Node, unknown};

/// The check `sections`.
#[derive(Debug)]
pub struct Sections {
    required: Vec<SectionName>,
}

/// From this many missing sections on, one hit names them all.
const MANY: usize = 3;
/// The longest heading, in characters.
const LONGEST: usize = 40;
/// How far the words of a heading are looked for, in bytes.
const REACH: usize = 240;

impl Kind for Sections {
    const NAME: &'static str = "sections";
    const CASES: &'static [&'static str] = &["missing", "untitled", "order", "unnumbered", "misnumbered", "misspelt"];
    const SLOTS: &'static [&'static str] = &["section", "title", "ordinal", "found"];
    const ROLES: &'static [&'static str] = &["before", "after", "expected"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let names = fields.need("required", faults);
        fields.finish(faults);
        let mut required = Vec::new();
        for node in names?.items() {
            let Some(name) = node.want_text(faults) else { continue };
            match profile.section(&name) {
                Some(section) => required.push(section.clone()),
                None => {
                    let known: Vec<_> = profile.sections.iter().map(|s| s.name.as_str()).collect();
                    unknown(&node.at, &name, &known, faults);
                }
            }
        }
        Some(Self { required })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let outline = Outline::new(context, &self.required);
        outline.missing(out);
        if !outline.order(out) {
            outline.misnumbered(out);
        }
        outline.unnumbered(out);
        outline.misspelt(out);
    }
}

/// The required sections and where each of them is.
struct Outline<'a> {
    document: &'a Document,
    required: &'a [SectionName],
    found: Vec<Option<Found>>,
    /// Whether its heading is the official one but for a character.
    misspelt: Vec<bool>,
}

/// Where a section was found.
#[derive(Clone, Copy)]
struct Found {
    /// Its heading.
    at: FoldedSpan,
    number: Option<u32>,
    /// Whether it stands as a heading of its own, whose number and order can be judged.
    heading: bool,
}

impl<'a> Outline<'a> {
    fn new(context: &Context<'a>, required: &'a [SectionName]) -> Self {
        let document = context.facts.document;
        let headings: Vec<&Section> = context
            .facts
            .sections
            .iter()
            .filter(|s| matches!(s.zone, Zone::Opening | Zone::Narrative | Zone::Attachment))
            .collect();
        let at = |level| -> Vec<Option<Found>> {
            required.iter().map(|name| at_level(document, &headings, name, level)).collect()
        };
        let count = |found: &Vec<Option<Found>>| found.iter().flatten().count();
        let mut found = at(1);
        // Some reports number their sections （一） or 1.: then the first level names none of them.
        if count(&found) <= 1 {
            let lower = [at(2), at(3)].into_iter().filter(|lower| count(lower) >= MANY);
            found = lower.max_by_key(count).unwrap_or(found);
        }
        let mut misspelled = vec![false; required.len()];
        for (i, (place, name)) in found.iter_mut().zip(required).enumerate() {
            let slip = misspelt(document, &headings, name)
                .map(|s| Found { at: s.at, number: s.number, heading: true })
                .filter(|slip| place.is_none_or(|place| place.at == slip.at));
            misspelled[i] = slip.is_some();
            *place = place.or(slip).or_else(|| merged(document, name));
        }
        Self { document, required, found, misspelt: misspelled }
    }

    fn missing(&self, out: &mut Outcome) {
        let absent: Vec<usize> = (0..self.found.len()).filter(|i| self.found[*i].is_none()).collect();
        if absent.len() >= MANY {
            let list = |of: &dyn Fn(&SectionName) -> String| {
                absent.iter().map(|i| of(&self.required[*i])).collect::<Vec<_>>().join("、")
            };
            let titles = Slot::Titles(absent.iter().map(|i| self.required[*i].title.clone()).collect());
            let hit = Hit::new("missing", self.document.anchor())
                .with("section", list(&|name| name.name.clone()))
                .with("title", titles)
                .with("ordinal", list(&ordinal));
            out.hits.push(hit);
            return;
        }
        for i in absent {
            let before = self.found[..i].iter().rev().flatten().next();
            let after = self.found[i + 1..].iter().flatten().next();
            // Its parts stand where it belongs: the heading alone was lost.
            if let Some(part) = self.part(i, before, after) {
                out.hits.push(self.hit("untitled", i, part));
                continue;
            }
            let mut hit = self.hit("missing", i, self.document.anchor());
            hit.marks.extend(before.map(|found| Mark::new("before", found.at)));
            hit.marks.extend(after.map(|found| Mark::new("after", found.at)));
            out.hits.push(hit);
        }
    }

    /// The first lower heading between the neighbours of section `i`, if the lower headings there
    /// hold the section's words (`（一）主要问题` and `（二）改进情况`).
    fn part(&self, i: usize, before: Option<&Found>, after: Option<&Found>) -> Option<FoldedSpan> {
        let from = before?.at.end;
        let to = after.map_or(u32::MAX, |found| found.at.start);
        let headings = self.document.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) if (2..=3).contains(&heading.level) => Some((block.at, heading.title)),
            _ => None,
        });
        let inside: Vec<_> = headings.filter(|(at, _)| (from..to).contains(&at.start)).collect();
        let words: String = inside.iter().map(|(_, title)| self.document.text(*title)).collect();
        self.required[i].fit(&words)?;
        inside.first().map(|(at, _)| *at)
    }

    /// Whether a section stands out of order; one hit for the first that does.
    fn order(&self, out: &mut Outcome) -> bool {
        let placed: Vec<usize> =
            (0..self.found.len()).filter(|i| self.found[*i].is_some_and(|f| f.heading)).collect();
        let starts: Vec<u32> = placed.iter().map(|i| self.start(*i)).collect();
        let kept = longest_ascent(&starts);
        let Some(stray) = (0..placed.len()).find(|i| !kept.contains(i)) else { return false };
        let index = placed[stray];
        let mut hit = self.hit("order", index, self.span(index));
        let before = kept.iter().rev().find(|i| **i < stray);
        let after = kept.iter().find(|i| **i > stray);
        hit.marks.extend(before.map(|i| Mark::new("before", self.span(placed[*i]))));
        hit.marks.extend(after.map(|i| Mark::new("after", self.span(placed[*i]))));
        out.hits.push(hit);
        true
    }

    /// Numbers other than the official ones; not where they only close the gap that a missing
    /// section left. One hit for the first, the others are its related places.
    fn misnumbered(&self, out: &mut Outcome) {
        let numbered: Vec<(usize, Found)> = (0..self.found.len())
            .filter_map(|i| Some((i, self.found[i]?)))
            .filter(|(_, found)| found.heading)
            .collect();
        let wrong = |(rank, (i, found)): (usize, &(usize, Found))| {
            let (number, official) = (found.number?, self.required[*i].ordinal?);
            let closed_up = numbered.len() < self.found.len() && number == rank as u32 + 1;
            (number != official && !closed_up).then_some(*i)
        };
        let mut wrong = numbered.iter().enumerate().filter_map(wrong);
        let Some(first) = wrong.next() else { return };
        let mut hit = self.hit("misnumbered", first, self.span(first));
        for i in wrong {
            let name = &self.required[i];
            let mark = Mark::new("expected", self.span(i));
            hit = hit.mark(mark.with("ordinal", ordinal(name)).with("section", name.name.as_str()));
        }
        out.hits.push(hit);
    }

    /// Headings without ordinal among numbered ones; silent where no heading has any.
    fn unnumbered(&self, out: &mut Outcome) {
        let headings = || self.found.iter().flatten().filter(|found| found.heading);
        if headings().all(|found| found.number.is_none()) {
            return;
        }
        let lost = |i: &usize| self.found[*i].is_some_and(|f| f.heading && f.number.is_none());
        for i in (0..self.found.len()).filter(lost) {
            out.hits.push(self.hit("unnumbered", i, self.span(i)));
        }
    }

    fn misspelt(&self, out: &mut Outcome) {
        for i in (0..self.found.len()).filter(|i| self.misspelt[*i]) {
            out.hits.push(self.hit("misspelt", i, self.span(i)));
        }
    }

    fn hit(&self, case: &'static str, i: usize, at: FoldedSpan) -> Hit {
        let name = &self.required[i];
        Hit::new(case, at)
            .with("section", name.name.as_str())
            .with("title", Slot::Titles(vec![name.title.clone()]))
            .with("ordinal", ordinal(name))
            .with("found", self.found[i].map_or("", |found| self.document.written(found.at)))
    }

    fn span(&self, i: usize) -> FoldedSpan {
        self.found[i].map_or_else(|| self.document.anchor(), |found| found.at)
    }

    fn start(&self, i: usize) -> u32 {
        self.span(i).start
    }
}

fn ordinal(name: &SectionName) -> String {
    name.ordinal.map(chinese).unwrap_or_default()
}

/// The heading of `name` among those of `level` and those without ordinal: one with the official
/// number before one with another, a numbered one before one without.
fn at_level(
    document: &Document,
    headings: &[&Section],
    name: &SectionName,
    level: u8,
) -> Option<Found> {
    let is_it = |section: &&&Section| {
        if level == 1 || section.number.is_none() {
            return section.name.as_deref() == Some(name.name.as_str());
        }
        section.level == level && name.fit(document.text(section.title)).is_some()
    };
    let rank = |section: &&&Section| match section.number {
        Some(_) if section.number == name.ordinal => 0,
        Some(_) => 1,
        None => 2,
    };
    let section = headings.iter().filter(is_it).min_by_key(rank)?;
    if section.number.is_some() {
        return Some(Found { at: section.at, number: section.number, heading: true });
    }
    // `主动公开` alone may as well be a heading within another section.
    let title = document.text(section.title).chars().count();
    let heading = title * 2 >= name.title.chars().count();
    within(document, name).or(Some(Found { at: section.at, number: None, heading }))
}

/// Whether a line is the section's heading: its words make up most of it.
fn fits(name: &SectionName, line: &str) -> bool {
    let length = line.chars().count();
    length <= LONGEST && name.fit(line).is_some_and(|explained| explained * 2 >= length)
}

/// A section whose heading is not told apart from the text around it.
fn merged(document: &Document, name: &SectionName) -> Option<Found> {
    within(document, name).or_else(|| opening_words(document, name))
}

/// The section's heading at the start of a paragraph.
fn opening_words(document: &Document, name: &SectionName) -> Option<Found> {
    let mut paragraphs = document.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Paragraph)
            && !matches!(block.zone, Zone::Notice | Zone::Residue | Zone::Signature)
    });
    paragraphs.find_map(|block| {
        let words = first_words(document.text(block.at));
        let at = FoldedSpan::new(0, words.len()).shift(block.at.start);
        fits(name, words).then_some(Found { at, number: None, heading: false })
    })
}

/// The section's heading after its official ordinal within a paragraph or among the lines of a
/// table.
fn within(document: &Document, name: &SectionName) -> Option<Found> {
    let ordinal = format!("{}、", ordinal(name));
    let text = document.folded.text();
    text.match_indices(&ordinal).filter(|_| name.ordinal.is_some()).find_map(|(at, _)| {
        let start = at + ordinal.len();
        let words = first_words(piece(text, start, (start + REACH).min(text.len())));
        let inside = piece(text, 0, at).ends_with(|c: char| "十一二三四五六七八九".contains(c));
        let at = FoldedSpan::new(at, start + words.len());
        let heading = words.chars().count() <= LONGEST && name.fit(words).is_some();
        (!inside && heading).then_some(Found { at, number: None, heading: false })
    })
}

/// What stands before the first mark that ends a heading.
fn first_words(text: &str) -> &str {
    text.split(['。', ',', ':', ';', '(', '|', '\n', ' ']).next().unwrap_or(text)
}

/// The indices of a longest ascending run of `values`, not necessarily adjacent.
fn longest_ascent(values: &[u32]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::with_capacity(values.len());
    for (i, value) in values.iter().enumerate() {
        let before = (0..i).filter(|j| values[*j] < *value).map(|j| &best[j]);
        let mut run = before.max_by_key(|run| run.len()).cloned().unwrap_or_default();
        run.push(i);
        best.push(run);
    }
    best.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_out_of_order_is_the_least_that_must_move() {
        assert_eq!(longest_ascent(&[10, 20, 60, 40, 50]), [0, 1, 3, 4]);
        assert_eq!(longest_ascent(&[10, 50, 20, 30]), [0, 2, 3]);
        assert_eq!(longest_ascent(&[]), Vec::<usize>::new());
    }
}
