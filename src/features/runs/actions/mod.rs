//! What one does with many runs of the table.

mod api_call;
mod changing;
mod export_menu;
mod label_dialog;
mod selection_actions;
mod words;

pub(crate) use changing::Changing;
pub(crate) use export_menu::{ExportMenu, Exported, matching};
pub(crate) use selection_actions::SelectionActions;
