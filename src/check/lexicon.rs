//! A clause as the words that matter in it. Rules give the words of their statements; the words any
//! clause may hold besides (共, 全年, 我局, 政府信息公开 …) stand here, and what is neither is unknown.

use crate::text::{Words, fold, piece};
use memchr::memmem;
use std::sync::OnceLock;

/// One word of a clause, after what may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word of the rule, by its index.
    Word(usize),
    /// The figure of the clause.
    Figure,
    /// Something the rule does not know: what the clause says cannot be told.
    Unknown,
}

/// What a clause says besides: of which time and of whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// The report year: 2021年, 全年, 本年度.
    pub(super) this_year: bool,
    /// Another year, a month, a quarter.
    pub(super) other_time: bool,
    /// 累计.
    pub(super) total: bool,
    /// 历年, 以来: from the beginning on.
    pub(super) history: bool,
    /// 截至, 年底.
    pub(super) to_date: bool,
    /// 1月1日.
    pub(super) from_first: bool,
    /// 12月31日.
    pub(super) to_last: bool,
    /// 我局, 本机关, the organ by its name.
    pub(super) own: bool,
    /// 全县, 全市: the organ, or all the organs of the place.
    pub(super) territory: bool,
    /// Somebody or something else: 各部门, 热线, 信访.
    pub(super) foreign: bool,
    /// 其中: parts of the figure before follow.
    pub(super) parts: bool,
    /// 同比: a difference from another figure.
    pub(super) compares: bool,
}

/// Whose report a clause stands in, and about which year.
#[derive(Debug)]
pub(super) struct Whose {
    year: i16,
    /// The organ's name, folded.
    organ: String,
    /// The same without 人民.
    short: String,
}

impl Whose {
    /// The report of `organ` about `year`.
    pub(super) fn new(organ: &str, year: i16) -> Self {
        let organ = fold(organ);
        let short = organ.replace("人民政府", "政府");
        Self { year, organ, short }
    }

    /// Whether `words` are part of the organ's name.
    fn is_named(&self, words: &str) -> bool {
        // Clauses are full of unknown words: names are too short for the searcher of `contains`.
        let holds = |name: &str| memmem::find(name.as_bytes(), words.as_bytes()).is_some();
        holds(&self.organ) || holds(&self.short)
    }
}

/// A clause in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    pub(super) tokens: Vec<Token>,
    pub(super) marks: Marks,
}

/// What may stand between the words of a statement without changing it.
const FILLERS: &str = "\
    公民、法人或者其他组织 公民、法人或其他组织 公民、法人和其他组织 公民、法人及其他组织 \
    公民、法人或者其它组织 公民、法人和其它组织 公民、法人 公民和法人 公民 群众 \
    社会公众 通过不同渠道和方式 通过各类渠道 通过各种渠道 通过多种渠道 \
    通过多种形式 通过各种形式 通过各种方式 通过多种方式 政府信息公开 政务信息公开 政务公开 信息公开 政府信息 \
    政务信息 信息 向社会 社会 对外 有关 相关 关于 涉及 针对 对于 因 就 引起 \
    引发 导致 产生 方面 提出 提交 递交 书面 任何 一例 一起 一件 各类 各项 各种 \
    多种 形式 等 共计 总计 合计 一共 总共 共有 共 计 总数量 总数 总量 总件数 \
    件数 条数 数量 数目 数 量 为 是 有 达到 达 的 了 已经 均已 已 并 也 还 \
    实际 分别 情况 工作 全部 全文 进行 本报告 当前 目前 行政机关 依法 按规定 \
    按照规定 及时 主要 中 于 在 由 自 起 至 止 到 和 及 与 或 、 “ ” \
    \" ' 《 》 〈 〉 - — · ① ② ③ ④ ⑤ ⑥ ⑦ ⑧ 一是 二是 三是 \
    四是 五是 六是 首先 其次 \
    度 内";
/// None of these begins with 年, which belongs to the number before it.
const THIS_YEAR: &str = "全年 本年度 本年 今年 当年 一年来 报告期内 统计期内 本报告期 期间";
const OTHER_TIME: &str = "\
    上年度 上一年度 上一年 上年 去年 往年 前年 明年 下一年 下年 上半年 下半年 \
    季度 同期 每年 每月 当月 近年 平均";
/// Words that name another year and yet count in this one.
const CARRIED: &str = "\
    上年结转 上年度结转 上一年度结转 上一年结转 去年结转 结转下年 结转下年度 结转至下年度 \
    结转到下年度 结转下一年度 结转至下一年度";
const TOTAL: &str = "累计 累积";
const HISTORY: &str = "历年 历史 以来 至今";
const TO_DATE: &str = "截至 截止 底 末";
const PARTS: &str = "其中 包括 包含 含";
const COMPARES: &str = "\
    同比 环比 比上年度 比上一年 比上年 比去年 较上年度 较上一年 较上年 较去年 相比 \
    增长 增加 增幅 减少 下降 上升 降低 提高";
/// 全 makes a place of these: the reporting organ, or everybody in it.
const PLACES: &str = "县 市 区 省 州 旗 盟 自治区 自治县 自治州";
const BODIES: &str = "\
    局 镇 乡 委 办 厅 处 所 院 校 站 队 中心 街道 街道办事处 街道办 办事处 \
    单位 机关 部门 行政机关 县政府 市政府 区政府 镇政府 乡政府 委员会 管委会 公司 \
    会 署 行 馆 社 辖区";
const FOREIGN: &str = "\
    各部门 部门 各单位 各乡镇 乡镇 各镇 各街道 各级 本级 办公室 办公厅 直属 下属 \
    所属 局属 分局 支队 大队 系统 基层 开发区 区县 县区 各县 各区 各市 各科室 \
    各处室 各股室 下辖 12345 热线 信访 行政审批 政务服务 留言 咨询 建议 提案 \
    村务 党务 村 社区 信箱 投稿 考核 转办 移送";

#[derive(Clone, Copy, Debug)]
enum Meaning {
    Word(usize),
    Filler,
    ThisYear,
    OtherTime,
    Total,
    History,
    ToDate,
    Own,
    Territory,
    Foreign,
    Parts,
    Compares,
    Unknown,
}

/// The words of a rule together with those of every clause.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: Vec<String>,
    all: OnceLock<(Words, Vec<Meaning>)>,
}

impl Lexicon {
    /// The index of `word`, which is added if it is new. To be called before anything is read.
    pub(super) fn word(&mut self, word: &str) -> usize {
        let known = self.words.iter().position(|known| known == word);
        known.unwrap_or_else(|| {
            self.words.push(word.to_owned());
            self.words.len() - 1
        })
    }

    /// All words with what they mean.
    fn build(&self) -> (Words, Vec<Meaning>) {
        // Of two readings of one word the first counts: the rule's words come first.
        let mut entries: Vec<(String, Meaning)> = Vec::new();
        entries.extend(
            self.words.iter().enumerate().map(|(i, word)| (word.clone(), Meaning::Word(i))),
        );
        let lists = [
            (THIS_YEAR, Meaning::ThisYear),
            (OTHER_TIME, Meaning::OtherTime),
            (CARRIED, Meaning::Unknown),
            (TOTAL, Meaning::Total),
            (HISTORY, Meaning::History),
            (TO_DATE, Meaning::ToDate),
            (FOREIGN, Meaning::Foreign),
            (PARTS, Meaning::Parts),
            (COMPARES, Meaning::Compares),
            (FILLERS, Meaning::Filler),
        ];
        for (list, meaning) in lists {
            entries.extend(list.split_whitespace().map(|word| (word.to_owned(), meaning)));
        }
        for body in BODIES.split_whitespace().chain(PLACES.split_whitespace()) {
            entries.extend(["我", "本"].map(|own| (format!("{own}{body}"), Meaning::Own)));
        }
        entries.extend(BODIES.split_whitespace().map(|body| (format!("全{body}"), Meaning::Own)));
        entries.push((" ".to_owned(), Meaning::Filler));
        entries.extend(
            PLACES.split_whitespace().map(|place| (format!("全{place}"), Meaning::Territory)),
        );
        let (words, meanings): (Vec<String>, Vec<Meaning>) = entries.into_iter().unzip();
        (Words::new(words), meanings)
    }

    /// Reads a clause of a report, whose figure, if any, was cut out: it stands between the first
    /// and the second of `parts`.
    pub(super) fn read(&self, parts: [&str; 2], figure: bool, whose: &Whose) -> Reading {
        let mut reading = Reading::default();
        self.read_part(parts[0], whose, &mut reading);
        if figure {
            reading.tokens.push(Token::Figure);
        }
        self.read_part(parts[1], whose, &mut reading);
        reading
    }

    fn read_part(&self, text: &str, whose: &Whose, out: &mut Reading) {
        let (words, meanings) = self.all.get_or_init(|| self.build());
        let mut at = 0;
        for (found, word) in words.find(text) {
            if found.start > at {
                gap(piece(text, at, found.start), whose, out);
            }
            at = found.end;
            let marks = &mut out.marks;
            match meanings[word] {
                Meaning::Word(word) => out.tokens.push(Token::Word(word)),
                Meaning::Filler => {}
                Meaning::ThisYear => marks.this_year = true,
                Meaning::OtherTime => marks.other_time = true,
                Meaning::Total => marks.total = true,
                Meaning::History => marks.history = true,
                Meaning::ToDate => marks.to_date = true,
                Meaning::Own => marks.own = true,
                Meaning::Territory => marks.territory = true,
                Meaning::Parts => marks.parts = true,
                Meaning::Compares => marks.compares = true,
                Meaning::Unknown => out.tokens.push(Token::Unknown),
                // The report of an office speaks of itself when it says 办公室.
                Meaning::Foreign if whose.organ.contains(piece(text, found.start, at)) => {
                    marks.own = true;
                }
                Meaning::Foreign => {
                    marks.foreign = true;
                    out.tokens.push(Token::Unknown);
                }
            }
        }
        gap(piece(text, at, text.len()), whose, out);
    }
}

/// What no list knows: dates, the organ's name, or words that are unknown.
fn gap(text: &str, whose: &Whose, out: &mut Reading) {
    let mut rest = text;
    while !rest.is_empty() {
        let cut = match date(rest, whose.year, &mut out.marks) {
            0 => {
                let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
                let words = piece(rest, 0, end);
                if words.chars().nth(1).is_some() && whose.is_named(words) {
                    out.marks.own = true;
                } else if words != "年" {
                    out.tokens.push(Token::Unknown);
                }
                // A number that is no date is unknown as well.
                end.max(rest.bytes().take_while(u8::is_ascii_digit).count())
            }
            cut => cut,
        };
        rest = piece(rest, cut, rest.len());
    }
}

/// The length of the year, month or day that `text` begins with, noted in `marks`; 0 if it is none.
fn date(text: &str, year: i16, marks: &mut Marks) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = piece(text, 0, digits);
    let rest = piece(text, digits, text.len());
    match rest.chars().next() {
        _ if digits == 0 => 0,
        Some('年') if number.parse() == Ok(year) => {
            marks.this_year = true;
            digits + '年'.len_utf8()
        }
        // The first and the last day only say that the year was a whole one, or has ended.
        Some('月') if matches!(number, "1" | "01") && rest.starts_with("月1日") => {
            marks.from_first = true;
            digits + "月1日".len()
        }
        Some('月') if number == "12" && rest.starts_with("月31日") => {
            marks.to_last = true;
            digits + "月31日".len()
        }
        Some(unit @ ('年' | '月' | '日')) => {
            marks.other_time = true;
            digits + unit.len_utf8()
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Marks) {
        let mut lexicon = Lexicon::default();
        for word in ["收到", "申请", "上年结转"] {
            lexicon.word(word);
        }
        let (before, after) = text.split_once('#').unwrap_or((text, ""));
        let reading =
            lexicon.read([before, after], text.contains('#'), &Whose::new("甲县教育局", 2021));
        let shown = reading.tokens.iter().map(|token| match token {
            Token::Word(word) => lexicon.words[*word].as_str(),
            Token::Figure => "#",
            Token::Unknown => "?",
        });
        (shown.collect::<Vec<_>>().join(" "), reading.marks)
    }

    #[test]
    fn fillers_fall_out_and_unknown_words_stay() {
        for (text, expected) in [
            ("2021年我局共收到公民、法人和其他组织提交的政府信息公开申请#", "收到 申请 #"),
            ("县教育局收到申请#", "收到 申请 #"),
            ("收到的申请总数为#", "收到 申请 #"),
            ("共收到#政府信息公开申请", "收到 # 申请"),
            ("上年结转#", "上年结转 #"),
            ("区公安局收到申请#", "? 收到 申请 #"),
            ("各部门收到申请#", "? 收到 申请 #"),
            ("收到行政许可申请#", "收到 ? 申请 #"),
        ] {
            assert_eq!(read(text).0, expected, "{text}");
        }
    }

    #[test]
    fn time_and_subject_are_noted() {
        let marks = |text| read(text).1;
        assert!(marks("2021年我局收到#").this_year && marks("2021年我局收到#").own);
        assert!(marks("截至2021年12月31日累计#").to_date && marks("累计收到#").total);
        assert!(marks("2020年收到#").other_time && marks("3月收到#").other_time);
        assert!(!marks("2021年1月1日至12月31日#").other_time);
        assert!(marks("到2021年底累计#").to_date && marks("至2021年12月31日#").to_last);
        assert!(marks("2021年12月#").other_time);
        assert!(
            marks("2021年度收到申请#").this_year && read("2021年度收到申请#").0 == "收到 申请 #"
        );
        assert!(marks("上年收到#").other_time && !marks("上年结转#").other_time);
        assert!(marks("自2008年以来#").history && marks("全县#").territory);
        assert!(marks("县教育局#").own && !marks("县公安局#").own);
    }
}
