//! Layer 6: what authors of rules are given: JSON Schemas for their editors, skeletons to begin
//! with, and a page for each rule.
//!
//! Everything that can be told of a kind of check stands in `src/check/<kind>.yml`, beside its
//! code: its options, cases, slots and an example. What can be told of the files themselves stands
//! in `rule.yml`, `pack.yml` and `profile.yml` here.

mod guide;
pub mod new;
pub mod page;
mod schema;

pub use guide::{Guide, guide};
pub use schema::{File, schema};
