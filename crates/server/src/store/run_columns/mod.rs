//! The runs of a project, or of several, by column, kept in memory: what groups and their aggregates, and most pages of runs that are
//! filtered or ordered by more than an index knows, are computed from.
//!
//! Only the columns that somebody has asked for are there. A change marks the runs that it touches before it is
//! acknowledged, and the next question reads those anew, so an answer is never older than what was acknowledged before.

mod aggregate;
mod ahead;
mod budget;
mod column;
mod content;
mod distinct;
mod extent;
mod groups;
mod kept;
mod load;
mod names;
mod order;
mod part;
mod select;
mod shared;
mod stale;
mod statements;
mod table;
mod whose;

pub(super) use aggregate::aggregates;
pub(super) use budget::Budget;
pub(super) use column::Shared;
pub(super) use content::{content, content_of, first_selected, number};
pub(super) use groups::{GroupValue, groups};
pub(super) use kept::RunColumns;
pub(super) use names::Names;
pub(super) use order::page as ordered_page;
pub(super) use select::select;
pub(super) use table::Table;
