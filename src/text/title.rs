//! The title on a line, without what pages print around it on the same line.

use super::piece;
use std::ops::Range;

/// What pages print behind a title.
const BEHIND: &[&str] = &[
    "发布时间",
    "发布日期",
    "信息来源",
    "来源:",
    "字号",
    "浏览",
    "作者:",
    "日期:",
    "时间:",
    "【字",
];
/// What the labels of a title end in: `标题:`, `文件名称:`.
const LABELS: &[&str] = &["标题", "名称", "题名", "题目"];

/// Where on a folded line its title stands: `甲局2021年…报告` of `名 称:甲局2021年…报告 发布时间:2022-01-29`.
pub fn title_on(line: &str) -> Range<usize> {
    let end = BEHIND.iter().filter_map(|mark| line.find(mark)).min().unwrap_or(line.len());
    let line = piece(line, 0, end);
    let subject = line.find("公开").unwrap_or(0);
    let start = line.match_indices(':').map(|(at, _)| at).take_while(|at| *at < subject);
    let start = start.filter(|at| is_label(piece(line, 0, *at))).last().map_or(0, |at| at + 1);
    let title = piece(line, start, end);
    let start = end - title.trim_start().len();
    start..start + title.trim().len()
}

/// Whether words end in the label of a title, however its characters are spaced.
fn is_label(words: &str) -> bool {
    let last: Vec<char> = words.chars().rev().filter(|c| !c.is_whitespace()).take(2).collect();
    LABELS.iter().any(|label| label.chars().rev().eq(last.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_before_and_dates_behind_are_no_part_of_a_title() {
        for (line, title) in [
            ("甲局2021年政府信息公开工作年度报告", "甲局2021年政府信息公开工作年度报告"),
            (
                "甲县2021年政府信息公开年度报告 发布时间:2022-01-29",
                "甲县2021年政府信息公开年度报告",
            ),
            ("名 称: 甲局2021年政府信息公开年度报告", "甲局2021年政府信息公开年度报告"),
            ("索引号:K1/2022 标题:甲局政府信息公开年报", "甲局政府信息公开年报"),
            // Who explains a report says so: that is part of the title.
            ("文字解读:甲局政府信息公开年报", "文字解读:甲局政府信息公开年报"),
            ("来源:甲县政府信息公开网", ""),
            ("", ""),
        ] {
            assert_eq!(&line[title_on(line)], title, "{line}");
        }
    }
}
