//! Builds the console into `dist/`, as the server serves it.

mod build;
mod digest;
mod fingerprint;
mod page;
mod precompress;
mod release;
mod split;
mod styles;
mod wasm;

pub(crate) use build::{ensure, tools_path};
