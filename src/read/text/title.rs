//! The title of the report, among breadcrumbs, covering notices and column names.

use super::line::is_date_line;
use super::{Page, heading};
use crate::profile::Vocabulary;
use crate::text::{piece, title_on};
use std::ops::RangeInclusive;

/// How far down the title may stand, in lines with text.
const DEPTH: usize = 60;

/// The lines of the title. `tables` tells which lines belong to tables.
pub(super) fn find(
    page: &Page<'_>,
    in_table: &[bool],
    vocabulary: &Vocabulary,
) -> Option<RangeInclusive<usize>> {
    let mut best: Option<(u32, RangeInclusive<usize>)> = None;
    let mut seen = 0;
    for (i, in_table) in in_table.iter().enumerate() {
        let text = page.text(i);
        if text.is_empty() || *in_table {
            continue;
        }
        seen += 1;
        let section = heading::at_start(text, vocabulary)
            .is_some_and(|found| found.level == 1 && found.title > found.ordinal);
        if seen > DEPTH || section {
            break;
        }
        if page.residue[i] || is_date_line(text) {
            continue;
        }
        let candidates = [Some(i..=i), broken(page, i)];
        for lines in candidates.into_iter().flatten() {
            let joined: String = lines.clone().map(|line| page.text(line)).collect();
            let organ = organ_above(page, &lines).is_some();
            // Of two titles alike, the one under the organ's name is the report's.
            if let Some(score) = score(&joined).map(|score| 2 * score + u32::from(organ))
                && best.as_ref().is_none_or(|(most, _)| score > *most)
            {
                best = Some((score, lines));
            }
        }
    }
    let (_, lines) = best?;
    let first = organ_above(page, &lines).unwrap_or(*lines.start());
    Some(first..=*lines.end())
}

/// Line `i` and the next one with text, if both are short enough for a broken title.
fn broken(page: &Page<'_>, i: usize) -> Option<RangeInclusive<usize>> {
    let next = (i + 1..page.len().min(i + 4)).find(|j| !page.text(*j).is_empty())?;
    let short = |line: usize| page.text(line).chars().count() <= 30 && is_plain(page.text(line));
    (short(i)
        && short(next)
        && score(page.text(i)).is_none()
        && score(page.text(next)).is_none_or(|s| s < 3))
    .then_some(i..=next)
}

fn is_plain(text: &str) -> bool {
    !text.contains(['。', ',', ';', ':', '>'])
}

/// Whether a line can be the title of an annual report.
pub(in crate::read) fn is_title(text: &str) -> bool {
    score(text).is_some()
}

/// How much a line looks like the title of an annual report: more with a year, and more when it is
/// longer than the bare name.
pub(in crate::read) fn score(text: &str) -> Option<u32> {
    let title = title_on(text);
    let core = without_bracket(piece(text, title.start, title.end));
    let long = core.chars().count() > 70;
    let subject = ["信息公开", "政务公开", "公开工作"].iter().any(|word| core.contains(word));
    let kind =
        ["报告", "年报", "总结", "情况汇报", "年度报"].iter().any(|word| core.ends_with(word));
    let sentence = core.contains(['。', ';', '>', '|'])
        || core.contains("首页")
        || NO_TITLES.iter().any(|word| core.starts_with(word));
    if long || !subject || !kind || sentence || core.contains("通知") && core.contains("关于印发")
    {
        return None;
    }
    let year = core.contains("20") || core.contains("二〇") || core.contains("二○");
    let bare = core.chars().count() <= "政府信息公开工作年度报告".chars().count();
    Some(1 + 2 * u32::from(year) + u32::from(!bare))
}

/// What sentences begin with, and links to other pages.
const NO_TITLES: &[&str] =
    &["根据", "按照", "依据", "现将", "为", "附件", "上一", "下一", "当前位置", "您的位置"];

/// A trailing bracket belongs to the title without being its end: `年度报告（2018年度）`.
fn without_bracket(text: &str) -> &str {
    match text.rfind('(') {
        Some(at) if at > 0 && text.ends_with(')') => piece(text, 0, at),
        _ => text,
    }
}

/// The line above a title that names no organ itself, if that is an organ's name.
fn organ_above(page: &Page<'_>, lines: &RangeInclusive<usize>) -> Option<usize> {
    let first = *lines.start();
    let above = (first.saturating_sub(2)..first).rev().find(|i| !page.text(*i).is_empty())?;
    (names_no_organ(page.text(first)) && is_organ(page.text(above))).then_some(above)
}

/// Whether nothing but a year stands before the subject of a title.
pub(in crate::read) fn names_no_organ(title: &str) -> bool {
    const SUBJECTS: &[&str] = &["政府信息公开", "政务公开", "政务信息公开", "信息公开"];
    let year = |c: char| c.is_ascii_digit() || "一二三四五六七八九〇○零年度学".contains(c);
    let bare = title.trim_start_matches("关于").trim_start_matches(year);
    bare.is_empty() || SUBJECTS.iter().any(|word| bare.starts_with(word))
}

/// Whether a short line is the name of an organ and nothing else.
pub(super) fn is_organ(text: &str) -> bool {
    const ENDS: &[&str] = &[
        "人民政府",
        "办公室",
        "局",
        "委员会",
        "委",
        "厅",
        "部",
        "中心",
        "院",
        "所",
        "街道办事处",
        "镇",
        "乡",
        "街道",
        "办事处",
        "县",
        "区",
        "市",
        "大学",
        "学院",
        "学校",
        "中学",
        "小学",
        "管委会",
        "总队",
        "支队",
        "大队",
        "领导小组",
        "(盖章)",
        "(印章)",
        "公司",
        "集团",
        "科",
        "处",
        "会",
        "站",
    ];
    let length = text.chars().count();
    (2..=32).contains(&length)
        && is_plain(text)
        && !text.contains(['、', '“', '《'])
        && !text.starts_with(['-', '*', '·', '•', '>', '|'])
        && ENDS.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_what_only_looks_like_one() {
        for (text, is_title) in [
            ("甲县2018年政府信息公开工作年度报告", true),
            ("甲镇2018年政务信息公开年度报告", true),
            ("甲局政府信息公开工作年度报告(2010年度)", true),
            ("关于甲局2022年度政府信息公开工作情况的报告", true),
            ("甲县2021年政府信息公开工作年度报告发布时间:2022-01-29", true),
            ("名 称:甲县2021年政府信息公开工作年度报告", true),
            ("关于印发甲镇2017年政府信息公开工作年度报告的通知", false),
            ("关于做好政府信息公开年度报告编制工作的通知", false),
            ("根据条例,现公布2018年政府信息公开年度报告", false),
        ] {
            assert_eq!(score(text).is_some(), is_title, "{text}");
        }
    }

    #[test]
    fn the_organ_above_a_bare_title_belongs_to_it() {
        use crate::document::BlockKind;
        use crate::read::read_text;
        for (text, title) in [
            (
                "甲县\n2012年政府信息公开工作年度报告\n一、概述\n正文。",
                "甲县\n2012年政府信息公开工作年度报告",
            ),
            (
                "甲县乙镇人民政府\n\n关于2021年度政府信息公开工作的年度报告\n一、概述\n正文。",
                "甲县乙镇人民政府\n\n关于2021年度政府信息公开工作的年度报告",
            ),
            // A list of the page's columns is no organ, and a title with an organ needs none.
            (
                "- 项目中心\n2012年政府信息公开工作年度报告\n正文。",
                "2012年政府信息公开工作年度报告",
            ),
            (
                "项目中心\n2012年甲局政府信息公开工作年度报告\n正文。",
                "2012年甲局政府信息公开工作年度报告",
            ),
            // An index card in lines of one width is no paragraph that the title goes on with.
            (
                "• 备注/文号:甲政〔2019〕1号\n• 发布机构:甲县人民政府办公室\n• 公文日期一栏:2019-01-04\n• 另一栏目的名称:甲县甲县甲县甲\n甲县人民政府2018年政府信息公开工作年度报告\n一、概述\n正文。",
                "甲县人民政府2018年政府信息公开工作年度报告",
            ),
            (
                "2012年政府信息公开工作年度报告\n访问量:\n乙乡人民政府\n2012年政府信息公开工作年度报告\n正文。",
                "乙乡人民政府\n2012年政府信息公开工作年度报告",
            ),
        ] {
            let document = read_text("x", text, &Vocabulary::default());
            let block = document.blocks.iter().find(|block| matches!(block.kind, BlockKind::Title));
            assert_eq!(block.map(|block| document.text(block.at)), Some(title), "{text}");
        }
    }
}
