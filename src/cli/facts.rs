//! `gouji facts`: what the linter read.

use super::args::{FileArgs, ReportArgs, format};
use super::run::{each, inputs};
use super::screen::Screen;
use super::{DONE, FAILED, Trouble, linter};
use crate::document::Document;
use crate::finding::Entry;
use crate::lint::Linter;
use crate::write::Format;
use crate::write::facts::{FactsView, FactsWriter};
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
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = format())]
    format: Format,
    #[command(flatten)]
    report: ReportArgs,
    #[command(flatten)]
    files: FileArgs,
}

impl Facts {
    pub(super) fn run(&self, screen: &Screen, out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let linter = linter(&self.report, screen)?;
        let inputs = inputs(&self.paths, &self.files, None, screen.lang())?;
        let mut writer = FactsWriter::new(self.format, screen.style(), out);
        let mut code = DONE;
        let judge = |path: &str, bytes: &[u8]| {
            linter.read(path, bytes).map(|document| view(&linter, &document))
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

/// STUB: the facts of a document as they are written.
fn view(_linter: &Linter, document: &Document) -> FactsView {
    FactsView { path: document.source.path.clone(), ..FactsView::default() }
}
