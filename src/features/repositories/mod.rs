//! Code, data, experiments and models: their lists, their pages, and what runs made of them.

mod create;
mod delete;
mod detail;
mod draft;
mod edit;
mod entry_points;
mod facts;
mod fields;
mod list;
mod partners;
mod row;
mod words;

pub(crate) use detail::RepositoryPage;
pub(crate) use list::RepositoryList;
