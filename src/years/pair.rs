//! Which reports are of one organ and of consecutive years.
//!
//! Names are compared by what tells organs apart ([`OrganName`]): `甲市乙县丙镇人民政府` and `丙镇`
//! are one organ unless another `丙镇` is about; a government and its office are two, unless the
//! office reports for the government. A county that became a district, or a commission that became
//! a bureau of the same name, is followed where nothing else fits, and the doubt is kept.

use super::Ledger;
use crate::facts::OrganName;
use crate::finding::Lang;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Two reports of one organ, by their indices among the ledgers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The later year's report.
    pub now: usize,
    /// The earlier year's.
    pub before: usize,
    /// Whether they are certainly of one organ.
    pub certain: bool,
}

impl Match {
    /// What the reader should know of the pairing.
    pub(super) fn notes(&self, before: &Ledger, now: &Ledger, lang: Lang) -> Vec<String> {
        let name = |ledger: &Ledger| ledger.organ.clone().unwrap_or_default();
        let (before, now) = (name(before), name(now));
        if self.certain {
            return Vec::new();
        }
        if before.is_empty() || now.is_empty() {
            let zh = "有一份报告看不出是哪个机关的，按 --previous 的指定核对";
            let en = "one report does not name its organ; it is compared as --previous says";
            return vec![lang.pick(zh, en).to_owned()];
        }
        let zh = format!("“{before}”与“{now}”名称不同，按同一机关更名核对，请确认");
        let en =
            format!("“{before}” and “{now}” are compared as one organ that was renamed; make sure");
        vec![lang.pick(&zh, &en).to_owned()]
    }
}

/// What was paired and what could not be.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// The pairs, in the order of the later reports.
    pub pairs: Vec<Match>,
    /// Reports that were not compared though they should have been.
    pub unclear: Vec<Unclear>,
    /// For each ledger its organ's number; none if the report names no organ.
    pub organs: Vec<Option<usize>>,
}

/// Reports that cannot be paired.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unclear {
    /// Those of the later year.
    pub now: Vec<usize>,
    /// Those of the earlier one.
    pub before: Vec<usize>,
    /// Why.
    pub why: Why,
}

/// Why reports cannot be paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Several are of one name and year, and their paths do not tell which belong together.
    Several,
    /// The report that was named as last year's is about another year.
    OtherYear,
    /// The report that was named as last year's is of none of the organs.
    OtherOrgan,
}

/// Pairs the reports of all organs. The first `judged` ledgers are of reports that are judged, those
/// up to `near` of reports that are not and stand by to be compared with them, if they are of their
/// organs; the others were named as last year's (`--previous`) and are compared with those alone.
pub fn matches(ledgers: &[Ledger], judged: usize, near: usize) -> Matches {
    let mut found = by_name(ledgers);
    let named = near..ledgers.len();
    found.pairs.retain(|pair| pair.now < judged || (pair.before < judged && pair.now < near));
    if !named.is_empty() {
        // What somebody named goes before what was met.
        let is_named = |found: &Matches, now| {
            found.pairs.iter().any(|pair| pair.now == now && named.contains(&pair.before))
        };
        let both: Vec<usize> = (0..judged).filter(|now| is_named(&found, *now)).collect();
        found.pairs.retain(|pair| !both.contains(&pair.now) || named.contains(&pair.before));
    }
    found.unclear.retain_mut(|unclear| {
        unclear.now.retain(|index| *index < judged);
        !unclear.now.is_empty()
    });
    for before in named {
        if found.pairs.iter().any(|pair| pair.before == before) {
            continue;
        }
        let follows = |now: &usize| ledgers[before].year + 1 == ledgers[*now].year;
        // One report and one named as last year's: that they belong together is said.
        if judged == 1 && follows(&0) {
            found.unclear.retain(|unclear| unclear.now != [0]);
            found.pairs.push(Match { now: 0, before, certain: false });
            continue;
        }
        let why =
            if (0..judged).any(|now| follows(&now)) { Why::OtherOrgan } else { Why::OtherYear };
        let now = (0..judged).take(1).collect();
        found.unclear.push(Unclear { now, before: vec![before], why });
    }
    found
}

fn by_name(ledgers: &[Ledger]) -> Matches {
    let names = Names::of(ledgers);
    let mut found = Matches {
        organs: ledgers.iter().map(|ledger| names.organ(ledger)).collect(),
        ..Matches::default()
    };
    let mut years: BTreeMap<usize, BTreeMap<i16, Vec<usize>>> = BTreeMap::new();
    for (index, organ) in found.organs.iter().enumerate() {
        if let Some(organ) = organ {
            years.entry(*organ).or_default().entry(ledgers[index].year).or_default().push(index);
        }
    }
    for reports in years.values() {
        for (year, now) in reports {
            if let Some(before) = reports.get(&(year - 1)) {
                found.put(ledgers, before, now, true);
            }
        }
    }
    for (old, new) in names.renamed(&years) {
        let last = years[&old].iter().next_back();
        let first = years[&new].iter().next();
        if let (Some((_, before)), Some((_, now))) = (last, first) {
            found.put(ledgers, before, now, false);
        }
    }
    found.pairs.sort_unstable();
    found.unclear.sort_unstable();
    found
}

impl Matches {
    /// Pairs the reports of one organ about two years: where there are several of a year, those
    /// whose paths are the same but for the numbers in them.
    fn put(&mut self, ledgers: &[Ledger], before: &[usize], now: &[usize], certain: bool) {
        if let ([before], [now]) = (before, now) {
            self.pairs.push(Match { now: *now, before: *before, certain });
            return;
        }
        let way = |index: &usize| without_numbers(&ledgers[*index].path);
        let unique = |list: &[usize], wanted: &str| {
            let mut same = list.iter().filter(|index| way(index) == wanted);
            same.next().filter(|_| same.next().is_none()).copied()
        };
        let mut left = Vec::new();
        for index in now {
            let way = way(index);
            match unique(before, &way).filter(|_| unique(now, &way).is_some()) {
                Some(before) => self.pairs.push(Match { now: *index, before, certain }),
                None => left.push(*index),
            }
        }
        if !left.is_empty() {
            let unclear = Unclear { now: left, before: before.to_vec(), why: Why::Several };
            self.unclear.push(unclear);
        }
    }
}

/// `甲县/2020/年报2020.txt` as `甲县//年报`.
fn without_numbers(path: &str) -> String {
    let name = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let stem = path.rfind('.').filter(|dot| *dot > name).unwrap_or(path.len());
    path.char_indices()
        .take_while(|(at, _)| *at < stem)
        .map(|(_, c)| c)
        .filter(|c| !c.is_ascii_digit())
        .collect()
}

/// The names of all organs, each with the number of the organ it means.
struct Names<'l> {
    numbers: HashMap<&'l str, usize>,
    /// The names of each number, the longest first.
    names: Vec<&'l OrganName>,
    parents: Vec<usize>,
}

impl<'l> Names<'l> {
    fn of(ledgers: &'l [Ledger]) -> Self {
        let mut all: Vec<&OrganName> = ledgers.iter().filter_map(|l| l.name.as_ref()).collect();
        all.sort_by_key(|name| (std::cmp::Reverse(name.key().len()), name.key()));
        all.dedup_by_key(|name| name.key());
        let numbers = all.iter().enumerate().map(|(i, name)| (name.key(), i)).collect();
        let mut years: Vec<BTreeSet<i16>> = vec![BTreeSet::new(); all.len()];
        let mut names = Self { numbers, parents: (0..all.len()).collect(), names: all };
        for ledger in ledgers {
            if let Some(number) = ledger.name.as_ref().and_then(|n| names.numbers.get(n.key())) {
                years[*number].insert(ledger.year);
            }
        }
        names.join(&mut years);
        names
    }

    /// A name is another's without its regions, if only one longer name is, and no year has both.
    fn join(&mut self, years: &mut [BTreeSet<i16>]) {
        let mut longer: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, name) in self.names.iter().enumerate() {
            for ending in name.endings().skip(1) {
                longer.entry(ending).or_default().push(number);
            }
        }
        for number in 0..self.names.len() {
            let others = longer.get(self.names[number].key()).map_or(&[][..], Vec::as_slice);
            let roots: BTreeSet<usize> = others.iter().map(|other| self.root(*other)).collect();
            let Some(root) = roots.first().copied().filter(|_| roots.len() == 1) else { continue };
            if root != number && years[root].is_disjoint(&years[number]) {
                self.parents[number] = root;
                let own = std::mem::take(&mut years[number]);
                years[root].extend(own);
            }
        }
    }

    fn root(&self, mut number: usize) -> usize {
        while self.parents[number] != number {
            number = self.parents[number];
        }
        number
    }

    fn organ(&self, ledger: &Ledger) -> Option<usize> {
        let number = self.numbers.get(ledger.name.as_ref()?.key())?;
        Some(self.root(*number))
    }

    /// Organs that end where one of nearly the same name begins, and nothing else has that name:
    /// the old number and the new.
    fn renamed(&self, years: &BTreeMap<usize, BTreeMap<i16, Vec<usize>>>) -> Vec<(usize, usize)> {
        let mut loose: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for organ in years.keys() {
            if let Some(name) = self.names[*organ].loose() {
                loose.entry(name).or_default().push(*organ);
            }
        }
        let span = |organ: &usize| {
            let years = &years[organ];
            (years.keys().next().copied(), years.keys().next_back().copied())
        };
        let mut found = Vec::new();
        for organs in loose.values() {
            let [one, two] = organs.as_slice() else { continue };
            for (old, new) in [(one, two), (two, one)] {
                if let (Some(last), Some(first)) = (span(old).1, span(new).0)
                    && last + 1 == first
                {
                    found.push((*old, *new));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Memo;
    use proptest::prelude::*;

    fn ledger(path: &str, organ: &str, year: i16) -> Ledger {
        Ledger {
            path: path.to_owned(),
            year,
            organ: Some(organ.to_owned()),
            name: Some(OrganName::of(organ, None)),
            body: None,
            academic: false,
            memo: Memo::default(),
            digest: 0,
        }
    }

    fn paired(reports: &[(&str, i16)]) -> String {
        let ledgers: Vec<Ledger> = reports
            .iter()
            .map(|(organ, year)| ledger(&format!("{organ}{year}.txt"), organ, *year))
            .collect();
        let found = by_name(&ledgers).pairs.into_iter().map(|pair| {
            let doubt = if pair.certain { "" } else { "?" };
            format!("{}-{}{doubt}", pair.before, pair.now)
        });
        found.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn one_organ_under_names_that_differ_a_little() {
        for (reports, expected) in [
            (&[("乙县丙镇人民政府", 2020), ("丙镇", 2021)][..], "0-1"),
            (&[("丙镇人民政府", 2020), ("甲市乙县丙镇人民政府", 2021)], "0-1"),
            (&[("丙街道办事处", 2020), ("乙区丙街道", 2021)], "0-1"),
            (&[("清河县人民政府", 2020), ("清河区人民政府", 2021)], "0-1?"),
            (&[("清河县经济和信息化委员会", 2018), ("清河县经济和信息化局", 2019)], "0-1?"),
            // Both names are in use at the same time.
            (&[("清河县经济委员会", 2018), ("清河县经济局", 2018), ("清河县经济局", 2019)], "1-2"),
            (&[("清河县教育局", 2019), ("清河县教育局", 2020), ("清河县教育局", 2021)], "0-1 1-2"),
        ] {
            assert_eq!(paired(reports), expected, "{reports:?}");
        }
    }

    #[test]
    fn different_organs_are_not_paired() {
        for reports in [
            &[("清河县人民政府", 2020), ("清河县人民政府办公室", 2021)][..],
            &[("清河县教育局", 2020), ("红石县教育局", 2021)],
            &[("清河县城关镇", 2020), ("红石县城关镇", 2020), ("城关镇", 2021)],
            &[("清河县人民政府", 2020), ("清河县教育局", 2021)],
            &[("清河市人民政府", 2020), ("清河市红石县人民政府", 2021)],
            &[("清河县卫生和计划生育局", 2018), ("清河县卫生健康局", 2019)],
            &[("清河县教育局", 2019), ("清河县教育局", 2021)],
        ] {
            assert_eq!(paired(reports), "", "{reports:?}");
        }
    }

    #[test]
    fn of_several_reports_of_a_name_those_in_the_same_folder_belong_together() {
        let ledgers = [
            ledger("甲县/2020/城关镇.txt", "城关镇", 2020),
            ledger("乙县/2020/城关镇.txt", "城关镇", 2020),
            ledger("乙县/2021/城关镇.txt", "城关镇", 2021),
            ledger("丙县/2021/城关镇.txt", "城关镇", 2021),
        ];
        let found = by_name(&ledgers);
        assert_eq!(found.pairs, [Match { now: 2, before: 1, certain: true }]);
        let left = Unclear { now: vec![3], before: vec![0, 1], why: Why::Several };
        assert_eq!(found.unclear, [left]);
    }

    proptest! {
        #[test]
        fn the_order_of_the_files_does_not_matter(
            reports in proptest::collection::vec((0usize..6, 2018i16..2022), 0..14),
            seed in any::<u64>(),
        ) {
            const ORGANS: [&str; 6] =
                ["清河县人民政府", "清河区人民政府", "丙镇", "清河县丙镇人民政府", "红石县丙镇", "教育局"];
            let ledgers: Vec<Ledger> = reports.iter().enumerate()
                .map(|(i, (organ, year))| ledger(&format!("{}/{i}.txt", ORGANS[*organ]), ORGANS[*organ], *year))
                .collect();
            let mut shuffled = ledgers.clone();
            shuffled.sort_by_key(|ledger| {
                ledger.path.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
            });
            let told = |ledgers: &[Ledger]| -> BTreeSet<(String, String, bool)> {
                let path = |index: usize| ledgers[index].path.clone();
                by_name(ledgers).pairs.iter().map(|m| (path(m.before), path(m.now), m.certain)).collect()
            };
            prop_assert_eq!(told(&ledgers), told(&shuffled));
        }
    }
}
