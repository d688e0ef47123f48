//! One test binary: linking once is faster than linking ten times.

#![allow(clippy::string_slice, reason = "tests slice where they know the text")]

mod cli;
mod faults;
mod formats;
mod gate;
mod reports;
mod rules;
mod support;
mod tables;
mod tidy;
