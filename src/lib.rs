//! `gouji` (勾稽, "to cross-check figures"): a rule-based compliance linter for Chinese
//! government-information-disclosure annual reports (政府信息公开工作年度报告).
//!
//! ```text
//! bytes → read → document → facts → check → findings → write → bytes
//! ```
//!
//! Data flows left to right. Knowledge flows down this table, never up (`tests/tidy.rs`):
//!
//! | layer | modules | what it is |
//! |---|---|---|
//! | 0 | [`text`] | decoded text, spans, line/column, folding, numbers, dates |
//! | 1 | [`document`], [`profile`], [`equation`], [`finding`], [`yaml`] | the shapes of things |
//! | 2 | [`read`], [`facts`] | file formats → document; a document seen through a profile |
//! | 3 | [`check`] | one file per kind of check: places, values, cases, never words |
//! | 4 | [`rule`] | YAML → packs; what is in force; merging and words |
//! | 5 | [`mod@write`] | findings → terminal, JSON, SARIF, HTML …; one file per format |
//! | 6 | [`lint`], [`verify`], [`author`], [`config`], [`gate`], [`fix`] | the whole program; a rule's own examples judged; what authors are given |
//! | 7 | [`cli`] | the command line; nothing knows it |

#![cfg_attr(test, allow(clippy::string_slice, reason = "tests slice where they know the text"))]

pub mod author;
pub mod check;
pub mod cli;
pub mod config;
pub mod document;
pub mod equation;
pub mod facts;
pub mod finding;
pub mod fix;
pub mod gate;
pub mod lint;
pub mod profile;
pub mod read;
pub mod rule;
pub mod text;
pub mod verify;
pub mod write;
pub mod yaml;
