//! Lists, percentages and growth in the running text: true ones are never reported, and one changed
//! figure is, as one finding.

use gouji::finding::{Entry, Finding, Level};
use gouji::lint::{Linter, Options};
use proptest::prelude::*;
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    Linter::new(Options::new(jiff::civil::date(2023, 6, 1)))
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
});

/// The findings on figures of the running text in a report that says `body`.
fn check(body: &str) -> Vec<Finding> {
    let text = format!(
        "甲县乙镇人民政府2018年政府信息公开工作年度报告\n\n一、主动公开政府信息情况\n\n{body}\n\n二、存在的问题\n"
    );
    let Entry::Report(report) = LINTER.check("report.txt", text.as_bytes()) else {
        panic!("no report")
    };
    let ours = ["list-sum", "percentage", "growth-rate"];
    report.findings.into_iter().filter(|found| ours.contains(&found.rule.as_str())).collect()
}

fn essence(body: &str) -> Vec<(String, Level, String)> {
    check(body).into_iter().map(|f| (f.rule, f.level, f.place.text)).collect()
}

const NAMES: [&str; 8] = [
    "机构职能类",
    "法规文件类",
    "规划计划类",
    "行政职责类",
    "业务动态类",
    "财政资金类",
    "民生保障类",
    "其他类",
];

/// `part` of `whole` in per cent with two decimals, rounded half up.
fn share(part: u32, whole: u32) -> String {
    let hundredths = (u64::from(part) * 20_000 + u64::from(whole)) / (2 * u64::from(whole));
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// How a list may be written out.
#[derive(Clone, Copy, Debug)]
enum Writing {
    OneSentence,
    OwnSentence,
    Lines,
    Brackets,
}

fn list(total: u32, parts: &[(u32, String)], writing: Writing) -> String {
    let part = |name: &str, (count, share): &(u32, String)| match writing {
        Writing::Brackets => format!("{name}信息{count}条（{share}%）"),
        _ => format!("{name}信息{count}条，占总数的{share}%"),
    };
    let parts: Vec<String> = NAMES.iter().zip(parts).map(|(name, of)| part(name, of)).collect();
    match writing {
        Writing::OneSentence => {
            format!("2018年主动公开政府信息{total}条，其中{}。", parts.join("；"))
        }
        Writing::OwnSentence => {
            format!("2018年主动公开政府信息{total}条，全文电子化率达100%。{}。", parts.join("；"))
        }
        Writing::Lines => {
            format!("2018年主动公开政府信息{total}条，其中：\n{}。", parts.join("；\n"))
        }
        Writing::Brackets => format!("2018年主动公开政府信息{total}条：{}。", parts.join("、")),
    }
}

const WRITINGS: [Writing; 4] =
    [Writing::OneSentence, Writing::OwnSentence, Writing::Lines, Writing::Brackets];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_true_list_is_never_reported(
        counts in prop::collection::vec(0u32..400, 3..8), writing in 0usize..4
    ) {
        let total: u32 = counts.iter().sum();
        prop_assume!(total > 0);
        let parts: Vec<_> = counts.iter().map(|count| (*count, share(*count, total))).collect();
        let text = list(total, &parts, WRITINGS[writing]);
        prop_assert_eq!(essence(&text), vec![], "{}", text);
    }

    #[test]
    fn one_changed_figure_is_one_finding(
        counts in prop::collection::vec(30u32..400, 4..8), writing in 0usize..4, which in 0usize..17, more in 5u32..15
    ) {
        let mut total: u32 = counts.iter().sum();
        let mut parts: Vec<_> = counts.iter().map(|count| (*count, share(*count, total))).collect();
        let index = (which / 2) % parts.len();
        let changed = match which {
            16 => { total += more; format!("{total}条") }
            _ if which % 2 == 0 => { parts[index].0 += more; format!("{}条", parts[index].0) }
            _ => {
                parts[index].1 = share(counts[index] + more, total);
                format!("{}%", parts[index].1)
            }
        };
        let text = list(total, &parts, WRITINGS[writing]);
        let found = essence(&text);
        prop_assert_eq!(found.len(), 1, "{} {:?}", text, found);
        prop_assert_eq!(&found[0].2, &changed, "{}", text);
    }
}

#[test]
fn what_is_no_partition_is_left_alone() {
    for text in [
        // Parts that are not meant to be all.
        "主动公开信息288条，其中政策文件59条、工作动态80条、财政信息20条。",
        "主动公开信息288条，主要包括政策文件190条、工作动态90条、财政信息5条。",
        "主动公开信息288条，其中政策文件190条、工作动态90条、财政信息5条等。",
        // The same thing on several channels.
        "主动公开信息58条，其中县网站公开58条；公众号公开58条；村务栏公开58条。",
        "公开信息500条，其中网站公开400条，占80%；微信公开300条，占60%。",
        // What happened to them next.
        "收到申请25件，其中当面申请4件、网络申请21件；答复23件，其中同意公开14件、不同意公开9件。",
        "收到申请41件，其中网络申请29件，当面申请12件，已按时办结39件，2件结转下年。",
        // The nearest figure is not the total.
        "主动公开政府信息236条，其中公众号公开151条，按内容分，机构职能3条，规章制度8条，业务工作96条，预算决算37条。",
        // A total of another thing, a list in brackets.
        "举办发布会5次，发布解读10篇，其中图解4篇、文字3篇、视频3篇；回应关切12次。",
        "公开信息570条，其中政务信息402条（简报397条、公告3条、报表2条），惠民政策81条（补贴76条、培训5条），公众号55条。",
        // A vague part.
        "公开信息964条，其中网站公开843条，其他公开100余条，专题公开21条。",
        // What a percentage is of stands elsewhere.
        "主动公开政府信息148条，占应公开信息的95%，占全县人口的3%。",
        "收到申请26件，答复24件，其中同意公开的3件，占答复总数的12.5%，办结率92%。",
    ] {
        assert_eq!(essence(text), [], "{text}");
    }
}

#[test]
fn a_list_without_shares_that_nearly_adds_up_is_reported() {
    for (text, at) in [
        ("主动公开信息281条，其中工作动态249条，规章制度14条，招标信息17条。", "281条"),
        ("收到申请27件：当面申请3件，网络申请16件，信函申请9件。", "27件"),
        ("共公开318条（其中机构类205条、法规类98条、其他16条），收到申请12件。", "318条"),
        ("现场接待30人次，电话咨询50人次，网上咨询100人次，共计181人次。", "181人次"),
    ] {
        let found = essence(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].1, found[0].2.as_str()), (Level::Warning, at), "{text}");
    }
}

#[test]
fn the_count_that_is_wrong_is_named_and_mended() {
    let text = "答复申请24件，其中：同意公开的5件，占20.8%；信息不存在的16件，占70.8%；告知其他途径的2件，占8.3%。";
    let found = check(text);
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((finding.place.text.as_str(), finding.level), ("16件", Level::Error));
    let fix = finding.fix.as_ref().expect("a suggested figure");
    assert_eq!((fix.edits[0].replacement.as_str(), fix.certain), ("17", false));
    assert!(finding.related.iter().any(|related| related.place.text == "70.8%"));
}

#[test]
fn growth_is_judged_only_where_both_years_are_told() {
    for text in [
        "2018年公开政府信息120条，上年公开100条，同比增长20%。",
        "公开政府信息120条，比上年增加20条，增长20%。",
        "公开政府信息120条，同比增长17%。",
        "满意率达98%，比上年提高12%。",
    ] {
        assert_eq!(essence(text), [], "{text}");
    }
    for text in [
        "2018年公开政府信息120条，2017年公开100条，同比增长25%。",
        "公开政府信息120条，比上年增加20条，增长25%。",
    ] {
        assert_eq!(essence(text), [("growth-rate".to_owned(), Level::Warning, "25%".to_owned())]);
    }
}
