//! `phrase`: words that a report, or one of its sections, must or must not hold.
//!
//! ```yaml
//! check:
//!   phrase:
//!     require: [信息处理费, 收费]      # one of these; or `forbid:` each of these
//!     section: 其他需要报告的事项        # leave out for the whole report
//! ```

use super::keywords::section;
use super::{Context, Hit, Kind, Outcome, Pattern};
use crate::document::Zone;
use crate::profile::Profile;
use crate::text::FoldedSpan;
use crate::yaml::{Faults, Fields, Node};

/// The check `phrase`.
#[derive(Debug)]
pub struct Phrase {
    forbid: Vec<Pattern>,
    require: Vec<Pattern>,
    section: Option<String>,
}

impl Kind for Phrase {
    const NAME: &'static str = "phrase";
    const CASES: &'static [&'static str] = &["forbidden", "absent"];
    const SLOTS: &'static [&'static str] = &["text"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let forbid = Pattern::list(fields.get("forbid"), faults);
        let require = Pattern::list(fields.get("require"), faults);
        let section = fields.get("section").and_then(|node| section(node, profile, faults));
        fields.finish(faults);
        if forbid.is_empty() && require.is_empty() {
            let (zh, en) = ("应写明 forbid 或 require", "“forbid” or “require” is wanted");
            faults.push(&node.at, zh, en);
        }
        Some(Self { forbid, require, section })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let (at, whole) = match &self.section {
            None => (document.anchor(), None),
            Some(name) => {
                let Some(section) = context.facts.section(name) else { return };
                (section.at, Some(section.body))
            }
        };
        let spans: Vec<FoldedSpan> = match whole {
            Some(body) => vec![body],
            None => document.prose(Zone::REPORT).map(|block| block.at).collect(),
        };
        let mut required = self.require.is_empty();
        for span in spans {
            let text = document.text(span);
            for pattern in &self.forbid {
                for found in pattern.find_all(text, span.start) {
                    let words = document.written(found).to_owned();
                    out.hits.push(Hit::new("forbidden", found).with("text", words));
                }
            }
            required = required || self.require.iter().any(|p| p.find(text, span.start).is_some());
        }
        if !required {
            out.hits.push(Hit::new("absent", at).with("text", self.require[0].written.as_str()));
        }
    }
}
