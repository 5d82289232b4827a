//! All labels of the platform: renamed, coloured, merged and deleted by those who administer it.

mod draft;
mod edit;
mod list;
mod merge;
mod row;

pub(crate) use list::Labels;
