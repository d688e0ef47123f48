//! Layer 7: the command line, one file per subcommand.

mod args;
mod check;
mod convert;
mod discover;
mod facts;
mod new;
mod output;
mod panic;
mod rules;
mod run;
mod schema;
mod screen;
mod test;

use crate::finding::Lang;
use crate::lint::Linter;
use crate::rule::PackFault;
use crate::write::{Style, fault};
use args::ReportArgs;
use clap::{Parser, Subcommand};
use screen::{Quiet, Screen};
use std::io::{self, Write as _};
use std::process::ExitCode;

/// 政府信息公开工作年度报告合规检查 / Compliance linter for government-information-disclosure annual reports
#[derive(Debug, Parser)]
#[command(name = "gouji", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    screen: Screen,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Box<check::Check>),
    Facts(Box<facts::Facts>),
    Convert(Box<convert::Convert>),
    Rules(Box<rules::Rules>),
    Explain(Box<rules::Explain>),
    Test(Box<test::Test>),
    New(Box<new::New>),
    Schema(Box<schema::Schema>),
}

/// Nothing at or above `--fail-on`.
const DONE: u8 = 0;
/// Findings at or above it.
const FOUND: u8 = 1;
/// The job could not be done.
const FAILED: u8 = 2;

/// Why a command could not even begin, or end; told on standard error.
#[derive(Debug)]
enum Trouble {
    /// The command line is wrong.
    Usage(String),
    /// Output could not be written.
    Io(io::Error),
    /// Rule packs are broken.
    Packs(Vec<PackFault>),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    panic::keep_quiet();
    let code = std::panic::catch_unwind(run).unwrap_or_else(|payload| {
        let words = panic::words(payload.as_ref());
        complain(&format!("error: {}\n", words.to(Lang::Zh)));
        FAILED
    });
    ExitCode::from(code)
}

fn run() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe is no reason to complain.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(FAILED);
        }
    };
    let screen = cli.screen;
    let out = Box::new(Quiet::new(io::stdout().lock()));
    let done = match cli.command {
        Command::Check(command) => command.run(&screen, out),
        Command::Facts(command) => command.run(&screen, out),
        Command::Convert(command) => command.run(&screen, out),
        Command::Rules(command) => command.run(&screen, out),
        Command::Explain(command) => command.run(&screen, out),
        Command::Test(command) => command.run(&screen, out),
        Command::New(command) => command.run(&screen, out),
        Command::Schema(command) => command.run(&screen, out),
    };
    done.unwrap_or_else(|trouble| {
        complain(&told(&trouble, &screen));
        FAILED
    })
}

/// Writes to standard error; if that is closed, there is nobody to tell.
fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

fn told(trouble: &Trouble, screen: &Screen) -> String {
    let style = Style { color: screen.colors_stderr(), ..screen.style() };
    match trouble {
        Trouble::Usage(words) => format!("error: {words}\n"),
        Trouble::Io(error) => {
            format!("error: {}{error}\n", screen.lang().pick("无法写出结果：", "cannot write: "))
        }
        Trouble::Packs(faults) => {
            let one = |f: &PackFault| {
                fault(
                    "error[pack]",
                    &f.file,
                    &f.source,
                    f.at.clone(),
                    f.words.to(style.lang),
                    &style,
                )
            };
            faults.iter().map(one).collect::<Vec<_>>().join("\n")
        }
    }
}

/// The linter that `args` ask for; names of rules and packs that do not exist are usage errors.
fn linter(args: &ReportArgs, screen: &Screen) -> Result<Linter, Trouble> {
    let linter = Linter::new(args.options(screen.lang())).map_err(Trouble::Packs)?;
    // Knowing all names means decoding all packs: only a run that names some pays for it.
    if !(args.select.is_empty() && args.ignore.is_empty() && args.pack.is_empty()) {
        let packs: Vec<String> = linter.library().names().into_iter().map(str::to_owned).collect();
        rules::known(&linter.rules(), &packs, args, screen.lang()).map_err(Trouble::Usage)?;
    }
    Ok(linter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
