//! The terminal: its language, width and colours, and an output that does not mind being closed.

use crate::finding::Lang;
use crate::write::Style;
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal as _, Write};

/// Options of every subcommand about how its output looks.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Screen {
    /// 输出语言，默认 zh / Language of the output, zh by default
    #[arg(long, global = true, help_heading = "显示 / Display", value_name = "LANG", value_parser = lang())]
    lang: Option<Lang>,
    /// 彩色输出 / Colours
    #[arg(
        long,
        global = true,
        help_heading = "显示 / Display",
        value_name = "WHEN",
        default_value = "auto"
    )]
    color: When,
    /// 输出宽度（列数） / Columns of the output
    #[arg(long, global = true, help_heading = "显示 / Display", value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
}

/// When colours are used; `Auto` is on a terminal, unless `NO_COLOR` is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

fn lang() -> impl clap::builder::TypedValueParser<Value = Lang> {
    super::args::one_of(Lang::WORDS, Lang::from_word)
}

impl Screen {
    /// The language of the output.
    pub(super) fn lang(&self) -> Lang {
        self.lang.unwrap_or_default()
    }

    /// The language that the command line asks for.
    pub(super) fn own_lang(&self) -> Option<Lang> {
        self.lang
    }

    /// The screen as the configuration wants it where the command line does not say.
    pub(super) fn under(self, lang: Option<Lang>) -> Self {
        Self { lang: self.lang.or(lang), ..self }
    }

    /// The style of standard output.
    pub(super) fn style(&self) -> Style {
        Style {
            lang: self.lang(),
            color: self.colors(io::stdout().is_terminal()),
            width: self.width.map_or_else(detected_width, usize::from),
            unicode: !is_dumb(),
            ..Style::default()
        }
    }

    /// Whether standard error takes colours.
    pub(super) fn colors_stderr(&self) -> bool {
        self.colors(io::stderr().is_terminal())
    }

    fn colors(&self, terminal: bool) -> bool {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !unwanted && !is_dumb(),
        }
    }
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// The terminal's own width, else `COLUMNS`, else 100.
fn detected_width() -> usize {
    let own = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    let told = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    own.map(|(width, _)| usize::from(width.0)).or_else(told).unwrap_or(100)
}

/// Standard output, buffered; once the reader has closed the pipe, the rest goes nowhere and the
/// program ends as if it had been read.
#[derive(Debug)]
pub(super) struct Quiet<W: Write> {
    out: Option<io::BufWriter<W>>,
}

impl<W: Write> Quiet<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out: Some(io::BufWriter::with_capacity(1 << 16, out)) }
    }

    fn unless_closed(&mut self, result: io::Result<()>) -> io::Result<()> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                if let Some(out) = self.out.take() {
                    // Taken apart, so that dropping it does not try to write again.
                    drop(out.into_parts());
                }
                Ok(())
            }
            other => other,
        }
    }
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.out.as_mut().map_or(Ok(()), |out| out.write_all(bytes));
        self.unless_closed(result).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.out.as_mut().map_or(Ok(()), Write::flush);
        self.unless_closed(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        let mut quiet = Quiet::new(Closed);
        for _ in 0..3 {
            quiet.write_all(&[b'x'; 1 << 17]).unwrap();
            quiet.flush().unwrap();
        }
    }
}
