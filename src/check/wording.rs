//! `wording`: expressions that should not stand in the running text, judged with the sentence
//! around them; one hit tells of all places.
//!
//! ```yaml
//! check:
//!   wording:
//!     find: ['15个工作日']            # a group called `at` is what is underlined, else the whole match
//!     near: [申请, '答复|办理']        # each of these stands in the same sentence
//!     unless: [第三方, 承诺]           # none of these does
//!     except: [第711号]               # the match holds none of these
//!     only-once: true                 # at most the first place
//!     replace: '$1'                   # what should stand there, from the groups
//!     certain: true                   # whether that needs no person's look
//! ```

use super::prose::{Found, Line, gather, lines};
use super::{Context, Kind, Outcome, Pattern};
use crate::document::Document;
use crate::profile::Profile;
use crate::text::{FoldedSpan, piece};
use crate::yaml::{Faults, Fields, Node};

/// The check `wording`.
#[derive(Debug)]
pub struct Wording {
    find: Vec<Pattern>,
    near: Vec<Pattern>,
    unless: Vec<Pattern>,
    except: Vec<Pattern>,
    once: bool,
    replace: Option<String>,
    certain: bool,
}

impl Kind for Wording {
    const NAME: &'static str = "wording";
    const CASES: &'static [&'static str] = &["found"];
    const SLOTS: &'static [&'static str] = &["count", "list", "text", "right"];
    const ROLES: &'static [&'static str] = &["other"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let find = fields.need("find", faults);
        let mut patterns = |key| Pattern::list(fields.get(key), faults);
        let (near, unless, except) = (patterns("near"), patterns("unless"), patterns("except"));
        let once = fields.get("only-once").is_some_and(|node| node.want_bool(faults));
        let certain = fields.get("certain").is_some_and(|node| node.want_bool(faults));
        let replace = fields.get("replace").and_then(|node| node.want_text(faults));
        fields.finish(faults);
        let find = Pattern::list(Some(find?), faults);
        Some(Self { find, near, unless, except, once, replace, certain })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let document = context.facts.document;
        let whole = document.folded.text();
        // Most reports hold none of them: one look at the whole text is cheaper than one at each line.
        let possible: Vec<&Pattern> =
            self.find.iter().filter(|pattern| pattern.is_in(whole)).collect();
        if possible.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for line in lines(document) {
            self.line(document, line, &possible, &mut found);
        }
        found.sort_by_key(|found| found.at.at);
        found.dedup_by_key(|found| found.at.at);
        if self.once {
            found.truncate(1);
        }
        out.hits.extend(gather("found", document, found, self.certain));
    }
}

impl Wording {
    fn line(&self, document: &Document, line: Line<'_>, find: &[&Pattern], out: &mut Vec<Found>) {
        let text = document.text(line.at);
        for pattern in find {
            for filled in pattern.find_filled(text, line.at.start, self.replace.as_deref()) {
                let matched = document.text(filled.whole);
                let excepted = self.except.iter().any(|word| word.is_in(matched));
                if excepted || !self.fits(sentence(document, line.at, filled.whole)) {
                    continue;
                }
                let span = document.folded.source(filled.at);
                out.push(Found::new(document, span, filled.replacement));
            }
        }
    }

    /// Whether the sentence around a match is one that this is about.
    fn fits(&self, sentence: &str) -> bool {
        let holds = |word: &Pattern| word.is_in(sentence);
        self.near.iter().all(holds) && !self.unless.iter().any(holds)
    }
}

/// How far a sentence reaches, in bytes: some paragraphs hold no full stop.
const REACH: usize = 600;

/// The sentence within `line` that holds `at`.
fn sentence(document: &Document, line: FoldedSpan, at: FoldedSpan) -> &str {
    let text = document.text(line);
    let (start, end) = ((at.start - line.start) as usize, (at.end - line.start) as usize);
    let before = piece(text, start.saturating_sub(REACH), start);
    let after = piece(text, end, end + REACH);
    let head = before.rsplit(['。', '\n']).next().unwrap_or(before).len();
    let tail = after.split(['。', '\n']).next().unwrap_or(after).len();
    piece(text, start - head, end + tail)
}
