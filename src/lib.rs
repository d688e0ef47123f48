//! stub
pub mod document;
pub mod equation;
pub mod facts;
pub mod finding;
pub mod profile;
pub mod text;
pub mod yaml;
