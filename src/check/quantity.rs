//! The quantities of a `text-table`: the clauses that state them and the cells that hold them.

use super::lexicon::{Lexicon, Token};
use super::text_cells::Cells;
use crate::profile::Profile;
use crate::text::fold;
use crate::yaml::{Faults, Fields, Node, unknown};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// All quantities of one check, with the words of their clauses.
#[derive(Debug)]
pub(super) struct Quantities {
    pub(super) all: Vec<Quantity>,
    pub(super) lexicon: Lexicon,
}

/// Something a report counts.
#[derive(Debug)]
pub(super) struct Quantity {
    pub(super) name: String,
    /// What it is counted in; anything but a share if empty.
    units: Vec<String>,
    /// Clauses that say it and nothing else.
    says: Vec<Wording>,
    /// Clauses that may also mean something else.
    perhaps: Vec<Wording>,
    /// Clauses that say there is none.
    none: Vec<Wording>,
    /// Clauses that take it up again (14件申请中), if 中 stands behind them.
    recalls: Vec<Wording>,
    /// What it may be a part of.
    pub(super) wholes: Vec<usize>,
    /// Whether it is understood only after one of its wholes.
    pub(super) needs_whole: bool,
    /// Whether only a 0 in the table contradicts it.
    pub(super) zero_only: bool,
    /// Whether `none` says that all is otherwise.
    pub(super) exclusive: bool,
    /// How many of the text's units one in the table is.
    pub(super) times: Decimal,
    pub(super) cells: Vec<Cells>,
}

/// How sure a clause is about its quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// It says this.
    Certain,
    /// It may say something else.
    Perhaps,
    /// It takes up what was told before.
    Recalled,
}

impl Quantities {
    /// Reads the list of quantities; a key of `synonyms` stands for all words of its list.
    pub(super) fn decode(
        node: &Node,
        synonyms: Option<&Node>,
        profile: &Profile,
        faults: &mut Faults,
    ) -> Self {
        let mut words = Words { lexicon: Lexicon::default(), synonyms: BTreeMap::new() };
        for (key, node) in synonyms.map(|node| node.want_entries(faults)).unwrap_or_default() {
            let list = node.want_texts(faults);
            let indices = list.iter().map(|word| words.lexicon.word(&fold(word))).collect();
            words.synonyms.insert(key.text.to_string(), indices);
        }
        let mut all = Vec::new();
        let mut wholes = Vec::new();
        for item in node.items() {
            if let Some((quantity, whole)) = Quantity::decode(item, profile, &mut words, faults) {
                all.push(quantity);
                wholes.push(whole);
            }
        }
        let names: Vec<String> = all.iter().map(|quantity| quantity.name.clone()).collect();
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        for (quantity, whole) in all.iter_mut().zip(wholes) {
            for node in whole.map(Node::items).unwrap_or_default() {
                let Some(name) = node.want_text(faults) else { continue };
                match names.iter().position(|known| *known == name) {
                    Some(index) => quantity.wholes.push(index),
                    None => unknown(&node.at, &name, &known, faults),
                }
            }
        }
        Self { all, lexicon: words.lexicon }
    }

    /// The quantities the clause speaks of with its figure, counted in `unit`.
    pub(super) fn stated(&self, tokens: &[Token], unit: Option<&str>) -> Vec<(usize, Sure)> {
        let fits = |wordings: &[Wording]| wordings.iter().any(|wording| wording.fits(tokens));
        let sure = |quantity: &Quantity| {
            let counted = quantity.units.is_empty()
                || unit.is_some_and(|unit| quantity.units.iter().any(|known| known == unit));
            match () {
                () if !counted => None,
                () if fits(&quantity.says) => Some(Sure::Certain),
                () if fits(&quantity.perhaps) => Some(Sure::Perhaps),
                () if fits(&quantity.recalls) => Some(Sure::Recalled),
                () => None,
            }
        };
        let of = |(i, quantity)| Some((i, sure(quantity)?));
        self.that_fit(tokens).filter_map(of).collect()
    }

    /// The quantities of which the clause says that there are none.
    pub(super) fn denied(&self, tokens: &[Token]) -> Vec<usize> {
        let fits = |quantity: &Quantity| quantity.none.iter().any(|wording| wording.fits(tokens));
        self.that_fit(tokens).filter(|(_, quantity)| fits(quantity)).map(|(i, _)| i).collect()
    }

    /// The quantities that a clause may speak of: none if a word of it is unknown.
    fn that_fit(&self, tokens: &[Token]) -> impl Iterator<Item = (usize, &Quantity)> {
        let known = !tokens.contains(&Token::Unknown);
        known.then(|| self.all.iter().enumerate()).into_iter().flatten()
    }
}

impl Quantity {
    /// Whether one wording may mean one of several sums.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.cells.iter().any(|cells| cells.readings() > 1)
    }

    /// A quantity and the node that names its wholes.
    fn decode<'n>(
        node: &'n Node,
        profile: &Profile,
        words: &mut Words,
        faults: &mut Faults,
    ) -> Option<(Self, Option<&'n Node>)> {
        let mut fields = Fields::of(node, faults)?;
        let name = fields.need("name", faults).and_then(|node| node.want_text(faults));
        let units = fields.get("unit").map(|node| node.items()).unwrap_or_default();
        let units = units.iter().filter_map(|node| node.want_text(faults)).collect();
        let mut wordings = |key| {
            let nodes = fields.get(key).map(Node::items).unwrap_or_default();
            let read = |node| Wording::decode(node, key != "none", words, faults);
            nodes.iter().filter_map(read).collect::<Vec<_>>()
        };
        let (says, perhaps, none) = (wordings("says"), wordings("perhaps"), wordings("none"));
        let recalls = wordings("recalls");
        let wholes = fields.get("of");
        let mut flag = |key| fields.get(key).is_some_and(|node| node.want_bool(faults));
        let (needs_whole, zero_only, exclusive) =
            (flag("needs-whole"), flag("zero-only"), flag("exclusive"));
        let times = fields.get("times").and_then(|node| node.want_number(faults));
        let cells = fields.get("cells");
        fields.finish(faults);
        let cells = cells.map(|node| Cells::list(node, profile, faults)).unwrap_or_default();
        if says.is_empty() && perhaps.is_empty() && none.is_empty() {
            let (zh, en) = (
                "这个数没有任何说法：请写“says”“perhaps”或“none”",
                "nothing states this quantity: give “says”, “perhaps” or “none”",
            );
            faults.push(&node.at, zh, en);
        }
        let quantity = Self {
            name: name?,
            units,
            says,
            perhaps,
            none,
            recalls,
            wholes: Vec::new(),
            needs_whole,
            zero_only,
            exclusive,
            times: Decimal::from(times.unwrap_or(1)),
            cells,
        };
        Some((quantity, wholes))
    }
}

/// The words of all wordings.
struct Words {
    lexicon: Lexicon,
    synonyms: BTreeMap<String, Vec<usize>>,
}

impl Words {
    fn tokens(&mut self, word: &str) -> Vec<Token> {
        match self.synonyms.get(word) {
            Some(words) => words.iter().map(|word| Token::Word(*word)).collect(),
            None if word == "N" => vec![Token::Figure],
            None => vec![Token::Word(self.lexicon.word(&fold(word)))],
        }
    }
}

/// The words of a clause in their order.
#[derive(Debug)]
struct Wording(Vec<Place>);

/// One place of a clause: one of these must stand there, unless it may be absent.
#[derive(Debug)]
struct Place {
    any: Vec<Token>,
    optional: bool,
}

impl Wording {
    fn decode(
        node: &Node,
        with_figure: bool,
        words: &mut Words,
        faults: &mut Faults,
    ) -> Option<Self> {
        let text = node.want_text(faults)?;
        let places: Vec<Place> = text
            .split_whitespace()
            .map(|place| {
                let any = place.trim_end_matches('?').split('|').filter(|word| !word.is_empty());
                let any = any.flat_map(|word| words.tokens(word)).collect();
                Place { any, optional: place.ends_with('?') }
            })
            .collect();
        let figures = places.iter().filter(|place| place.any == [Token::Figure]).count();
        if figures != usize::from(with_figure) {
            let (zh, en) = match with_figure {
                true => {
                    ("这里应当有一个 N，表示数字所在的位置", "one N must stand here for the figure")
                }
                false => ("“none”说的是没有，不应有 N", "“none” says there is none: no N here"),
            };
            faults.push(&node.at, zh, en);
        }
        if places.iter().all(|place| place.optional || place.any == [Token::Figure]) {
            let (zh, en) = ("至少要有一个必须出现的词", "one word at least must be required");
            faults.push(&node.at, zh, en);
        }
        Some(Self(places))
    }

    fn fits(&self, tokens: &[Token]) -> bool {
        fits(&self.0, tokens)
    }
}

fn fits(places: &[Place], tokens: &[Token]) -> bool {
    let Some((place, places)) = places.split_first() else { return tokens.is_empty() };
    if tokens.len() > places.len() + 1 {
        return false;
    }
    let taken = tokens
        .split_first()
        .is_some_and(|(token, tokens)| place.any.contains(token) && fits(places, tokens));
    taken || (place.optional && fits(places, tokens))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::lexicon::Whose;
    use crate::yaml::parse;

    fn quantities(yaml: &str) -> (Quantities, Faults) {
        let mut faults = Faults::new(true);
        let node = parse(yaml).unwrap();
        (Quantities::decode(&node, None, &Profile::default(), &mut faults), faults)
    }

    #[test]
    fn a_clause_says_exactly_the_words_of_a_wording() {
        let (known, faults) = quantities(
            "- { name: 收到, unit: 件, says: [收到|受理 依申请? 申请 N, 收到 N 申请], none: [未 收到 申请] }",
        );
        assert!(faults.found.is_empty());
        let read = |before, after, figure| {
            known.lexicon.read([before, after], figure, &Whose::new("", 2021)).tokens
        };
        let says = |before, after| known.stated(&read(before, after, true), Some("件")).len() == 1;
        assert!(says("全年共收到申请", "") && says("受理依申请申请", "") && says("收到", "申请"));
        assert!(!says("收到", "") && !says("通过网络收到申请", "") && !says("收到申请", "办结"));
        assert_eq!(known.stated(&read("收到申请", "", true), Some("条")).len(), 0);
        assert_eq!(known.denied(&read("我局未收到政府信息公开申请", "", false)).len(), 1);
    }

    #[test]
    fn faults_are_named() {
        let faults = |yaml| quantities(yaml).1.found.len();
        assert_eq!(faults("- { name: 甲, says: [收到 N], of: [乙] }"), 1);
        assert_eq!(faults("- { name: 甲, says: [收到] }"), 1);
        assert_eq!(faults("- { name: 甲, none: [无 N 申请] }"), 1);
        assert_eq!(faults("- { name: 甲, says: [收到? N] }"), 1);
        assert_eq!(faults("- { name: 甲 }"), 1);
    }
}
