//! Saved models: their list, their pages, and their container images.

mod create;
mod delete;
mod detail;
mod draft;
mod edit;
mod fields;
mod image;
mod list;

pub(crate) use detail::SavedModelPage;
pub(crate) use list::SavedModelList;
