//! `table-present`: tables that a report of the year must hold.
//!
//! ```yaml
//! check:
//!   table-present:
//!     tables: [申请办理, 复议诉讼]     # of any pack's form: the wrong year's form is another rule's
//!     or-any: true                 # a table on any other known form will do as well
//! ```

use super::table_blank::forms;
use super::{Context, Hit, Kind, Mark, Outcome, Reason, Slot};
use crate::document::Placed;
use crate::profile::{Form, Profile};
use crate::text::{piece, skeleton};
use crate::yaml::{Faults, Fields, Node};
use std::sync::Arc;

/// The check `table-present`.
#[derive(Debug)]
pub struct TablePresent {
    forms: Vec<Arc<Form>>,
    or_any: bool,
}

impl Kind for TablePresent {
    const NAME: &'static str = "table-present";
    const CASES: &'static [&'static str] = &["missing"];
    const SLOTS: &'static [&'static str] = &["tables"];
    const ROLES: &'static [&'static str] = &["section"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let forms = fields.need("tables", faults).map(|node| forms(node, profile, faults));
        let or_any = fields.get("or-any").is_some_and(|node| node.want_bool(faults));
        fields.finish(faults);
        Some(Self { forms: forms?, or_any })
    }

    /// All missing tables are one hit. A table that left traces of its labels in the text is not
    /// missing: it was not recognised, and nothing can be said.
    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let tables = &context.facts.tables;
        if self.or_any && tables.iter().any(|table| table.form.is_some()) {
            return;
        }
        let is_there = |form: &Form| tables.iter().any(|table| table.name() == Some(form.name.as_str()));
        let mut missing = Vec::new();
        for form in self.forms.iter().filter(|form| !is_there(form)) {
            if left_traces(context, form) {
                out.doubt(Reason::NoTable(form.title.clone()), self.section(context, form));
            } else {
                missing.push(form);
            }
        }
        let [first, rest @ ..] = missing.as_slice() else { return };
        let titles = missing.iter().map(|form| form.title.clone()).collect();
        let mut hit = Hit::new("missing", self.section(context, first)).with("tables", Slot::Titles(titles));
        for form in rest {
            let at = self.section(context, form);
            if at != hit.at && hit.marks.iter().all(|mark| mark.at != at) {
                hit = hit.mark(Mark::new("section", at).with("name", form.title.as_str()));
            }
        }
        out.hits.push(hit);
    }
}

impl TablePresent {
    /// The heading of the section that the form belongs to, else the report's title.
    fn section(&self, context: &Context<'_>, form: &Form) -> Placed {
        let section = form.section.as_deref().and_then(|name| context.facts.section(name));
        section.map_or(context.facts.document.anchor(), |section| section.at).into()
    }
}

/// Whether at least two of the form's longer labels, signs or heads stand in the text, each on a
/// line that is no sentence, or all run together in one clause.
fn left_traces(context: &Context<'_>, form: &Form) -> bool {
    let text = context.facts.document.folded.text();
    let lines = form.rows.iter().chain(&form.columns);
    let official = lines.filter_map(|line| line.labels.first()).flat_map(|label| label.split('›'));
    let mut keys: Vec<String> =
        official.chain(form.signs.first().map(String::as_str)).map(skeleton).collect();
    // 行政复议 and 行政诉讼 stand in every heading.
    keys.retain(|key| key.chars().count() > "行政复议".chars().count());
    keys.sort_unstable();
    keys.dedup();
    // Labels are compared by their skeletons; a cheap search for their first word comes first.
    keys.retain(|key| text.contains(piece(key, 0, "四个汉字".len())));
    if keys.len() < 2 {
        return false;
    }
    let on = |words: &str, key: &str| {
        words.contains(piece(key, 0, "四个汉字".len())) && skeleton(words).contains(key)
    };
    let many = |words: &str| keys.iter().filter(|key| on(words, key)).take(2).count() == 2;
    let apart = |key: &String| {
        text.lines().any(|line| line.len() < LINE && !line.contains('。') && on(line, key))
    };
    keys.iter().filter(|key| apart(key)).take(2).count() == 2
        || text.split(['\n', '。', ',', ';']).any(|clause| CLAUSE.contains(&clause.len()) && many(clause))
}

/// Lines with more bytes hold running text.
const LINE: usize = 400;
/// What a table whose cells were run together may have, in bytes.
const CLAUSE: std::ops::Range<usize> = 60..1500;
