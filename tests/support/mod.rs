//! A complete invented report of the 2021 format, and every way its tables are seen written out.

pub(crate) mod schema;

use std::fmt::Write as _;

/// The columns of table 3.
pub(crate) const COLUMNS: [&str; 7] =
    ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];

/// The rows of table 3: group label above the row (if one begins there), label, figures.
pub(crate) const APPLICATIONS: [(&str, &str, [u32; 7]); 25] = [
    ("", "一、本年新收政府信息公开申请数量", [61, 9, 2, 1, 4, 3, 80]),
    ("", "二、上年结转政府信息公开申请数量", [5, 1, 0, 0, 0, 0, 6]),
    ("三、本年度办理结果", "（一）予以公开", [20, 3, 1, 1, 1, 1, 27]),
    ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", [4, 1, 0, 0, 0, 0, 5]),
    ("（三）不予公开", "1.属于国家秘密", [1, 0, 0, 0, 0, 0, 1]),
    ("", "2.其他法律行政法规禁止公开", [0, 1, 0, 0, 0, 0, 1]),
    ("", "3.危及“三安全一稳定”", [0, 0, 0, 0, 0, 0, 0]),
    ("", "4.保护第三方合法权益", [2, 0, 0, 0, 1, 0, 3]),
    ("", "5.属于三类内部事务信息", [1, 0, 0, 0, 0, 0, 1]),
    ("", "6.属于四类过程性信息", [2, 0, 0, 0, 0, 0, 2]),
    ("", "7.属于行政执法案卷", [0, 0, 0, 0, 0, 1, 1]),
    ("", "8.属于行政查询事项", [3, 0, 0, 0, 0, 0, 3]),
    ("（四）无法提供", "1.本机关不掌握相关政府信息", [9, 2, 1, 0, 1, 0, 13]),
    ("", "2.没有现成信息需要另行制作", [1, 0, 0, 0, 0, 0, 1]),
    ("", "3.补正后申请内容仍不明确", [2, 0, 0, 0, 0, 0, 2]),
    ("（五）不予处理", "1.信访举报投诉类申请", [6, 0, 0, 0, 0, 1, 7]),
    ("", "2.重复申请", [3, 1, 0, 0, 0, 0, 4]),
    ("", "3.要求提供公开出版物", [0, 0, 0, 0, 0, 0, 0]),
    ("", "4.无正当理由大量反复申请", [1, 0, 0, 0, 0, 0, 1]),
    ("", "5.要求行政机关确认或重新出具已获取信息", [1, 0, 0, 0, 0, 0, 1]),
    (
        "（六）其他处理",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        [2, 0, 0, 0, 0, 0, 2],
    ),
    (
        "",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        [0, 0, 0, 0, 0, 0, 0],
    ),
    ("", "3.其他", [3, 1, 0, 0, 1, 0, 5]),
    ("", "（七）总计", [61, 9, 2, 1, 4, 3, 80]),
    ("", "四、结转下年度继续办理", [5, 1, 0, 0, 0, 0, 6]),
];

/// The figures of table 4: review, suits brought directly, suits after review.
pub(crate) const REVIEWS: [u32; 15] = [6, 2, 1, 1, 10, 3, 0, 1, 2, 6, 1, 0, 0, 1, 2];

/// The heads of one block of table 4.
pub(crate) const RESULTS: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];

/// How the tables are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// `| a | b |`, merged cells laid out.
    Ruled,
    /// TAB-separated rows.
    Tabbed,
    /// A TAB before each cell, a cell a line, a blank line between rows.
    Indented,
    /// A cell a line, blank lines between all cells.
    Apart,
    /// A cell a line and no blank line.
    Dense,
    /// `cell |` a line, `||` at row ends.
    Piped,
    /// Rows of words apart by spaces, labels broken above and below their figures, with a page
    /// break in the middle of the table.
    Printed,
}

pub(crate) const WRITINGS: [Writing; 7] = [
    Writing::Ruled,
    Writing::Tabbed,
    Writing::Indented,
    Writing::Apart,
    Writing::Dense,
    Writing::Piped,
    Writing::Printed,
];

/// The figures of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) applications: [[u32; 7]; 25],
    pub(crate) reviews: [u32; 15],
}

impl Default for Figures {
    fn default() -> Self {
        Self { applications: APPLICATIONS.map(|(_, _, figures)| figures), reviews: REVIEWS }
    }
}

/// A table as rows of cells; an empty cell is blank.
type Grid = Vec<Vec<String>>;

fn applications(figures: &Figures) -> Grid {
    let text = |text: &str| text.to_owned();
    let mut rows: Grid = vec![
        vec![
            text("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
            text(""),
            text(""),
            text("申请人情况"),
            text(""),
            text(""),
            text(""),
            text(""),
            text(""),
            text(""),
        ],
        vec![
            text(""),
            text(""),
            text(""),
            text("自然人"),
            text("法人或其他组织"),
            text(""),
            text(""),
            text(""),
            text(""),
            text("总计"),
        ],
        [["", "", "", ""].as_slice(), &COLUMNS[1..6], &[""]]
            .concat()
            .into_iter()
            .map(text)
            .collect(),
    ];
    for ((group, label, _), figures) in APPLICATIONS.iter().zip(figures.applications) {
        let labels = match *group {
            "" => vec![text(label), text(""), text("")],
            "三、本年度办理结果" => vec![text(group), text(label), text("")],
            group => vec![text(""), text(group), text(label)],
        };
        rows.push(labels.into_iter().chain(figures.map(|f| f.to_string())).collect());
    }
    rows
}

fn reviews(figures: &Figures) -> Grid {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    vec![
        row(&["行政复议", "", "", "", "", "行政诉讼", "", "", "", "", "", "", "", "", ""]),
        row(&[
            "",
            "",
            "",
            "",
            "",
            "未经复议直接起诉",
            "",
            "",
            "",
            "",
            "复议后起诉",
            "",
            "",
            "",
            "",
        ]),
        row(&[RESULTS, RESULTS, RESULTS].concat()),
        figures.reviews.iter().map(u32::to_string).collect(),
    ]
}

/// Table 2, one grid for each item of article 20.
fn disclosures() -> Vec<Grid> {
    let grid = |rows: &[&[&str]]| {
        rows.iter().map(|row| row.iter().map(|c| (*c).to_owned()).collect()).collect()
    };
    vec![
        grid(&[
            &["第二十条第（一）项", "", "", ""],
            &["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            &["规章", "0", "0", "0"],
            &["行政规范性文件", "4", "1", "37"],
        ]),
        grid(&[
            &["第二十条第（五）项", ""],
            &["信息内容", "本年处理决定数量"],
            &["行政许可", "5218"],
        ]),
        grid(&[
            &["第二十条第（六）项", ""],
            &["信息内容", "本年处理决定数量"],
            &["行政处罚", "316"],
            &["行政强制", "12"],
        ]),
        grid(&[
            &["第二十条第（八）项", ""],
            &["信息内容", "本年收费金额（单位：万元）"],
            &["行政事业性收费", "863.5"],
        ]),
    ]
}

/// The whole report with its tables in the given writing.
pub(crate) fn report(figures: &Figures, writing: Writing) -> String {
    let disclosures: String = disclosures().iter().map(|grid| write(grid, writing)).collect();
    format!(
        "清河县人民政府2022年政府信息公开工作年度报告

本报告根据《中华人民共和国政府信息公开条例》（以下简称《条例》）编制，由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。本报告电子版可在清河县人民政府网站（http://www.qinghe.example.gov.cn）下载。如有疑问，请与清河县人民政府办公室联系（地址：清河县建设路8号，邮编：054800，电话：0319-8123456，电子邮箱：xxgk@qinghe.example.gov.cn）。

一、总体情况

（一）主动公开情况

全年围绕财政预决算、重大建设项目和公共资源配置公开信息，及时更新机构职能和人事信息，做到应公开尽公开。

（二）依申请公开情况

完善申请的接收、登记、审核、答复流程，依法答复各类申请，无超期答复的情况。

（三）政府信息管理情况

落实信息发布审核制度，定期清理规范性文件，维护目录的完整和准确。

（四）平台建设情况

优化门户网站栏目，规范政务新媒体的管理，做好政务公开专区的日常运行。

（五）监督保障情况

把政府信息公开纳入年度绩效考核，通过问卷开展社会评议，全年没有需要责任追究的情形。

二、主动公开政府信息情况

{disclosures}
三、收到和处理政府信息公开申请情况

{applications}
四、政府信息公开行政复议、行政诉讼情况

{reviews}
五、存在的主要问题及改进情况

部分单位的公开内容更新不够及时，解读形式不够丰富。下一步将加强培训，健全考核机制，改进解读的方式。

六、其他需要报告的事项

本年度未收取信息处理费，没有其他需要报告的事项。

清河县人民政府

2023年1月20日
",
        applications = write(&applications(figures), writing),
        reviews = write(&reviews(figures), writing),
    )
}

fn write(grid: &Grid, writing: Writing) -> String {
    let mut out = String::new();
    let filled =
        |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>();
    for (i, row) in grid.iter().enumerate() {
        match writing {
            Writing::Ruled => {
                let _ = writeln!(out, "| {} |", row.join(" | "));
                if i == 0 {
                    let _ = writeln!(out, "|{}", " --- |".repeat(row.len()));
                }
            }
            Writing::Tabbed => {
                let _ = writeln!(out, "{}", row.join("\t"));
            }
            Writing::Indented => {
                let cells: String = filled(row).iter().map(|cell| format!("\t{cell}\n")).collect();
                let _ = writeln!(out, "{cells}");
            }
            Writing::Apart => {
                let cells: String = filled(row).iter().map(|cell| format!("{cell}\n\n")).collect();
                out.push_str(&cells);
            }
            Writing::Dense => {
                let cells: String = filled(row).iter().map(|cell| format!("{cell}\n")).collect();
                out.push_str(&cells);
            }
            Writing::Piped => {
                let cells: String = filled(row).iter().map(|cell| format!("{cell} |\n")).collect();
                let _ = writeln!(out, "{cells}||");
            }
            Writing::Printed => printed(&mut out, &filled(row), i),
        }
    }
    out.push('\n');
    out
}

/// A row as `pdftotext -layout` leaves it: a long label is broken, its figures stand at the first
/// line; a page number comes between two rows.
fn printed(out: &mut String, cells: &[String], i: usize) {
    let is_figure = |cell: &String| cell.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let (figures, labels): (Vec<_>, Vec<_>) = cells.iter().partition(|cell| is_figure(cell));
    let figures = figures.into_iter().cloned().collect::<Vec<_>>().join("   ");
    let label = labels.into_iter().cloned().collect::<Vec<_>>().join("  ");
    let chars: Vec<char> = label.chars().collect();
    if chars.len() > 16 && !figures.is_empty() {
        let (head, tail) = chars.split_at(14);
        let (head, tail): (String, String) = (head.iter().collect(), tail.iter().collect());
        let _ = writeln!(out, "  {head}    {figures}\n  {tail}");
    } else {
        let _ = writeln!(out, "  {label}    {figures}");
    }
    if i == 12 {
        out.push_str("\n                    - 3 -\n\n");
    }
}
