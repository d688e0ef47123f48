//! `gouji completions` and `gouji man`: what shells and manuals need.

use super::{Cli, DONE, Trouble};
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use std::io::Write;

/// 输出命令行补全脚本 / Print a completion script for a shell
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// 哪一种 shell / The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// 输出手册页（man 格式） / Print the manual page
#[derive(Debug, Args)]
pub(super) struct Man {
    /// 哪个命令的手册页；不写则为 gouji / The command; else gouji
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Completions {
    pub(super) fn run(&self, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "gouji", &mut script);
        out.write_all(&script)?;
        out.flush()?;
        Ok(DONE)
    }
}

impl Man {
    pub(super) fn run(&self, mut out: Box<dyn Write + '_>) -> Result<u8, Trouble> {
        let mut program = Cli::command();
        program.build();
        let command = match &self.command {
            None => program,
            Some(name) => match program.find_subcommand(name) {
                Some(command) => command.clone(),
                None => {
                    let known: Vec<&str> =
                        program.get_subcommands().map(clap::Command::get_name).collect();
                    return Err(Trouble::Words(crate::finding::Words {
                        zh: format!("没有“{name}”这个命令；可用：{}", known.join("、")),
                        en: format!("no command “{name}”; known: {}", known.join(", ")),
                    }));
                }
            },
        };
        clap_mangen::Man::new(command).render(&mut out)?;
        out.flush()?;
        Ok(DONE)
    }
}
