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
use crate::text::{FoldedSpan, chinese_number};
use crate::yaml::{Faults, Fields, Node};

/// The check `item-numbers`.
#[derive(Debug)]
pub struct ItemNumbers {
    marks: Pattern,
    instead: Vec<Pattern>,
}

/// The numeral of a mark.
const NUMERALS: &str = "一二三四五六七八九十";
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
        let mut written = Vec::new();
        for node in marks?.items() {
            let mark = node.want_text(faults)?;
            match mark.split_once('一') {
                Some((before, after)) if !before.contains('一') && !after.is_empty() => {
                    let [before, after] = [before, after].map(regex::escape);
                    written.push(format!("{before}[{NUMERALS}]{{1,3}}{after}"));
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
        let marks = format!("(?:^|[。；，：！？、（“ ])(?<at>{})", written.join("|"));
        Some(Self { marks: Pattern::new(&marks), instead })
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
    fn items(&self, document: &Document, line: Line<'_>) -> Vec<Item> {
        let text = document.text(line.at);
        let found = self.marks.find_filled(text, line.at.start, None);
        let item = |at: FoldedSpan| {
            let mark = document.text(at);
            let digits: String = mark.chars().filter(|c| NUMERALS.contains(*c)).collect();
            let number = chinese_number(&digits).and_then(|number| u32::try_from(number).ok())?;
            // 一是一,二是二.
            let after = document.text(FoldedSpan { start: at.end, end: line.at.end });
            (!after.starts_with(&digits)).then_some(Item { number, at })
        };
        found.into_iter().filter_map(|found| item(found.at)).collect()
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
