//! `download`: an address from which the report can be fetched as a file (电子版).

use super::{Context, Hit, Kind, Outcome};
use crate::document::Zone;
use crate::profile::Profile;
use crate::text::piece;
use crate::yaml::{Faults, Fields, Node};

/// The check `download`, written `download: {}`.
#[derive(Debug)]
pub struct Download;

/// Words that announce the electronic copy even where its address is missing or not a link.
const ANNOUNCED: &[&str] = &["电子版", "电子文本", "下载"];

impl Kind for Download {
    const NAME: &'static str = "download";
    const CASES: &'static [&'static str] = &["missing"];
    const SLOTS: &'static [&'static str] = &[];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        Fields::of(node, faults)?.finish(faults);
        Some(Self)
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let announced = document.prose(Zone::REPORT).any(|block| {
            let text = document.text(block.at);
            ANNOUNCED.iter().any(|word| text.contains(word)) || text.split('。').any(is_published)
        });
        if !announced && context.facts.contact.urls.is_empty() {
            out.hits.push(Hit::new("missing", document.anchor()));
        }
    }
}

/// Whether a sentence says on which site the report itself stands: 本报告在…网站公布.
fn is_published(sentence: &str) -> bool {
    let subjects = ["本报告", "本年报", "本年度报告", "报告全文", "年报全文", "年度报告全文", "报告将"];
    subjects.iter().any(|subject| {
        sentence.match_indices(subject).any(|(at, _)| {
            let after = piece(sentence, at + subject.len(), at + subject.len() + REACH);
            let after = after.trim_start_matches("全文").trim_start_matches(['已', '将', '可']);
            let placed = ["在", "于", "通过", "公布在", "公布于", "刊登在", "刊载于", "发布在"];
            let verbs = ["公布", "公开", "发布", "刊", "登载", "查阅", "查询", "浏览"];
            placed.iter().any(|word| after.starts_with(word))
                && verbs.iter().any(|verb| after.contains(verb))
                && ["网站", "网页", "门户网", "网上", "专栏"].iter().any(|site| after.contains(site))
        })
    })
}

/// How far behind the report the site is named, in bytes.
const REACH: usize = 120;

#[cfg(test)]
mod tests {
    use super::is_published;

    #[test]
    fn where_the_report_itself_stands() {
        for sentence in ["本报告全文在甲县政府门户网站公布，欢迎查阅", "本报告在甲区政府信息公开网上公开"] {
            assert!(is_published(sentence), "{sentence}");
        }
        for sentence in ["2018年，我镇在政府网站公开政府信息12条", "本报告由概述、网站公开情况等组成"] {
            assert!(!is_published(sentence), "{sentence}");
        }
    }
}
