//! `download`: an address from which the report can be fetched as a file (电子版).

use super::{Context, Hit, Kind, Outcome};
use crate::document::Zone;
use crate::profile::Profile;
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
            ANNOUNCED.iter().any(|word| text.contains(word))
        });
        if !announced && context.facts.contact.urls.is_empty() {
            out.hits.push(Hit::new("missing", document.anchor()));
        }
    }
}
