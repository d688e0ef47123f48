//! SARIF 2.1.0: one run, results as they come, then the rules, the law and what could not be done.

mod place;
mod result;
mod tool;

use super::item::{Kind, items};
use super::{Packs, Style, Writer};
use crate::finding::{Assessment, Entry, Finding, Summary, Unassessed, Verdict};
use place::Places;
use serde_json::{Value, json};
use std::io::{self, Write};
use tool::Tool;

/// Where the schema of the format stands.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes one log with one run; results are not kept.
pub(super) struct Sarif<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
    tool: Tool<'w>,
    /// Whether the log was begun, and whether it has a result.
    opened: bool,
    begun: bool,
    artifacts: Vec<Value>,
    notifications: Vec<Value>,
}

impl<'w> Sarif<'w> {
    pub(super) fn new(style: Style, packs: Packs<'w>, out: Box<dyn Write + 'w>) -> Self {
        Self {
            style,
            out,
            tool: Tool::new(style.lang, packs),
            opened: false,
            begun: false,
            artifacts: Vec::new(),
            notifications: Vec::new(),
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        // Code points are what people count; the property tells programs.
        write!(
            self.out,
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\
             \"columnKind\":\"unicodeCodePoints\",\"results\":["
        )
    }

    fn result(&mut self, value: &Value) -> io::Result<()> {
        self.out.write_all(if self.begun { b",\n" } else { b"\n" })?;
        self.begun = true;
        serde_json::to_writer(&mut self.out, value)?;
        Ok(())
    }

    fn report(&mut self, report: &Assessment) -> io::Result<()> {
        let index = self.artifacts.len();
        self.artifacts.push(artifact(report));
        let places = Places::new(std::slice::from_ref(&report.source), Some(index));
        for pack in &report.packs {
            self.tool.know(pack);
        }
        self.judged(&places, &report.findings, &report.unassessed)?;
        for gone in &report.gone {
            let value = result::gone(gone, &places, &mut self.tool, &self.style);
            self.result(&value)?;
        }
        for note in &report.notes {
            let id = self.tool.notification("note");
            self.notifications.push(json!({
                "descriptor": id, "level": "note", "message": {"text": note},
                "locations": [{"physicalLocation": {"artifactLocation": places.own_file()}}],
            }));
        }
        Ok(())
    }

    fn judged(
        &mut self,
        places: &Places<'_>,
        findings: &[Finding],
        unassessed: &[Unassessed],
    ) -> io::Result<()> {
        let least = self.style.min_level;
        for finding in findings.iter().filter(|finding| finding.level <= least) {
            let value = result::result(finding, places, &mut self.tool, &self.style);
            self.result(&value)?;
        }
        for doubt in unassessed {
            let rule = self.tool.rule_named(&format!("{}/{}", doubt.pack, doubt.rule));
            let level = if self.style.fail_on_unassessed { "error" } else { "note" };
            let id = self.tool.notification(&format!("unassessed/{}", doubt.code));
            self.notifications.push(json!({
                "descriptor": id,
                "associatedRule": rule,
                "level": level,
                "message": {"text": doubt.reason},
                "locations": [places.location(&doubt.place, None, None)],
            }));
        }
        Ok(())
    }

    /// A file that was skipped, or for which the job could not be done.
    fn leftover(&mut self, entry: &Entry) {
        for item in items(entry, &self.style) {
            let id = format!("{}/{}", item.kind.code(), item.rule);
            let level = if item.kind == Kind::Failed { "error" } else { "note" };
            let mut notification = json!({
                "descriptor": self.tool.notification(&id),
                "level": level,
                "message": {"text": item.message},
            });
            if !item.file.is_empty() {
                let file = place::file(item.file, None);
                notification["locations"] =
                    json!([{"physicalLocation": {"artifactLocation": file}}]);
            }
            self.notifications.push(notification);
        }
    }

    fn invocation(&self, summary: &Summary) -> Value {
        let (code, words) = match self.style.verdict(summary) {
            Verdict::Done => (0, "nothing was found that counts"),
            Verdict::Found => (1, "something was found that counts"),
            Verdict::Failed => (2, "the job could not be done"),
        };
        json!({
            "executionSuccessful": summary.errors == 0,
            "exitCode": code,
            "exitCodeDescription": words,
            "toolExecutionNotifications": self.notifications,
        })
    }
}

impl Writer for Sarif<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        if !std::mem::replace(&mut self.opened, true) {
            self.begin()?;
        }
        match entry {
            Entry::Report(report) => self.report(report)?,
            Entry::Compared(comparison) => {
                let places = Places::new(&comparison.sources, None);
                self.judged(&places, &comparison.findings, &comparison.unassessed)?;
            }
            Entry::Skipped { .. } | Entry::Failed { .. } => self.leftover(entry),
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if !std::mem::replace(&mut self.opened, true) {
            self.begin()?;
        }
        let invocation = self.invocation(summary);
        let (driver, taxonomies) = self.tool.finish();
        let lang = self.style.lang.pick("zh-CN", "en");
        let rest = json!({
            "language": lang,
            "tool": {"driver": driver},
            "taxonomies": taxonomies,
            "invocations": [invocation],
            "artifacts": self.artifacts,
            "originalUriBaseIds": {
                place::BASE: {"description": {"text": "The folder gouji was started in."}},
            },
            "properties": {"summary": super::json::Counts::of(summary)},
        });
        self.out.write_all(b"\n],\n")?;
        // The object goes on with the other members, so its own first brace is left out.
        let rest = serde_json::to_vec(&rest)?;
        self.out.write_all(rest.get(1..).unwrap_or_default())?;
        self.out.write_all(b"]}\n")?;
        self.out.flush()
    }
}

fn artifact(report: &Assessment) -> Value {
    let source = &report.source;
    let mut artifact = json!({
        "location": place::file(&source.path, None),
        "roles": ["analysisTarget"],
        "properties": {
            "format": report.format, "year": report.year, "organ": report.organ,
            "body": report.body, "packs": report.packs,
        },
    });
    if !source.extracted {
        artifact["encoding"] = source.encoding.into();
    }
    artifact
}
