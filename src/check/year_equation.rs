//! `year-equation`: figures of one table against those of last year's report of the same organ.
//!
//! ```yaml
//! check:
//!   year-equation:
//!     table: 申请办理                        # or a list of tables that have the same names
//!     each: column                          # the names of the equation are rows, judged in each column
//!     equation: 上年结转 = 去年.结转下年       # `去年.` stands before what last year's report says
//!     total: 总计                           # the line whose break is the case `total`
//! ```
//!
//! One table gives one finding: at the total if that is broken, else at the first broken line; the
//! other broken lines are its related places. Tables are found by their name, whatever year's form
//! they are on, since the year before may have had another.

use super::compare::{Spot, hash};
use super::{Context, Hit, Kept, Kind, Mark, Outcome, Pair, Reason, Side, table};
use crate::equation::{Equation, EquationFault, Relation};
use crate::facts::{TableFact, Written};
use crate::profile::{Form, Profile};
use crate::yaml::{Faults, Fields, Node, unknown};
use rust_decimal::Decimal;
use std::fmt::Write as _;
use std::sync::Arc;

/// The check `year-equation`.
#[derive(Debug)]
pub struct YearEquation {
    forms: Vec<Arc<Form>>,
    each_column: bool,
    relation: Relation,
    terms: Vec<Term>,
    total: Option<String>,
}

/// One name of the equation.
#[derive(Debug)]
struct Term {
    name: String,
    /// Whether last year's report says it.
    before: bool,
    /// Whether it stands right of the relation.
    right: bool,
    negative: bool,
}

/// What stands before the names of last year's figures.
const BEFORE: &str = "去年.";

impl Kind for YearEquation {
    const NAME: &'static str = "year-equation";
    const CASES: &'static [&'static str] = &["total", "line", "unsure"];
    const SLOTS: &'static [&'static str] =
        &["table", "line", "left", "right", "sign", "formula", "lines", "year", "last-year"];
    const ROLES: &'static [&'static str] = &["this-year", "last-year", "line"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let tables = fields.need("table", faults);
        let each = fields.need("each", faults).and_then(|node| table::each(node, faults));
        let equation = fields.need("equation", faults);
        let total = fields.get("total");
        fields.finish(faults);
        let forms: Vec<_> = tables?
            .items()
            .iter()
            .filter_map(|node| table::form(node, profile, faults))
            .collect();
        let each_column = each?;
        let (relation, terms) = terms(equation?, &forms, each_column, faults)?;
        let total = total.and_then(|node| {
            let known: Vec<String> =
                forms.iter().flat_map(|form| names(form, !each_column)).collect();
            named(node, &known, faults)
        });
        Some(Self { forms, each_column, relation, terms, total })
    }

    fn keep(&self, context: &Context<'_>) -> Option<Kept> {
        let figures = self.spots(context).into_iter().map(|spot| (spot.key, spot.value)).collect();
        Some(Kept::Figures(figures))
    }

    fn suspects(&self, before: &Kept, now: &Kept) -> bool {
        let (Kept::Figures(before), Kept::Figures(now)) = (before, now) else { return false };
        let in_list = |list: &[(u32, Option<Decimal>)], key| {
            list.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
        };
        let value = |term: &Term, key| in_list(if term.before { before } else { now }, key);
        self.lines().any(|(form, line)| self.judge(&form, &line, &value) != Verdict::Holds)
    }

    fn compare(&self, pair: &Pair<'_>, out: &mut Outcome) {
        let (before, now) = (self.spots(pair.before), self.spots(pair.now));
        let spot = |term: &Term, key| {
            let spots = if term.before { &before } else { &now };
            spots.iter().find(|spot| spot.key == key)
        };
        for form in &self.forms {
            let mut broken = Vec::new();
            for line in names(form, !self.each_column) {
                match self.judge(form, &line, &|term, key| spot(term, key).map(|s| s.value)) {
                    Verdict::Holds => {}
                    Verdict::Unknown(name) => {
                        let at = self.first(form, &line, &spot).map(|spot| spot.at.clone());
                        out.doubt(Reason::NotANumber(name), at.unwrap_or_default());
                    }
                    Verdict::Broken(left, right) => broken.push((line, left, right)),
                }
            }
            out.hits.extend(self.hit(form, &broken, pair, &spot));
        }
    }
}

/// What became of the equation in one line.
#[derive(Clone, Debug, PartialEq)]
enum Verdict {
    /// It holds, or its figures are not there.
    Holds,
    /// The named figure is no number.
    Unknown(String),
    /// Left and right side.
    Broken(Decimal, Decimal),
}

type Find<'s> = dyn Fn(&Term, u32) -> Option<&'s Spot> + 's;

impl YearEquation {
    fn lines(&self) -> impl Iterator<Item = (Arc<Form>, String)> {
        let lines =
            |form: &'_ Arc<Form>| names(form, !self.each_column).map(|line| (Arc::clone(form), line)).collect::<Vec<_>>();
        self.forms.iter().flat_map(lines)
    }

    /// All figures of one report that the equation may name.
    fn spots(&self, context: &Context<'_>) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        for form in &self.forms {
            let tables = context.facts.tables.iter();
            // A table that is there twice cannot be compared: nobody knows which is meant.
            let mut tables = tables.filter(|table| table.name() == Some(form.name.as_str()));
            let (Some(table), None) = (tables.next(), tables.next()) else { continue };
            for line in names(form, !self.each_column) {
                for term in &self.terms {
                    let key = hash(&[&form.name, &line, &term.name]);
                    if spots.iter().all(|spot| spot.key != key) {
                        spots.extend(self.spot(context, table, &line, term, key));
                    }
                }
            }
        }
        spots
    }

    fn spot(
        &self,
        context: &Context<'_>,
        found: &TableFact,
        line: &str,
        term: &Term,
        key: u32,
    ) -> Option<Spot> {
        let own = found.form.as_ref()?;
        let (row, column) =
            if self.each_column { (term.name.as_str(), line) } else { (line, term.name.as_str()) };
        let figure = table::figure(found, own.row(row)?, own.column(column)?).ok()?;
        let value = match figure.written() {
            Written::Number(number) => Some(*number),
            Written::Blank | Written::Other(_) => None,
        };
        Some(Spot { key, value, at: figure.place(context) })
    }

    fn judge(
        &self,
        form: &Form,
        line: &str,
        value: &dyn Fn(&Term, u32) -> Option<Option<Decimal>>,
    ) -> Verdict {
        let mut sides = [Decimal::ZERO; 2];
        let mut unknown = None;
        for term in &self.terms {
            let key = hash(&[&form.name, line, &term.name]);
            let Some(value) = value(term, key) else { return Verdict::Holds };
            if value.is_none() {
                unknown = Some(term);
            }
            let value = value.unwrap_or_default();
            sides[usize::from(term.right)] += if term.negative { -value } else { value };
        }
        let [left, right] = sides;
        match unknown {
            _ if self.relation.holds(left, right) => Verdict::Holds,
            Some(term) => Verdict::Unknown(format!("{line} › {}", term.name)),
            None => Verdict::Broken(left, right),
        }
    }

    /// The first figure of this year's report that the equation names in `line`.
    fn first<'s>(&self, form: &Form, line: &str, spot: &Find<'s>) -> Option<&'s Spot> {
        let mut own = self.terms.iter().filter(|term| !term.before);
        own.find_map(|term| spot(term, hash(&[&form.name, line, &term.name])))
    }

    fn hit(
        &self,
        form: &Form,
        broken: &[(String, Decimal, Decimal)],
        pair: &Pair<'_>,
        spot: &Find<'_>,
    ) -> Option<Hit> {
        let is_total = |line: &String| self.total.as_ref() == Some(line);
        let total = broken.iter().find(|(line, _, _)| is_total(line));
        let (line, left, right) = total.or(broken.first())?;
        let case = match () {
            () if !pair.certain => "unsure",
            () if is_total(line) => "total",
            () => "line",
        };
        let primary = self.first(form, line, spot)?;
        let mut hit = Hit::new(case, primary.at.clone())
            .with("table", form.title.as_str())
            .with("line", line.as_str())
            .with("left", *left)
            .with("right", *right)
            .with("sign", self.relation.broken_sign())
            .with("formula", self.formula(form, line, spot))
            .with("lines", broken.len() as u32)
            .with("year", pair.now.year)
            .with("last-year", pair.before.year);
        for term in &self.terms {
            let found = spot(term, hash(&[&form.name, line, &term.name]))?;
            if found.key == primary.key && !term.before {
                continue;
            }
            let (role, side, year) = match term.before {
                true => ("last-year", Side::Before, pair.before.year),
                false => ("this-year", Side::Now, pair.now.year),
            };
            let mark = Mark::new(role, found.at.clone())
                .on(side)
                .with("name", term.name.as_str())
                .with("value", found.value.unwrap_or_default())
                .with("year", year);
            hit = hit.mark(mark);
        }
        for (other, left, right) in broken.iter().filter(|(other, _, _)| other != line) {
            let at = self.first(form, other, spot)?.at.clone();
            let mark = Mark::new("line", at)
                .with("name", other.as_str())
                .with("left", *left)
                .with("right", *right);
            hit = hit.mark(mark);
        }
        Some(hit)
    }

    /// The relation with names and figures: `上年结转 5 ≠ 去年.结转下年 4`.
    fn formula(&self, form: &Form, line: &str, spot: &Find<'_>) -> String {
        let mut out = String::new();
        for (i, term) in self.terms.iter().enumerate() {
            let opens = term.right && !self.terms[i.saturating_sub(1)].right;
            if opens {
                let _ = write!(out, " {} ", self.relation.broken_sign());
            }
            let sign = match (i == 0 || opens, term.negative) {
                (true, false) => "",
                (true, true) => "−",
                (false, false) => " + ",
                (false, true) => " − ",
            };
            let found = spot(term, hash(&[&form.name, line, &term.name]));
            let value = found.and_then(|spot| spot.value).unwrap_or_default();
            let year = if term.before { BEFORE } else { "" };
            let _ = write!(out, "{sign}{year}{} {}", term.name, value.normalize());
        }
        out
    }
}

/// The names of the form's columns or rows that take figures.
fn names(form: &Form, rows: bool) -> impl Iterator<Item = String> + '_ {
    let lines = if rows { &form.rows } else { &form.columns };
    lines.iter().filter(|line| !line.group).map(|line| line.name.clone())
}

fn named(node: &Node, known: &[String], faults: &mut Faults) -> Option<String> {
    let name = node.want_text(faults)?;
    if !known.contains(&name) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        unknown(&node.at, &name, &known, faults);
    }
    Some(name)
}

/// Reads the equation; every name must be one of every table.
fn terms(
    node: &Node,
    forms: &[Arc<Form>],
    each_column: bool,
    faults: &mut Faults,
) -> Option<(Relation, Vec<Term>)> {
    let equation = match Equation::parse(&node.want_text(faults)?) {
        Ok(equation) => equation,
        Err(error) => {
            let (zh, en) = match error.kind {
                EquationFault::NoRelation => ("算式里没有 =、<= 或 >=", "no =, <= or >= here"),
                EquationFault::TwoRelations => ("算式里有两个关系符号", "a second relation"),
                EquationFault::MissingName => ("这里缺少一个行名或列名", "a name is missing here"),
            };
            faults.push(&(node.at.start + error.start..node.at.start + error.end), zh, en);
            return None;
        }
    };
    let mut terms = Vec::new();
    let sides = equation.left.iter().map(|term| (term, false));
    for (term, right) in sides.chain(equation.right.iter().map(|term| (term, true))) {
        let before = term.name.strip_prefix(BEFORE);
        let name = before.unwrap_or(&term.name).trim();
        for form in forms {
            let known: Vec<String> = names(form, each_column).collect();
            if !known.iter().any(|known| known == name) {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let at = node.at.start + term.start..node.at.start + term.end;
                unknown(&at, name, &known, faults);
            }
        }
        let before = before.is_some();
        terms.push(Term { name: name.to_owned(), before, right, negative: term.negative });
    }
    if terms.iter().all(|term| !term.before) || terms.iter().all(|term| term.before) {
        let (zh, en) = (
            "算式里既要有本年的数，也要有去年的数（写作“去年.名称”）",
            "the equation needs figures of this year and of the last (“去年.name”)",
        );
        faults.push(&node.at, zh, en);
        return None;
    }
    Some((equation.relation, terms))
}
