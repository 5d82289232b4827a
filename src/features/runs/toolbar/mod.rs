//! What stands above the table of runs.

mod bar;
mod caret;
mod columns;
mod completion;
mod filter;
mod grouping;
mod hints;
mod typing;
mod values;

pub(super) use bar::Toolbar;
