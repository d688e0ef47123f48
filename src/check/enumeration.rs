//! `enumeration`: `四个方面：` before three items. Only items marked 一是、二是, 一要、二要, 1. 2. or
//! （1）（2） that follow at once are counted.
//!
//! ```yaml
//! check:
//!   enumeration: { words: [个方面, 个问题, 项措施, 点] }     # what may follow the number
//! ```

use super::prose::{Line, lines};
use super::{Context, Hit, Kind, Mark, Outcome};
use crate::document::{BlockKind, Document};
use crate::profile::Profile;
use crate::text::{FoldedSpan, chinese_number, piece};
use crate::yaml::{Faults, Fields, Node};

/// The check `enumeration`.
#[derive(Debug)]
pub struct Enumeration {
    words: Vec<String>,
}

/// The ways items are marked: what stands before and after the numeral.
const MARKS: &[(&str, &str)] = &[("", "是"), ("", "要"), ("第", "是"), ("第", ",")];
/// From the number to the colon, in bytes.
const HEAD: usize = 90;
/// The most announcements that are judged: no report makes more, and each is followed to its end.
const JUDGED: usize = 64;
/// The most items of a list.
const MOST: u32 = 12;

impl Kind for Enumeration {
    const NAME: &'static str = "enumeration";
    const CASES: &'static [&'static str] = &["fewer", "more"];
    const SLOTS: &'static [&'static str] = &["declared", "found", "text"];
    const ROLES: &'static [&'static str] = &["last"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let words = fields.need("words", faults).map(|node| node.want_texts(faults));
        fields.finish(faults);
        Some(Self { words: words? })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let lines = lines(document);
        let mut judged = 0;
        for (index, line) in lines.iter().enumerate() {
            for declared in self.declared(document, *line) {
                judged += 1;
                if judged > JUDGED {
                    return;
                }
                let Some((count, last)) = items(document, &lines[index..], &declared) else { continue };
                if count == declared.number {
                    continue;
                }
                let case = if count < declared.number { "fewer" } else { "more" };
                let hit = Hit::new(case, declared.at)
                    .with("text", document.written(declared.at))
                    .with("declared", declared.number)
                    .with("found", count);
                out.hits.push(hit.mark(Mark::new("last", last)));
            }
        }
    }
}

/// A number of things that a list is to have.
#[derive(Debug)]
struct Declared {
    number: u32,
    at: FoldedSpan,
    /// Where the list begins, within the folded text.
    from: u32,
}

impl Enumeration {
    /// What the line announces with a colon behind it.
    fn declared(&self, document: &Document, line: Line<'_>) -> Vec<Declared> {
        let text = document.text(line.at);
        let mut found = Vec::new();
        if !text.contains(':') {
            return found;
        }
        for word in &self.words {
            for (at, _) in text.match_indices(word.as_str()) {
                let before = piece(text, at.saturating_sub(9), at);
                let numeral: String = before.chars().rev().take_while(|c| is_numeral(*c)).collect();
                let numeral: String = numeral.chars().rev().collect();
                let Some(number) = number(&numeral) else { continue };
                if piece(text, 0, at - numeral.len()).ends_with(['第', '前', '这', '等', '.', '余', '几']) {
                    continue;
                }
                let end = at + word.len();
                let head = piece(text, end, end + HEAD);
                let Some(colon) = head.find([':', '。', ',', ';']) else { continue };
                if !piece(head, colon, head.len()).starts_with(':') {
                    continue;
                }
                if found.len() == JUDGED {
                    return found;
                }
                let span = FoldedSpan::new(at - numeral.len(), end).shift(line.at.start);
                let from = line.at.start + (end + colon + 1) as u32;
                found.push(Declared { number, at: span, from });
            }
        }
        found
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二两三四五六七八九十".contains(c)
}

fn number(numeral: &str) -> Option<u32> {
    let number = match numeral {
        "两" => 2,
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
        chinese => u32::try_from(chinese_number(chinese)?).ok()?,
    };
    (2..=MOST).contains(&number).then_some(number)
}

/// How many items follow `declared`, and where the last of them begins.
fn items(document: &Document, lines: &[Line<'_>], declared: &Declared) -> Option<(u32, FoldedSpan)> {
    let own = lines.first()?;
    let rest = FoldedSpan { start: declared.from, end: own.at.end };
    let head = document.text(rest);
    if head.is_empty() {
        return headings(document, lines).or_else(|| {
            let next = lines.get(1)?;
            let mark = MARKS.iter().find(|mark| document.text(next.at).starts_with(&marked(mark, 1)))?;
            inline(document, &lines[1..], next.at, mark, declared.number)
        });
    }
    let mark = MARKS.iter().find(|mark| head.starts_with(&marked(mark, 1)))?;
    inline(document, lines, rest, mark, declared.number)
}

fn marked((before, after): &(&str, &str), number: u32) -> String {
    format!("{before}{}{after}", super::ordinal::chinese(number))
}

/// Items within paragraphs, from `first` on to the next heading or the next list.
fn inline(
    document: &Document,
    lines: &[Line<'_>],
    first: FoldedSpan,
    mark: &(&str, &str),
    declared: u32,
) -> Option<(u32, FoldedSpan)> {
    let opening = marked(mark, 1);
    let mut count = 0;
    let mut last = first;
    for (index, line) in lines.iter().enumerate() {
        if index > 0 && matches!(line.block.kind, BlockKind::Heading(_)) {
            break;
        }
        let span = if index == 0 { first } else { line.at };
        let text = document.text(span);
        let mut at = 0;
        loop {
            let rest = piece(text, at, text.len());
            let next = rest.find(&marked(mark, count + 1));
            let anew = rest.find(&opening).filter(|_| count > 0);
            match (next, anew) {
                (Some(next), anew) if anew.is_none_or(|anew| next < anew) => {
                    count += 1;
                    let begin = at + next;
                    at = begin + marked(mark, count).len();
                    last = FoldedSpan::new(begin, at).shift(span.start);
                }
                // Another list begins: the next one, or one within this item.
                (_, Some(_)) => return (count >= declared).then_some((count, last)),
                _ => break,
            }
            if count > MOST {
                return None;
            }
        }
    }
    (count >= 2).then_some((count, last))
}

/// Headings and numbered items on lines of their own, numbered through from 1.
fn headings(document: &Document, lines: &[Line<'_>]) -> Option<(u32, FoldedSpan)> {
    let first = match &lines.get(1)?.block.kind {
        BlockKind::Heading(heading) if heading.ordinal.is_some_and(|o| o.number == 1) => heading,
        _ => return None,
    };
    // A list of its own level: what announces （一） must not itself be a later （二）.
    if matches!(&lines[0].block.kind, BlockKind::Heading(own) if own.level >= first.level) {
        return None;
    }
    let mut last = (1, first.ordinal?.at);
    for line in &lines[2..] {
        let BlockKind::Heading(heading) = &line.block.kind else { continue };
        let Some(ordinal) = heading.ordinal else { break };
        if heading.level > first.level {
            continue;
        }
        if heading.level < first.level || ordinal.number != last.0 + 1 {
            break;
        }
        last = (ordinal.number, ordinal.at);
    }
    let inline = document.text(FoldedSpan { start: last.1.end, end: lines.last()?.at.end });
    // The next item may stand within the paragraph of the last one.
    let next = super::ordinal::ordinal(first.level, last.0 + 1);
    let stands = inline.lines().next().is_some_and(|line| line.contains(&crate::text::fold(&next)));
    (last.0 >= 2 && !stands).then_some(last)
}
