//! `gouji facts`: what the linter read.

use super::args::{FileArgs, ReportArgs, one_of};
use super::run::{each, inputs};
use super::screen::Screen;
use super::{DONE, FAILED, Trouble, linter};
use crate::document::{Document, Placed};
use crate::facts;
use crate::finding::{Entry, Lang};
use crate::lint::Linter;
use crate::rule::Library;
use crate::write::facts::{
    CellView, ContactView, Datum, FactView, FactsFormat, FactsView, FactsWriter, FigureView,
    PeriodView, RowView, SectionView, TableView,
};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// 显示从报告中读到的内容 / Show what was read in a report
#[derive(Debug, Args)]
pub(super) struct Facts {
    /// 文件、文件夹或通配符，- 为标准输入 / Files, folders, patterns, - for standard input
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    paths: Vec<PathBuf>,
    /// 输出格式 / Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = one_of(FactsFormat::WORDS, FactsFormat::from_word))]
    format: FactsFormat,
    #[command(flatten)]
    report: ReportArgs,
    #[command(flatten)]
    files: FileArgs,
}

impl Facts {
    pub(super) fn settle(&mut self) -> Result<(), Trouble> {
        self.report.settle(&self.paths, Some(&self.files))?;
        self.files.settle(self.report.config.found());
        Ok(())
    }

    pub(super) fn report(&self) -> &ReportArgs {
        &self.report
    }

    pub(super) fn run(&self, screen: &Screen, out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let linter = linter(&self.report, screen)?;
        let inputs = inputs(&self.paths, &self.files, None, screen.lang())?.inputs;
        let mut writer = FactsWriter::new(self.format, screen.style(), out);
        let mut code = DONE;
        let judge = |input: &super::discover::Input, bytes: &[u8]| {
            // To programs a name is a key, which stays.
            let english = self.format == FactsFormat::Terminal && screen.lang() == Lang::En;
            linter.read(&input.path, bytes).map(|document| view(&linter, &document, english))
        };
        each(inputs, &self.files, &judge, |result| match result {
            Ok(facts) => writer.report(&facts),
            Err(entry) => {
                if matches!(entry, Entry::Failed { .. }) {
                    code = FAILED;
                }
                writer.failure(&entry)
            }
        })?;
        writer.finish()?;
        Ok(code)
    }
}

/// The facts of a document as they are written.
fn view(linter: &Linter, document: &Document, english: bool) -> FactsView {
    let facts = linter.facts(document);
    let view = View { document, names: english.then(|| linter.library()) };
    let identity = &facts.identity;
    let contacts = &facts.contact;
    FactsView {
        path: document.source.path.clone(),
        title: identity
            .title
            .as_ref()
            .map(|title| view.fact(title.at, Datum::Text(title.value.clone()))),
        organ: identity
            .organ
            .as_ref()
            .map(|organ| view.fact(organ.at, Datum::Text(organ.value.clone()))),
        body: identity.body.map(|body| {
            let at = identity.organ.as_ref().map_or(document.anchor(), |organ| organ.at);
            view.fact(at, Datum::Text(body.published().to_owned()))
        }),
        year: identity
            .year
            .as_ref()
            .map(|year| view.fact(year.at, Datum::Number(year.value.into()))),
        period: facts.period.as_ref().map(|period| view.period(period)),
        contact: ContactView {
            phones: view.contacts(&contacts.phones),
            faxes: view.contacts(&contacts.faxes),
            addresses: view.contacts(&contacts.addresses),
            postcodes: view.contacts(&contacts.postcodes),
            emails: view.contacts(&contacts.emails),
            urls: view.contacts(&contacts.urls),
        },
        issued: facts
            .issued
            .as_ref()
            .map(|issued| view.fact(issued.at, Datum::Text(issued.date.iso()))),
        sections: facts.sections.iter().map(|section| view.section(section)).collect(),
        tables: facts.tables.iter().map(|table| view.table(table)).collect(),
        figures: facts.figures.iter().map(|figure| view.figure(figure)).collect(),
    }
}

struct View<'d> {
    document: &'d Document,
    /// Whose profiles put names into English, if that is wanted.
    names: Option<&'d Library>,
}

impl View<'_> {
    /// A name of the profile as it is shown.
    fn name(&self, name: String) -> String {
        let english =
            |library: &Library| library.packs().find_map(|pack| pack.profile.in_english(&name));
        self.names.and_then(english).unwrap_or(name)
    }

    fn fact(&self, at: impl Into<Placed>, value: Datum) -> FactView {
        let place = self.document.place(&at.into());
        FactView { value, text: place.text.clone(), place }
    }

    fn period(&self, period: &facts::Period) -> PeriodView {
        let place = self.document.place(&period.at.into());
        PeriodView {
            start: period.start.map(|day| day.to_string()),
            end: period.end.map(|day| day.to_string()),
            damaged: period.damage != facts::Damage::None,
            text: place.text.clone(),
            place,
        }
    }

    fn contacts(&self, contacts: &[facts::Contact]) -> Vec<FactView> {
        let fact =
            |contact: &facts::Contact| self.fact(contact.at, Datum::Text(contact.value.clone()));
        contacts.iter().map(fact).collect()
    }

    fn section(&self, section: &facts::Section) -> SectionView {
        SectionView {
            name: section.name.clone().map(|name| self.name(name)),
            ordinal: section.ordinal.map(|at| self.document.written(at).to_owned()),
            title: self.document.written(section.title).to_owned(),
            level: section.level,
            place: self.document.place(&section.at.into()),
        }
    }

    fn table(&self, table: &facts::TableFact) -> TableView {
        let rows = table.rows.iter().map(|row| RowView {
            name: self.name(table.row_name(self.document, row)),
            label: self.document.written(row.label).to_owned(),
            cells: row.cells.iter().map(|cell| self.cell(table, row, cell)).collect(),
        });
        TableView {
            name: table.name().map(|name| self.name(name.to_owned())),
            columns: table.columns.iter().map(|column| column.label.clone()).collect(),
            rows: rows.collect(),
        }
    }

    fn cell(
        &self,
        table: &facts::TableFact,
        row: &facts::RowFact,
        cell: &facts::TableCell,
    ) -> CellView {
        let column = table.columns.get(cell.column).filter(|_| row.aligned);
        let place = self.document.place(&table.place(self.document, row, cell));
        CellView {
            column: column.map(|column| column.label.clone()),
            text: place.text.clone(),
            value: cell.written.number().map(Datum::Number),
            place,
        }
    }

    /// A vague number has no value; its range is given.
    fn figure(&self, figure: &facts::Figure) -> FigureView {
        let value = if figure.low == figure.high {
            Datum::Number(figure.low)
        } else {
            Datum::Text(format!("{}..{}", figure.low.normalize(), figure.high.normalize()))
        };
        FigureView {
            unit: figure.unit.clone(),
            subject: Some(figure.subject(self.document)).filter(|subject| !subject.is_empty()),
            year: match figure.scope {
                facts::Scope::Year(year) => Some(year),
                _ => None,
            },
            cumulative: figure.scope == facts::Scope::Cumulative,
            range: figure
                .exact()
                .is_none()
                .then_some([Datum::Number(figure.low), Datum::Number(figure.high)]),
            fact: self.fact(figure.at, value),
        }
    }
}
