//! Saved models: their list and their pages.

mod create;
mod delete;
mod detail;
mod draft;
mod edit;
mod fields;
mod list;

pub(crate) use detail::SavedModelPage;
pub(crate) use list::SavedModelList;
