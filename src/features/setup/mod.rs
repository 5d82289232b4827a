//! The first start of a new server.

mod draft;
mod page;

pub(crate) use page::SetUp;
