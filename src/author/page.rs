//! A page for each rule, and the list of all by clause, level and year, in Markdown.

use super::guide;
use crate::finding::Lang;
use crate::rule::RuleInfo;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The page of a rule, from what is told of it in Chinese and in English.
pub fn page(zh: &RuleInfo, en: &RuleInfo) -> String {
    let mut out = format!(
        "<!-- 由规则文件生成，不要手改 / made from the rule file, do not edit -->\n# {}\n\n",
        zh.title
    );
    let _ = writeln!(out, "`{}/{}` · {}\n", zh.pack, zh.id, en.title);
    half(&mut out, zh, Lang::Zh);
    out.push_str("\n## 检查和示例 / Check and examples\n\n");
    let _ = writeln!(out, "```yaml\n{}\n```", zh.check);
    for (word, texts) in [("合格 / passes", &zh.pass), ("不合格 / fails", &zh.fail)] {
        for text in texts {
            // Four signs, since an example may hold a fence of three.
            let _ = writeln!(out, "\n{word}\n\n````markdown\n{}\n````", text.trim_end());
        }
    }
    out.push_str("\n## In English\n\n");
    half(&mut out, en, Lang::En);
    out
}

fn half(out: &mut String, rule: &RuleInfo, lang: Lang) {
    let years =
        if rule.years.is_empty() { lang.pick("各年度", "every year") } else { &rule.years };
    let preview = if rule.preview { lang.pick("（试行）", " (preview)") } else { "" };
    let kind = match guide(rule.kind) {
        Some(Ok(guide)) => format!("`{}`：{}", rule.kind, guide.what.to(lang)),
        _ => format!("`{}`", rule.kind),
    };
    let bodies = match rule.bodies.as_str() {
        "" => lang.pick("各类机关", "every kind of body").to_owned(),
        bodies => format!("`{bodies}`"),
    };
    for (zh, en, text) in [
        ("级别", "level", format!("{}{preview}", rule.level)),
        ("年度", "years", years.to_owned()),
        ("机关", "body", bodies),
        ("判断", "judged", kind),
        ("文件", "file", format!("`{}`", rule.file)),
    ] {
        let _ = writeln!(out, "- {}: {text}", lang.pick(zh, en));
    }
    let _ = writeln!(out, "\n{}\n", lang.pick("为什么：", "Why:"));
    for basis in &rule.basis {
        let quote = basis.quote.as_deref().map(|quote| format!("：“{}”", quote.trim()));
        let _ = writeln!(out, "- {}{}", basis.cite, quote.unwrap_or_default());
    }
    let _ = writeln!(out, "\n{}\n", lang.pick("报告里这样说：", "What it says:"));
    rule.messages.iter().for_each(|message| out.push_str(&format!("- {}\n", message.trim())));
    if let Some(help) = &rule.help {
        let _ = writeln!(
            out,
            "\n{} {}",
            lang.pick("怎样改：", "What to do:"),
            help.trim().replace('\n', " ")
        );
    }
}

/// The path of a rule's page below the folder of pages.
pub fn path(rule: &RuleInfo) -> String {
    format!("{}/{}.md", rule.pack, rule.id)
}

/// The list of all rules by clause, by level and by year.
pub fn index(rules: &[RuleInfo]) -> String {
    let mut out = String::from(
        "<!-- 由规则文件生成，不要手改 / made from the rule files, do not edit -->\n# 规则一览 / All rules\n",
    );
    let line = |rule: &RuleInfo| {
        let trial = if rule.preview { "（试行）" } else { "" };
        format!("- [{}/{}]({}) {}{trial}\n", rule.pack, rule.id, path(rule), rule.title)
    };
    let mut by_clause: BTreeMap<&str, Vec<&RuleInfo>> = BTreeMap::new();
    let mut by_years: BTreeMap<&str, Vec<&RuleInfo>> = BTreeMap::new();
    for rule in rules {
        for basis in &rule.basis {
            by_clause.entry(&basis.cite).or_default().push(rule);
        }
        by_years.entry(&rule.years).or_default().push(rule);
    }
    out.push_str("\n## 按级别 / By level\n");
    for level in ["error", "warning", "info"] {
        let _ = writeln!(out, "\n### {level}\n");
        rules
            .iter()
            .filter(|rule| rule.gravest == level)
            .for_each(|rule| out.push_str(&line(rule)));
    }
    for (title, groups) in [("按条款 / By clause", by_clause), ("按年度 / By year", by_years)]
    {
        let _ = writeln!(out, "\n## {title}");
        for (name, mut rules) in groups {
            rules.dedup_by(|a, b| std::ptr::eq(*a, *b));
            let _ = writeln!(out, "\n### {name}\n");
            rules.into_iter().for_each(|rule| out.push_str(&line(rule)));
        }
    }
    out
}
