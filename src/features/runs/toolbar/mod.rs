//! What stands above the table of runs.

mod applied;
mod bar;
mod bounds;
mod caret;
mod chips;
mod columns;
mod completion;
mod condition_form;
mod facet;
mod facets;
mod filter;
mod grouping;
mod hints;
mod later;
mod parts;
mod presets;
mod typing;
mod values;

pub(super) use bar::Toolbar;
