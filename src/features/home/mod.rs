//! What concerns the person now.

mod attention;
mod page;
mod project_row;

pub(crate) use page::Home;
