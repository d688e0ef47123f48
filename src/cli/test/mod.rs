//! `gouji test`: the examples of rules, judged; and packs tried out on real reports.

mod corpus;
mod machine;
mod terminal;

use super::args::ReportArgs;
use super::screen::Screen;
use super::{DONE, FAILED, FOUND, Trouble, linter};
use crate::finding::Lang;
use crate::lint::Linter;
use crate::verify::{self, Judgement, Verdict};
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::{Path, PathBuf};

/// 用示例检验规则 / Judge the examples of rules
#[derive(Debug, Args)]
#[command(
    after_help = "退出码 / exit codes: 0 示例都符合 / all as they say; 1 有不符合的 / some are not; 2 规则包有误 / a pack is broken"
)]
pub(super) struct Test {
    /// 规则包的名称，或其文件夹、文件；默认自有规则包，没有时为内置规则包 / Names, folders or files of packs; by default your own, else the built-in ones
    #[arg(value_name = "PACK")]
    names: Vec<String>,
    /// 输出格式 / Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: TestFormat,
    /// 在这些报告上试用规则，按规则统计 / Try the rules on real reports and count what each finds
    #[arg(long, value_name = "PATH")]
    corpus: Vec<PathBuf>,
    #[command(flatten)]
    report: ReportArgs,
}

/// How the outcome is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TestFormat {
    Terminal,
    Json,
    Junit,
}

/// Everything that was judged.
#[derive(Debug, Default)]
struct Outcome {
    judged: Vec<Judgement>,
}

impl Outcome {
    fn count(&self, verdict: Verdict) -> usize {
        self.judged.iter().filter(|judgement| judgement.verdict == verdict).count()
    }

    fn wrong(&self) -> impl Iterator<Item = &Judgement> {
        self.judged.iter().filter(|judgement| !judgement.verdict.is_right())
    }
}

impl Test {
    pub(super) fn run(&self, screen: &Screen, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let mut args = self.report.clone();
        let named = self.named(&mut args);
        let linter = linter(&args, screen)?;
        // Patterns and examples are judged whatever is tested: the built-in packs too.
        let faults = linter.library().faults();
        if !faults.is_empty() {
            return Err(Trouble::Packs(faults));
        }
        let tested = tested(&linter, &args, named, screen.lang())?;
        if !self.corpus.is_empty() {
            if self.format == TestFormat::Junit {
                let words = screen.lang().pick(
                    "--corpus 只能用 --format terminal 或 json",
                    "--corpus goes with --format terminal or json",
                );
                return Err(Trouble::Usage(words.to_owned()));
            }
            let json = self.format == TestFormat::Json;
            return corpus::run(&self.corpus, &args, &tested, json, screen, out);
        }
        let outcome = judge(&linter, &tested)?;
        let text = match self.format {
            TestFormat::Terminal => terminal::told(&outcome, &screen.style()),
            TestFormat::Json => machine::json(&outcome),
            TestFormat::Junit => machine::junit(&outcome),
        };
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(if outcome.wrong().next().is_some() { FOUND } else { DONE })
    }

    /// The names that were given; a path is a pack of one's own and stands for its name.
    fn named(&self, args: &mut ReportArgs) -> Vec<String> {
        let mut named = Vec::new();
        for word in &self.names {
            let path = Path::new(word);
            let is_path = path.exists()
                && (path.is_file()
                    || word.contains(['/', '\\', '.'])
                    || path.join("pack.yml").is_file());
            match is_path && !args.packs.contains(&path.to_owned()) {
                true => args.packs.push(path.to_owned()),
                false => named.push(word.clone()),
            }
        }
        named
    }
}

/// The packs to test: those that are named, else the user's own, else the built-in ones.
fn tested(
    linter: &Linter,
    args: &ReportArgs,
    named: Vec<String>,
    lang: Lang,
) -> Result<Vec<String>, Trouble> {
    let known = linter.library().names();
    if let Some(unknown) = named.iter().find(|name| !known.contains(&name.as_str())) {
        let near = crate::yaml::nearest(unknown, &known);
        let words = match (lang, near) {
            (Lang::Zh, Some(near)) => format!("没有规则包“{unknown}”，是否想写“{near}”？"),
            (Lang::Zh, None) => format!("没有规则包“{unknown}”；自有的规则包用 --packs 指明"),
            (Lang::En, Some(near)) => format!("no pack “{unknown}”; did you mean “{near}”?"),
            (Lang::En, None) => format!("no pack “{unknown}”; name your own with --packs"),
        };
        return Err(Trouble::Usage(words));
    }
    if !named.is_empty() {
        return Ok(named);
    }
    let own = !args.packs.is_empty();
    let packs = linter.library().packs().filter(|pack| pack.builtin != own);
    Ok(packs.map(|pack| pack.name.clone()).collect())
}

fn judge(linter: &Linter, tested: &[String]) -> Result<Outcome, Trouble> {
    let library = linter.library();
    let mut judged = Vec::new();
    for (pack, file) in library.rule_files() {
        if tested.iter().any(|name| name == pack) {
            judged.extend(verify::verify(library, pack, file).map_err(Trouble::Packs)?);
        }
    }
    for pack in library.packs().filter(|pack| tested.contains(&pack.name)) {
        judged.extend(verify::verify_changes(library, pack));
    }
    judged.extend(verify::whole_reports(library, tested).map_err(Trouble::Packs)?);
    Ok(Outcome { judged })
}
