//! `gouji schema`: JSON Schema of rule, pack and profile files, for editors.

use super::screen::Screen;
use super::{DONE, Trouble};
use crate::author::{File, schema};
use clap::{Args, ValueEnum};
use std::io::Write;

/// 规则文件的 JSON Schema，供编辑器补全和提示 / JSON Schema of rule files, for editors
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// 哪种文件 / Which file
    #[arg(value_name = "FILE", default_value = "rule")]
    file: Which,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    Rule,
    Pack,
    Profile,
}

impl Schema {
    pub(super) fn run(&self, _: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let file = match self.file {
            Which::Rule => File::Rule,
            Which::Pack => File::Pack,
            Which::Profile => File::Profile,
        };
        writeln!(out, "{:#}", schema(file))?;
        out.flush()?;
        Ok(DONE)
    }
}
