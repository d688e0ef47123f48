//! `title`: the report has a title, and calls itself by its name.
//!
//! ```yaml
//! check:
//!   title: { name: 政府信息公开工作年度报告 }
//! ```

use super::{Context, Hit, Kind, Outcome};
use crate::document::{BlockKind, Document, Zone};
use crate::profile::Profile;
use crate::text::{FoldedSpan, fold, piece};
use crate::yaml::{Faults, Fields, Node};

/// The check `title`.
#[derive(Debug)]
pub struct Title {
    name: String,
}

/// What a report can be about, and what it can be.
const SUBJECTS: &[&str] = &["政府信息公开", "政务信息公开", "政务公开", "信息公开"];
const KINDS: &[&str] = &["年度报告", "年报", "工作报告", "报告", "工作总结", "总结", "汇报"];
/// Names of the column on a website, never of a report (国办公开办函〔2019〕61号).
const COLUMNS: &[&str] = &["政府信息公开年报", "信息公开年报", "政府信息公开专栏", "政府信息公开"];

impl Kind for Title {
    const NAME: &'static str = "title";
    const CASES: &'static [&'static str] = &["missing", "other-name"];
    const SLOTS: &'static [&'static str] = &["found", "expected"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let name = fields.need("name", faults).and_then(|node| node.want_text(faults));
        fields.finish(faults);
        Some(Self { name: name? })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let title = document.blocks.iter().find(|block| matches!(block.kind, BlockKind::Title));
        let title = title.map(|block| block.at).filter(|at| !COLUMNS.contains(&document.text(*at)));
        let name = match title {
            Some(at) => name_in(document, at),
            None => {
                let hit = Hit::new("missing", document.anchor());
                out.hits.push(hit.with("expected", self.name.as_str()));
                named_in_text(document)
            }
        };
        // Schools report under another name (高等学校信息公开办法).
        if context.facts.identity.academic {
            return;
        }
        let Some(name) = name.filter(|at| !is_name(document.text(*at), &fold(&self.name))) else {
            return;
        };
        let hit = Hit::new("other-name", name).with("found", document.written(name));
        out.hits.push(hit.with("expected", self.name.as_str()));
    }
}

/// The name of the report within the title at `at`: from its subject to its kind.
fn name_in(document: &Document, at: FoldedSpan) -> Option<FoldedSpan> {
    let text = document.text(at);
    // A title over two lines may break within the name.
    let kept: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| *c != '\n').collect();
    let bare: String = kept.iter().map(|(_, c)| c).collect();
    let place = |offset: usize| Some(kept.get(piece(&bare, 0, offset).chars().count())?.0);
    let start = SUBJECTS.iter().filter_map(|word| bare.find(word)).min()?;
    let end = KINDS.iter().filter_map(|word| Some(bare.rfind(word)? + word.len())).max()?;
    let end_place = place(end).unwrap_or(text.len());
    (start < end).then(|| Some(FoldedSpan::new(place(start)?, end_place).shift(at.start)))?
}

/// Whether `text` holds the name; the year may stand within it, a line break too.
fn is_name(text: &str, name: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.contains(name)
        || without_years(&text, "").contains(name)
        || without_years(&text, "年度").contains(name)
}

/// `text` with every `2018年度`, `（2018）` replaced by `with`.
fn without_years(text: &str, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digits = rest.chars().take_while(|c| c.is_ascii_digit() || "〇○零一二三四五六七八九".contains(*c));
        let length: usize = digits.clone().map(char::len_utf8).sum();
        let after = piece(rest, length, rest.len());
        if digits.count() == 4 && after.starts_with('年') {
            out.push_str(with);
            rest = after.trim_start_matches(['年', '度']);
        } else {
            out.push(c);
            rest = piece(rest, c.len_utf8(), rest.len());
        }
    }
    out
}

/// Where the text first calls the report by a name with a year: `公布2019年度政府信息公开年度报告`.
fn named_in_text(document: &Document) -> Option<FoldedSpan> {
    document.prose(Zone::TEXT).take(8).find_map(|block| {
        let text = document.text(block.at);
        let starts = SUBJECTS.iter().flat_map(|word| text.match_indices(word).map(|(at, _)| at));
        let name = |start: usize| Some(FoldedSpan::new(start, name_at(text, start)?));
        let found = starts.filter_map(name).min()?;
        Some(found.shift(block.at.start))
    })
}

/// Where the name that begins at `start` ends, if a year stands before it and it is no other
/// document's title.
fn name_at(text: &str, start: usize) -> Option<usize> {
    const LONGEST: usize = 16;
    let before = piece(text, 0, start);
    let quoted = before.matches('《').count() > before.matches('》').count();
    let near = piece(before, before.len().saturating_sub(3 * LONGEST), before.len());
    let year = near.rfind("20").is_some_and(|at| piece(near, at, near.len()).contains('年'));
    let words: usize =
        piece(text, start, text.len()).chars().take(LONGEST).map(char::len_utf8).sum();
    let window = piece(text, start, start + words);
    let clause = window.split([',', '。', ';', ':', '、', '(', '《', '“']).next()?;
    let end = ["年度报告", "年报", "工作报告"].iter().filter_map(|kind| Some(clause.find(kind)? + kind.len())).min()?;
    let after = piece(text, start + end, text.len());
    // 现将…工作报告如下: here 报告 is what is done.
    let other = ["编制", "编写", "编发", "撰写", "制度", "的通知", "如下"].iter().any(|word| after.starts_with(word));
    (year && !quoted && !other).then_some(start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_with_a_year_in_it_is_the_name() {
        let name = "政府信息公开工作年度报告";
        for text in [
            "甲镇2018年政府信息公开工作年度报告",
            "政府信息公开工作2018年度报告",
            "政府信息公开工作2018年年度报告",
            "政府信息公开\n工作年度报告(二〇一八年度)",
        ] {
            assert!(is_name(text, name), "{text}");
        }
        for text in ["政务信息公开年度报告", "政府信息公开年度报告", "政府信息公开工作年报", "2018年政府信息公开工作报告"] {
            assert!(!is_name(text, name), "{text}");
        }
    }

    #[test]
    fn a_name_in_running_text_needs_a_year_and_no_quotes() {
        let end = |text: &str| name_at(text, text.find("政府信息").unwrap());
        let text = "现公布2019年度政府信息公开年度报告,请查阅";
        assert_eq!(end(text), Some(text.find(',').unwrap()));
        assert_eq!(end("按照《关于做好2019年政府信息公开年度报告编制工作的通知》"), None);
        assert_eq!(end("做好政府信息公开年度报告"), None);
        assert_eq!(end("现将2019年政府信息公开工作报告如下"), None);
    }
}
