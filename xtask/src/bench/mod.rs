//! `cargo xtask bench`

mod http;
mod measure;
mod process;
mod table;

pub(crate) use measure::{Options, run};
