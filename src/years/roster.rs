//! The roster: a CSV list of the organs that must report, against the reports that were found.

use super::{Ledger, Matches};
use crate::check::{Check, Roster as Kind, Side};
use crate::document::{Place, Placed};
use crate::facts::{Body, OrganName};
use crate::finding::{Compared, Comparison, Entry, Finding, Lang, Words};
use crate::lint::Linter;
use crate::rule::{self, Comparing, Rule};
use crate::text::{DecodeError, Source, Span, decode, piece};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A list of organs that must report.
#[derive(Debug)]
pub struct Roster {
    source: Source,
    rows: Vec<Row>,
}

/// One organ of the list.
#[derive(Debug)]
struct Row {
    organ: String,
    name: OrganName,
    /// Its kind, if the list gives it.
    body: Option<Body>,
    /// The report's file, if the list gives it.
    path: Option<String>,
    /// Where the organ's name stands.
    at: Span,
}

/// Why a list cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterFault {
    /// The line, from 1; 0 if the fault is of the whole file.
    pub line: u64,
    /// What is wrong and what to do.
    pub words: Words,
}

const ORGAN: &[&str] = &[
    "organ",
    "name",
    "unit",
    "机关",
    "机关名称",
    "行政机关",
    "单位",
    "单位名称",
    "名称",
    "报告机关",
];
const BODY: &[&str] = &["body", "kind", "类别", "机关类别", "单位类别", "层级"];
const PATH: &[&str] = &["path", "file", "路径", "文件", "文件路径", "报告"];
/// Words for kinds of body, beside the program's own.
const BODIES: &[(&str, Body)] = &[
    ("国务院部门", Body::Central),
    ("省级", Body::Provincial),
    ("市级", Body::Municipal),
    ("县级", Body::County),
    ("区县", Body::County),
    ("乡镇", Body::Township),
    ("街道", Body::Subdistrict),
    ("部门", Body::Department),
    ("其他", Body::Other),
];
/// Up to so many reports that are not on the list are named.
const NAMED: usize = 20;

impl Roster {
    /// Reads a list: CSV in UTF-8 (with or without BOM), UTF-16 or GB18030, with a line of heads.
    ///
    /// # Errors
    /// The first fault, with its line.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, RosterFault> {
        let decoded = decode(bytes, None).map_err(|error| undecoded(&error))?;
        let source = Source::new(path, decoded.text, decoded.encoding);
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(source.text.as_bytes());
        let heads = reader.headers().map_err(|error| malformed(&error))?.clone();
        let column = |names: &[&str]| {
            heads.iter().position(|head| names.contains(&head.to_lowercase().as_str()))
        };
        let Some(organ) = column(ORGAN) else {
            let zh = "名单第一行应是列名，其中要有“机关”或“organ”一列；可另有“类别”（body）、“路径”（path）";
            let en = "the first line names the columns, one of them “organ” (机关); “body” (类别) and “path” (路径) are optional";
            return Err(fault(1, zh, en));
        };
        let (body, file) = (column(BODY), column(PATH));
        let mut rows: Vec<Row> = Vec::new();
        let mut seen: HashMap<String, u64> = HashMap::new();
        for record in reader.records() {
            let record = record.map_err(|error| malformed(&error))?;
            let (line, byte) = record.position().map_or((0, 0), |at| (at.line(), at.byte()));
            let name = record.get(organ).unwrap_or_default();
            if record.iter().all(str::is_empty) {
                continue;
            }
            if name.is_empty() {
                return Err(fault(line, "缺少机关名称", "the organ is missing"));
            }
            let body = body.and_then(|column| record.get(column)).filter(|word| !word.is_empty());
            let body = body.map(|word| body_of(word).ok_or_else(|| unknown_body(line, word)));
            let body = body.transpose()?;
            let row = Row {
                organ: name.to_owned(),
                name: OrganName::of(name, body),
                body,
                path: file
                    .and_then(|column| record.get(column))
                    .filter(|path| !path.is_empty())
                    .map(plain),
                at: place_of(&source.text, byte as usize, name),
            };
            if let Some(first) = seen.insert(row.name.key().to_owned(), line) {
                let zh = format!("“{name}”重复，已在第 {first} 行列出");
                return Err(fault(line, zh, format!("“{name}” stands on line {first} already")));
            }
            rows.push(row);
        }
        if rows.is_empty() {
            return Err(fault(0, "名单里没有机关", "the list names no organ"));
        }
        Ok(Self { source, rows })
    }

    /// Names the organs without a report. The year is that of `--year`, else the one that most
    /// reports are about; of equals the latest. None if there is no report at all.
    pub fn judge(self, linter: &Linter, ledgers: &[Ledger], organs: &Matches) -> Option<Entry> {
        let lang = linter.options().lang;
        let asked = linter.options().year;
        let year = asked.or_else(|| majority(ledgers))?;
        let found = Found::of(&self, ledgers, organs);
        let packs = linter.library().select(year, false, &linter.options().packs);
        let wanted = |pack: &str, rule: &Rule| linter.wants_in(&self.source.path, pack, rule);
        let how = linter.comparing(&packs, &wanted);
        let rules = packs.iter().flat_map(|pack| pack.pack.rules.iter().map(move |r| (pack, r)));
        let mut rules = rules.filter(|(pack, rule)| {
            matches!(rule.check, Check::Roster(_)) && wanted(&pack.pack.name, rule)
        });
        let rule = rules.next().map(|(pack, rule)| (pack.pack.name.as_str(), rule));
        let (mut missing, mut findings) = (Vec::new(), Vec::new());
        for (row, years) in found.missing(&self, ledgers, year) {
            missing.push(row.organ.clone());
            findings.extend(rule.and_then(|rule| self.finding(rule, row, year, &years, how)));
        }
        linter.relevel(&self.source.path, &mut findings);
        let mut notes = Vec::new();
        if asked.is_none() {
            let zh = format!("名单按多数报告的年度（{year}年度）核对；其他年度请用 --year 指明");
            let en = format!(
                "the list is held against reports about {year}, which most are; name another year with --year"
            );
            notes.push(lang.pick(&zh, &en).to_owned());
        }
        notes.extend(found.beside(ledgers, year, lang));
        Some(Entry::Compared(Box::new(Comparison {
            kind: Compared::Roster,
            organs: missing,
            years: vec![year],
            paths: vec![self.source.path.clone()],
            findings,
            unassessed: Vec::new(),
            notes,
            known: 0,
            sources: vec![self.source],
        })))
    }

    /// What `rule` says of the organs on the list that have no report about `year`.
    pub(crate) fn findings(
        &self,
        rule: (&str, &Rule),
        ledgers: &[Ledger],
        year: i16,
        how: Comparing<'_>,
    ) -> Vec<Finding> {
        let organs = super::matches(ledgers, ledgers.len(), ledgers.len());
        let missing = Found::of(self, ledgers, &organs).missing(self, ledgers, year);
        let finding = |(row, years): (&Row, Vec<i16>)| self.finding(rule, row, year, &years, how);
        missing.into_iter().filter_map(finding).collect()
    }

    fn finding(
        &self,
        rule: (&str, &Rule),
        row: &Row,
        year: i16,
        found: &[i16],
        how: Comparing<'_>,
    ) -> Option<Finding> {
        let put = |_: Side, _: &Placed| self.place(row);
        let about = (year, row.body);
        rule::worded(rule, Kind::hit(&row.organ, year, found), None, &put, about, how)
    }

    fn place(&self, row: &Row) -> Place {
        Place {
            path: "名单".to_owned(),
            span: row.at,
            start: self.source.position(row.at.start),
            end: self.source.position(row.at.end),
            text: self.source.slice(row.at).to_owned(),
            file: Some(self.source.path.clone()),
        }
    }
}

/// The year that most reports are about.
fn majority(ledgers: &[Ledger]) -> Option<i16> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for ledger in ledgers {
        *counts.entry(ledger.year).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

/// Which reports are of which organ of the list.
struct Found {
    /// For each row its reports, of whatever year.
    reports: Vec<Vec<usize>>,
    /// Whether a report is of an organ on the list.
    listed: Vec<bool>,
}

impl Found {
    fn of(roster: &Roster, ledgers: &[Ledger], organs: &Matches) -> Self {
        let rows: HashMap<&str, usize> =
            roster.rows.iter().enumerate().map(|(i, row)| (row.name.key(), i)).collect();
        // Of the names that lack regions, which rows or organs they may stand for.
        let mut row_endings: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        for (index, row) in roster.rows.iter().enumerate() {
            for ending in row.name.endings().skip(1) {
                row_endings.entry(ending).or_default().insert(index);
            }
        }
        let mut named: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        for (ledger, organ) in ledgers.iter().zip(&organs.organs) {
            let (Some(name), Some(organ)) = (&ledger.name, organ) else { continue };
            for ending in name.endings().skip(1) {
                named.entry(ending).or_default().insert(*organ);
            }
        }
        let row_of = |ledger: &Ledger, organ: Option<usize>| {
            let name = ledger.name.as_ref()?;
            if let Some(row) = rows.get(name.key()) {
                return Some(*row);
            }
            let shorter = name.endings().skip(1).find_map(|ending| {
                let alone = named.get(ending).is_some_and(|set| set.len() == 1);
                rows.get(ending).copied().filter(|_| alone && organ.is_some())
            });
            let longer = row_endings.get(name.key()).filter(|rows| rows.len() == 1);
            shorter.or_else(|| longer?.first().copied())
        };
        let mut reports = vec![Vec::new(); roster.rows.len()];
        let mut listed = vec![false; ledgers.len()];
        for (index, ledger) in ledgers.iter().enumerate() {
            let path = plain(&ledger.path);
            let by_path = roster
                .rows
                .iter()
                .position(|row| row.path.as_ref().is_some_and(|wanted| is_at(&path, wanted)));
            if let Some(row) = by_path.or_else(|| row_of(ledger, organs.organs[index])) {
                reports[row].push(index);
                listed[index] = true;
            }
        }
        Self { reports, listed }
    }

    /// The organs without a report about `year`, and the years they have reports about.
    fn missing<'r>(
        &self,
        roster: &'r Roster,
        ledgers: &[Ledger],
        year: i16,
    ) -> Vec<(&'r Row, Vec<i16>)> {
        let years = |reports: &Vec<usize>| -> BTreeSet<i16> {
            reports.iter().map(|index| ledgers[*index].year).collect()
        };
        let rows = roster.rows.iter().zip(self.reports.iter().map(years));
        rows.filter(|(_, years)| !years.contains(&year))
            .map(|(row, years)| (row, years.into_iter().collect()))
            .collect()
    }

    /// The reports about `year` of organs that are not on the list.
    fn beside(&self, ledgers: &[Ledger], year: i16, lang: Lang) -> Option<String> {
        let others =
            ledgers.iter().zip(&self.listed).filter(|(l, listed)| !**listed && l.year == year);
        let shown: Vec<String> = others
            .map(|(ledger, _)| match &ledger.organ {
                Some(organ) => format!("{organ}（{}）", ledger.path),
                None => ledger.path.clone(),
            })
            .collect();
        if shown.is_empty() {
            return None;
        }
        let count = shown.len();
        let list = shown.into_iter().take(NAMED).collect::<Vec<_>>().join(lang.pick("、", ", "));
        let more = if count > NAMED { "……" } else { "" };
        let zh = format!("不在名单上的报告 {count} 份：{list}{more}");
        let en = format!("{count} reports of organs that are not on the list: {list}{more}");
        Some(lang.pick(&zh, &en).to_owned())
    }
}

/// Whether `path` is `wanted`, or ends in it at a separator.
fn is_at(path: &str, wanted: &str) -> bool {
    path.strip_suffix(wanted).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

fn plain(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches("./").to_owned()
}

fn body_of(word: &str) -> Option<Body> {
    let known = BODIES.iter().find(|(known, _)| *known == word).map(|(_, body)| *body);
    known.or_else(|| Body::from_word(&word.to_lowercase()))
}

/// Where `name` stands at or after the beginning of its record; a quoted name with quotes in it is
/// found by its record alone.
fn place_of(text: &str, record: usize, name: &str) -> Span {
    let record = record.min(text.len());
    let at = piece(text, record, text.len()).find(name).map(|at| record + at);
    at.map_or(Span::new(record, record), |at| Span::new(at, at + name.len()))
}

fn fault(line: u64, zh: impl Into<String>, en: impl Into<String>) -> RosterFault {
    RosterFault { line, words: Words { zh: zh.into(), en: en.into() } }
}

fn unknown_body(line: u64, word: &str) -> RosterFault {
    let known: Vec<&str> = BODIES.iter().map(|(word, _)| *word).collect();
    let zh = format!("不认识的类别“{word}”；可用的有：{}", known.join("、"));
    fault(line, zh, format!("unknown body “{word}”; known are {}", Body::WORDS.join(", ")))
}

fn undecoded(error: &DecodeError) -> RosterFault {
    let zh = format!("名单不是可读的文本（{error}）；请另存为 UTF-8 的 CSV");
    fault(0, zh, format!("the list cannot be decoded ({error}); save it as CSV in UTF-8"))
}

fn malformed(error: &csv::Error) -> RosterFault {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            let zh = format!(
                "这一行有 {len} 列，列名有 {expected_len} 列；名称中有逗号时请用引号括起来"
            );
            let en = format!(
                "{len} fields where the heads are {expected_len}; quote a name that holds a comma"
            );
            fault(line, zh, en)
        }
        _ => fault(line, format!("CSV 有误：{error}"), format!("not valid CSV: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_whatever_its_encoding_and_heads() {
        let list =
            "单位名称,类别,路径\n清河县教育局,部门,\n\"红石乡，人民政府\",乡镇,./a\\b.txt\n\n";
        let (gb, _, _) = encoding_rs::GB18030.encode(list);
        for bytes in [list.as_bytes().to_vec(), format!("\u{feff}{list}").into_bytes(), gb.to_vec()]
        {
            let roster = Roster::read("l.csv", &bytes).unwrap();
            let names: Vec<&str> = roster.rows.iter().map(|row| row.organ.as_str()).collect();
            assert_eq!(names, ["清河县教育局", "红石乡，人民政府"]);
            assert_eq!(roster.rows[1].path.as_deref(), Some("a/b.txt"));
            assert_eq!(roster.source.slice(roster.rows[0].at), "清河县教育局");
        }
        assert!(Roster::read("l.csv", b"Organ,Body\nA,county\n").is_ok());
    }

    #[test]
    fn a_fault_names_its_line() {
        for (list, line, word) in [
            ("甲,乙\n1,2\n", 1, "列名"),
            ("机关,类别\n甲局,部门\n,部门\n", 3, "缺少机关名称"),
            ("机关,类别\n甲局,什么\n", 2, "什么"),
            ("机关\n甲局\n乙局\n甲局\n", 4, "第 2 行"),
            ("机关,类别\n甲局,部门\n乙局\n", 3, "1 列"),
            ("机关\n", 0, "没有机关"),
        ] {
            let fault = Roster::read("l.csv", list.as_bytes()).unwrap_err();
            assert_eq!(fault.line, line, "{list}: {fault:?}");
            assert!(fault.words.zh.contains(word), "{fault:?}");
        }
    }
}
