//! `field`: a field of a form that must be filled in.
//!
//! ```yaml
//! check:
//!   field: { label: [填报单位] }
//! ```

use super::{Context, Hit, Kind, Outcome};
use crate::profile::Profile;
use crate::text::{FoldedSpan, fold, piece};
use crate::yaml::{Faults, Fields, Node};

/// The check `field`.
#[derive(Debug)]
pub struct Field {
    /// As written, and folded.
    labels: Vec<(String, String)>,
}

impl Kind for Field {
    const NAME: &'static str = "field";
    const CASES: &'static [&'static str] = &["empty"];
    const SLOTS: &'static [&'static str] = &["label"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let labels = fields.need("label", faults).map(|node| node.want_texts(faults));
        fields.finish(faults);
        let labels = labels?.into_iter().map(|label| (label.clone(), fold(&label))).collect();
        Some(Self { labels })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let text = context.facts.document.folded.text();
        for (written, label) in &self.labels {
            for (at, _) in text.match_indices(label.as_str()) {
                if let Some(end) = empty(text, at, at + label.len()) {
                    let hit = Hit::new("empty", FoldedSpan::new(at, end));
                    out.hits.push(hit.with("label", written.as_str()));
                }
            }
        }
    }
}

/// Where the label at `start..end` ends with its bracket and colon, if nothing is filled in.
fn empty(text: &str, start: usize, end: usize) -> Option<usize> {
    let opens = piece(text, 0, start).chars().next_back().is_none_or(|c| "\n| ".contains(c));
    let line_end = piece(text, end, text.len()).find('\n').map_or(text.len(), |at| end + at);
    let rest = piece(text, end, line_end);
    let sealed = match (rest.starts_with('('), rest.find(')')) {
        (true, Some(close)) => piece(rest, close + 1, rest.len()),
        _ => rest,
    };
    let value = sealed.strip_prefix(':').unwrap_or(sealed);
    // A cell without colon is a head or a label of another kind, unless it says 盖章.
    let label = sealed.len() < rest.len() || value.len() < sealed.len();
    let label_end = line_end - value.len();
    if !opens || !label || is_filled(value) {
        return None;
    }
    let following = piece(text, line_end, text.len()).lines().find(|line| !line.trim().is_empty());
    (!following.is_some_and(is_organ)).then_some(label_end)
}

/// Whether anything but rules, blanks and the next field's label follows on the line.
fn is_filled(value: &str) -> bool {
    let value = value.trim_start_matches(['|', '_', '-', '—', ' ']);
    let other_field = ["填报日期", "填表日期", "填报时间", "填报人", "单位负责人", "审核人", "年月日"];
    !value.is_empty() && !other_field.iter().any(|label| value.starts_with(label))
}

/// Whether the line after the label can be what is filled in: one cell a line.
fn is_organ(line: &str) -> bool {
    const ENDS: &[&str] = &[
        "政府", "办公室", "局", "委", "委员会", "厅", "部", "中心", "院", "所", "办事处", "镇", "乡", "街道",
        "县", "区", "市", "大学", "学院", "学校", "队", "管委会", "公司", "处", "会", "站", "办", "科",
    ];
    let name = line.trim_matches('|').trim();
    name.chars().count() <= 30 && ENDS.iter().any(|end| name.ends_with(end))
}
