//! Layer 1: the names of sections, tables, rows and columns, and what they look like in real
//! files. Types only; the words come from `rules/*/profile.yml`.

use crate::text::{Words, skeleton};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// The names one pack gives to the parts of a report.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Sections, in their official order.
    pub sections: Vec<SectionName>,
    /// Tables.
    pub forms: Vec<Arc<Form>>,
    /// What the names are called in English, as far as somebody said so.
    pub english: BTreeMap<String, String>,
}

impl Profile {
    /// English for `text` if all of it is names and figures: one name, names joined by ` › `, or
    /// a formula of names and figures. Words of the report are never put into English.
    pub fn in_english(&self, text: &str) -> Option<String> {
        let part = |part: &str| match self.word(part) {
            Some(word) => Some(word.to_owned()),
            None => (!part.contains(char::is_alphabetic)).then(|| part.to_owned()),
        };
        let all = |separator: &str| {
            let parts: Option<Vec<String>> = text.split(separator).map(part).collect();
            parts.map(|parts| parts.join(separator))
        };
        all(" › ").or_else(|| all(" ")).filter(|english| english != text)
    }

    /// The English for a name, or for the official label of a row or column.
    fn word(&self, name: &str) -> Option<&str> {
        let label = |form: &Arc<Form>| {
            let line = form.rows.iter().chain(&form.columns).find(|line| line.label() == name)?;
            self.english.get(&line.name)
        };
        let known = self.english.get(name);
        known.or_else(|| self.forms.iter().find_map(label)).map(String::as_str)
    }

    /// The section called `name`.
    pub fn section(&self, name: &str) -> Option<&SectionName> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The table called `name`.
    pub fn form(&self, name: &str) -> Option<&Arc<Form>> {
        self.forms.iter().find(|form| form.name == name)
    }
}

/// A section of the report.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SectionName {
    /// The name rules use: `总体情况`.
    pub name: String,
    /// Its official title.
    pub title: String,
    /// Its official number, if it has one.
    pub ordinal: Option<u32>,
    /// What its heading looks like: a heading is this section's if it holds all words of one of
    /// these alternatives.
    pub terms: Vec<Vec<String>>,
    /// Words that make it another section's heading.
    pub unless: Vec<String>,
}

impl SectionName {
    /// How many characters of `heading` (folded) the official title or the best alternative
    /// explains, if one fits.
    pub fn fit(&self, heading: &str) -> Option<usize> {
        if self.unless.iter().any(|word| heading.contains(word.as_str())) {
            return None;
        }
        let fits = |words: &&Vec<String>| words.iter().all(|word| heading.contains(word.as_str()));
        let length = |words: &Vec<String>| words.iter().map(|w| w.chars().count()).sum();
        let title = heading.contains(&self.title).then(|| self.title.chars().count());
        self.terms.iter().filter(fits).map(length).max().max(title)
    }
}

/// Names a form for good: the pack that defines it and its name there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FormId {
    /// The pack whose profile defines the form.
    pub pack: String,
    /// The table's name there.
    pub name: String,
}

/// A table of an official form: what its rows and columns are called.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its identity.
    pub id: FormId,
    /// The name rules use: `申请办理`.
    pub name: String,
    /// Its official title.
    pub title: String,
    /// The number of the report's section it belongs to, if any (表三 stands in section 三).
    pub section: Option<String>,
    /// Texts one of which stands in its head.
    pub signs: Vec<String>,
    /// Columns with figures, left to right.
    pub columns: Vec<Line>,
    /// The column that adds up all others, if there is one.
    pub total: Option<usize>,
    /// Rows, top to bottom; one unnamed row if the figures stand under the heads alone.
    pub rows: Vec<Line>,
}

impl Form {
    /// Whether the form has one row of figures without a label (行政复议、行政诉讼).
    pub fn is_single_row(&self) -> bool {
        matches!(self.rows.as_slice(), [row] if row.labels.is_empty())
    }

    /// The index of the column called `name`.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|line| line.name == name)
    }

    /// The index of the row called `name`.
    pub fn row(&self, name: &str) -> Option<usize> {
        self.rows.iter().position(|line| line.name == name)
    }
}

/// A row or a column of a form.
#[derive(Clone, Debug)]
pub struct Line {
    /// The name rules use.
    pub name: String,
    /// The labels it is known by, official one first; the parts of a head path joined by `›`.
    pub labels: Vec<String>,
    /// The skeletons of those labels (of the last part of a path), for matching.
    pub keys: Vec<String>,
    /// Whether it is a heading inside the table that takes no figures.
    pub group: bool,
}

impl Line {
    /// A line with the given labels, official one first.
    pub fn new(name: &str, labels: Vec<String>, group: bool) -> Self {
        let leaf = |label: &String| skeleton(label.rsplit('›').next().unwrap_or(label));
        let keys = labels.iter().map(leaf).collect();
        Self { name: name.to_owned(), labels, keys, group }
    }

    /// The official label, else the name.
    pub fn label(&self) -> &str {
        self.labels.first().map_or(&self.name, |label| label.as_str())
    }
}

/// Everything headings and labels can look like, whatever the year: the union of all profiles.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// All forms.
    pub forms: Vec<Arc<Form>>,
    /// All sections.
    pub sections: Vec<SectionName>,
    /// Skeletons of all row and column labels and signs.
    keys: Words,
    /// Skeletons that open a table: signs and long row labels.
    openers: Words,
    index: OnceLock<LabelIndex>,
    words: OnceLock<SectionIndex>,
}

/// What a label found in a table is to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelRole {
    /// It stands in the form's head.
    Sign,
    /// It names the column with this index.
    Column(usize),
    /// It names the row with this index.
    Row(usize),
}

/// A label found in a text of skeletons.
#[derive(Clone, Copy, Debug)]
pub struct LabelHit {
    /// Index into [`Vocabulary::forms`].
    pub form: usize,
    /// What it is to that form.
    pub role: LabelRole,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// All labels of all forms, searched at once.
#[derive(Debug)]
struct LabelIndex {
    labels: Words,
    /// For each pattern, what it is to which form.
    owners: Vec<Vec<(usize, LabelRole)>>,
}

impl LabelIndex {
    fn new(forms: &[Arc<Form>]) -> Self {
        let mut labels: Vec<(String, usize, LabelRole)> = Vec::new();
        for (index, form) in forms.iter().enumerate() {
            let signs = form.signs.iter().map(|sign| (skeleton(sign), LabelRole::Sign));
            let lines = |lines: &[Line],
                         role: fn(usize) -> LabelRole|
             -> Vec<(String, LabelRole)> {
                let keys = lines.iter().enumerate();
                keys.flat_map(|(i, line)| line.keys.iter().map(move |key| (key.clone(), role(i))))
                    .collect()
            };
            let columns = lines(&form.columns, LabelRole::Column);
            let rows = lines(&form.rows, LabelRole::Row);
            labels.extend(signs.chain(columns).chain(rows).map(|(key, role)| (key, index, role)));
        }
        labels.retain(|(key, _, _)| !key.is_empty());
        labels.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut patterns: Vec<String> = Vec::new();
        let mut owners: Vec<Vec<(usize, LabelRole)>> = Vec::new();
        for (key, form, role) in labels {
            if patterns.last() != Some(&key) {
                patterns.push(key);
                owners.push(Vec::new());
            }
            if let Some(last) = owners.last_mut() {
                last.push((form, role));
            }
        }
        Self { labels: Words::new(patterns), owners }
    }
}

/// By the words themselves, in their order: what has the same words reads alike.
impl Hash for Vocabulary {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for form in &self.forms {
            form.id.hash(state);
        }
        (&self.sections, &self.keys, &self.openers).hash(state);
    }
}

impl Vocabulary {
    /// The union of `profiles`.
    pub fn new<'a>(profiles: impl IntoIterator<Item = &'a Profile>) -> Self {
        let mut vocabulary = Self::default();
        for profile in profiles {
            for form in &profile.forms {
                if vocabulary.forms.iter().all(|known| known.id != form.id) {
                    vocabulary.forms.push(Arc::clone(form));
                }
            }
            for section in &profile.sections {
                if !vocabulary.sections.contains(section) {
                    vocabulary.sections.push(section.clone());
                }
            }
        }
        let (mut keys, mut openers) = (Vec::new(), Vec::new());
        for form in &vocabulary.forms {
            openers.extend(form.signs.iter().map(|sign| skeleton(sign)));
            let labels = form.rows.iter().flat_map(|row| &row.keys);
            openers.extend(labels.filter(|key| key.chars().count() >= 8).cloned());
            let lines = form.rows.iter().chain(&form.columns);
            keys.extend(lines.flat_map(|line| line.keys.iter().cloned()));
            // The upper parts of head paths (行政复议, 法人或其他组织) stand in the table too.
            let heads = form.columns.iter().flat_map(|line| &line.labels);
            keys.extend(heads.flat_map(|label| label.split('›')).map(skeleton));
        }
        keys.extend(openers.iter().cloned());
        (vocabulary.keys, vocabulary.openers) = (Words::new(keys), Words::new(openers));
        vocabulary
    }

    /// Every label of every form in `text`, a text of skeletons, in order of its end.
    pub fn labels_in(&self, text: &str) -> Vec<LabelHit> {
        let index = self.index.get_or_init(|| LabelIndex::new(&self.forms));
        let found = index.labels.find_all(text).flat_map(|(at, label)| {
            let owners = index.owners[label].iter();
            owners.map(move |(form, role)| LabelHit {
                form: *form,
                role: *role,
                start: at.start,
                end: at.end,
            })
        });
        let mut found: Vec<LabelHit> = found.collect();
        found.sort_by_key(|hit| (hit.end, hit.start));
        found
    }

    /// Whether the skeleton `cell` is the beginning of a known label that goes on elsewhere.
    pub fn begins_label(&self, cell: &str) -> bool {
        cell.chars().count() >= 2 && self.keys.begins_one(cell)
    }

    /// The length in bytes of the table opener that the skeleton `cell` begins with.
    pub fn opener(&self, cell: &str) -> Option<usize> {
        self.openers.at_start(cell).map(|(length, _)| length)
    }

    /// The length in bytes of the longest label that the skeleton `cell` begins with.
    pub fn label(&self, cell: &str) -> Option<usize> {
        self.keys.at_start(cell).map(|(length, _)| length)
    }

    /// The section whose heading `title` (folded, without ordinal) most likely is.
    pub fn section(&self, title: &str) -> Option<&SectionName> {
        let index = self.words.get_or_init(|| SectionIndex::new(&self.sections));
        match index.words {
            Some(_) => index.best(title).map(|section| &self.sections[section]),
            None => best_section(&self.sections, title),
        }
    }
}

/// The words of all sections' headings, searched at once: every short line is asked about.
#[derive(Debug)]
struct SectionIndex {
    /// None if there are more than a set holds: then the slow way is still right.
    words: Option<Words>,
    /// For each section: the words that rule it out, and its alternatives with their weight.
    sections: Vec<(WordSet, Vec<(WordSet, usize)>)>,
}

/// A set of words by their numbers; there are some 80.
type WordSet = u128;

impl SectionIndex {
    fn new(sections: &[SectionName]) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut sets = Vec::with_capacity(sections.len());
        for section in sections {
            let unless = word_set(&mut words, &section.unless);
            let title = std::slice::from_ref(&section.title);
            let ways = section.terms.iter().map(Vec::as_slice).chain([title]);
            let weight = |way: &[String]| way.iter().map(|word| word.chars().count()).sum();
            let ways = ways.map(|way| (word_set(&mut words, way), weight(way))).collect();
            sets.push((unless, ways));
        }
        let words = (words.len() <= 128).then(|| Words::new(words));
        Self { words, sections: sets }
    }

    /// The index of the section that explains most of `title`; of equals the first.
    fn best(&self, title: &str) -> Option<usize> {
        let mut present: WordSet = 0;
        for (_, word) in self.words.as_ref()?.find_all(title) {
            present |= 1 << word;
        }
        if present == 0 {
            return None;
        }
        let fit = |(unless, ways): &(WordSet, Vec<(WordSet, usize)>)| {
            let ways = ways.iter().filter(|(way, _)| way & present == *way);
            let best = ways.map(|(_, weight)| *weight).max()?;
            (unless & present == 0).then_some(best)
        };
        let fits = self
            .sections
            .iter()
            .enumerate()
            .filter_map(|(i, section)| Some((fit(section)?, Reverse(i))));
        fits.max().map(|(_, Reverse(i))| i)
    }
}

fn word_set(words: &mut Vec<String>, wanted: &[String]) -> WordSet {
    let mut set = 0;
    for word in wanted {
        let known = words.iter().position(|known| known == word);
        let at = known.unwrap_or_else(|| {
            words.push(word.clone());
            words.len() - 1
        });
        set |= 1u128.checked_shl(at as u32).unwrap_or(0);
    }
    set
}

/// The section of `sections` that explains most of `title` (folded).
pub fn best_section<'a>(sections: &'a [SectionName], title: &str) -> Option<&'a SectionName> {
    let mut best: Option<(usize, &SectionName)> = None;
    for section in sections {
        if let Some(fit) = section.fit(title)
            && best.is_none_or(|(most, _)| fit > most)
        {
            best = Some((fit, section));
        }
    }
    best.map(|(_, section)| section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_formulas_are_put_into_english_and_words_of_a_report_are_not() {
        let english = [("本年新收", "received"), ("自然人", "natural persons")];
        let english = english.map(|(name, word)| (name.to_owned(), word.to_owned()));
        let profile = Profile { english: english.into(), ..Profile::default() };
        for (text, wanted) in [
            ("自然人", Some("natural persons")),
            ("本年新收 › 自然人", Some("received › natural persons")),
            ("本年新收 10 ≠ 自然人 2", Some("received 10 ≠ natural persons 2")),
            ("本年新收 甲县", None),
            ("12", None),
            ("甲", None),
        ] {
            assert_eq!(profile.in_english(text).as_deref(), wanted, "{text}");
        }
    }
}
