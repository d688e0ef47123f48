//! `gouji rules` and `gouji explain`: the rules in force, and one of them in full.

use super::args::ReportArgs;
use super::screen::Screen;
use super::{DONE, Trouble, linter};
use crate::author::guide;
use crate::finding::{Basis, Lang};
use crate::rule::{ChangeInfo, RuleInfo, Years};
use crate::write::{Style, hanging};
use clap::Args;
use std::io::Write;
use unicode_width::UnicodeWidthStr as _;

/// 列出规则 / List the rules
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// 输出格式 / Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: Listing,
    #[command(flatten)]
    report: ReportArgs,
}

/// 详细说明一条规则 / Explain one rule
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// 规则或规则包/规则 / RULE or PACK/RULE
    #[arg(value_name = "RULE")]
    rule: String,
    #[command(flatten)]
    report: ReportArgs,
}

/// How rules are listed.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Listing {
    Terminal,
    Json,
}

impl Rules {
    pub(super) fn settle(&mut self) -> Result<(), Trouble> {
        self.report.settle(&[], None)?;
        Ok(())
    }

    pub(super) fn report(&self) -> &ReportArgs {
        &self.report
    }

    pub(super) fn run(&self, screen: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let linter = linter(&self.report, screen)?;
        let mut rules = linter.rules();
        rules.retain(|rule| in_force(rule, &self.report));
        if let Some(year) = self.report.year {
            let packs = linter.library().select(year, false, &self.report.pack);
            let governs =
                |rule: &RuleInfo| Years::parse(&rule.years).is_some_and(|y| y.contains(year));
            rules.retain(|rule| packs.iter().any(|p| p.pack.name == rule.pack) && governs(rule));
        }
        let text = match self.format {
            Listing::Json => json(&rules),
            Listing::Terminal => rules.iter().map(|rule| listed(rule, &screen.style())).collect(),
        };
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(DONE)
    }
}

impl Explain {
    pub(super) fn settle(&mut self) -> Result<(), Trouble> {
        self.report.settle(&[], None)?;
        Ok(())
    }

    pub(super) fn report(&self) -> &ReportArgs {
        &self.report
    }

    pub(super) fn run(&self, screen: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let linter = linter(&self.report, screen)?;
        let all = linter.rules();
        let wanted: Vec<&RuleInfo> = all.iter().filter(|rule| is(rule, &self.rule)).collect();
        if wanted.is_empty() {
            let names: Vec<String> = all.iter().flat_map(names).collect();
            return Err(Trouble::Usage(unknown(&self.rule, &names, screen.lang())));
        }
        let text: Vec<String> =
            wanted.into_iter().map(|rule| explained(rule, &screen.style())).collect();
        out.write_all(text.join("\n").as_bytes())?;
        out.flush()?;
        Ok(DONE)
    }
}

/// Whether all rules and packs that `args` name exist.
///
/// # Errors
/// What to tell of the first that does not.
pub(super) fn known(
    rules: &[RuleInfo],
    packs: &[String],
    args: &ReportArgs,
    lang: Lang,
) -> Result<(), String> {
    let mut names: Vec<String> = rules.iter().flat_map(names).collect();
    names.extend_from_slice(packs);
    let missing = |asked: &[String], known: &[String]| {
        asked.iter().find(|name| !known.contains(name)).map(|name| unknown(name, known, lang))
    };
    let first = missing(&args.select, &names)
        .or_else(|| missing(&args.ignore, &names))
        .or_else(|| missing(&args.pack, packs));
    first.map_or(Ok(()), Err)
}

/// The names a rule answers to, besides its pack's.
fn names(rule: &RuleInfo) -> [String; 2] {
    [rule.id.clone(), format!("{}/{}", rule.pack, rule.id)]
}

fn is(rule: &RuleInfo, name: &str) -> bool {
    names(rule).iter().any(|own| own == name)
}

fn in_force(rule: &RuleInfo, args: &ReportArgs) -> bool {
    let meant = |name: &String| is(rule, name) || rule.pack == *name;
    (args.select.is_empty() || args.select.iter().any(meant)) && !args.ignore.iter().any(meant)
}

fn unknown(name: &str, known: &[String], lang: Lang) -> String {
    super::settings::no_such(name, known).to(lang).to_owned()
}

/// `error    common/percentage  占比有误`, the years and the law beneath, then where it comes from
/// and what packs changed.
fn listed(rule: &RuleInfo, style: &Style) -> String {
    let mut out = String::new();
    let level = if rule.off { "off" } else { rule.gravest };
    let name = format!("{level:<8} {}/{}  ", rule.pack, rule.id);
    out.push_str(&hanging(&name, &rule.title, style));
    let years = match rule.years.as_str() {
        "" => style.lang.pick("各年度", "every year").to_owned(),
        years => years.to_owned(),
    };
    let cites: Vec<&str> = rule.basis.iter().map(|basis| basis.cite.as_str()).collect();
    let law = cites.join(style.lang.pick("；", "; "));
    out.push_str(&hanging("         ", &format!("{years} · {law}"), style));
    for line in origin(rule, style) {
        out.push_str(&hanging("         ", &line, style));
    }
    out
}

/// Where a rule comes from, if not from its pack, and what was changed of it.
fn origin(rule: &RuleInfo, style: &Style) -> Vec<String> {
    let lang = style.lang;
    let mut lines = Vec::new();
    if rule.from != rule.pack && !rule.from.is_empty() {
        let (zh, en) = (
            format!("继承自 {}（{}）", rule.from, rule.file),
            format!("from {} ({})", rule.from, rule.file),
        );
        lines.push(lang.pick(&zh, &en).to_owned());
    }
    if let Some(replaced) = &rule.replaces {
        let (zh, en) = (format!("取代 {replaced}"), format!("replaces {replaced}"));
        lines.push(lang.pick(&zh, &en).to_owned());
    }
    for change in &rule.changes {
        let effect = match (change.effect.as_str(), lang) {
            ("off", Lang::Zh) => "关闭".to_owned(),
            ("off", Lang::En) => "off".to_owned(),
            (level, Lang::Zh) => format!("级别改为 {level}"),
            (level, Lang::En) => format!("level {level}"),
        };
        let when = match change.when.as_str() {
            "" => String::new(),
            when => format!("（{when}）"),
        };
        let ChangeInfo { pack, file, reason, .. } = change;
        let (zh, en) = (
            format!("{pack}（{file}）{effect}{when}：{reason}"),
            format!("{pack} ({file}): {effect}{when}: {reason}"),
        );
        lines.push(lang.pick(&zh, &en).to_owned());
    }
    lines
}

/// A rule in full: what, why, how it is judged, what it says, what to do, and its proof.
fn explained(rule: &RuleInfo, style: &Style) -> String {
    let word = |zh: &'static str, en: &'static str| format!("  {}: ", style.lang.pick(zh, en));
    let trial = if rule.preview { style.lang.pick("（试行）", " (preview)") } else { "" };
    let mut out = hanging("", &format!("{}/{}  {}{trial}", rule.pack, rule.id, rule.title), style);
    let mut add = |prefix: String, text: &str| {
        if !text.is_empty() {
            out.push_str(&hanging(&prefix, text, style));
        }
    };
    let level = if rule.off { "off" } else { &rule.level };
    add(word("级别", "level"), level);
    let every = style.lang.pick("各年度", "every year");
    let years = if rule.years.is_empty() { every } else { &rule.years };
    add(word("适用", "years"), format!("{years} {}", rule.bodies).trim());
    let cited = |basis: &Basis| match &basis.quote {
        Some(quote) => format!("{}：“{}”", basis.cite, quote.trim()),
        None => basis.cite.clone(),
    };
    add(word("依据", "basis"), &rule.basis.iter().map(cited).collect::<Vec<_>>().join("\n"));
    let kind = match guide(rule.kind) {
        Some(Ok(guide)) => format!("{}：{}", rule.kind, guide.what.to(style.lang)),
        _ => rule.kind.to_owned(),
    };
    add(word("判断", "judged"), &kind);
    add(word("信息", "message"), &rule.messages.join("\n"));
    add(word("处理", "help"), rule.help.as_deref().unwrap_or_default().trim());
    add(word("文件", "file"), &rule.file);
    add(word("来历", "origin"), &origin(rule, style).join("\n"));
    for (word, texts) in [
        (style.lang.pick("检查", "check"), std::slice::from_ref(&rule.check)),
        (style.lang.pick("合格示例", "passes"), rule.pass.as_slice()),
        (style.lang.pick("不合格示例", "fails"), rule.fail.as_slice()),
    ] {
        for text in texts.iter().filter(|text| !text.is_empty()) {
            out.push_str(&format!("\n  {word}:\n"));
            text.trim_end().lines().for_each(|line| out.push_str(&within(line, style)));
        }
    }
    out
}

/// A line of a text as it is written; only one wider than the terminal is broken.
fn within(line: &str, style: &Style) -> String {
    let fits = line.width() + 4 <= style.width.max(40);
    if fits {
        format!("    {line}").trim_end().to_owned() + "\n"
    } else {
        hanging("    ", line, style)
    }
}

fn json(rules: &[RuleInfo]) -> String {
    let basis = |basis: &Basis| serde_json::json!({"cite": basis.cite, "quote": basis.quote});
    let change = |change: &ChangeInfo| {
        serde_json::json!({
            "pack": change.pack, "file": change.file, "effect": change.effect,
            "when": change.when, "reason": change.reason,
        })
    };
    let one = |rule: &RuleInfo| {
        serde_json::json!({
            "rule": rule.id, "pack": rule.pack, "level": rule.level, "title": rule.title,
            "years": rule.years, "preview": rule.preview, "file": rule.file,
            "from": rule.from, "kind": rule.kind, "off": rule.off, "replaces": rule.replaces,
            "changes": rule.changes.iter().map(change).collect::<Vec<_>>(),
            "basis": rule.basis.iter().map(basis).collect::<Vec<_>>(),
        })
    };
    let rules: Vec<_> = rules.iter().map(one).collect();
    serde_json::json!({"version": 1, "rules": rules}).to_string() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> RuleInfo {
        RuleInfo {
            kind: "period",
            id: "percentage".into(),
            pack: "common".into(),
            level: "error".into(),
            gravest: "error",
            title: "占比有误".into(),
            basis: vec![Basis {
                cite: "《条例》第六条".into(), quote: Some("及时、准确".into())
            }],
            messages: vec!["占比有误：{left} ≠ {right}".into()],
            help: Some("核对。".into()),
            pass: vec!["占5.9%\n".into()],
            fail: vec!["占«6.9%»\n".into()],
            file: "rules/common/figures/percentage.yml".into(),
            ..RuleInfo::default()
        }
    }

    #[test]
    fn a_rule_is_listed_in_two_lines_and_explained_in_full() {
        let style = Style { width: 60, ..Style::default() };
        insta::assert_snapshot!(listed(&rule(), &style), @r#"
        error    common/percentage  占比有误
                 各年度 · 《条例》第六条
        "#);
        insta::assert_snapshot!(explained(&rule(), &style), @r#"
        common/percentage  占比有误
          级别: error
          适用: 各年度
          依据: 《条例》第六条：“及时、准确”
          判断: period：统计期限，应为报告年度的全年；写作 period:
                {}
          信息: 占比有误：{left} ≠ {right}
          处理: 核对。
          文件: rules/common/figures/percentage.yml

          合格示例:
            占5.9%

          不合格示例:
            占«6.9%»
        "#);
    }

    #[test]
    fn a_name_that_does_not_exist_is_met_with_the_nearest() {
        let args = ReportArgs { select: vec!["percantage".into()], ..ReportArgs::default() };
        let error = known(&[rule()], &["common".into()], &args, Lang::Zh).unwrap_err();
        assert!(error.contains("是否想写“percentage”"), "{error}");
        for name in ["percentage", "common/percentage", "common"] {
            let args = ReportArgs { ignore: vec![name.into()], ..ReportArgs::default() };
            known(&[rule()], &["common".into()], &args, Lang::Zh).unwrap();
            assert!(!in_force(&rule(), &args));
        }
    }
}
