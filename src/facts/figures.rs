//! The amounts that the running text counts something with.

use super::scan::{digits_end, has_any, rest};
use crate::document::{Document, Zone};
use crate::text::{Amount, FoldedSpan, find_amounts, piece};
use rust_decimal::Decimal;

/// An amount with its unit. A vague one (30余条) is a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Least value meant.
    pub low: Decimal,
    /// Greatest value meant; equal to `low` for an exact number.
    pub high: Decimal,
    /// What is counted: 条, 件, `%` … 万 belongs to the number, not to the unit.
    pub unit: Option<String>,
    /// Number and unit.
    pub at: FoldedSpan,
}

/// Units, longer ones before those they begin with.
const UNITS: &[&str] = &[
    "人次",
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

/// All amounts with a unit in opening and body; neither dates nor ordinals nor documents' numbers.
pub fn figures(document: &Document) -> Vec<Figure> {
    let mut found = Vec::new();
    let hundreds = has_any(document.folded.text(), &["百余", "近百", "千余", "近千"]);
    for block in document.prose(Zone::TEXT) {
        let text = document.text(block.at);
        let first = found.len();
        let mut last: Option<Amount> = None;
        for amount in find_amounts(text) {
            if let Some((low, start, unit)) = counted(text, &amount, last.as_ref()) {
                let at = FoldedSpan::new(start, amount.end + unit.len()).shift(block.at.start);
                found.push(Figure { low, high: amount.high, unit: Some(unit.to_owned()), at });
            }
            last = Some(amount);
        }
        if hundreds {
            found.extend(in_words(text).map(|mut figure| {
                figure.at = figure.at.shift(block.at.start);
                figure
            }));
            if let Some(own) = found.get_mut(first..) {
                own.sort_by_key(|figure| figure.at.start);
            }
        }
    }
    found
}

/// The least value, the first byte and the unit of `amount`, if it counts something.
fn counted<'t>(
    text: &'t str,
    amount: &Amount,
    last: Option<&Amount>,
) -> Option<(Decimal, usize, &'t str)> {
    let unit = unit(rest(text, amount.end))?;
    let (mut low, mut start) = (amount.low, amount.start);
    // 3-5个: the first number has no unit of its own.
    let joint = last.map(|last| (last, piece(text, last.end, amount.start)));
    if let Some((last, "-" | "—" | "~" | "至" | "到")) = joint
        && last.low <= low
    {
        (low, start) = (last.low, last.start);
    }
    let before = piece(text, 0, start);
    let ordinal = before.ends_with(['第', '〔', '[', '-', '.', '/']);
    let name = before.ends_with(|c: char| c.is_ascii_alphanumeric());
    (!ordinal && !name).then_some((low, start, unit))
}

fn unit(after: &str) -> Option<&str> {
    if NOT_UNITS.iter().any(|word| after.starts_with(word)) {
        return None;
    }
    let unit = UNITS.iter().find(|unit| after.starts_with(**unit))?;
    Some(piece(after, 0, unit.len()))
}

/// `百余件`, `近千人次`. Other numbers in words are too often words of their own (三公, 一些).
fn in_words(text: &str) -> impl Iterator<Item = Figure> + '_ {
    const WORDS: &[(&str, i64, i64)] =
        &[("百余", 100, 199), ("近百", 90, 100), ("千余", 1000, 1999), ("近千", 900, 1000)];
    WORDS.iter().flat_map(move |(word, low, high)| {
        text.match_indices(word).filter_map(move |(start, _)| {
            // 三百余件 and 近百万元 are other numbers.
            let before = piece(text, 0, start);
            if before.ends_with(|c: char| {
                "一二两三四五六七八九十几数多".contains(c) || c.is_ascii_digit()
            }) {
                return None;
            }
            let end = start + word.len();
            let unit = unit(rest(text, end)).filter(|_| digits_end(text, end) == end)?;
            let at = FoldedSpan::new(start, end + unit.len());
            Some(Figure {
                low: Decimal::from(*low),
                high: Decimal::from(*high),
                unit: Some(unit.to_owned()),
                at,
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{document, line};
    use super::*;

    fn read(text: &str) -> String {
        let shown = figures(&line(Zone::Narrative, text)).into_iter().map(|figure| {
            let value = match figure.low == figure.high {
                true => figure.low.to_string(),
                false => format!("{}..{}", figure.low, figure.high),
            };
            value + &figure.unit.unwrap_or_default()
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reads_amounts_with_their_units() {
        for (text, expected) in [
            ("主动公开政府信息198条,历年累计1355条。", "198条 1355条"),
            ("共13,612件,占5.9%。", "13612件 5.9%"),
            ("公开30余条", "30..39条"),
            ("公开30多条", "30..39条"),
            ("接待１２人次", "12人次"),
            ("4000余万元", "40000000..49990000元"),
            ("经费1.1万元", "11000.0元"),
            ("发布1.2万条", "12000.0条"),
            ("收费0元", "0元"),
            ("受理3宗、2起", "3宗 2起"),
            ("举办培训班2场次,5期", "2场次 5期"),
            ("解读稿件10篇", "10篇"),
            ("提高2个百分点", "2个百分点"),
            ("分为3个部分", "3个"),
            ("每次3-5个", "3..5个"),
            ("3至5件", "3..5件"),
            ("接待百余人次", "100..199人次"),
            ("近千件", "900..1000件"),
            ("千余条和百余件", "1000..1999条 100..199件"),
            ("发布图解8个,视频1份", "8个 1份"),
            ("电子化率达100%", "100%"),
            ("(1)5条", "5条"),
            ("1、公开5条", "5条"),
            ("65项、25户", "65项 25户"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_ordinals_and_numbers_of_documents_are_no_figures() {
        for text in [
            "2018年1月11日起",
            "《条例》第33条规定",
            "第3次会议",
            "南政办〔2017〕124号",
            "(青政办发[2018]23)",
            "12345便民服务平台",
            "20个工作日内",
            "3个月",
            "12部门",
            "0595-86468502",
            "第492号令",
            "2017-2018年",
            "1.公开内容",
            "G20条例",
            "三百余",
            "近百年",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }

    #[test]
    fn stands_where_it_is_written_in_the_running_text() {
        let document = document(&[
            (Zone::Title, "5条"),
            (Zone::Opening, "共 １，２００ 余 件，"),
            (Zone::Attachment, "6条"),
            (Zone::Narrative, "|7条|"),
        ]);
        let found = figures(&document);
        assert_eq!(found.len(), 1);
        assert_eq!(document.written(found[0].at), "１，２００ 余 件");
    }
}
