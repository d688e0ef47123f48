//! stub
pub mod cli;
pub mod document;
pub mod equation;
pub mod finding;
pub mod lint;
pub mod profile;
pub mod text;
pub mod write;
pub mod yaml;
