//! Charts: how many findings of which level, by rule and by organ.

use crate::finding::Lang;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most bars of a chart.
const BARS: usize = 12;
/// The kinds of finding a bar is made of, in order.
pub(super) const KINDS: [&str; 4] = ["error", "warning", "info", "preview"];

/// How many findings of each kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// What is shown, if not the key.
    pub(super) name: String,
    /// By [`KINDS`].
    pub(super) counts: [usize; KINDS.len()],
}

impl Tally {
    fn all(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// A bar for each key, the longest first; clicking one filters by `filter`.
pub(super) fn chart(
    title: &str,
    filter: &str,
    tallies: &BTreeMap<String, Tally>,
    lang: Lang,
) -> Markup {
    let mut bars: Vec<(&String, &Tally)> = tallies.iter().filter(|(_, t)| t.all() > 0).collect();
    bars.sort_by_key(|(_, tally)| std::cmp::Reverse((tally.all(), tally.counts)));
    let longest = bars.first().map_or(1, |(_, tally)| tally.all());
    let (shown, rest) = bars.split_at(bars.len().min(BARS));
    let left: usize = rest.iter().map(|(_, tally)| tally.all()).sum();
    html! {
        @if !shown.is_empty() {
            section class="chart" {
                h2 { (title) }
                @for (key, tally) in shown {
                    button type="button" class="bar" data-filter=(filter) data-value=(key) title=(key) {
                        span class="name" { (if tally.name.is_empty() { key } else { &tally.name }) }
                        (bar(tally, longest))
                        span class="count" { (tally.all()) }
                    }
                }
                @if !rest.is_empty() {
                    p class="more" {
                        @match lang {
                            Lang::Zh => { "其余 " (rest.len()) " 项共 " (left) " 处" }
                            Lang::En => { (rest.len()) " others, " (left) " findings" }
                        }
                    }
                }
            }
        }
    }
}

fn bar(tally: &Tally, longest: usize) -> Markup {
    let mut start = 0;
    let part = |(kind, count): (&&'static str, &usize)| {
        let from = start;
        start += count;
        (*kind, from, *count)
    };
    let parts: Vec<_> = KINDS.iter().zip(&tally.counts).map(part).collect();
    html! {
        svg viewBox={"0 0 " (longest) " 1"} preserveAspectRatio="none" aria-hidden="true" {
            @for (kind, from, count) in parts {
                @if count > 0 { rect class=(kind) x=(from) y="0" width=(count) height="1" {} }
            }
        }
    }
}
