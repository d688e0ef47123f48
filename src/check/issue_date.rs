//! `issue-date`: the date under the report (落款). Without options it judges the date itself; with
//! `deadlines:` it judges nothing but whether the report came out in time.
//!
//! ```yaml
//! check:
//!   issue-date:
//!     deadlines: { department: 01-31, township: none, default: 03-31 }   # of the next year
//!     local: { township: 03-31 }      # no national date binds them: its own case, `late-local`
//! ```

use super::{Context, Doubt, Hit, Kind, Outcome, Reason, Slot};
use crate::document::{Document, Zone};
use crate::facts::{Body, Issued};
use crate::profile::Profile;
use crate::text::{FoldedSpan, piece};
use crate::yaml::{Faults, Fields, Key, Node, unknown};
use jiff::civil::Date;

/// The check `issue-date`.
#[derive(Debug)]
pub struct IssueDate {
    deadlines: Option<Deadlines>,
}

/// The last day of publication for each kind of body, as month and day of the following year.
#[derive(Debug, Default)]
struct Deadlines {
    national: Vec<(Body, Option<Day>)>,
    default: Option<Day>,
    local: Vec<(Body, Option<Day>)>,
}

type Day = (i8, i8);

impl Kind for IssueDate {
    const NAME: &'static str = "issue-date";
    const CASES: &'static [&'static str] =
        &[
        "missing", "impossible", "incomplete", "before-end", "on-last-day", "future", "late", "late-local",
    ];
    const SLOTS: &'static [&'static str] = &["date", "deadline", "year", "found"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        let mut fields = Fields::of(node, faults)?;
        let national = fields.get("deadlines");
        let local = fields.get("local");
        fields.finish(faults);
        let deadlines = national.map(|node| Deadlines::decode(node, local, faults));
        Some(Self { deadlines })
    }

    fn run(&self, context: &Context<'_>, out: &mut Outcome) {
        if context.facts.identity.academic {
            return;
        }
        let issued = context.facts.issued.as_ref();
        match (&self.deadlines, issued) {
            (None, None) => {
                if let Some(at) = impossible(context.facts.document) {
                    let found = context.facts.document.written(at);
                    out.hits.push(Hit::new("impossible", at).with("found", found).with("year", context.year));
                    return;
                }
                let hit = Hit::new("missing", context.facts.document.anchor());
                out.hits.push(hit.with("year", context.year));
            }
            (None, Some(issued)) => {
                let found = context.facts.document.written(issued.at);
                out.hits.extend(itself(issued, context).map(|hit| hit.with("found", found)));
            }
            (Some(deadlines), Some(issued)) => deadlines.judge(context, issued, out),
            (Some(_), None) => {}
        }
    }
}

/// A date that no calendar has (2019年2月30日) at the end of the report.
fn impossible(document: &Document) -> Option<FoldedSpan> {
    /// In bytes: a signature with its date.
    const LONGEST: usize = 120;
    let blocks = document.blocks.iter().rev().filter(|block| {
        !matches!(block.zone, Zone::Notice | Zone::Residue) && !block.is_table()
    });
    blocks.take(2).find_map(|block| {
        let text = document.text(block.at).trim_end();
        let (before, rest) = text.split_once('年')?;
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let year: i16 = piece(before, before.len() - digits, before.len()).parse().ok()?;
        let (month, rest) = rest.split_once('月')?;
        let day = rest.strip_suffix('日')?;
        let [month, day] = [month, day].map(|number| number.trim().parse::<i8>().ok());
        let wrong = Date::new(year, month?, day?).is_err();
        let at = FoldedSpan::new(before.len() - digits, text.len()).shift(block.at.start);
        (wrong && digits == 4 && text.len() <= LONGEST).then_some(at)
    })
}

/// Whether the date is whole and comes after the year it reports on. What a web page says of
/// itself is not the report's word.
fn itself(issued: &Issued, context: &Context<'_>) -> Option<Hit> {
    let year = context.year;
    if issued.from_page {
        return None;
    }
    let hit = |case| {
        Hit::new(case, issued.at).with("date", Slot::Day(issued.date.iso())).with("year", year)
    };
    let Some(date) = issued.date.civil() else { return Some(hit("incomplete")) };
    let last = jiff::civil::date(year, 12, 31);
    match date.cmp(&last) {
        std::cmp::Ordering::Less => Some(hit("before-end")),
        std::cmp::Ordering::Equal => Some(hit("on-last-day")),
        std::cmp::Ordering::Greater => (date > context.as_of).then(|| hit("future")),
    }
}

impl Deadlines {
    fn decode(national: &Node, local: Option<&Node>, faults: &mut Faults) -> Self {
        let mut deadlines = Self::default();
        for (key, node) in entries(national, faults) {
            match &*key.text {
                "default" => deadlines.default = day(node, faults),
                _ => deadlines.national.extend(body(key, &["default"], faults).map(|b| (b, day(node, faults)))),
            }
        }
        for (key, node) in local.map_or(&[][..], |node| entries(node, faults)) {
            deadlines.local.extend(body(key, &[], faults).map(|b| (b, day(node, faults))));
        }
        deadlines
    }

    fn judge(&self, context: &Context<'_>, issued: &Issued, out: &mut Outcome) {
        if issued.from_page {
            return;
        }
        let doubt = |reason| Doubt { reason, at: issued.at.into() };
        let Some(date) = issued.date.civil() else {
            out.doubts.push(doubt(Reason::PartialDate));
            return;
        };
        let late = |day: &Day| in_year(*day, context.year + 1).filter(|last| date > *last);
        let Some(body) = context.body else {
            // Late for some bodies, in time for others.
            if self.all().any(|day| late(&day).is_some()) {
                match self.uniform().and_then(|day| late(&day)) {
                    Some(last) => out.hits.push(hit("late", issued, last, context.year)),
                    None => out.doubts.push(doubt(Reason::NoBody)),
                }
            }
            return;
        };
        let of = |list: &[(Body, Option<Day>)]| list.iter().find(|(b, _)| *b == body).map(|(_, d)| *d);
        let national = of(&self.national).unwrap_or(self.default);
        if let Some(last) = national.as_ref().and_then(late) {
            out.hits.push(hit("late", issued, last, context.year));
        } else if let Some(last) = of(&self.local).flatten().as_ref().and_then(late) {
            out.hits.push(hit("late-local", issued, last, context.year));
        }
    }

    fn all(&self) -> impl Iterator<Item = Day> + '_ {
        let named = self.national.iter().chain(&self.local).filter_map(|(_, day)| *day);
        named.chain(self.default)
    }

    /// The deadline that holds for every body, if there is one.
    fn uniform(&self) -> Option<Day> {
        self.default.filter(|_| self.national.is_empty() && self.local.is_empty())
    }
}

fn hit(case: &'static str, issued: &Issued, last: Date, year: i16) -> Hit {
    Hit::new(case, issued.at)
        .with("date", Slot::Day(issued.date.iso()))
        .with("deadline", Slot::Day(last.to_string()))
        .with("year", year)
}

fn in_year((month, day): Day, year: i16) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn entries<'n>(node: &'n Node, faults: &mut Faults) -> &'n [(Key, Node)] {
    node.entries().unwrap_or_else(|| {
        faults.push(&node.at, "此处应为“机关类别: 月-日”", "“kind of body: month-day” is wanted here");
        &[]
    })
}

fn body(key: &Key, also: &[&'static str], faults: &mut Faults) -> Option<Body> {
    let body = Body::from_word(&key.text);
    if body.is_none() {
        let known: Vec<_> = Body::WORDS.iter().chain(also).copied().collect();
        unknown(&key.at, &key.text, &known, faults);
    }
    body
}

/// `03-31`, or `none`.
fn day(node: &Node, faults: &mut Faults) -> Option<Day> {
    let text = node.text().unwrap_or_default();
    if text == "none" {
        return None;
    }
    let parts = text.split_once('-');
    let day = parts.and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    let day = day.filter(|day| in_year(*day, 2023).is_some());
    if day.is_none() {
        faults.push(&node.at, "此处应为“月-日”（如 03-31）或 none", "month-day (03-31) or none is wanted here");
    }
    day
}
