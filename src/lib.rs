//! stub
pub mod document;
pub mod equation;
pub mod finding;
pub mod profile;
pub mod text;
pub mod write;
pub mod yaml;
