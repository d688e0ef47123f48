//! JSON, version 1: a frozen copy of what a finding is, apart from the types inside.

use super::{Style, Writer};
use crate::finding::{
    Assessment, Compared, Comparison, Edit, Entry, Finding, Lang, Level, Related, Summary,
    Unassessed, Words,
};
use crate::{document, finding};
use serde::Serialize;
use serde_json::Value;
use std::io::{self, Write};

/// The version of the format; fields may be added to it, none changed or removed.
pub(super) const VERSION: u32 = 1;

/// Writes one JSON object, the reports as they come.
pub(super) struct Json<'w> {
    style: Style,
    out: Box<dyn Write + 'w>,
    begun: bool,
    /// Room for one report.
    room: Vec<u8>,
    pairs: Vec<Value>,
    unpaired: Vec<Value>,
    alike: Vec<Value>,
    roster: Option<Value>,
    skipped: Vec<Leftover>,
    errors: Vec<Leftover>,
}

impl<'w> Json<'w> {
    pub(super) fn new(style: Style, out: Box<dyn Write + 'w>) -> Self {
        Self {
            style,
            out,
            begun: false,
            room: Vec::new(),
            pairs: Vec::new(),
            unpaired: Vec::new(),
            alike: Vec::new(),
            roster: None,
            skipped: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// What stands before a report: the beginning of the object, or the comma.
    fn separate(&mut self) -> io::Result<()> {
        if self.begun {
            return self.out.write_all(b",\n");
        }
        self.begin()
    }

    fn begin(&mut self) -> io::Result<()> {
        self.begun = true;
        write!(self.out, "{{\"version\":{VERSION},\"tool\":")?;
        serde_json::to_writer(&mut self.out, &Tool::this())?;
        self.out.write_all(b",\"reports\":[\n")
    }
}

impl Writer for Json<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        match entry {
            Entry::Report(report) => {
                self.separate()?;
                // The writer is asked once for each report, not for each word of it.
                self.room.clear();
                serde_json::to_writer(&mut self.room, &Report::of(report, self.style.min_level))?;
                self.out.write_all(&self.room)?;
            }
            Entry::Compared(comparison) => {
                let shown = compared(comparison, self.style.min_level);
                let value = serde_json::to_value(shown).map_err(io::Error::other)?;
                match comparison.kind {
                    Compared::Years => self.pairs.push(value),
                    Compared::Unpaired => self.unpaired.push(value),
                    Compared::Alike => self.alike.push(value),
                    Compared::Roster => self.roster = Some(value),
                }
            }
            Entry::Skipped { path, code, reason } => {
                self.skipped.push(Leftover::skipped(path, code, reason, self.style.lang));
            }
            Entry::Failed { path, code, message } => {
                self.errors.push(Leftover::failed(path, code, message, self.style.lang));
            }
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if !self.begun {
            self.begin()?;
        }
        self.out.write_all(b"\n],\"pairs\":")?;
        serde_json::to_writer(&mut self.out, &self.pairs)?;
        self.out.write_all(b",\n\"unpaired\":")?;
        serde_json::to_writer(&mut self.out, &self.unpaired)?;
        self.out.write_all(b",\n\"alike\":")?;
        serde_json::to_writer(&mut self.out, &self.alike)?;
        self.out.write_all(b",\n\"roster\":")?;
        serde_json::to_writer(&mut self.out, &self.roster)?;
        self.out.write_all(b",\n\"skipped\":")?;
        serde_json::to_writer(&mut self.out, &self.skipped)?;
        self.out.write_all(b",\n\"errors\":")?;
        serde_json::to_writer(&mut self.out, &self.errors)?;
        self.out.write_all(b",\n\"summary\":")?;
        serde_json::to_writer(&mut self.out, &Counts::of(summary))?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}

/// An entry that is no report.
#[derive(Serialize)]
pub(super) struct Leftover {
    path: String,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Leftover {
    pub(super) fn skipped(path: &str, code: &'static str, reason: &Words, lang: Lang) -> Self {
        let reason = Some(reason.to(lang).to_owned());
        Self { path: path.to_owned(), code, message: None, reason }
    }

    pub(super) fn failed(path: &str, code: &'static str, message: &Words, lang: Lang) -> Self {
        let message = Some(message.to(lang).to_owned());
        Self { path: path.to_owned(), code, message, reason: None }
    }
}

/// The program that wrote the file.
#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    pub(super) fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

/// One report.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    path: &'a str,
    format: &'a str,
    encoding: &'a str,
    year: Option<i16>,
    organ: Option<&'a str>,
    body: Option<&'a str>,
    packs: &'a [String],
    findings: Vec<OneFinding<'a>>,
    unassessed: Vec<Doubt<'a>>,
    notes: &'a [String],
    known: usize,
    gone: Vec<Former<'a>>,
    fixed: Vec<Mended<'a>>,
}

impl<'a> Report<'a> {
    pub(super) fn of(report: &'a Assessment, least: Level) -> Self {
        let shown = report.findings.iter().filter(|finding| finding.level <= least);
        Self {
            path: &report.source.path,
            format: report.format,
            encoding: report.source.encoding,
            year: report.year,
            organ: report.organ.as_deref(),
            body: report.body,
            packs: &report.packs,
            findings: shown.map(OneFinding::of).collect(),
            unassessed: report.unassessed.iter().map(Doubt::of).collect(),
            notes: &report.notes,
            known: report.known,
            gone: report.gone.iter().map(Former::of).collect(),
            fixed: report.fixed.iter().map(Mended::of).collect(),
        }
    }
}

/// What the baseline has and was not found any more.
#[derive(Serialize)]
struct Former<'a> {
    rule: &'a str,
    fingerprint: &'a str,
    place: &'a str,
    text: &'a str,
}

impl<'a> Former<'a> {
    fn of(gone: &'a finding::Gone) -> Self {
        let finding::Gone { rule, fingerprint, place, text } = gone;
        Self { rule, fingerprint, place, text }
    }
}

/// What was changed in the file.
#[derive(Serialize)]
struct Mended<'a> {
    rule: &'a str,
    message: &'a str,
    certain: bool,
}

impl<'a> Mended<'a> {
    fn of(fixed: &'a finding::Fixed) -> Self {
        let finding::Fixed { rule, message, certain } = fixed;
        Self { rule, message, certain: *certain }
    }
}

/// What only several files together show: a pair, reports that are alike, or a roster.
pub(super) fn compared(comparison: &Comparison, least: Level) -> impl Serialize + use<'_> {
    let Comparison { kind, organs, years, paths, .. } = comparison;
    let shown = comparison.findings.iter().filter(|finding| finding.level <= least);
    let years_apart = matches!(kind, Compared::Years | Compared::Unpaired);
    Together {
        organ: years_apart.then(|| organs.first()),
        organs: (*kind == Compared::Alike).then_some(organs),
        missing: (*kind == Compared::Roster).then_some(organs),
        years: years_apart.then_some(years),
        year: (!years_apart).then(|| years.first()),
        paths: (*kind != Compared::Roster).then_some(paths),
        path: (*kind == Compared::Roster).then(|| paths.first()),
        findings: shown.map(OneFinding::of).collect(),
        unassessed: comparison.unassessed.iter().map(Doubt::of).collect(),
        notes: &comparison.notes,
    }
}

/// A comparison; which of the fields are there depends on what was compared.
#[derive(Serialize)]
struct Together<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    organ: Option<Option<&'a String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organs: Option<&'a Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<&'a Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<&'a Vec<i16>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<Option<&'a i16>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paths: Option<&'a Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<Option<&'a String>>,
    findings: Vec<OneFinding<'a>>,
    unassessed: Vec<Doubt<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct OneFinding<'a> {
    rule: &'a str,
    pack: &'a str,
    level: &'static str,
    title: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    basis: Vec<Basis<'a>>,
    place: Place<'a>,
    related: Vec<Other<'a>>,
    fix: Option<Fix<'a>>,
    fingerprint: &'a str,
    preview: bool,
    waived: Option<Waived<'a>>,
    new: bool,
}

impl<'a> OneFinding<'a> {
    fn of(finding: &'a Finding) -> Self {
        let basis =
            |basis: &'a finding::Basis| Basis { cite: &basis.cite, quote: basis.quote.as_deref() };
        Self {
            rule: &finding.rule,
            pack: &finding.pack,
            level: finding.level.word(),
            title: &finding.title,
            message: &finding.message,
            help: finding.help.as_deref(),
            basis: finding.basis.iter().map(basis).collect(),
            place: Place::of(&finding.place),
            related: finding.related.iter().map(Other::of).collect(),
            fix: finding.fix.as_ref().map(Fix::of),
            fingerprint: &finding.fingerprint,
            preview: finding.preview,
            waived: finding.waived.as_ref().map(Waived::of),
            new: finding.new,
        }
    }
}

#[derive(Serialize)]
struct Waived<'a> {
    reason: &'a str,
    by: &'a str,
    expires: Option<&'a str>,
}

impl<'a> Waived<'a> {
    fn of(waived: &'a finding::Waived) -> Self {
        Self { reason: &waived.reason, by: &waived.by, expires: waived.expires.as_deref() }
    }
}

#[derive(Serialize)]
struct Basis<'a> {
    cite: &'a str,
    quote: Option<&'a str>,
}

#[derive(Serialize)]
struct Other<'a> {
    message: &'a str,
    place: Place<'a>,
}

impl<'a> Other<'a> {
    fn of(related: &'a Related) -> Self {
        Self { message: &related.message, place: Place::of(&related.place) }
    }
}

#[derive(Serialize)]
struct Fix<'a> {
    edits: Vec<Change<'a>>,
    certain: bool,
}

impl<'a> Fix<'a> {
    fn of(fix: &'a finding::Fix) -> Self {
        let edit =
            |edit: &'a Edit| Change { span: Span::of(edit.span), replacement: &edit.replacement };
        Self { edits: fix.edits.iter().map(edit).collect(), certain: fix.certain }
    }
}

#[derive(Serialize)]
struct Change<'a> {
    span: Span,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Doubt<'a> {
    rule: &'a str,
    pack: &'a str,
    code: &'a str,
    reason: &'a str,
    place: Place<'a>,
}

impl<'a> Doubt<'a> {
    fn of(doubt: &'a Unassessed) -> Self {
        Self {
            rule: &doubt.rule,
            pack: &doubt.pack,
            code: doubt.code,
            reason: &doubt.reason,
            place: Place::of(&doubt.place),
        }
    }
}

/// A place: for people, for editors, for programs.
#[derive(Serialize)]
pub(super) struct Place<'a> {
    path: &'a str,
    span: Span,
    start: Position,
    end: Position,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
}

impl<'a> Place<'a> {
    pub(super) fn of(place: &'a document::Place) -> Self {
        Self {
            path: &place.path,
            span: Span::of(place.span),
            start: Position::of(place.start),
            end: Position::of(place.end),
            text: &place.text,
            file: place.file.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Span {
    start: u32,
    end: u32,
}

impl Span {
    fn of(span: crate::text::Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    column_utf16: u32,
}

impl Position {
    fn of(position: crate::text::Position) -> Self {
        let crate::text::Position { line, column, column_utf16 } = position;
        Self { line, column, column_utf16 }
    }
}

/// How often each thing occurred, whatever was shown.
#[derive(Serialize)]
pub(super) struct Counts {
    reports: usize,
    pairs: usize,
    error: usize,
    warning: usize,
    info: usize,
    preview: usize,
    waived: usize,
    known: usize,
    gone: usize,
    fixed: usize,
    unassessed: usize,
    skipped: usize,
    errors: usize,
}

impl Counts {
    pub(super) fn of(summary: &Summary) -> Self {
        Self {
            reports: summary.reports,
            pairs: summary.pairs,
            error: summary.error,
            warning: summary.warning,
            info: summary.info,
            preview: summary.preview,
            waived: summary.waived,
            known: summary.known,
            gone: summary.gone,
            fixed: summary.fixed,
            unassessed: summary.unassessed,
            skipped: summary.skipped,
            errors: summary.errors,
        }
    }
}
