//! `roster`: organs on a list of those that must report (`gouji check --expect`) of which no
//! report for the year was found. The list is matched in layer 6; this kind gives the case, the
//! values and the words.
//!
//! ```yaml
//! check:
//!   roster: {}
//! ```

use super::{Hit, Kind};
use crate::profile::Profile;
use crate::text::FoldedSpan;
use crate::yaml::{Faults, Fields, Node};

/// The check `roster`.
#[derive(Debug)]
pub struct Roster;

impl Kind for Roster {
    const NAME: &'static str = "roster";
    const CASES: &'static [&'static str] = &["missing", "other-year"];
    const SLOTS: &'static [&'static str] = &["organ", "year", "years"];
    const ROLES: &'static [&'static str] = &[];

    fn decode(node: &Node, _: &Profile, faults: &mut Faults) -> Option<Self> {
        Fields::of(node, faults)?.finish(faults);
        Some(Self)
    }
}

impl Roster {
    /// The hit for `organ`, of which there are reports about the years `found` alone.
    pub fn hit(organ: &str, year: i16, found: &[i16]) -> Hit {
        let years: Vec<String> = found.iter().map(i16::to_string).collect();
        Hit::new(if found.is_empty() { "missing" } else { "other-year" }, FoldedSpan::default())
            .with("organ", organ)
            .with("year", year)
            .with("years", super::Slot::Keys(years))
    }
}
