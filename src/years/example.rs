//! The examples of rules that compare reports: two years, two organs, or a list of organs.

use super::{Ledger, Roster};
use crate::check::{Check, Side};
use crate::document::Placed;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::rule::{self, Comparing, Example, InForce, Memo, Reading, Rule};

/// The reports of one example, read; `facts` is of the one the rule judges.
pub(crate) struct Examples<'a> {
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) year: i16,
    pub(crate) previous: Option<&'a Facts<'a>>,
    pub(crate) others: &'a [Facts<'a>],
}

impl Examples<'_> {
    /// What the rules find. As in a run, nothing is found where what is kept of two reports gives no
    /// reason to look at them again.
    pub(crate) fn judge(&self, example: &Example, how: Comparing<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        let now = Reading { facts: self.facts, year: self.year };
        if let Some(previous) = self.previous {
            let before = Reading { facts: previous, year: self.year - 1 };
            let memos = (rule::keep(before, how), rule::keep(now, how));
            if rule::suspects(&memos.0, &memos.1, self.year, self.facts.identity.body, how) {
                found.extend(rule::compare(now, before, true, how).findings);
            }
        }
        let roster = example.expect.as_ref();
        let roster = roster.and_then(|list| Roster::read("expect.csv", list.as_bytes()).ok());
        for (in_force, rule) in how.rules_for(self.year, self.facts.identity.body) {
            let alike = |other| self.alike(in_force, rule, other, how);
            found.extend(self.others.iter().filter_map(alike));
            if let (Check::Roster(_), Some(roster)) = (&rule.check, &roster) {
                let ledger = Ledger::new(self.facts, self.year, Memo::default(), &[]);
                let name = (in_force.pack.name.as_str(), rule);
                found.extend(roster.findings(name, &[ledger], self.year, how));
            }
        }
        found
    }

    fn alike(
        &self,
        in_force: &InForce<'_>,
        rule: &Rule,
        other: &Facts<'_>,
        how: Comparing<'_>,
    ) -> Option<Finding> {
        let Check::SameText(check) = &rule.check else { return None };
        let context = rule::context(self.facts, self.year, in_force, how.as_of);
        let others = rule::context(other, self.year, in_force, how.as_of);
        let shared = check.shared(&context, &others)?;
        let organ = other.identity.organ.as_ref().map(|organ| organ.value.clone());
        let hit = check.alike(&context, &[(organ.unwrap_or_default(), shared.percent)]);
        let document = self.facts.document;
        let put = |side: Side, at: &Placed| match side {
            Side::Now | Side::Before => document.place(at),
            Side::Other(_) => other.document.place(&other.document.anchor().into()),
        };
        let name = (in_force.pack.name.as_str(), rule);
        rule::worded(name, hit, Some(document), &put, (self.year, self.facts.identity.body), how)
    }
}
