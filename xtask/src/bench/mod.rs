//! `cargo xtask bench`

mod http;
mod measure;
mod mlflow;
mod process;
mod side;
mod table;

pub(crate) use measure::{Options, run};
