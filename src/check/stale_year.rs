//! `stale-year`: last year's number left standing, as it happens when last year's report is copied.
//!
//! ```yaml
//! check:
//!   stale-year:
//!     subjects: [我, 本, 全]        # a sentence that begins 2017年,我… tells of that year
//!     unless: [相比, 以来]          # words of a sentence, or of a heading, that another year is right with
//!     captions: [情况统计表]        # what a table's caption is called; (2017年度) beside it is its year
//! ```
//!
//! Only the report's own account is read: what stands before its second heading of the first level.
//! Plans for the next year stand elsewhere, and the next year is never the last.

use super::{Context, Hit, Kind, Mark, Outcome, Pattern};
use crate::document::{Block, BlockKind, Zone};
use crate::profile::Profile;
use crate::text::{FoldedSpan, piece};
use crate::yaml::{Faults, Fields, Node};

/// The check `stale-year`.
#[derive(Debug)]
pub struct StaleYear {
    subjects: Vec<String>,
    unless: Vec<Pattern>,
    captions: Vec<Pattern>,
}

impl Kind for StaleYear {
    const NAME: &'static str = "stale-year";
    const CASES: &'static [&'static str] = &["sentence", "heading", "caption"];
    const SLOTS: &'static [&'static str] = &["found", "year"];
    const ROLES: &'static [&'static str] = &["title"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let subjects = fields.need("subjects", faults).map(|node| node.want_texts(faults));
        let unless = Pattern::list(fields.get("unless"), faults);
        let captions = Pattern::list(fields.get("captions"), faults);
        fields.finish(faults);
        let subjects = subjects?.iter().map(|word| crate::text::fold(word)).collect();
        Some(Self { subjects, unless, captions })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let identity = &context.facts.identity;
        // A school year is called by both of its years.
        if identity.academic {
            return;
        }
        let document = context.facts.document;
        let organ = identity.organ.as_ref().map_or("", |organ| organ.value.as_str());
        let judge = Judge { check: self, context, organ: crate::text::fold(organ) };
        let mut chapters = 0;
        for block in &document.blocks {
            if let BlockKind::Heading(heading) = &block.kind {
                chapters += u32::from(heading.level == 1 && heading.ordinal.is_some());
            }
            let own = Zone::TEXT.contains(&block.zone) && chapters < 2;
            match block.kind {
                BlockKind::Heading(_) if Zone::TEXT.contains(&block.zone) => judge.heading(block, out),
                BlockKind::Paragraph if own => judge.paragraph(block, out),
                _ => {}
            }
            judge.caption(block, out);
        }
    }
}

struct Judge<'c> {
    check: &'c StaleYear,
    context: &'c Context<'c>,
    organ: String,
}

impl Judge<'_> {
    /// A paragraph that begins with last year and never comes to the report's.
    fn paragraph(&self, block: &Block, out: &mut Outcome) {
        let text = self.context.facts.document.text(block.at);
        let (last, this) = self.years();
        let Some(rest) = text.strip_prefix(&last) else { return };
        let rest = rest.trim_start_matches('度').trim_start_matches([',', '、']);
        let organ = rest.chars().next().is_some_and(|first| self.organ.starts_with(first))
            && self.organ.chars().nth(1) == rest.chars().nth(1);
        let subject = self.check.subjects.iter().any(|word| rest.starts_with(word.as_str()));
        let sentence = rest.split(['。', '!']).next().unwrap_or(rest);
        if (organ || subject) && !text.contains(&this) && !self.is_right(sentence) {
            self.push("sentence", FoldedSpan::new(0, last.len()).shift(block.at.start), out);
        }
    }

    /// A heading that speaks of last year's work.
    fn heading(&self, block: &Block, out: &mut Outcome) {
        let text = self.context.facts.document.text(block.at);
        let (last, this) = self.years();
        if let Some(at) = text.find(&last)
            && !text.contains(&this)
            && !self.is_right(text)
            && !piece(text, 0, at).contains(['《', '〔', '('])
        {
            self.push("heading", FoldedSpan::new(at, at + last.len()).shift(block.at.start), out);
        }
    }

    /// The year beside a table's caption.
    fn caption(&self, block: &Block, out: &mut Outcome) {
        const LONGEST: usize = 300;
        let text = self.context.facts.document.text(block.at);
        let head = piece(text, 0, LONGEST.min(text.len()));
        let lines: Vec<&str> = head.lines().take(4).collect();
        let written = |words: &Vec<Pattern>| words.iter().any(|word| word.is_in(head));
        let table = matches!(block.kind, BlockKind::Table(_));
        let short = !table && text.chars().count() <= 40;
        if matches!(block.zone, Zone::Notice | Zone::Residue)
            || !(table || short)
            || !written(&self.check.captions)
        {
            return;
        }
        let (last, this) = self.years();
        let found = format!("({last}度)");
        let caption = lines.iter().any(|line| line.contains(&found));
        if let Some(at) = head.find(&found)
            && caption
            && !head.contains(&this)
        {
            self.push("caption", FoldedSpan::new(at + 1, at + 1 + last.len()).shift(block.at.start), out);
        }
    }

    /// Last year and the report's, as they are written.
    fn years(&self) -> (String, String) {
        let year = self.context.year;
        (format!("{}年", year - 1), format!("{year}年"))
    }

    fn is_right(&self, text: &str) -> bool {
        self.check.unless.iter().any(|word| word.is_in(text))
    }

    fn push(&self, case: &'static str, at: FoldedSpan, out: &mut Outcome) {
        let document = self.context.facts.document;
        let hit = Hit::new(case, at)
            .with("found", document.written(at))
            .with("year", self.context.year);
        let title = self.context.facts.identity.year.as_ref();
        out.hits.push(match title {
            Some(year) => hit.mark(Mark::new("title", year.at)),
            None => hit,
        });
    }
}
