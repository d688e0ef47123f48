//! stub
pub mod document;
pub mod equation;
pub mod finding;
pub mod profile;
pub mod read;
pub mod text;
pub mod yaml;
