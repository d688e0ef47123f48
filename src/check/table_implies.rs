//! `table-implies`: where one figure is above 0, another must be.
//!
//! ```yaml
//! check:
//!   table-implies:
//!     table: 情况统计表
//!     each: column              # the names are rows, judged in each column; or `row`
//!     if: 培训班                 # where this is above 0 …
//!     then: [培训人员]           # … one of these is
//!     both-ways: true           # and the other way round
//! ```

use super::table::{self, Figure};
use super::{Context, Hit, Kind, Mark, Outcome};
use crate::facts::TableFact;
use crate::profile::{Form, Profile};
use crate::yaml::{Faults, Fields, Node};
use std::sync::Arc;

/// The check `table-implies`.
#[derive(Debug)]
pub struct TableImplies {
    form: Arc<Form>,
    /// Whether the names are rows, judged in each column; else the other way round.
    each_column: bool,
    premise: usize,
    consequences: Vec<usize>,
    both_ways: bool,
}

impl Kind for TableImplies {
    const NAME: &'static str = "table-implies";
    const CASES: &'static [&'static str] = &["zero", "zero-back"];
    const SLOTS: &'static [&'static str] = &["table", "line", "if", "value", "then"];
    const ROLES: &'static [&'static str] = &["premise"];

    fn decode(node: &Node, profile: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let form = fields.need("table", faults).and_then(|node| table::form(node, profile, faults));
        let each = fields.need("each", faults).and_then(|node| table::each(node, faults));
        let premise = fields.need("if", faults);
        let consequences = fields.need("then", faults);
        let both_ways = fields.get("both-ways").is_some_and(|node| node.want_bool(faults));
        fields.finish(faults);
        let (form, each_column) = (form?, each?);
        let lines = Arc::clone(&form);
        let named = if each_column { &lines.rows } else { &lines.columns };
        let premise = *table::lines(premise?, named, faults).first()?;
        let consequences = table::lines(consequences?, named, faults);
        Some(Self { form, each_column, premise, consequences, both_ways })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        for (_, table) in context.tables(&self.form) {
            let lines = if self.each_column { self.form.columns.len() } else { self.form.rows.len() };
            for line in 0..lines {
                self.judge(context, table, line, out);
            }
        }
    }
}

impl TableImplies {
    /// Silent where a figure is missing or blank: that is no 0.
    fn judge(&self, context: &Context<'_>, table: &TableFact, line: usize, out: &mut Outcome) {
        let figure = |name: usize| {
            let (row, column) = if self.each_column { (name, line) } else { (line, name) };
            table::figure(table, row, column).ok().filter(|f| f.written().number().is_some())
        };
        let Some(premise) = figure(self.premise) else { return };
        let found: Option<Vec<Figure<'_>>> = self.consequences.iter().map(|name| figure(*name)).collect();
        let Some([first, rest @ ..]) = found.as_deref() else { return };
        let positive = |figure: &Figure<'_>| figure.number_or_zero() > rust_decimal::Decimal::ZERO;
        let follows = positive(first) || rest.iter().any(positive);
        if positive(&premise) && !follows {
            out.hits.push(self.hit("zero", context, line, *first, premise));
        } else if self.both_ways && follows && !positive(&premise) {
            out.hits.push(self.hit("zero-back", context, line, premise, *first));
        }
    }

    fn hit(
        &self,
        case: &'static str,
        context: &Context<'_>,
        line: usize,
        zero: Figure<'_>,
        positive: Figure<'_>,
    ) -> Hit {
        let (named, iterated) = if self.each_column {
            (&self.form.rows, &self.form.columns)
        } else {
            (&self.form.columns, &self.form.rows)
        };
        let names: Vec<&str> = self.consequences.iter().map(|name| named[*name].name.as_str()).collect();
        let premise = named[self.premise].name.as_str();
        Hit::new(case, zero.place(context))
            .with("table", self.form.name.as_str())
            .with("line", iterated[line].name.as_str())
            .with("if", premise)
            .with("then", names.join("、"))
            .with("value", positive.number_or_zero())
            .mark(Mark::new("premise", positive.place(context)).with("name", premise).with("value", positive.number_or_zero()))
    }
}
