//! `brief`: a section that says nothing: `无`, or a few words.
//!
//! ```yaml
//! check:
//!   brief:
//!     section: 问题改进
//!     least: 30                       # characters
//!     nothing: [无, 没有问题]          # what a section that says nothing consists of
//! ```

use super::{Context, Hit, Kind, Outcome, Pattern};
use crate::document::Zone;
use crate::facts::Section;
use crate::profile::Profile;
use crate::text::skeleton;
use crate::yaml::{Faults, Fields, Node, unknown};

/// The check `brief`.
#[derive(Debug)]
pub struct Brief {
    section: String,
    least: usize,
    nothing: Vec<Pattern>,
}

impl Kind for Brief {
    const NAME: &'static str = "brief";
    const CASES: &'static [&'static str] = &["nothing", "short"];
    const SLOTS: &'static [&'static str] = &["text", "count"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let section = fields.need("section", faults).and_then(|node| {
            let name = node.want_text(faults)?;
            if profile.section(&name).is_none() {
                let known: Vec<_> = profile.sections.iter().map(|s| s.name.as_str()).collect();
                unknown(&node.at, &name, &known, faults);
            }
            Some(name)
        });
        let least = fields.need("least", faults).and_then(|node| node.want_number(faults));
        let nothing = Pattern::list(fields.get("nothing"), faults);
        fields.finish(faults);
        Some(Self { section: section?, least: least? as usize, nothing })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let named = |s: &&Section| s.name.as_deref() == Some(&self.section);
        let mut sections = context.facts.sections.iter().filter(named);
        // Problems in one section and remedies in another are judged together by their reader.
        let (Some(section), None) = (sections.next(), sections.next()) else { return };
        if section.zone != Zone::Narrative {
            return;
        }
        let document = context.facts.document;
        let blocks = document.blocks.iter().filter(|block| {
            block.zone == Zone::Narrative && section.body.contains(block.at)
        });
        let text: String = blocks.map(|block| document.text(block.at)).collect();
        let words = skeleton(&text);
        let count = words.chars().count();
        // Nothing at all under the heading is a matter of what could be read.
        if count == 0 || count >= self.least {
            return;
        }
        let says_nothing = self.nothing.iter().any(|words| words.is_in(&text));
        let case = if says_nothing { "nothing" } else { "short" };
        let hit = Hit::new(case, section.at).with("text", text).with("count", count as u32);
        out.hits.push(hit);
    }
}
