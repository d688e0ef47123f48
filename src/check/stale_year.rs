//! `stale-year`: another year's number left standing, as it happens when last year's report is copied.
//!
//! ```yaml
//! check:
//!   stale-year:
//!     subjects: [我, 本, 全]        # a sentence that begins 2017年,我… tells of that year
//!     unless: [相比, 以来]          # words of a sentence, or of a heading, that another year is right with
//!     captions: [情况统计表]        # what a table's caption is called; (2017年度) beside it is its year
//!     chapters: [申请, 复议]        # later chapters whose paragraphs begin with the report's year
//!     not-chapters: [问题]          # … unless their heading says this
//!     plans: [将, 计划]             # words that a sentence about the time to come holds
//!     plan: ['将(?:继续|从)']        # … those that plan for the year after the report's
//!     names: ['编制(?<at>\d{4}年)…报告']   # how the opening names the report itself
//! ```
//!
//! The report's own account is what stands before its second heading of the first level, and its
//! chapters about figures. What begins with another year there, and never comes to the report's, is of
//! the wrong year, unless the paragraphs around it go from year to year.

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
    chapters: Vec<Pattern>,
    not_chapters: Vec<Pattern>,
    plans: Vec<Pattern>,
    plan: Vec<Pattern>,
    names: Vec<Pattern>,
}

/// Earlier years are told of for their own sake.
const LAST: i16 = 2;

impl Kind for StaleYear {
    const NAME: &'static str = "stale-year";
    const CASES: &'static [&'static str] = &["sentence", "heading", "caption", "chapter", "future", "plan", "name"];
    const SLOTS: &'static [&'static str] = &["found", "year"];
    const ROLES: &'static [&'static str] = &["title"];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let subjects = fields.need("subjects", faults).map(|node| node.want_texts(faults));
        let unless = Pattern::list(fields.get("unless"), faults);
        let mut patterns = |key| Pattern::list(fields.get(key), faults);
        let (captions, names) = (patterns("captions"), patterns("names"));
        let (chapters, not_chapters) = (patterns("chapters"), patterns("not-chapters"));
        let (plans, plan) = (patterns("plans"), patterns("plan"));
        fields.finish(faults);
        let subjects = subjects?.iter().map(|word| crate::text::fold(word)).collect();
        Some(Self { subjects, unless, captions, chapters, not_chapters, plans, plan, names })
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
        let mut counts = false;
        for (index, block) in document.blocks.iter().enumerate() {
            let text = Zone::TEXT.contains(&block.zone);
            match &block.kind {
                BlockKind::Heading(heading) => {
                    if heading.level == 1 && heading.ordinal.is_some() {
                        chapters += 1;
                        counts = self.counts(document.text(block.at));
                    }
                    if text {
                        judge.heading(block, out);
                    }
                }
                BlockKind::Paragraph if text => {
                    if chapters == 0 {
                        judge.name(block, out);
                    }
                    if chapters < 2 {
                        judge.paragraph(block, out);
                    } else if counts && !judge.goes_from_year_to_year(index) {
                        judge.chapter(block, out);
                    }
                    judge.plan(block, out);
                }
                _ => {}
            }
            judge.caption(block, out);
        }
    }
}

impl StaleYear {
    /// Whether the chapter under `heading` gives the report year's figures.
    fn counts(&self, heading: &str) -> bool {
        let any = |list: &[Pattern]| list.iter().any(|word| word.is_in(heading));
        any(&self.chapters) && !any(&self.not_chapters)
    }
}

/// The year that `text` begins with, and what follows it.
fn leading_year(text: &str) -> Option<(i16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let year: i16 = digits.parse().ok()?;
    let rest = rest.strip_prefix('年')?;
    (2000..2100).contains(&year).then(|| (year, rest.trim_start_matches('度').trim_start_matches([',', '、'])))
}

/// How long `2017年` is.
const LENGTH: usize = 4 + '年'.len_utf8();

struct Judge<'c> {
    check: &'c StaleYear,
    context: &'c Context<'c>,
    organ: String,
}

impl Judge<'_> {
    /// A paragraph that begins with another year and never comes to the report's.
    fn paragraph(&self, block: &Block, out: &mut Outcome) {
        let text = self.context.facts.document.text(block.at);
        let Some((year, rest)) = leading_year(text) else { return };
        let organ = rest.chars().next().is_some_and(|first| self.organ.starts_with(first))
            && self.organ.chars().nth(1) == rest.chars().nth(1);
        let subject = self.check.subjects.iter().any(|word| rest.starts_with(word.as_str()));
        if organ || subject || year > self.context.year {
            self.other(year, rest, block, "sentence", out);
        }
    }

    /// A paragraph of a chapter that gives the year's figures.
    fn chapter(&self, block: &Block, out: &mut Outcome) {
        let text = self.context.facts.document.text(block.at);
        if let Some((year, rest)) = leading_year(text) {
            self.other(year, rest, block, "chapter", out);
        }
    }

    /// `block` begins with `year`, which is not the report's, and tells of it.
    fn other(&self, year: i16, rest: &str, block: &Block, case: &'static str, out: &mut Outcome) {
        let text = self.context.facts.document.text(block.at);
        let sentence = rest.split(['。', '!']).next().unwrap_or(rest);
        // Where figures are given, what comes of them says nothing of the year.
        let telling = match case {
            "chapter" => sentence.split([',', ';']).next().unwrap_or(sentence),
            _ => sentence,
        };
        let planned = self.check.plans.iter().any(|word| word.is_in(sentence));
        let case = match self.context.year - year {
            1..=LAST => case,
            ..=-1 if !planned => "future",
            _ => return,
        };
        // 2017年底, a month of it, 2019年是…之年.
        let begins = ["起", "底", "末", "初", "以", "第", "是"].iter().any(|word| rest.starts_with(word))
            || rest.starts_with(|c: char| c.is_ascii_digit());
        if !begins && !text.contains(&self.years().1) && !self.is_right(telling) {
            self.push(case, FoldedSpan::new(0, LENGTH).shift(block.at.start), out);
        }
    }

    /// Whether the paragraph right before or after the one at `index` begins with a year as well.
    fn goes_from_year_to_year(&self, index: usize) -> bool {
        let document = self.context.facts.document;
        let around = [index.checked_sub(1), index.checked_add(1)].into_iter().flatten();
        let mut around = around.filter_map(|index| document.blocks.get(index));
        around.any(|block| {
            matches!(block.kind, BlockKind::Paragraph)
                && leading_year(document.text(block.at)).is_some()
        })
    }

    /// A sentence that plans for a year, which is that after the report's.
    fn plan(&self, block: &Block, out: &mut Outcome) {
        let text = self.context.facts.document.text(block.at);
        let mut at = 0;
        for sentence in text.split_inclusive(['。', '!', ';']) {
            let start = at;
            at += sentence.len();
            let Some((year, rest)) = leading_year(sentence) else { continue };
            let planned = self.check.plan.iter().any(|word| word.find(rest, 0).is_some_and(|found| found.start == 0));
            if planned && year != self.context.year + 1 && !sentence.contains(&format!("{}年", self.context.year + 1)) {
                let span = FoldedSpan::new(start, start + LENGTH);
                self.push("plan", span.shift(block.at.start), out);
            }
        }
    }

    /// The opening that calls the report that of another year.
    fn name(&self, block: &Block, out: &mut Outcome) {
        let text = self.context.facts.document.text(block.at);
        let own = self.years().1;
        for name in &self.check.names {
            for found in name.find_filled(text, block.at.start, None) {
                if !self.context.facts.document.text(found.at).contains(&own) {
                    self.push("name", found.at, out);
                }
            }
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
        let this = self.years().1;
        let stated = lines.iter().find_map(|line| {
            let mut brackets = line.match_indices('(').filter_map(|(at, _)| line.get(at + 1..));
            brackets.find(|inside| leading_year(inside).is_some() && inside.split('年').nth(1).is_some_and(|rest| rest.starts_with("度)")))
        });
        let at = stated.and_then(|inside| head.find(inside));
        if let Some(at) = at
            && !head.contains(&this)
        {
            self.push("caption", FoldedSpan::new(at, at + LENGTH).shift(block.at.start), out);
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
