//! Every component of the design system in every state.

mod actions;
mod charts;
mod edited_table;
mod facts;
mod figures;
mod forms;
mod icons;
mod navigation;
mod overlays;
mod page;
mod specimen;
mod states;
mod table_rows;
mod tables;

pub(crate) use page::Gallery;
