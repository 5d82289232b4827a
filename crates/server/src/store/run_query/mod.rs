//! Answers questions about runs: pages of runs and MLflow's search by SQL or from the columns in memory, whichever is
//! sooner, groups of runs from the columns alone.

mod attribute;
mod column_contents;
mod columns;
mod context;
mod export;
mod expression;
mod filter;
mod group_page;
mod labels;
mod memory;
mod page;
mod progress;
mod projects;
mod run_page;
mod scope;
mod search;
mod selection;
mod sort;
mod text;
mod within;

pub(super) use attribute::{Reference, Source, source};
pub(super) use context::{logged_keys, n_logged};
pub use export::{ExportNames, RunRows};
pub(super) use labels::LABEL_TEXT;
pub use projects::Projects;
pub use scope::RunScope;
pub(super) use selection::still_matching;
pub(super) use text::condition as text_condition;
