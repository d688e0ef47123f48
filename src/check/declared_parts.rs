//! `declared-parts`: 本报告由A、B……等七部分组成, against the list itself and against the headings;
//! and within a section, 从A、B、C三个方面 against the headings that follow at once.
//!
//! ```yaml
//! check: { declared-parts: {} }
//! ```

use super::prose::{Line, lines};
use super::{Context, Hit, Kind, Mark, Outcome};
use crate::document::{BlockKind, Document, Heading, Zone};
use crate::facts::Section;
use crate::profile::Profile;
use crate::text::{FoldedSpan, chinese_number, piece};
use crate::yaml::{Faults, Fields, Node};

/// The check `declared-parts`.
#[derive(Debug)]
pub struct DeclaredParts;

/// The words before the list.
const OPENERS: &[&str] = &["由", "主要包括", "包括", "包含", "分为", "内容为", "涵盖"];
/// The words behind the number.
const PARTS: &[&str] = &["个部分", "部分", "个方面", "方面", "大部分", "大方面"];
/// The longest list, in bytes.
const LONGEST: usize = 900;
/// Words that every part of such a report may hold.
const COMMON: &[&str] = &["政府信息公开", "政务公开", "信息公开", "政府信息", "工作", "情况", "的", "和", "与", "及", "公开", "信息"];

impl Kind for DeclaredParts {
    const NAME: &'static str = "declared-parts";
    const CASES: &'static [&'static str] = &["list", "headings", "other", "aspect"];
    const SLOTS: &'static [&'static str] = &["declared", "found", "text", "items"];
    const ROLES: &'static [&'static str] = &["heading"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let fields = Fields::of(node, faults)?;
        fields.finish(faults);
        Some(Self)
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let headings = top(&context.facts.sections);
        // The report describes itself at its beginning.
        for line in lines(document).into_iter().take(12) {
            if let Some(declared) = declared(document, line) {
                out.hits.extend(judge(document, &declared, &headings));
                break;
            }
        }
        out.hits.extend(aspects(document));
    }
}

/// What the report says of its parts.
#[derive(Debug)]
struct Declared<'d> {
    number: u32,
    /// The number with its word: `七部分`.
    at: FoldedSpan,
    items: Vec<&'d str>,
    /// How many of the items may be two: each holds 和, 及 or 以及.
    pairs: u32,
    /// Whether 等 leaves the list open.
    open: bool,
}

/// The headings of the first level with an ordinal.
fn top(sections: &[Section]) -> Vec<&Section> {
    let zones = [Zone::Opening, Zone::Narrative, Zone::Attachment];
    let numbered = |s: &&Section| s.level == 1 && s.number.is_some() && zones.contains(&s.zone);
    sections.iter().filter(numbered).collect()
}

fn declared<'d>(document: &'d Document, line: Line<'_>) -> Option<Declared<'d>> {
    let text = document.text(line.at);
    let sentences = text.split_inclusive('。').scan(0, |at, sentence| {
        let start = *at;
        *at += sentence.len();
        Some((start, sentence))
    });
    for (start, sentence) in sentences {
        let Some((at, end, number)) = count(sentence) else { continue };
        let before = piece(sentence, 0, at);
        let opener = OPENERS.iter().filter_map(|word| Some(before.find(word)? + word.len())).min();
        let Some(opener) = opener else { continue };
        let speaks = piece(before, 0, opener);
        let own = ["报告", "年报", "报", "全文"].iter().any(|word| speaks.contains(word));
        let list = piece(before, opener, before.len());
        if !own || list.len() > LONGEST || !list.contains('、') && !list.contains(',') {
            continue;
        }
        let at = FoldedSpan::new(start + at, start + end).shift(line.at.start);
        let bare = list.trim_end_matches("共").trim_end_matches("这").trim_end_matches(',');
        let closed = bare.trim_end_matches('等');
        let (items, pairs) = split(closed);
        return Some(Declared { number, at, items, pairs, open: closed.len() < bare.len() });
    }
    None
}

/// Number and place of `七部分` in a sentence.
fn count(sentence: &str) -> Option<(usize, usize, u32)> {
    let found = PARTS.iter().filter_map(|word| {
        let at = sentence.find(word)?;
        let before = piece(sentence, 0, at);
        let numeral = before.chars().rev().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c));
        let length: usize = numeral.map(char::len_utf8).sum();
        let start = at - length;
        let written = piece(sentence, start, at);
        let number = written.parse().ok().or_else(|| u32::try_from(chinese_number(written)?).ok())?;
        ((3..=20).contains(&number) && length > 0).then_some((start, at + word.len(), number))
    });
    found.max_by_key(|(start, end, _)| (std::cmp::Reverse(*start), *end))
}

/// The items of a list. 行政复议、提起行政诉讼 within one title is one item.
fn split(list: &str) -> (Vec<&str>, u32) {
    let mut items: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut depth = 0_i32;
    let mut joined = 0;
    for (at, c) in list.char_indices() {
        match c {
            '《' | '“' | '(' => depth += 1,
            '》' | '”' | ')' => {
                depth -= 1;
                // “总体情况”“主动公开政府信息情况” need no mark between them.
                let next = at + c.len_utf8();
                if depth <= 0 && c != ')' && piece(list, next, list.len()).starts_with(['“', '《']) {
                    items.push(piece(list, start, next));
                    start = next;
                }
            }
            '、' | ',' | ';' if depth <= 0 => {
                let (before, next) = (piece(list, start, at), at + c.len_utf8());
                if is_inner(before, piece(list, next, list.len())) {
                    // 存在的问题、下一步打算 may be two as well.
                    joined += u32::from(["问题", "不足", "困难"].iter().any(|end| before.ends_with(end)));
                } else {
                    items.push(before);
                    start = next;
                }
            }
            _ => {}
        }
    }
    items.push(without_and(piece(list, start, list.len())));
    items.retain(|item| !item.is_empty());
    let pairs = items.iter().filter(|item| is_pair(item)).count() as u32;
    (items, pairs + joined)
}

/// The last item of a list without the 和 that leads to it: ，和存在的问题.
fn without_and(item: &str) -> &str {
    if item.starts_with("及时") {
        return item;
    }
    ["以及", "和", "及"].iter().find_map(|word| item.strip_prefix(word)).unwrap_or(item)
}

/// What titles of parts end with.
const ENDS: &[&str] = &[
    "情况", "措施", "问题", "事项", "概述", "概况", "附表", "附件", "说明", "统计表", "打算", "计划", "改进", "不足", "方面",
];

/// The fewest parts that a list can mean: 举报、复议和诉讼情况 may be one, and who counts parts may
/// leave out what is attached.
fn fewest(items: &[&str]) -> u32 {
    let ends = |item: &&str| {
        let item = item.trim_end_matches(['”', '》']);
        ENDS.iter().any(|end| item.ends_with(end))
    };
    let attached = |item: &str| ["附表", "附件", "附图"].iter().any(|word| item.starts_with(word));
    let items = match items {
        [parts @ .., last] if attached(last) => parts,
        all => all,
    };
    let ending = items.iter().filter(|item| ends(item)).count();
    let open = items.last().is_some_and(|last| !ends(last));
    (ending + usize::from(open)) as u32
}

/// Whether an item may be two: what follows 和 or 及 is not what commonly stands in one title.
fn is_pair(item: &str) -> bool {
    let inner = ["不予", "提起", "行政诉讼", "诉讼", "改进", "减免", "处理", "申诉", "下一步", "整改", "措施", "解决"];
    ["和", "及", "与"].iter().any(|word| {
        item.match_indices(word).any(|(at, _)| {
            let after = piece(item, at + word.len(), item.len());
            !inner.iter().any(|word| after.starts_with(word))
        })
    })
}

/// Whether the mark between two texts stands within one title.
fn is_inner(before: &str, after: &str) -> bool {
    let ends = ["复议", "举报", "检索", "收费", "不足", "问题", "困难", "受理", "收到"];
    let begins = ["提起", "行政诉讼", "诉讼", "申诉", "复制", "减免", "改进", "处理", "办理", "下一步", "原因"];
    let after_first = after.split(['、', ',', ';']).next().unwrap_or(after);
    ends.iter().any(|word| before.ends_with(word)) && begins.iter().any(|word| after_first.starts_with(word))
}

fn judge(document: &Document, declared: &Declared<'_>, headings: &[&Section]) -> Option<Hit> {
    let count = declared.items.len() as u32;
    let hit = |case, found: u32| {
        Hit::new(case, declared.at)
            .with("text", document.written(declared.at))
            .with("declared", declared.number)
            .with("found", found)
            .with("items", declared.items.join("；"))
    };
    let missing = declared.number.saturating_sub(count + declared.pairs);
    // Who names all but one part of six, and closes with 等, has forgotten one; who names fewer, has few
    // parts, or does not come to the last of them, 其他需要报告的事项, has left off.
    let ended = declared.items.iter().any(|item| item.contains("其他") || item.contains("附"));
    let left_off = declared.open && (missing > 1 || declared.number < 6 || !ended);
    if fewest(&declared.items) > declared.number || missing > 0 && !left_off {
        return Some(hit("list", count));
    }
    // Without headings of its own the report's parts cannot be told.
    if headings.len() < 3 {
        return None;
    }
    let found = headings.len() as u32;
    let marks = |hit: Hit| {
        headings.iter().fold(hit, |hit, heading| {
            hit.mark(Mark::new("heading", heading.at).with("text", document.written(heading.at)))
        })
    };
    let mut strangers: Vec<&str> =
        declared.items.iter().filter(|item| !has_heading(document, item, headings)).copied().collect();
    if strangers.is_empty() {
        let titles: Vec<&str> = headings.iter().map(|heading| document.text(heading.title)).collect();
        strangers.extend(alien(&declared.items, &titles).map(|alien| declared.items[alien]));
    }
    if found != declared.number && strangers.is_empty() {
        return Some(marks(hit("headings", found)));
    }
    (!strangers.is_empty()).then(|| {
        let mut hit = hit("other", found);
        hit.slots.0.retain(|(name, _)| *name != "items");
        marks(hit.with("items", strangers.join("、")))
    })
}

/// The one item that has nothing in common with the heading in its place, while every other has.
fn alien(items: &[&str], titles: &[&str]) -> Option<usize> {
    let shares = |item: &str, title: &str| {
        let bare = |text: &str| Some(bare(text)).filter(|bare| bare.chars().count() > 1);
        let (Some(item), Some(title)) = (bare(item), bare(title)) else { return item == title };
        shares_pair(&item, &title)
    };
    let mut pairs = items.iter().zip(titles).enumerate();
    let mut aliens = pairs.by_ref().filter(|(_, (item, title))| !shares(item, title));
    let first = aliens.next().filter(|_| aliens.next().is_none());
    first.filter(|_| items.len() == titles.len() && items.len() > 2).map(|(i, _)| i)
}

/// Paragraphs that name the headings that follow at once: 从A、B、C三个方面推进.
fn aspects(document: &Document) -> Vec<Hit> {
    let lines = lines(document);
    let announced = lines.iter().enumerate().filter_map(|(index, line)| {
        let headings = below(&lines[index + 1..]);
        // What announces (一) is not itself a later (二).
        let own = matches!(&line.block.kind, BlockKind::Heading(own) if own.level >= 2);
        (headings.len() > 2 && !own).then_some((line, headings))
    });
    announced.filter_map(|(line, headings)| aspect(document, *line, &headings)).collect()
}

/// The headings of the second level that `lines` begin with.
fn below<'d>(lines: &[Line<'d>]) -> Vec<&'d Heading> {
    let mut found = Vec::new();
    for line in lines {
        match &line.block.kind {
            BlockKind::Heading(heading) if heading.level == 2 => {
                let number = heading.ordinal.map(|ordinal| ordinal.number);
                if number != Some(found.len() as u32 + 1) {
                    break;
                }
                found.push(heading);
            }
            BlockKind::Heading(heading) if heading.level < 2 => break,
            _ if found.is_empty() => break,
            _ => {}
        }
    }
    found
}

fn aspect(document: &Document, line: Line<'_>, headings: &[&Heading]) -> Option<Hit> {
    let text = document.text(line.at);
    // The last sentence of the paragraph leads to what follows.
    let body = text.trim_end_matches(['。', ':']);
    let ends = body.char_indices().rfind(|(_, c)| ['。', ';', ':'].contains(c));
    let last = ends.map_or(0, |(at, c)| at + c.len_utf8());
    let sentence = piece(text, last, text.len());
    let (start, end, number) = count(sentence)?;
    let list = piece(sentence, 0, start);
    let list = list.rsplit([',', ':']).next().unwrap_or(list).trim_end_matches('等');
    let items: Vec<&str> = list.split('、').collect();
    let titles: Vec<&str> = headings.iter().map(|heading| document.text(heading.title)).collect();
    let at = FoldedSpan::new(last + start, last + end).shift(line.at.start);
    let hit = |case, items: &str| {
        let hit = Hit::new(case, at)
            .with("text", document.written(at))
            .with("declared", number)
            .with("found", headings.len() as u32)
            .with("items", items);
        headings.iter().fold(hit, |hit, heading| {
            hit.mark(Mark::new("heading", heading.title).with("text", document.written(heading.title)))
        })
    };
    if items.len() != titles.len() {
        return None;
    }
    let alien = alien(&items, &titles);
    if number as usize != items.len() {
        let all = alien.is_none() && items.iter().zip(&titles).any(|(item, title)| title.contains(item));
        return all.then(|| hit("list", &items.join("；")));
    }
    alien.map(|alien| hit("aspect", titles[alien]))
}

/// Whether a heading shares two characters in a row with `item`, apart from the words of all.
fn has_heading(document: &Document, item: &str, headings: &[&Section]) -> bool {
    let own = bare(item);
    if own.chars().count() < 2 || ["附表", "附件", "说明", "附"].iter().any(|word| own.contains(word)) {
        return true;
    }
    headings.iter().any(|heading| shares_pair(&own, &bare(document.text(heading.title))))
}

/// Whether two characters in a row of `one` stand in `other`.
fn shares_pair(one: &str, other: &str) -> bool {
    let chars: Vec<char> = one.chars().collect();
    chars.windows(2).any(|pair| other.contains(&String::from_iter(pair)))
}

fn bare(title: &str) -> String {
    COMMON.iter().fold(title.to_owned(), |text, word| text.replace(word, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_within_one_title_is_one_item() {
        for (list, items, least, pairs) in [
            ("概述、主动公开情况、行政复议、提起行政诉讼的情况", 3, 3, 0),
            ("概述,依申请公开和不予公开情况,举报、复议和诉讼情况,存在的问题及改进措施", 5, 4, 0),
            ("概述、收费情况、问题及附表", 3, 3, 1),
            ("概述、收费情况、问题、附表", 4, 3, 0),
            ("概述,收费情况,复议、诉讼情况,和问题及改进情况", 4, 4, 0),
            ("概述,收费情况,以及问题", 3, 3, 0),
            ("“概述”“主动公开情况”“复议、诉讼情况”", 3, 3, 0),
            ("《甲、乙办法》落实情况、(一、二)类情况", 2, 2, 0),
        ] {
            let (found, more) = split(list);
            assert_eq!((found.len(), fewest(&found), more), (items, least, pairs), "{list}: {found:?}");
        }
    }
}
