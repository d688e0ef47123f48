//! `gouji convert`: the document as the linter understands it.

use super::args::{FileArgs, ReportArgs, one_of};
use super::run::{each, inputs};
use super::screen::Screen;
use super::{DONE, FAILED, Trouble, complain, linter};
use crate::finding::Entry;
use crate::write::{Target, convert};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// 把报告转换成文本、Markdown 或 JSON / Write a report as text, Markdown or JSON
#[derive(Debug, Args)]
pub(super) struct Convert {
    /// 文件，- 为标准输入 / A file, - for standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// 转换成什么 / What to write
    #[arg(long, value_name = "FORMAT", default_value = "markdown", value_parser = one_of(Target::WORDS, Target::from_word))]
    to: Target,
    /// 文件编码（如 gbk） / The encoding of the file (gbk, utf-8 …)
    #[arg(long, value_name = "LABEL", value_parser = super::args::label)]
    encoding: Option<&'static encoding_rs::Encoding>,
}

impl Convert {
    pub(super) fn run(&self, screen: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let linter =
            linter(&ReportArgs { encoding: self.encoding, ..ReportArgs::default() }, screen)?;
        let files = FileArgs { stdin_filename: "<stdin>".to_owned(), ..FileArgs::default() };
        let inputs = inputs(std::slice::from_ref(&self.path), &files, None, screen.lang())?.inputs;
        let mut code = DONE;
        let read = |input: &super::discover::Input, bytes: &[u8]| {
            linter.read(&input.path, bytes).map(|document| convert(&document, self.to))
        };
        each(inputs, &files, &read, |result| match result {
            Ok(text) => out.write_all(text.as_bytes()),
            Err(Entry::Failed { path, code: _, message }) => {
                code = FAILED;
                complain(&format!("error: {path}: {}\n", message.to(screen.lang())));
                Ok(())
            }
            Err(_) => Ok(()),
        })?;
        Ok(code)
    }
}
