//! What stands between two figures: whether they are parts of one list, or the second begins a
//! list under the first.

use super::super::figures::Figure;
use super::super::scan::{has_any, starts_any};
use crate::document::Document;
use crate::text::FoldedSpan;

/// How a list is attached to the figure before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Not at all: it begins on its own.
    None,
    /// 其中: parts of a whole, perhaps not all of them.
    Among,
    /// 包括, 主要, 如, 重点: certainly not all of them.
    Includes,
    /// A colon, 分别, 分为, a bracket: the parts of the whole.
    Divides,
}

/// What separates two parts; later ones are stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Separator {
    Word,
    Pause,
    Comma,
    Semicolon,
    Line,
    Sentence,
}

/// What stands between a figure and the one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) separator: Separator,
    pub(super) opening: Opening,
    /// Brackets that are open at the figure, counted from the beginning of its block.
    pub(super) depth: u32,
    /// Whether nothing before it can be listed together with it.
    pub(super) breaks: bool,
    /// Whether its words begin a statement of their own (答复…, 同时…).
    pub(super) new_statement: bool,
    /// Whether it is the first figure of its block.
    pub(super) first_in_block: bool,
}

impl Link {
    /// Of the first figure.
    pub(super) const FIRST: Self = Self {
        separator: Separator::Sentence,
        opening: Opening::None,
        depth: 0,
        breaks: true,
        new_statement: false,
        first_in_block: true,
    };
}

/// Brackets open at the figures, read from one to the next.
#[derive(Default)]
pub(super) struct Brackets {
    block: usize,
    read: u32,
    depth: u32,
}

impl Brackets {
    /// Brackets open at `figure`, counted from the beginning of its block.
    pub(super) fn at(&mut self, document: &Document, figure: &Figure) -> u32 {
        if self.block != figure.block || self.read == 0 {
            let start = document.blocks.get(figure.block).map_or(0, |block| block.at.start);
            *self = Self { block: figure.block, read: start, depth: 0 };
        }
        let new = FoldedSpan { start: self.read.min(figure.at.start), end: figure.at.start };
        for byte in document.text(new).bytes() {
            match byte {
                b'(' => self.depth += 1,
                b')' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.read = self.read.max(figure.at.start);
        self.depth
    }
}

/// Two figures further apart, in bytes, are no list.
const FARTHEST: usize = 450;
const AMONG: &[&str] = &["其中"];
const INCLUDES: &[&str] = &["包括", "包含", "主要", "例如", "如:", "含"];
const DIVIDES: &[&str] = &["分别", "分为"];
/// Words that begin a statement of its own, so that its figure is no part of the list before it.
const STATEMENTS: &[&str] = &[
    "答复", "已", "其余", "办结", "按时", "办理", "受理", "收到", "结转", "回复", "全年", "本年",
    "今年", "上年", "去年", "同时", "另", "此外", "还", "截至", "截止", "历年", "累计", "我",
    "全镇", "全县", "全市", "全区", "较", "比", "同比", "环比", "20", "均", "通过", "目前",
];
/// Words that sum up what stands before them.
const SUMS: &[&str] = &["共", "共计", "合计", "总计", "总共", "共有"];

/// What stands between `last` and `figure`; `depths` counts the brackets open at each of them.
pub(super) fn link(
    document: &Document,
    (last, figure): (&Figure, &Figure),
    depths: (u32, u32),
) -> Link {
    let same_block = last.block == figure.block;
    let far = figure.at.start < last.at.end
        || (figure.at.start - last.at.end) as usize > FARTHEST
        || figure.block > last.block + 1;
    let line = document.blocks.get(figure.block).map_or(figure.at, |block| block.at).start;
    let from = if far { line.max(figure.sentence.start).max(last.at.end) } else { last.at.end };
    let between =
        document.text(FoldedSpan { start: from.min(figure.at.start), end: figure.at.start });
    // What stands before the last full stop is another sentence.
    let tail = between.rsplit(['。', '!', '?']).next().unwrap_or(between);
    let separator = match between {
        _ if far => Separator::Sentence,
        _ if !same_block => Separator::Line,
        _ if tail.len() < between.len() => Separator::Sentence,
        _ if between.contains(';') => Separator::Semicolon,
        _ if between.contains(',') => Separator::Comma,
        _ if between.contains('、') => Separator::Pause,
        _ => Separator::Word,
    };
    Link {
        separator,
        opening: opening(
            if same_block { tail } else { between },
            same_block && depths.1 > depths.0,
        ),
        depth: depths.1,
        breaks: far,
        new_statement: starts_any(document.text(figure.before), STATEMENTS),
        first_in_block: !same_block,
    }
}

/// `bracket`: the figure stands in a bracket that opened behind the last one.
fn opening(between: &str, bracket: bool) -> Opening {
    // 5条；乙类：6条: the colon belongs to the second of them.
    let at_once = between.split([',', ';', '。', '、', '\n']).next().unwrap_or(between);
    match between {
        _ if has_any(between, AMONG) => Opening::Among,
        _ if has_any(between, INCLUDES) => Opening::Includes,
        _ if has_any(between, DIVIDES) || bracket || at_once.contains(':') => Opening::Divides,
        _ => Opening::None,
    }
}

/// Whether the percentage `share` is said of `count`, and of a share in a whole.
pub(super) fn share_of(document: &Document, count: &Figure, share: &Figure) -> bool {
    const FARTHEST: u32 = 90;
    if share.at.start < count.at.end
        || share.at.start - count.at.end > FARTHEST
        || share.block != count.block
    {
        return false;
    }
    let between = document.text(FoldedSpan { start: count.at.end, end: share.at.start });
    if let Some((before, base)) = between.rsplit_once('占') {
        // 8条，其中甲类占30% speaks of another count than 8.
        let before = before.strip_suffix('所').unwrap_or(before);
        let own_words = before.rsplit([',', '(']).next().unwrap_or(before);
        let at_once = before.len() == own_words.len() || own_words.trim().is_empty();
        let said_of_count = at_once && !before.contains(['。', ';', '、']) && before.len() <= 30;
        return said_of_count && is_whole(base);
    }
    // 26条（19.7%）, 258件，33.9%.
    matches!(between.trim(), "(" | "," | ":" | ",约" | "(约")
}

/// Whether what a share is of, the words between 占 and the percentage, is a whole such as the
/// list may divide, not something that was counted elsewhere (占全县人口).
fn is_whole(base: &str) -> bool {
    const WHOLES: &[&str] =
        &["总", "全部", "全年", "所有", "公开", "申请", "答复", "办结", "受理", "信息", "办理"];
    let plain = base
        .trim_start_matches(['比', '了', ' '])
        .trim_matches(|c| "的例为达到约近重率:,".contains(c));
    plain.is_empty() || has_any(plain, WHOLES)
}

/// Whether the words of `figure` sum up what stands before it: 共8条.
pub(super) fn sums_up(document: &Document, figure: &Figure) -> bool {
    SUMS.contains(&document.text(figure.before).trim())
}

/// Whether `after`, behind the last part of a list, says that there are more.
pub(super) fn and_so_on(after: &str) -> bool {
    let after = after.trim_start_matches(['信', '息', ')', '”']);
    after.starts_with('等')
}
