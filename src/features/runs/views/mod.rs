//! Saved views of the table: opening, saving, sharing them.

mod acts;
mod bar;
mod changes;
mod conflict;
mod delete;
mod later;
mod link;
mod list_menu;
mod more_menu;
mod rename;
mod save;
mod update;

pub(super) use bar::ViewBar;
