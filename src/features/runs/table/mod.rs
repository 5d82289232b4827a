//! The table of runs, flat or in groups.

mod column_menu;
pub(super) mod columns;
mod editing;
mod footer;
mod group_cells;
mod kept_runs;
mod keys;
mod later;
mod marks;
mod nothing;
mod pages;
mod peek;
mod peek_panel;
mod peeked;
mod restore;
mod rows;
mod run_cells;
mod run_table;
mod selection;
mod selection_bar;
mod shown;
mod sparklines;
mod stale;
mod state;
mod ticks;
mod tree;
mod whose;

pub(super) use footer::total;
pub(super) use nothing::NothingToShow;
pub(super) use restore::Remembered;
pub(super) use rows::Shelf;
pub(super) use run_table::RunTable;
pub(super) use shown::{Columns, question};
pub(super) use stale::StaleNote;
pub(super) use state::TableState;
pub(super) use ticks::Ticks;
