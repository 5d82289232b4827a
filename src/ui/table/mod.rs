//! A table of any length: only the rows in view are mounted.

mod cell;
mod column_menu;
mod editor;
mod events;
mod focus;
mod header;
mod heads;
mod hit;
mod keyboard;
mod layout;
mod model;
mod passing;
mod reorder;
mod resize;
mod row;
mod sort;
mod state;
pub mod virtual_table;
mod window;

pub use model::{
    Align, Cell, Column, EditRequest, Editing, MoveRequest, RowView, SelectRequest, SortKey, SortRequest,
    TableModel, Ticked, ToggleRequest,
};
pub use sort::cycle;
pub use virtual_table::VirtualTable;
pub(crate) use window::Strip;
