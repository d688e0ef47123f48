//! One test binary: linking once is faster than linking ten times.

mod cli;
mod faults;
mod reports;
mod rules;
mod support;
mod tables;
mod tidy;
