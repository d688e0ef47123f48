//! `gouji coverage`: clause by clause of each regulation and format, the rules that check it.

use super::args::ReportArgs;
use super::screen::Screen;
use super::{DONE, Trouble, linter};
use crate::finding::Lang;
use crate::rule::{PackCoverage, coverage, markdown};
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::PathBuf;

/// 逐条列出法规和格式由哪些规则检查 / Which rules check each clause
#[derive(Debug, Args)]
pub(super) struct Coverage {
    /// 输出格式 / Output format
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    format: Table,
    /// 自有规则包所在文件夹（可重复） / Folder with packs of your own (repeatable)
    #[arg(long, value_name = "DIR")]
    packs: Vec<PathBuf>,
}

/// How the table is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Table {
    Markdown,
    Json,
}

impl Coverage {
    pub(super) fn run(&self, screen: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let args = ReportArgs { packs: self.packs.clone(), ..ReportArgs::default() };
        let packs = coverage(linter(&args, screen)?.library());
        let text = match self.format {
            Table::Markdown => markdown(&packs, screen.lang()),
            Table::Json => json(&packs, screen.lang()),
        };
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(DONE)
    }
}

fn json(packs: &[PackCoverage], lang: Lang) -> String {
    let pack = |pack: &PackCoverage| {
        let clauses = pack.clauses.iter().map(|clause| {
            let rules = clause.rules.iter().map(|(pack, id, title)| {
                serde_json::json!({"rule": id, "pack": pack, "title": title.to(lang)})
            });
            serde_json::json!({
                "clause": clause.id, "document": clause.document, "text": clause.text,
                "rules": rules.collect::<Vec<_>>(),
                "uncheckable": clause.uncheckable.as_ref().map(|why| why.to(lang)),
            })
        });
        serde_json::json!({
            "pack": pack.pack, "title": pack.title.to(lang), "years": pack.years,
            "clauses": clauses.collect::<Vec<_>>(),
        })
    };
    let packs: Vec<_> = packs.iter().map(pack).collect();
    serde_json::json!({"version": 1, "packs": packs}).to_string() + "\n"
}
