//! A pack: rules for a span of years, with the names and documents they use.

use super::{Change, Rule};
use crate::finding::Words;
use crate::profile::Profile;

/// Report years, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// First year, if there is one.
    pub from: Option<i16>,
    /// Last year, if there is one.
    pub to: Option<i16>,
}

impl Years {
    /// Reads `2019..2020`, `2021..`, `..2018`, `2019`.
    pub fn parse(text: &str) -> Option<Self> {
        let year = |text: &str| match text.trim() {
            "" => Some(None),
            text => text.parse::<i16>().ok().filter(|y| (2008..2100).contains(y)).map(Some),
        };
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (year(from)?, year(to)?),
            None => (year(text)?, year(text)?),
        };
        let empty = from.is_none() && to.is_none();
        let backwards = from.zip(to).is_some_and(|(from, to)| from > to);
        (!empty && !backwards).then_some(Self { from, to })
    }

    /// Whether `year` lies within.
    pub fn contains(self, year: i16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// Whether some year lies within both.
    pub fn overlaps(self, other: Self) -> bool {
        let before = |to: Option<i16>, from: Option<i16>| to.zip(from).is_some_and(|(a, b)| a < b);
        !before(self.to, other.from) && !before(other.to, self.from)
    }

    /// As rule files write it.
    pub fn text(self) -> String {
        let year = |year: Option<i16>| year.map_or(String::new(), |year| year.to_string());
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (from, to) => format!("{}..{}", year(from), year(to)),
        }
    }
}

/// A pack as it is in force: what it inherits is in it.
#[derive(Debug)]
pub struct Pack {
    /// Its folder under `rules/`, which is its name.
    pub name: String,
    /// Its name in lists.
    pub title: Words,
    /// The version of its words and rules.
    pub version: String,
    /// The report years it governs.
    pub years: Years,
    /// Whether it is in force only if asked for.
    pub opt_in: bool,
    /// Whether it also judges reports by school year.
    pub academic: bool,
    /// The pack whose names and rules it inherits.
    pub extends: Option<String>,
    /// Documents that may be cited, by key.
    pub documents: Vec<Document>,
    /// The clauses it stands for.
    pub clauses: Vec<Clause>,
    /// The names it gives.
    pub profile: Profile,
    /// Its rules, in order of their files.
    pub rules: Vec<Rule>,
    /// What it and the packs it extends change of rules; the last that means a report decides.
    pub changes: Vec<Change>,
    /// The files of inherited rules that rules of its own replace, each with the file that does.
    pub replaced: Vec<(String, String)>,
    /// Whether it is built in.
    pub builtin: bool,
}

/// A document that rules may cite.
#[derive(Clone, Debug)]
pub struct Document {
    /// The key that `cite` begins with.
    pub key: String,
    /// Its full name.
    pub title: String,
    /// The report years it binds; a finding about another year does not cite it.
    pub years: Option<Years>,
}

/// A clause of a document that a pack stands for.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Document key and number: `条例2019 第五十条（一）`.
    pub id: String,
    /// What it asks for.
    pub text: String,
    /// Why no machine can check it, if so.
    pub uncheckable: Option<Words>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_as_packs_write_them() {
        let years = |text| Years::parse(text).map(Years::text);
        for text in ["2019..2020", "2021..", "..2018", "2019"] {
            assert_eq!(years(text).as_deref(), Some(text));
        }
        for text in ["", "..", "2020..2019", "20219", "year"] {
            assert_eq!(years(text), None, "{text}");
        }
    }
}
