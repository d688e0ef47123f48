//! One test binary: linking once is faster than linking ten times.

#![allow(clippy::string_slice, reason = "tests slice where they know the text")]

mod authoring;
mod broken;
mod cache;
mod cli;
mod contradictions;
mod coverage;
mod cram;
mod faults;
mod files;
mod fixes;
mod formats;
mod fuzz;
mod gate;
mod lists;
mod mutation;
mod outputs;
mod reports;
mod rules;
mod style;
mod support;
mod tables;
mod tidy;
mod years;
