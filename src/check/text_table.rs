//! `text-table`: what the running text says of a quantity against the cells that hold it.
//!
//! ```yaml
//! check:
//!   text-table:
//!     synonyms: { 收到: [收到, 受理, 接到] }     # the key stands for all of them in a statement
//!     quantities:
//!       - name: 收到的申请
//!         unit: [件, 条]                     # what it is counted in; anything but a share if left out
//!         says: [收到 申请 N, 收到 N 申请]    # the clause, word by word; see below
//!         perhaps: [公开 N]                  # the clause if it may also mean something else
//!         none: [未|没有 收到 申请]            # the clause that says there is none
//!         recalls: [N 申请]                  # the clause that takes it up again: 8件申请中
//!         of: [收到的申请]                    # what it may be a part of, after 其中 or in brackets
//!         needs-whole: true                  # understood only after one of those
//!         times: 10000                       # what one in the table is in the text: 万元 there, 元 here
//!         zero-only: true                    # contradicted only by a 0 in the table: case `zero`
//!         exclusive: true                    # `none` says that all is otherwise (均获维持)
//!         cells:
//!           申请办理: { column: 总计, any: [本年新收, 本年新收 + 上年结转] }    # names of rows
//!           附表: { column: 本年, cumulative: 历年累计, any: [申请总数] }
//!           附表二: { row: 本年, any: [甲 + 乙] }  # names of columns
//!           复议诉讼: { any: [复议总计] }         # names of columns, in a form of one row
//! ```
//!
//! A statement is written as the words that must stand in the clause, in their order, and `N` for the
//! figure; `|` parts alternatives, `?` behind a word lets it be absent. Between them may stand what
//! changes nothing (共, 全年, 我局 …, see `lexicon.rs`), but no other word: a clause that says more
//! than this (全县各部门, 通过网站) says something else and is left alone.

use super::quantity::{Quantities, Quantity};
use super::statement::{Said, Statement, Time, statements};
use super::text_cells::{Cells, Held, Side};
use super::{Context, Doubt, Hit, Kind, Mark, Outcome, Reason, Slot};
use crate::document::Placed;
use crate::facts::Figure;
use crate::profile::Profile;
use crate::text::{FoldedSpan, piece};
use crate::yaml::{Faults, Fields, Node};
use rust_decimal::Decimal;

/// The check `text-table`.
#[derive(Debug)]
pub struct TextTable {
    quantities: Quantities,
}

impl Kind for TextTable {
    const NAME: &'static str = "text-table";
    const CASES: &'static [&'static str] = &[
        "contradiction",
        "likely",
        "range",
        "cumulative",
        "to-date",
        "none",
        "exclusive",
        "zero",
        "twice",
    ];
    const SLOTS: &'static [&'static str] = &["quantity", "stated", "held", "column", "other"];
    const ROLES: &'static [&'static str] = &["cell", "share", "other"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let synonyms = fields.get("synonyms");
        let quantities = fields.need("quantities", faults);
        fields.finish(faults);
        Some(Self { quantities: Quantities::decode(quantities?, synonyms, profile, faults) })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        let figures = &context.facts.figures;
        let said = statements(context, &self.quantities, figures);
        let judge = Judge { check: self, context, figures, said: &said };
        for statement in &said {
            judge.against_table(statement, out);
        }
        for quantity in 0..self.quantities.all.len() {
            out.hits.extend(judge.twice(quantity));
        }
    }
}

struct Judge<'c> {
    check: &'c TextTable,
    context: &'c Context<'c>,
    figures: &'c [Figure],
    said: &'c [Statement],
}

impl Judge<'_> {
    fn against_table(&self, statement: &Statement, out: &mut Outcome) {
        let quantity = &self.check.quantities.all[statement.quantity];
        let Some((side, case)) = self.asked(statement, quantity) else { return };
        let mut doubts = Vec::new();
        let mut held = self.held(quantity, side, &mut doubts);
        if statement.time == Time::Unclear {
            held.extend(self.held(quantity, Side::Year, &mut doubts));
        }
        if held.is_empty() {
            return out.doubts.extend(doubts.into_iter().take(1).map(doubt));
        }
        if held.iter().any(|held| self.agrees(statement, quantity, held))
            || quantity.zero_only && held.iter().any(|held| !held.value.is_zero())
            || self.is_said_of_another(statement)
        {
            return;
        }
        if let Some(unsure) = held.iter().find_map(|held| held.doubt.clone()) {
            return out.doubts.push(doubt(unsure));
        }
        let hit = self.hit(case, statement, quantity, side, &held);
        match out.hits.iter_mut().find(|known| known.at == hit.at) {
            // 均获维持 of reviews and lawsuits: one clause, one finding.
            Some(known) if known.case == hit.case && case == "exclusive" => known.marks.extend(hit.marks),
            // One clause that two quantities might explain.
            Some(_) => {}
            None => out.hits.push(hit),
        }
    }

    /// Which column the statement is compared with, and what a contradiction would be.
    fn asked(&self, statement: &Statement, quantity: &Quantity) -> Option<(Side, &'static str)> {
        let cumulative = quantity.cells.iter().any(Cells::is_cumulative);
        let vague = match statement.said {
            Said::Figure(figure) => self.figures[figure].low != self.figures[figure].high,
            Said::None => false,
        };
        let case = match statement.said {
            _ if quantity.zero_only => "zero",
            _ if !statement.certain => "likely",
            Said::Figure(_) if vague => "range",
            // Another clause says what the table says: this one may be about something else.
            _ if self.is_right_elsewhere(statement, quantity) => "likely",
            Said::None if quantity.exclusive => "exclusive",
            Said::None => "none",
            Said::Figure(_) => "contradiction",
        };
        match statement.time {
            Time::Other => None,
            Time::Year => Some((Side::Year, case)),
            Time::Cumulative | Time::Unclear if !cumulative => None,
            Time::Cumulative if statement.certain && !vague => Some((Side::Cumulative, "cumulative")),
            Time::Cumulative | Time::Unclear => Some((Side::Cumulative, "likely")),
            Time::ToDate if cumulative => Some((Side::Cumulative, "to-date")),
            Time::ToDate if quantity.zero_only => Some((Side::Year, case)),
            Time::ToDate => Some((Side::Year, "likely")),
        }
    }

    fn is_right_elsewhere(&self, statement: &Statement, quantity: &Quantity) -> bool {
        let same = |other: &&Statement| {
            let distinct = other.at != statement.at && other.quantity == statement.quantity;
            distinct && other.time == Time::Year && other.certain
        };
        let mut others = self.said.iter().filter(same).peekable();
        if others.peek().is_none() {
            return false;
        }
        let held = self.held(quantity, Side::Year, &mut Vec::new());
        others.any(|other| held.iter().any(|held| self.agrees(other, quantity, held)))
    }

    /// Whether the same figure is explained by another quantity, of which it is right.
    fn is_said_of_another(&self, statement: &Statement) -> bool {
        let others = self.said.iter().filter(|other| {
            other.said == statement.said
                && other.said != Said::None
                && other.quantity != statement.quantity
        });
        others.into_iter().any(|other| {
            let quantity = &self.check.quantities.all[other.quantity];
            let held = self.held(quantity, Side::Year, &mut Vec::new());
            held.iter().any(|held| self.agrees(other, quantity, held))
        })
    }

    /// Whether the statement lets the table be right. Amounts in 万 are rounded ones, on both sides.
    fn agrees(&self, statement: &Statement, quantity: &Quantity, held: &Held) -> bool {
        let value = held.value * quantity.times;
        match statement.said {
            Said::None => value.is_zero(),
            Said::Figure(figure) => {
                let figure = &self.figures[figure];
                let slack = slack(self.context.facts.document.text(figure.at), held.value, quantity.times);
                figure.low - slack <= value && value <= figure.high + slack
            }
        }
    }

    fn held(
        &self,
        quantity: &Quantity,
        side: Side,
        doubts: &mut Vec<(Reason, Placed)>,
    ) -> Vec<Held> {
        quantity.cells.iter().flat_map(|cells| cells.held(self.context, side, doubts)).collect()
    }

    fn hit(
        &self,
        case: &'static str,
        statement: &Statement,
        quantity: &Quantity,
        side: Side,
        held: &[Held],
    ) -> Hit {
        let shown = |held: &Held| match quantity.exclusive {
            true => held.value.normalize().to_string(),
            false => held.formula.clone(),
        };
        let readings: Vec<String> = held.iter().map(shown).collect();
        let column = if side == Side::Year { "year" } else { "cumulative" };
        let mut hit = self
            .said(case, statement, quantity)
            .with("held", readings.join(" / "))
            .with("column", Slot::Keys(vec![column.to_owned()]));
        for mark in held.iter().flat_map(|held| held.marks(quantity.exclusive)) {
            if hit.marks.iter().all(|known| known.at != mark.at) {
                hit = hit.mark(mark);
            }
        }
        if let Said::Figure(figure) = statement.said {
            for share in self.shares(figure) {
                hit = hit.mark(Mark::new("share", share));
                hit.explains.push(share);
            }
        }
        hit
    }

    fn said(&self, case: &'static str, statement: &Statement, quantity: &Quantity) -> Hit {
        let mut hit = Hit::new(case, statement.at)
            .with("quantity", quantity.name.as_str())
            .with("stated", self.context.facts.document.written(statement.at));
        hit.stated = match statement.said {
            Said::None => Some(Decimal::ZERO),
            Said::Figure(figure) => Some(self.figures[figure].low / quantity.times),
        };
        hit
    }

    /// The shares that were worked out from the figure: `258件,占33.9%`.
    fn shares(&self, figure: usize) -> impl Iterator<Item = FoldedSpan> + '_ {
        let text = self.context.facts.document.folded.text();
        let end = self.figures[figure].at.end as usize;
        let next = self.figures.iter().skip(figure + 1);
        let shares = next.take_while(|figure| figure.unit.as_deref() == Some("%"));
        shares.map(|figure| figure.at).filter(move |at| {
            let between = piece(text, end, at.start as usize);
            let words = between.trim_matches([',', '(', '、', ' ']);
            !between.contains(['。', ';', '\n', ')']) && (words.is_empty() || words.starts_with('占'))
        })
    }

    /// The same quantity of the same year, told twice and differently, where no table decides.
    fn twice(&self, quantity: usize) -> Option<Hit> {
        let known = &self.check.quantities.all[quantity];
        let exact = |statement: &&Statement| {
            let sure = statement.certain && statement.time == Time::Year;
            sure && statement.quantity == quantity && self.value(statement).is_some()
        };
        let mut told = self.said.iter().filter(exact);
        let first = told.next()?;
        let other = told.find(|other| self.value(other) != self.value(first))?;
        // A part may be one of several, each of its own whole.
        if !known.wholes.is_empty() || known.is_ambiguous() || !self.held(known, Side::Year, &mut Vec::new()).is_empty() {
            return None;
        }
        let written = self.context.facts.document.written(first.at);
        let hit = self.said("twice", other, known).with("other", written);
        Some(hit.mark(Mark::new("other", first.at).with("value", written)))
    }

    /// The value stated, if it is an exact one.
    fn value(&self, statement: &Statement) -> Option<Decimal> {
        match statement.said {
            Said::None => Some(Decimal::ZERO),
            Said::Figure(figure) => {
                let figure = &self.figures[figure];
                (figure.low == figure.high).then_some(figure.low)
            }
        }
    }
}

/// How far an amount that is written as `text` may be from `held`, of which one is `times` of the
/// text's units: rounded on the side with fewer decimals of 万, and not at all where both have as many.
fn slack(text: &str, held: Decimal, times: Decimal) -> Decimal {
    let ten_thousand = Decimal::from(10_000);
    let decimals = |number: &str| {
        let fraction = number.split_once('.').map_or("", |(_, fraction)| fraction);
        fraction.bytes().take_while(u8::is_ascii_digit).count() as u32
    };
    let written = if text.contains('万') { Some(decimals(text)) } else { None };
    let tabled = (times == ten_thousand).then(|| held.normalize().scale());
    let coarser = match (written, tabled) {
        (Some(one), Some(other)) if one == other => return Decimal::ZERO,
        (Some(one), Some(other)) => one.min(other),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return Decimal::ZERO,
    };
    ten_thousand * Decimal::new(5, coarser + 1)
}

fn doubt((reason, at): (Reason, Placed)) -> Doubt {
    Doubt { reason, at }
}
