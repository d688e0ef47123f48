//! A finding as a SARIF result.

use super::super::Style;
use super::super::item::waiver;
use super::place::{Counted, Places};
use super::tool::Tool;
use crate::finding::{Finding, Fix, Gone, Level, Related};
use serde_json::{Value, json};

/// One result, at the total, with every addend a related location.
pub(super) fn result(
    finding: &Finding,
    places: &Places<'_>,
    tool: &mut Tool<'_>,
    style: &Style,
) -> Value {
    let (id, index) = tool.rule(finding);
    let mut result = json!({
        "ruleId": id,
        "ruleIndex": index,
        "kind": "fail",
        "level": level(finding),
        "message": {"text": message(finding, style)},
        "locations": [places.location(&finding.place, None, None)],
        "partialFingerprints": {"gouji/v1": finding.fingerprint},
        "taxa": tool.taxa(&finding.pack, &finding.basis),
        "properties": properties(finding),
    });
    if !finding.related.is_empty() {
        let numbered = finding.related.iter().zip(1..);
        let related = numbered.map(|(r, id)| places.location(&r.place, Some(id), Some(&r.message)));
        result["relatedLocations"] = related.collect();
    }
    if let Some(waived) = &finding.waived {
        result["suppressions"] = json!([{
            "kind": "external", "status": "accepted", "justification": waiver(waived, style.lang),
        }]);
    }
    if finding.new {
        result["baselineState"] = "new".into();
    }
    if let (Some(fix), Some(text)) = (&finding.fix, places.editable(&finding.place)) {
        let location = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        result["fixes"] = json!([self::fix(fix, finding, text, location)]);
    }
    result
}

/// What the baseline has and was not found any more.
pub(super) fn gone(gone: &Gone, places: &Places<'_>, tool: &mut Tool<'_>, style: &Style) -> Value {
    let words = style.lang.pick("基线中的问题已消失：", "gone from the baseline: ");
    json!({
        "ruleId": gone.rule,
        "rule": tool.rule_named(&gone.rule),
        "kind": "fail",
        "level": "note",
        "message": {"text": plain(&format!("{words}{}", gone.text))},
        "locations": [places.gone(&gone.place)],
        "partialFingerprints": {"gouji/v1": gone.fingerprint},
        "baselineState": "absent",
    })
}

/// A rule on trial must not fail anyone's gate.
fn level(finding: &Finding) -> &'static str {
    match finding.level {
        _ if finding.preview => "note",
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

/// What is wrong, then the related places as links: viewers show only what the message links to.
fn message(finding: &Finding, style: &Style) -> String {
    let trial = if finding.preview { style.lang.pick("（试行）", "(preview) ") } else { "" };
    let mut text = format!("{trial}{}", plain(&finding.message));
    if !finding.related.is_empty() {
        let link =
            |(related, id): (&Related, usize)| format!("[{}]({id})", plain(&related.message));
        let links: Vec<String> = finding.related.iter().zip(1..).map(link).collect();
        let (word, comma) = (style.lang.pick("相关：", "See: "), style.lang.pick("、", ", "));
        text.push_str(&format!("\n{word}{}", links.join(comma)));
    }
    text
}

/// Text without a link: brackets have a meaning in SARIF.
fn plain(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn properties(finding: &Finding) -> Value {
    json!({
        "title": finding.title,
        "help": finding.help,
        "level": finding.level.word(),
        "preview": finding.preview,
        "place": finding.place.path,
    })
}

fn fix(fix: &Fix, finding: &Finding, text: &Counted<'_>, artifact: &Value) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        json!({
            "deletedRegion": text.region(edit.span, None),
            "insertedContent": {"text": edit.replacement},
        })
    });
    json!({
        "description": {"text": finding.help.as_deref().unwrap_or(&finding.title)},
        "artifactChanges": [{
            "artifactLocation": artifact,
            "replacements": replacements.collect::<Vec<_>>(),
        }],
        "properties": {"certain": fix.certain},
    })
}
