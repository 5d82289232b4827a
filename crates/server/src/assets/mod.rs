//! The console's page and files.

mod encoding;
mod files;
mod serve;

pub use serve::{console, page};
