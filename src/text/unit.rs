//! What reports count in: the one list of units.

use super::piece;

/// Units, longer ones before those they begin with.
const UNITS: &[&str] = &[
    "人次",
    "人民币元",
    "人",
    "条次",
    "条",
    "件次",
    "件",
    "次",
    "篇次",
    "篇",
    "个百分点",
    "个",
    "项次",
    "项",
    "份",
    "期",
    "%",
    "‰",
    "元",
    "宗",
    "起",
    "场次",
    "场",
    "家",
    "户",
    "页",
    "名",
    "位",
    "例",
    "批次",
    "批",
    "班次",
    "部",
    "册",
    "张",
    "幅",
    "则",
    "轮次",
    "轮",
    "种",
    "类",
    "栏",
    "组",
    "处",
    "台",
    "套",
    "块",
    "辆",
    "章",
    "版",
    "问",
    "字",
    "点击量",
];
/// Words that only begin like a unit: 12部门, 3个月, 20个工作日.
const NOT_UNITS: &[&str] = &[
    "部门",
    "部委",
    "个月",
    "个工作日",
    "个小时",
    "个年度",
    "处室",
    "处罚",
    "类别",
    "章程",
    "人民",
    "次日",
    "起至",
    "号",
    "期间",
    "页面",
    "位置",
    "名称",
    "组织",
    "家庭",
    "版本",
    "起到",
];

/// The unit that `text` begins with.
pub fn unit_after(text: &str) -> Option<&str> {
    if NOT_UNITS.iter().any(|word| text.starts_with(word)) && !text.starts_with("人民币元") {
        return None;
    }
    let unit = UNITS.iter().find(|unit| text.starts_with(**unit))?;
    Some(piece(text, 0, unit.len()))
}

/// Whether `text`, such as a cell of a table, is a unit and nothing else. Rarer ones are left
/// out: alone in a cell, they are words.
pub fn unit_alone(text: &str) -> bool {
    const RARE: &[&str] = &["类", "种", "栏", "组", "处", "台", "套", "块", "章", "版", "问", "字"];
    text == "万元" || (UNITS.contains(&text) && !RARE.contains(&text))
}

/// Whether `text`, which follows a number, shows that the number is an amount, a year or a month.
pub fn begins_counted(text: &str) -> bool {
    text.starts_with(['万', '亿', '年', '月', '.'])
        || UNITS.iter().any(|unit| text.starts_with(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_told_from_a_word_that_begins_like_one() {
        assert_eq!(unit_after("人次,"), Some("人次"));
        assert_eq!(unit_after("个百分点"), Some("个百分点"));
        assert_eq!(unit_after("人民币元"), Some("人民币元"));
        for text in ["个月", "部门", "人民政府", "年", ""] {
            assert_eq!(unit_after(text), None, "{text}");
        }
        assert!(unit_alone("万元") && unit_alone("件") && !unit_alone("类") && !unit_alone("件数"));
        assert!(begins_counted("万条") && begins_counted("年") && !begins_counted("、"));
    }
}
