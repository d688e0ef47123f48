//! Tests of the figures.

use super::super::sample::{document, line};
use super::*;

fn value(figure: &Figure) -> String {
    match figure.exact() {
        Some(value) => value.normalize().to_string(),
        None => format!("{}..{}", figure.low.normalize(), figure.high.normalize()),
    }
}

fn read(text: &str) -> String {
    let shown = figures(&line(Zone::Narrative, text), Some(2018))
        .into_iter()
        .map(|figure| value(&figure) + &figure.unit.unwrap_or_default());
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn reads_amounts_with_their_units() {
    for (text, expected) in [
        ("主动公开政府信息198条,历年累计1355条。", "198条 1355条"),
        ("共13,612件,占5.9%。", "13612件 5.9%"),
        ("公开30余条", "30..39条"),
        ("公开30多条", "30..39条"),
        ("公开30条左右", "27..33条"),
        ("接待１２人次", "12人次"),
        ("4000余万元", "40000000..49990000元"),
        ("经费1.1万元", "11000元"),
        ("发布1.2万条", "12000条"),
        ("收费0元", "0元"),
        ("受理3宗、2起", "3宗 2起"),
        ("举办培训班2场次,5期", "2场次 5期"),
        ("解读稿件10篇", "10篇"),
        ("提高2个百分点", "2个百分点"),
        ("分为3个部分", "3个"),
        ("每次3-5个", "3..5个"),
        ("3至5件", "3..5件"),
        ("接待百余人次", "100..199人次"),
        ("近千件", "800..1000件"),
        ("千余条和百余件", "1000..1999条 100..199件"),
        ("发布图解8个,视频1份", "8个 1份"),
        ("电子化率达100%", "100%"),
        ("(1)5条", "5条"),
        ("1、公开5条", "5条"),
        ("65项、25户", "65项 25户"),
        ("答复十二件,三百余件已办结", "12件 300..399件"),
        ("收到申请一件", "1件"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn dates_ordinals_and_numbers_of_documents_are_no_figures() {
    for text in [
        "2018年1月11日起",
        "《条例》第33条规定",
        "《条例》第三十三条规定",
        "第十二至十五条",
        "第三十一、三十二条",
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
        "受理一件、答复一件",
        "四个意识,一次性告知,一起办理,每一件,三类事项",
        "千家万户",
    ] {
        assert_eq!(read(text), "", "{text}");
    }
}

#[test]
fn zeros_in_words_name_what_there_was_none_of() {
    let told = |text: &str| {
        let document = line(Zone::Narrative, text);
        let found = figures(&document, Some(2018));
        let shown = found.iter().map(|figure| {
            format!(
                "{}={}|{}",
                document.written(figure.at),
                value(figure),
                document.text(figure.before)
            )
        });
        shown.collect::<Vec<_>>().join(" ")
    };
    for (text, expected) in [
        ("2018年,我镇未收到政府信息公开申请。", "未收到政府信息公开申请=0|"),
        ("并未接收到一例政府信息公开申请。", "未接收到一例政府信息公开申请=0|"),
        ("没有公民提出的公开申请", "没有公民提出的公开申请=0|"),
        ("无行政复议、行政诉讼。", "无行政复议=0| 无行政复议、行政诉讼=0|"),
        ("未发生因信息公开申请行政复议的情况", "未发生因信息公开申请行政复议=0|"),
        ("政策解读数量:无", "无=0|政策解读数量"),
    ] {
        assert!(
            told(text).starts_with(expected.split('|').next().unwrap()),
            "{text}: {}",
            told(text)
        );
        assert_eq!(
            told(text).matches('=').count(),
            expected.matches('=').count(),
            "{text}: {}",
            told(text)
        );
    }
    for text in [
        "未受理的申请3件",
        "无法答复申请",
        "对未收到申请的情形",
        "没有专职人员",
        "未按时办理申请",
        "未收到2件申请",
        "如未收到申请",
        "无需申请",
    ] {
        assert!(!told(text).contains("=0"), "{text}: {}", told(text));
    }
}

#[test]
fn knows_what_is_counted_and_for_which_time() {
    let told = |text: &str| {
        let document = line(Zone::Narrative, text);
        let shown = figures(&document, Some(2018)).into_iter().map(|figure| {
            let scope = match figure.scope {
                Scope::Unsaid => String::new(),
                Scope::Year(year) => format!("@{year}"),
                Scope::Cumulative => "@*".to_owned(),
            };
            figure.subject(&document) + &scope
        });
        shown.collect::<Vec<_>>().join(" ")
    };
    for (text, expected) in [
        ("2018年,全镇主动公开政府信息51条。", "全镇主动公开政府信息@2018"),
        ("收到政府信息公开申请3件", "收到政府信息公开申请"),
        ("共收到3件政府信息公开申请。", "共收到政府信息公开申请"),
        ("甲类信息3条、乙类信息5条", "甲类信息 乙类信息"),
        ("通过网站(含微信)公开5条", "通过网站(含微信)公开"),
        (
            "截至2018年底,全镇累计公开587条,其中2018年公开51条。",
            "全镇累计公开@* 其中2018年公开@2018",
        ),
        ("全年公开5条。收到申请1件,历年累计9件", "全年公开@2018 收到申请 历年累计@*"),
        ("截止2018年12月31日,受理申请0件", "受理申请"),
        ("条例施行以来公开5条", "条例施行以来公开@*"),
        // How things are counted counts nothing.
        ("公开政府信息83条(不同渠道公开的同一信息计1条)", "公开政府信息"),
        ("公开政府信息83条(同一信息按1条计)", "公开政府信息"),
        ("公开政府信息共计1条", "公开政府信息共计"),
        ("建设6件、审计1件", "建设 审计"),
        (
            "2018年网站公开5条,历年累计公开9条;公报公开1条,历年累计公开2条",
            "2018年网站公开@2018 历年累计公开@* 公报公开@2018 历年累计公开@*",
        ),
        ("2018年底,历年累计公开9条;收到申请1件", "历年累计公开@* 收到申请@*"),
        ("2018年以来公开5条,上年公开6条", "2018年以来公开@2018 上年公开@2017"),
    ] {
        assert_eq!(told(text), expected, "{text}");
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
    let found = figures(&document, None);
    assert_eq!(found.len(), 1);
    assert_eq!(document.written(found[0].at), "１，２００ 余 件");
}
