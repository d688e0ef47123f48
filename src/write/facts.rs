//! What the linter read, for `gouji facts`: a plain tree of its own, as JSON version 1 or as text.

use super::json::{self, Tool, VERSION};
use super::wrap::{hang, tidy};
use super::{Style, hanging};
use crate::document::Place;
use crate::finding::{Entry, Words};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// How facts are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactsFormat {
    /// For people.
    #[default]
    Terminal,
    /// One JSON object, version 1.
    Json,
    /// One JSON object per line and report.
    Jsonl,
}

impl FactsFormat {
    /// The words for all formats.
    pub const WORDS: &'static [&'static str] = &["terminal", "json", "jsonl"];

    /// The format with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "terminal" => Some(Self::Terminal),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::Jsonl),
            _ => None,
        }
    }
}

/// Everything read in one report.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FactsView {
    /// The file.
    pub path: String,
    /// The report's title.
    pub title: Option<FactView>,
    /// Who reports.
    pub organ: Option<FactView>,
    /// What kind of body it is: `township`, …
    pub body: Option<FactView>,
    /// The report year.
    pub year: Option<FactView>,
    /// The statistics period.
    pub period: Option<PeriodView>,
    /// How to reach the office.
    pub contact: ContactView,
    /// The date under the report, as ISO 8601 writes it.
    pub issued: Option<FactView>,
    /// All headings.
    pub sections: Vec<SectionView>,
    /// All tables.
    pub tables: Vec<TableView>,
    /// All figures of the running text.
    pub figures: Vec<FigureView>,
}

/// One fact: what was read, how it is written, where.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// What was read.
    pub value: Datum,
    /// How it is written.
    pub text: String,
    /// Where.
    #[serde(serialize_with = "place")]
    pub place: Place,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// Words, or a date as ISO 8601 writes it.
    Text(String),
    /// A number.
    Number(Decimal),
}

impl Serialize for Datum {
    /// Whole numbers without a decimal point.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => match number.normalize() {
                whole if whole.scale() == 0 && whole.to_i64().is_some() => {
                    serializer.serialize_some(&whole.to_i64())
                }
                other => serializer.serialize_some(&other.to_f64()),
            },
        }
    }
}

impl std::fmt::Display for Datum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// The statistics period.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodView {
    /// Its first day, ISO 8601.
    pub start: Option<String>,
    /// Its last day.
    pub end: Option<String>,
    /// Whether it could be read only in part.
    pub damaged: bool,
    /// How it is written.
    pub text: String,
    /// Where.
    #[serde(serialize_with = "place")]
    pub place: Place,
}

/// How to reach the office.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ContactView {
    /// Telephone numbers.
    pub phones: Vec<FactView>,
    /// Fax numbers.
    pub faxes: Vec<FactView>,
    /// Postal addresses.
    pub addresses: Vec<FactView>,
    /// Postcodes.
    pub postcodes: Vec<FactView>,
    /// E-mail addresses.
    pub emails: Vec<FactView>,
    /// Web addresses.
    pub urls: Vec<FactView>,
}

/// A heading.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// The name the profile knows it by.
    pub name: Option<String>,
    /// Its number as written.
    pub ordinal: Option<String>,
    /// Its words as written, without ordinal.
    pub title: String,
    /// 1 for `一、`, 2 for `（一）`, …
    pub level: u8,
    /// Where.
    #[serde(serialize_with = "place")]
    pub place: Place,
}

/// A table as a grid.
#[derive(Clone, Debug, Serialize)]
pub struct TableView {
    /// The name the profile knows it by.
    pub name: Option<String>,
    /// The header paths of its columns, joined by ` › `.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<RowView>,
}

/// A row of a table.
#[derive(Clone, Debug, Serialize)]
pub struct RowView {
    /// The name the profile knows it by, else as written.
    pub name: String,
    /// Its label as written.
    pub label: String,
    /// Its cells.
    pub cells: Vec<CellView>,
}

/// A cell of a table.
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// The head path of its column; none if blank cells were lost and the column cannot be told.
    pub column: Option<String>,
    /// What is written.
    pub text: String,
    /// The number meant, if it is one.
    pub value: Option<Datum>,
    /// Where.
    #[serde(serialize_with = "place")]
    pub place: Place,
}

/// A figure of the running text.
#[derive(Clone, Debug, Serialize)]
pub struct FigureView {
    /// What it is counted in: `条`, `件`, `%`.
    pub unit: Option<String>,
    /// The words that say what is counted.
    pub subject: Option<String>,
    /// The year it is said for, if its sentence tells.
    pub year: Option<i16>,
    /// Whether it is said for all years together.
    pub cumulative: bool,
    /// Least and greatest value of a vague number.
    pub range: Option<[Datum; 2]>,
    /// Number, wording and place.
    #[serde(flatten)]
    pub fact: FactView,
}

fn place<S: Serializer>(place: &Place, serializer: S) -> Result<S::Ok, S::Error> {
    json::Place::of(place).serialize(serializer)
}

/// Writes the facts of one report after another.
pub struct FactsWriter<'w> {
    format: FactsFormat,
    style: Style,
    out: Box<dyn Write + 'w>,
    begun: bool,
    errors: Vec<json::Leftover>,
}

impl<'w> FactsWriter<'w> {
    /// A writer of text or JSON ([`FactsFormat::Jsonl`] is one report a line).
    pub fn new(format: FactsFormat, style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self { format, style, out, begun: false, errors: Vec::new() }
    }

    /// Writes the facts of one report.
    ///
    /// # Errors
    /// Whatever the output answers.
    pub fn report(&mut self, facts: &FactsView) -> io::Result<()> {
        match self.format {
            FactsFormat::Terminal => {
                let gap = if self.begun { "\n" } else { "" };
                write!(self.out, "{gap}{}", text(facts, &self.style))?;
            }
            FactsFormat::Json => {
                self.out.write_all(if self.begun { b",\n" } else { b"" })?;
                self.begin()?;
                serde_json::to_writer(&mut self.out, facts)?;
            }
            FactsFormat::Jsonl => {
                serde_json::to_writer(&mut self.out, facts)?;
                self.out.write_all(b"\n")?;
            }
        }
        self.begun = true;
        Ok(())
    }

    /// Takes down a file that could not be read ; one that was skipped is no error.
    ///
    /// # Errors
    /// Whatever the output answers.
    pub fn failure(&mut self, entry: &Entry) -> io::Result<()> {
        let lang = self.style.lang;
        match entry {
            Entry::Report(_) | Entry::Compared(_) => Ok(()),
            Entry::Skipped { path, code, reason } => match self.format {
                FactsFormat::Json => Ok(()),
                FactsFormat::Jsonl => {
                    let skipped = json::Leftover::skipped(path, code, reason, lang);
                    writeln!(self.out, "{}", serde_json::json!({"skipped": skipped}))
                }
                FactsFormat::Terminal => self.told("", path, reason),
            },
            Entry::Failed { path, code, message } => {
                let error = json::Leftover::failed(path, code, message, lang);
                match self.format {
                    FactsFormat::Json => {
                        self.errors.push(error);
                        Ok(())
                    }
                    FactsFormat::Jsonl => {
                        writeln!(self.out, "{}", serde_json::json!({"error": error}))
                    }
                    FactsFormat::Terminal => self.told(&format!("failed[{code}] "), path, message),
                }
            }
        }
    }

    fn told(&mut self, prefix: &str, path: &str, words: &Words) -> io::Result<()> {
        self.begun = true;
        let colon = self.style.lang.pick("：", ": ");
        let text = format!("{path}{colon}{}", words.to(self.style.lang));
        self.out.write_all(hanging(prefix, &text, &self.style).as_bytes())
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        write!(self.out, "{{\"version\":{VERSION},\"tool\":")?;
        serde_json::to_writer(&mut self.out, &Tool::this())?;
        self.out.write_all(b",\"reports\":[\n")
    }

    /// Ends the output.
    ///
    /// # Errors
    /// Whatever the output answers.
    pub fn finish(&mut self) -> io::Result<()> {
        if self.format == FactsFormat::Json {
            self.begin()?;
            self.out.write_all(b"\n],\n\"errors\":")?;
            serde_json::to_writer(&mut self.out, &self.errors)?;
            self.out.write_all(b"}\n")?;
        }
        self.out.flush()
    }
}

/// The facts for people: names, values, line and column.
fn text(facts: &FactsView, style: &Style) -> String {
    let mut out = vec![tidy(&facts.path)];
    let word = |zh: &'static str, en: &'static str| format!("  {}: ", style.lang.pick(zh, en));
    let mut add = |prefix: String, words: String| out.extend(hang(&prefix, &words, style.width));
    for (prefix, fact) in [
        (word("标题", "title"), &facts.title),
        (word("机关", "organ"), &facts.organ),
        (word("类别", "body"), &facts.body),
        (word("年度", "year"), &facts.year),
        (word("落款", "issued"), &facts.issued),
    ] {
        add(prefix, fact.as_ref().map_or("—".to_owned(), with_place));
    }
    if let Some(period) = &facts.period {
        let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "?".to_owned());
        let words = format!("{} — {}{}", day(&period.start), day(&period.end), at(&period.place));
        add(word("期限", "period"), words);
    }
    for (prefix, facts) in [
        (word("电话", "phone"), &facts.contact.phones),
        (word("传真", "fax"), &facts.contact.faxes),
        (word("地址", "address"), &facts.contact.addresses),
        (word("邮编", "postcode"), &facts.contact.postcodes),
        (word("邮箱", "e-mail"), &facts.contact.emails),
        (word("网址", "url"), &facts.contact.urls),
    ] {
        if !facts.is_empty() {
            let words: Vec<String> = facts.iter().map(with_place).collect();
            add(prefix, words.join("；"));
        }
    }
    for section in &facts.sections {
        let name = section.name.as_ref().map(|name| format!(" = {name}")).unwrap_or_default();
        let ordinal = section.ordinal.as_deref().unwrap_or_default();
        let words = format!("{ordinal}{}{name}{}", section.title, at(&section.place));
        let indent = "  ".repeat(usize::from(section.level.clamp(1, 4)) - 1);
        add(format!("{}{indent}", word("标题行", "heading")), words);
    }
    for table in &facts.tables {
        let name = table.name.as_deref().unwrap_or("?");
        let (rows, columns) = (table.rows.len(), table.columns.len());
        add(word("表格", "table"), format!("{name}  {rows} × {columns}"));
        for row in &table.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| tidy(&cell.text)).collect();
            add("    ".to_owned(), format!("{}  {}", row.name, cells.join(" | ")));
        }
    }
    if !facts.figures.is_empty() {
        let figure = |figure: &FigureView| {
            let subject = figure.subject.as_deref().unwrap_or_default();
            let what = format!("{subject} {}", figure.fact.text);
            format!("{}{}", tidy(what.trim()), at(&figure.fact.place))
        };
        let words: Vec<String> = facts.figures.iter().map(figure).collect();
        add(word("数字", "figures"), words.join("；"));
    }
    out.join("\n") + "\n"
}

fn with_place(fact: &FactView) -> String {
    format!("{}{}", fact.value, at(&fact.place))
}

fn at(place: &Place) -> String {
    format!(" ({}:{})", place.start.line, place.start.column)
}
