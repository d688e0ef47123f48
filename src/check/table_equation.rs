//! `table-equation`: 勾稽关系 between the figures of one table.
//!
//! ```yaml
//! check:
//!   table-equation:
//!     table: 申请办理
//!     each: column                 # the names of the equation are rows, judged in each column
//!     equation: 本年新收 + 上年结转 = 办理总计 + 结转下年     # or `equations:`, a list; a number may
//!                                  # stand in a name's place: `上一年 + 增减 >= 0`
//!     only: [总计]                  # judge only these columns; all if left out
//!     excuse: [待答复, 结转]         # words of the text that explain a shortfall on the left
//! ```

use super::table::{self, Figure};
use super::{Broken, CellRef, Context, Hit, Kind, Mark, Outcome, Pattern, Reason};
use crate::document::Zone;
use crate::equation::{Equation, EquationFault, Relation};
use crate::facts::{TableFact, Written};
use crate::profile::{Form, Line, Profile};
use crate::yaml::{Faults, Fields, Node, unknown_inside};
use rust_decimal::Decimal;
use std::fmt::Write as _;
use std::sync::Arc;

/// The check `table-equation`.
#[derive(Debug)]
pub struct TableEquation {
    form: Arc<Form>,
    /// Whether the equation's names are rows, judged in each column; else the other way round.
    each_column: bool,
    equations: Vec<Resolved>,
    /// The lines (columns if `each_column`) to judge; all if empty.
    only: Vec<usize>,
    excuse: Vec<Pattern>,
}

/// An equation whose names are indices of lines.
#[derive(Debug)]
struct Resolved {
    relation: Relation,
    /// What plain numbers add to the left and to the right side.
    constants: [Decimal; 2],
    /// Line, whether it stands right of the relation, whether it is subtracted.
    terms: Vec<(usize, bool, bool)>,
}

impl Kind for TableEquation {
    const NAME: &'static str = "table-equation";
    const CASES: &'static [&'static str] = &["over", "under"];
    const SLOTS: &'static [&'static str] =
        &["table", "row", "column", "line", "left", "right", "gap", "sign", "formula"];
    const ROLES: &'static [&'static str] = &["addend"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let form = fields.need("table", faults).and_then(|node| table::form(node, profile, faults));
        let each = fields.need("each", faults).and_then(|node| table::each(node, faults));
        let single = fields.get("equation");
        let several = fields.get("equations");
        let only = fields.get("only");
        let excuse = Pattern::list(fields.get("excuse"), faults);
        fields.finish(faults);
        if single.is_none() && several.is_none() {
            faults.push(&node.at, "缺少“equation”", "“equation” is missing");
        }
        let (form, each_column) = (form?, each?);
        let lines = Arc::clone(&form);
        let (named, iterated) =
            if each_column { (&lines.rows, &lines.columns) } else { (&lines.columns, &lines.rows) };
        let nodes = single.into_iter().chain(several.map(Node::items).unwrap_or_default());
        let equations: Vec<Resolved> =
            nodes.filter_map(|node| resolve(node, named, faults)).collect();
        let only = only.map(|node| table::lines(node, iterated, faults)).unwrap_or_default();
        Some(Self { form, each_column, equations, only, excuse })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        for (index, table) in context.tables(&self.form) {
            let judge = Judge { check: self, context, table, index };
            let count = if self.each_column { self.form.columns.len() } else { self.form.rows.len() };
            let lines = (0..count).filter(|line| self.only.is_empty() || self.only.contains(line));
            for line in lines.filter(|line| self.is_there(table, *line)) {
                for equation in &self.equations {
                    judge.equation(equation, line, out);
                }
            }
        }
    }
}

impl TableEquation {
    /// Whether the iterated line is in the table and takes figures.
    fn is_there(&self, table: &TableFact, line: usize) -> bool {
        if self.each_column {
            table.columns.iter().any(|column| column.line == Some(line))
        } else {
            !self.form.rows[line].group && table.row(line).is_some()
        }
    }

    fn is_excused(&self, context: &Context<'_>) -> bool {
        let document = context.facts.document;
        let whole = document.folded.text();
        let possible: Vec<_> = self.excuse.iter().filter(|word| word.may_be_in(whole)).collect();
        !possible.is_empty()
            && document.prose(Zone::TEXT).any(|block| {
                let text = document.text(block.at);
                possible.iter().any(|word| word.is_in(text))
            })
    }
}

struct Judge<'c> {
    check: &'c TableEquation,
    context: &'c Context<'c>,
    table: &'c TableFact,
    index: usize,
}

impl Judge<'_> {
    fn equation(&self, equation: &Resolved, line: usize, out: &mut Outcome) {
        let mut figures = Vec::with_capacity(equation.terms.len());
        for (name, right, negative) in &equation.terms {
            match table::figure(self.table, self.row(*name, line), self.column(*name, line)) {
                Ok(figure) => figures.push((*name, *right, *negative, figure)),
                Err(reason) => return out.doubt(reason, self.table.at.into()),
            }
        }
        let side = |wanted: bool| -> Decimal {
            let terms = figures.iter().filter(|(_, right, _, _)| *right == wanted);
            let sum: Decimal = terms.map(|(_, _, negative, f)| signed(f.number_or_zero(), *negative)).sum();
            sum + equation.constants[usize::from(wanted)]
        };
        let (left, right) = (side(false), side(true));
        if equation.relation.holds(left, right) {
            return;
        }
        if let Some((name, _, _, figure)) = figures.iter().find(|f| f.3.written().number().is_none()) {
            let name = self.line(*name).name.clone();
            let reason = match figure.written() {
                Written::Blank => Reason::Blank(name),
                Written::Number(_) | Written::Other(_) => Reason::NotANumber(name),
            };
            return out.doubt(reason, figure.place(self.context));
        }
        let case = if left > right { "over" } else { "under" };
        if case == "under" && self.check.is_excused(self.context) {
            return;
        }
        out.hits.push(self.hit(case, equation, line, &figures, left, right));
    }

    fn hit(
        &self,
        case: &'static str,
        equation: &Resolved,
        line: usize,
        figures: &[(usize, bool, bool, Figure<'_>)],
        left: Decimal,
        right: Decimal,
    ) -> Hit {
        let primary = figures.iter().position(|(_, right, _, _)| *right).unwrap_or(0);
        let iterated = if self.check.each_column {
            &self.check.form.columns[line]
        } else {
            &self.check.form.rows[line]
        };
        let name = iterated.label().rsplit('›').next().unwrap_or_default().to_owned();
        let mut hit = Hit::new(case, figures[primary].3.place(self.context))
            .with("table", self.check.form.name.as_str())
            .with("line", name.clone())
            .with("left", left)
            .with("right", right)
            .with("gap", (left - right).abs())
            .with("sign", equation.relation.broken_sign())
            .with("formula", self.formula(equation, figures));
        hit = hit.with(if self.check.each_column { "column" } else { "row" }, name);
        for (i, (name, _, _, figure)) in figures.iter().enumerate() {
            if i != primary {
                let mark = Mark::new("addend", figure.place(self.context))
                    .with("name", self.line(*name).name.as_str())
                    .with("value", figure.number_or_zero());
                hit = hit.mark(mark);
            }
        }
        hit.broken = Some(Broken {
            form: self.check.form.id.clone(),
            cells: figures
                .iter()
                .map(|(name, right, negative, figure)| {
                    let cell = CellRef {
                        table: self.index,
                        row: self.row(*name, line),
                        column: self.column(*name, line),
                    };
                    (cell, figure.number_or_zero(), right != negative)
                })
                .collect(),
            gap: left - right,
            exact: equation.relation == Relation::Equal,
        });
        hit
    }

    /// The relation with names and figures: `本年新收 10 + 上年结转 2 ≠ 办理总计 12 + 结转下年 1`.
    /// Long sums name only what is not zero.
    fn formula(&self, equation: &Resolved, figures: &[(usize, bool, bool, Figure<'_>)]) -> String {
        let mut out = String::new();
        let long = figures.len() > 6;
        for side in [false, true] {
            if side {
                let _ = write!(out, " {} ", equation.relation.broken_sign());
            }
            let terms = figures.iter().filter(|(_, right, _, _)| *right == side);
            let shown: Vec<_> = terms.filter(|(_, _, _, f)| !long || !f.number_or_zero().is_zero()).collect();
            let constant = equation.constants[usize::from(side)];
            if shown.is_empty() || !constant.is_zero() {
                let plus = if shown.is_empty() { "" } else { " + " };
                let _ = write!(out, "{}{plus}", constant.normalize());
            }
            for (i, (name, _, negative, figure)) in shown.into_iter().enumerate() {
                let sign = match (i, negative) {
                    (0, false) => "",
                    (0, true) => "−",
                    (_, false) => " + ",
                    (_, true) => " − ",
                };
                let _ = write!(out, "{sign}{} {}", self.line(*name).name, figure.number_or_zero().normalize());
            }
        }
        out
    }

    fn line(&self, name: usize) -> &Line {
        let form = &self.check.form;
        if self.check.each_column { &form.rows[name] } else { &form.columns[name] }
    }

    fn row(&self, name: usize, line: usize) -> usize {
        if self.check.each_column { name } else { line }
    }

    fn column(&self, name: usize, line: usize) -> usize {
        if self.check.each_column { line } else { name }
    }
}

fn signed(value: Decimal, negative: bool) -> Decimal {
    if negative { -value } else { value }
}

/// Reads an equation and finds its names among `lines`; faults point into the equation.
fn resolve(node: &Node, lines: &[Line], faults: &mut Faults) -> Option<Resolved> {
    let text = node.want_text(faults)?;
    let equation = match Equation::parse(&text) {
        Ok(equation) => equation,
        Err(error) => {
            let (zh, en) = match error.kind {
                EquationFault::NoRelation => {
                    ("算式里没有 =、<= 或 >=；应写成“甲 + 乙 = 丙”", "no =, <= or >= here; write “a + b = c”")
                }
                EquationFault::TwoRelations => {
                    ("算式里有两个关系符号；请拆成两个算式", "a second relation; write two equations")
                }
                EquationFault::MissingName => {
                    ("这里缺少一个行名或列名", "the name of a row or a column is missing here")
                }
            };
            faults.push_inside(node, &(error.start..error.end), zh, en);
            return None;
        }
    };
    let known: Vec<&str> = lines.iter().filter(|l| !l.group).map(|line| line.name.as_str()).collect();
    let mut terms = Vec::new();
    let mut constants = [Decimal::ZERO; 2];
    let mut complete = true;
    let sides = [&equation.left, &equation.right];
    for (side, term) in sides.iter().enumerate().flat_map(|(i, side)| side.iter().map(move |t| (i, t))) {
        let line = lines.iter().position(|line| line.name == term.name && !line.group);
        if let Some(line) = line {
            terms.push((line, side == 1, term.negative));
        } else if let Some(number) = crate::text::amount(&term.name) {
            constants[side] += signed(number, term.negative);
        } else {
            unknown_inside(node, &(term.start..term.end), &term.name, &known, faults);
            complete = false;
        }
    }
    if complete && terms.is_empty() {
        faults.push(&node.at, "算式里没有行名或列名", "no row or column is named here");
        return None;
    }
    complete.then_some(Resolved { relation: equation.relation, constants, terms })
}
