//! What stands above the table of runs.

mod bar;
mod columns;
mod filter;
mod grouping;

pub(super) use bar::Toolbar;
