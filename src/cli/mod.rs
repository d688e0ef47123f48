//! Layer 7: the command line, one file per subcommand.

mod args;
mod atomic;
mod baseline;
mod cache;
mod changed;
mod check;
mod compare;
mod config;
mod convert;
mod coverage;
mod discover;
mod entries;
mod facts;
mod fix;
mod gate;
mod init;
mod new;
mod output;
mod panic;
mod progress;
mod rules;
mod run;
mod schema;
mod screen;
mod settings;
mod test;
mod usage;
mod watch;
mod ways;

use crate::finding::{Lang, Words};
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
    Coverage(Box<coverage::Coverage>),
    Test(Box<test::Test>),
    New(Box<new::New>),
    Schema(Box<schema::Schema>),
    Baseline(Box<baseline::Record>),
    Init(init::Init),
    Config(Box<config::Show>),
    Completions(ways::Completions),
    Man(ways::Man),
}

impl Command {
    /// Looks for the configuration and takes from it what the command line leaves open.
    fn settle(&mut self) -> Result<(), Trouble> {
        match self {
            Self::Check(command) => command.settle(),
            Self::Facts(command) => command.settle(),
            Self::Rules(command) => command.settle(),
            Self::Explain(command) => command.settle(),
            Self::Baseline(command) => command.settle(),
            Self::Config(command) => command.settle(),
            Self::Convert(_)
            | Self::Coverage(_)
            | Self::Test(_)
            | Self::New(_)
            | Self::Schema(_)
            | Self::Init(_)
            | Self::Completions(_)
            | Self::Man(_) => Ok(()),
        }
    }

    fn report(&self) -> Option<&ReportArgs> {
        match self {
            Self::Check(command) => Some(&command.report),
            Self::Facts(command) => Some(command.report()),
            Self::Rules(command) => Some(command.report()),
            Self::Explain(command) => Some(command.report()),
            Self::Baseline(command) => Some(command.report()),
            Self::Config(command) => Some(&command.check().report),
            Self::Convert(_)
            | Self::Coverage(_)
            | Self::Test(_)
            | Self::New(_)
            | Self::Schema(_)
            | Self::Init(_)
            | Self::Completions(_)
            | Self::Man(_) => None,
        }
    }

    /// The language that the configuration asks for.
    fn lang(&self) -> Option<Lang> {
        Some(self.report()?.config.found()?.lang.as_ref()?.value)
    }
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
    /// The same, in both languages.
    Words(Words),
    /// Rule packs are broken.
    Packs(Vec<PackFault>),
    /// The configuration or the waivers are wrong.
    Config(Vec<PackFault>),
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
    let arguments: Vec<_> = std::env::args_os().collect();
    let mut cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            match usage::chinese(&error).filter(|_| !usage::wants_english(&arguments)) {
                Some(told) => complain(&told),
                // A closed pipe is no reason to complain.
                None => drop(error.print()),
            }
            return u8::try_from(error.exit_code()).unwrap_or(FAILED);
        }
    };
    let settled = cli.command.settle();
    let screen = cli.screen.under(cli.command.lang());
    if let Err(trouble) = settled {
        complain(&told(&trouble, &screen));
        return FAILED;
    }
    let out = Box::new(Quiet::new(io::stdout().lock()));
    let done = match cli.command {
        Command::Check(command) => command.run(&screen, out),
        Command::Facts(command) => command.run(&screen, out),
        Command::Convert(command) => command.run(&screen, out),
        Command::Rules(command) => command.run(&screen, out),
        Command::Explain(command) => command.run(&screen, out),
        Command::Coverage(command) => command.run(&screen, out),
        Command::Test(command) => command.run(&screen, out),
        Command::New(command) => command.run(&screen, out),
        Command::Schema(command) => command.run(&screen, out),
        Command::Baseline(command) => command.run(&screen, out),
        Command::Init(command) => command.run(&screen, out),
        Command::Config(command) => command.run(&screen, cli.screen.own_lang(), out),
        Command::Completions(command) => command.run(out),
        Command::Man(command) => command.run(out),
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
        Trouble::Words(words) => format!("error: {}\n", words.to(style.lang)),
        Trouble::Io(error) => {
            format!("error: {}{error}\n", screen.lang().pick("无法写出结果：", "cannot write: "))
        }
        Trouble::Packs(faults) | Trouble::Config(faults) => {
            let tag = match trouble {
                Trouble::Config(_) => "error[config]",
                _ => "error[pack]",
            };
            let one = |f: &PackFault| {
                fault(tag, &f.file, &f.source, f.at.clone(), f.words.to(style.lang), &style)
            };
            faults.iter().map(one).collect::<Vec<_>>().join("\n")
        }
    }
}

/// The linter that `args` ask for; names of rules and packs that do not exist are usage errors.
fn linter(args: &ReportArgs, screen: &Screen) -> Result<Linter, Trouble> {
    let linter = Linter::new(args.options(screen.lang())).map_err(Trouble::Packs)?;
    if let Some(config) = args.config.found() {
        let faults = settings::unknown_names(config, &linter);
        if !faults.is_empty() {
            return Err(Trouble::Config(faults));
        }
    }
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
