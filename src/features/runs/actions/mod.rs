//! What one does with many runs of the table.

mod changing;
mod label_dialog;
mod selection_actions;
mod words;

pub(crate) use selection_actions::SelectionActions;
