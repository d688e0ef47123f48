//! Waivers: findings that somebody decided may stand. A published report cannot carry lint
//! comments, so they are in a file of their own, with a reason and a name.

use crate::config::{compiled, date, filled, fits, located, parse, unread};
use crate::document::Place;
use crate::finding::{Assessment, Entry, Finding, Lang, Level, Waived, Words};
use crate::rule::PackFault;
use crate::text::{Source, Span};
use crate::yaml::{Faults, Fields, Node};
use glob::Pattern;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// One file of waivers.
#[derive(Debug)]
pub struct Waivers {
    /// The file, as it is shown.
    pub file: String,
    /// Its text.
    pub text: Arc<str>,
    /// The waivers in order.
    pub list: Vec<Waiver>,
}

/// One waiver. What it does not name, it does not ask for.
#[derive(Debug)]
pub struct Waiver {
    /// The rule: `rule`, `pack/rule`, or a pack.
    pub rule: Option<String>,
    /// The files.
    pub paths: Vec<Pattern>,
    /// The fingerprint of the one finding it is for.
    pub fingerprint: Option<String>,
    /// Why, by whom, until when.
    pub waived: Waived,
    /// The last day it holds.
    pub expires: Option<jiff::civil::Date>,
    /// Where it is written.
    pub at: Range<usize>,
    /// Whether a finding needed it.
    used: AtomicBool,
    /// Whether a file it is for was read.
    met: AtomicBool,
}

impl Waivers {
    /// Reads `file`.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn read(file: &Path) -> Result<Self, Vec<PackFault>> {
        let shown = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| vec![unread(&shown, &error)])?;
        Self::parse(&shown, text.into())
    }

    fn parse(file: &str, text: Arc<str>) -> Result<Self, Vec<PackFault>> {
        let mut faults = Faults::default();
        let mut list = Vec::new();
        match parse(&text) {
            Ok(node) => {
                if let Some(mut fields) = Fields::of(&node, &mut faults) {
                    let items = fields.get("waiver").map(Node::items).unwrap_or_default();
                    list = items.iter().filter_map(|item| waiver(item, &mut faults)).collect();
                    fields.finish(&mut faults);
                }
            }
            Err(found) => faults.found = found,
        }
        match located(faults, file, &text) {
            faults if faults.is_empty() => Ok(Self { file: file.to_owned(), text, list }),
            faults => Err(faults),
        }
    }

    /// Marks the findings of the file at `path` that a waiver is for on the day `as_of`.
    pub(super) fn apply(
        &self,
        path: Option<&str>,
        findings: &mut [Finding],
        as_of: jiff::civil::Date,
    ) {
        for waiver in self.list.iter().filter(|waiver| waiver.is_for(path)) {
            waiver.met.store(true, Relaxed);
            for finding in findings.iter_mut().filter(|finding| waiver.names(finding)) {
                waiver.used.store(true, Relaxed);
                if !waiver.has_expired(as_of) && finding.waived.is_none() {
                    finding.waived = Some(waiver.waived.clone());
                }
            }
        }
    }

    /// An assessment of the file of waivers itself: what has expired, and what was not needed. A
    /// waiver for one file that was read is judged at once, others only if the run was `whole`.
    pub(super) fn leftovers(
        &self,
        whole: bool,
        as_of: jiff::civil::Date,
        lang: Lang,
    ) -> Option<Entry> {
        let source = Source::new(self.file.clone(), self.text.to_string(), "UTF-8");
        let mut findings = Vec::new();
        for waiver in &self.list {
            if waiver.used.load(Relaxed) && waiver.has_expired(as_of) {
                findings.push(waiver.finding(&source, lang, "expired-waiver", &waiver.expired()));
            } else if !waiver.used.load(Relaxed) && (whole || waiver.is_settled()) {
                findings.push(waiver.finding(&source, lang, "unused-waiver", &unused()));
            }
        }
        (!findings.is_empty()).then(|| {
            Entry::Report(Box::new(Assessment { findings, ..Assessment::of(source, "toml") }))
        })
    }
}

impl Waiver {
    fn is_for(&self, path: Option<&str>) -> bool {
        self.paths.is_empty() || path.is_some_and(|path| fits(&self.paths, path))
    }

    fn names(&self, finding: &Finding) -> bool {
        let (pack, rule) = (&finding.pack, &finding.rule);
        let is_named = |name: &String| {
            let full = name.strip_prefix(pack.as_str()).and_then(|rest| rest.strip_prefix('/'));
            name == pack || name == rule || full == Some(rule.as_str())
        };
        self.rule.as_ref().is_none_or(is_named)
            && self.fingerprint.as_ref().is_none_or(|own| *own == finding.fingerprint)
    }

    fn has_expired(&self, as_of: jiff::civil::Date) -> bool {
        self.expires.is_some_and(|last| last < as_of)
    }

    /// Whether all files it is for were read: it names them without wildcards.
    fn is_settled(&self) -> bool {
        let named = |pattern: &Pattern| !pattern.as_str().contains(['*', '?', '[']);
        self.met.load(Relaxed) && self.paths.len() == 1 && self.paths.iter().all(named)
    }

    fn expired(&self) -> Words {
        let day = self.waived.expires.as_deref().unwrap_or_default();
        Words {
            zh: format!("豁免已于{day}到期，所豁免的问题重新计入"),
            en: format!("the waiver expired on {day}; what it waived counts again"),
        }
    }

    fn finding(&self, source: &Source, lang: Lang, rule: &str, message: &Words) -> Finding {
        let span = Span::new(self.at.start, self.at.end);
        let title = match rule {
            "expired-waiver" => lang.pick("豁免已到期", "An expired waiver"),
            _ => lang.pick("多余的豁免", "A waiver that is not needed"),
        };
        let named = [self.rule.clone(), self.fingerprint.clone()];
        let key: Vec<String> = named.into_iter().flatten().collect();
        Finding {
            rule: rule.to_owned(),
            pack: "gouji".to_owned(),
            level: Level::Warning,
            rank: 4,
            title: title.to_owned(),
            message: message.to(lang).to_owned(),
            help: Some(
                lang.pick(
                    "改正报告后删去这一条，或者由负责人重新决定并改写到期日。",
                    "Mend the report and delete this entry, or have the decision renewed.",
                )
                .to_owned(),
            ),
            basis: Vec::new(),
            place: Place {
                path: "waiver".to_owned(),
                span,
                start: source.position(span.start),
                end: source.position(span.end),
                text: source.slice(span).to_owned(),
                file: None,
            },
            related: Vec::new(),
            fix: None,
            fingerprint: format!("{rule}:{}:{}", key.join(":"), self.waived.reason),
            preview: false,
            waived: None,
            new: false,
        }
    }
}

fn unused() -> Words {
    Words {
        zh: "没有问题需要这一条豁免".to_owned(),
        en: "nothing was found that needs this waiver".to_owned(),
    }
}

fn waiver(node: &Node, faults: &mut Faults) -> Option<Waiver> {
    let mut fields = Fields::of(node, faults)?;
    let rule = fields.get("rule");
    let paths = fields.get("paths");
    let print = fields.get("fingerprint");
    let at = [rule, print, paths].into_iter().flatten().next().map_or(&node.at, |node| &node.at);
    if rule.is_none() && paths.is_none() && print.is_none() {
        let zh = "要写明豁免什么：rule、paths、fingerprint 至少一项";
        faults.push(&node.at, zh, "say what is waived: rule, paths or fingerprint");
    }
    let reason = fields.need("reason", faults).and_then(|node| filled(node, faults));
    let by = fields.need("by", faults).and_then(|node| filled(node, faults));
    let expires = fields.get("expires").and_then(|node| date(node, faults));
    fields.finish(faults);
    let text =
        |node: Option<&Node>, faults: &mut Faults| node.and_then(|node| filled(node, faults));
    let (rule, fingerprint) = (text(rule, faults), text(print, faults));
    Some(Waiver {
        rule,
        paths: paths.map(|node| compiled(node, faults)).unwrap_or_default(),
        fingerprint,
        waived: Waived {
            reason: reason?,
            by: by?,
            expires: expires.map(|day: jiff::civil::Date| day.to_string()),
        },
        expires,
        at: at.clone(),
        used: AtomicBool::new(false),
        met: AtomicBool::new(false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Waivers, Vec<String>> {
        let told = |fault: PackFault| fault.words.zh;
        Waivers::parse("w.toml", text.into())
            .map_err(|faults| faults.into_iter().map(told).collect())
    }

    #[test]
    fn a_waiver_needs_a_reason_a_name_and_something_to_waive() {
        let faults = parsed("[[waiver]]\nexpires = 2024-13-01\n").unwrap_err();
        assert!(!faults.is_empty());
        let faults =
            parsed("[[waiver]]\npaths = 'a.txt'\nreason = ' '\nrules = 'x'\n").unwrap_err();
        let all = faults.join("\n");
        for word in ["不能是空的", "缺少“by”", "是否想写“rule”"] {
            assert!(all.contains(word), "{word}: {all}");
        }
        assert!(parsed("[[waiver]]\nreason = '甲'\nby = '乙'\n").is_err());
    }

    #[test]
    fn the_last_day_still_holds() {
        let text = "[[waiver]]\nrule = 'sums'\nreason = '甲'\nby = '乙'\nexpires = 2024-06-30\n";
        let waivers = parsed(text).unwrap();
        assert!(!waivers.list[0].has_expired(jiff::civil::date(2024, 6, 30)));
        assert!(waivers.list[0].has_expired(jiff::civil::date(2024, 7, 1)));
    }
}
