//! How far a long run is: a bar on the terminal's standard error, if it takes long at all.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

/// Before that nobody has begun to wonder.
const PATIENCE: Duration = Duration::from_millis(700);

/// A bar that shows itself only when it is needed.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    terminal: bool,
}

impl Progress {
    /// For `all` files.
    pub(super) fn new(all: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(all as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let terminal = std::io::stderr().is_terminal() && !dumb;
        Self { bar, begun: Instant::now(), terminal }
    }

    /// One file more is done.
    pub(super) fn one(&self) {
        if !self.terminal {
            return;
        }
        if self.bar.is_hidden() && self.begun.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Lets `write` use the terminal without the bar in between.
    pub(super) fn apart<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
