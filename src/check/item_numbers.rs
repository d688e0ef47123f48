//! `item-numbers`: gaps and repeats in the items that a paragraph counts off: 一是…；三是…
//!
//! ```yaml
//! check:
//!   item-numbers:
//!     marks: [一是, 一要, '第一，']      # how the first item is marked
//!     instead: [其次, 另外]             # words that may stand for a lost number
//! ```
//!
//! A mark counts only at the beginning of a clause (统一是 is none). Lists may lie within each other:
//! a 一 opens one, and a number that goes on with an outer list closes the inner ones. A list goes on
//! in the next paragraph only if that one begins with a mark.

use super::prose::{Line, lines};
use super::{Context, Hit, Kind, Mark, Outcome, Pattern};
use crate::document::Document;
use crate::profile::Profile;
use crate::text::{FoldedSpan, chinese_number, fold, piece};
use crate::yaml::{Faults, Fields, Node};

/// The check `item-numbers`.
#[derive(Debug)]
pub struct ItemNumbers {
    /// What stands before and after the numeral.
    marks: Vec<(String, String)>,
    instead: Vec<Pattern>,
}

/// The most characters of a numeral: 二十一.
const LONGEST: usize = 3;
/// A larger jump is no lost item but a number of another kind.
const WIDEST_GAP: u32 = 3;

impl Kind for ItemNumbers {
    const NAME: &'static str = "item-numbers";
    const CASES: &'static [&'static str] = &["gap", "repeat"];
    const SLOTS: &'static [&'static str] = &["found", "before"];
    const ROLES: &'static [&'static str] = &["before"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let marks = fields.need("marks", faults);
        let instead = Pattern::list(fields.get("instead"), faults);
        fields.finish(faults);
        let mut list = Vec::new();
        for node in marks?.items() {
            let mark = fold(&node.want_text(faults)?);
            match mark.split_once('一') {
                Some((before, after)) if !before.contains('一') && !after.is_empty() => {
                    list.push((before.to_owned(), after.to_owned()));
                }
                _ => {
                    let (zh, en) = (
                        "写第一项的标记，如“一是”：“一”后面还要有字",
                        "write the first item's mark, such as 一是: 一 and what follows it",
                    );
                    faults.push(&node.at, zh, en);
                }
            }
        }
        Some(Self { marks: list, instead })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let mut open: Vec<Item> = Vec::new();
        for line in lines(document) {
            let items = self.items(document, line);
            let begins = items.first().is_some_and(|item| item.at.start == line.at.start);
            if !begins {
                open.clear();
            }
            for item in items {
                if let Some(hit) = self.take(document, &mut open, item) {
                    out.hits.push(hit);
                    // What follows would only say the same again.
                    open.clear();
                    break;
                }
            }
        }
    }
}

/// A marked item.
#[derive(Clone, Copy, Debug)]
struct Item {
    number: u32,
    at: FoldedSpan,
}

impl ItemNumbers {
    /// The marks at the beginnings of clauses.
    fn items(&self, document: &Document, line: Line<'_>) -> Vec<Item> {
        let text = document.text(line.at);
        let ends_clause =
            |c| matches!(c, '。' | ';' | ',' | ':' | '!' | '?' | '、' | '(' | '“' | ' ');
        let after = text.match_indices(ends_clause).map(|(at, mark)| at + mark.len());
        let item = |start: usize| {
            let clause = piece(text, start, text.len());
            let (numeral, length) = self.marks.iter().find_map(|mark| marked(clause, mark))?;
            // 一是一,二是二.
            if piece(clause, length, clause.len()).starts_with(numeral) {
                return None;
            }
            let number = u32::try_from(chinese_number(numeral)?).ok()?;
            Some(Item { number, at: FoldedSpan::new(start, start + length).shift(line.at.start) })
        };
        std::iter::once(0).chain(after).filter_map(item).collect()
    }

    /// Puts `item` into the list it goes on with; the hit if there is none.
    fn take(&self, document: &Document, open: &mut Vec<Item>, item: Item) -> Option<Hit> {
        if item.number == 1 || open.is_empty() {
            open.push(item);
            return None;
        }
        let last = *open.last()?;
        let goes_on = open.iter().rposition(|last| last.number + 1 == item.number);
        // A list of one item is none: 一是…;二是…。下一步,一是…;三是….
        let alone = goes_on.is_some_and(|at| at + 1 < open.len() && last.number == 1);
        if let Some(at) = goes_on.filter(|_| !alone) {
            open.truncate(at);
            open.push(item);
            return None;
        }
        let case = match item.number {
            number if number > last.number => "gap",
            _ => "repeat",
        };
        let between = FoldedSpan { start: last.at.end, end: item.at.start };
        let lost = last.number + 1..item.number;
        let told = self.instead.iter().any(|word| word.is_in(document.text(between)))
            || lost.clone().any(|number| is_marked(document.text(between), number));
        if told || lost.count() as u32 > WIDEST_GAP {
            open.clear();
            open.push(item);
            return None;
        }
        let hit = Hit::new(case, item.at)
            .with("found", document.written(item.at))
            .with("before", document.written(last.at));
        Some(hit.mark(Mark::new("before", last.at).with("text", document.written(last.at))))
    }
}

/// The numeral and the length of the mark that `clause` begins with.
fn marked<'t>(clause: &'t str, (before, after): &(String, String)) -> Option<(&'t str, usize)> {
    let rest = clause.strip_prefix(before.as_str())?;
    let is_numeral = |c: &char| {
        matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    };
    let numerals = rest.chars().take(LONGEST).take_while(is_numeral);
    let numeral = piece(rest, 0, numerals.map(char::len_utf8).sum());
    let found = rest.strip_prefix(numeral)?.starts_with(after.as_str());
    (found && !numeral.is_empty()).then(|| (numeral, before.len() + numeral.len() + after.len()))
}

/// Whether a clause of `text` begins with `number`, marked in another way: 二、 (二) 2. 其二.
fn is_marked(text: &str, number: u32) -> bool {
    let chinese = super::ordinal::chinese(number);
    [chinese.as_str(), &number.to_string()].iter().any(|numeral| {
        text.match_indices(numeral).any(|(at, _)| {
            text.get(..at).is_some_and(|before| {
                before.ends_with(['。', ';', ',', ':', '(', '其', '第', '\n', '!', ' '])
            })
        })
    })
}
