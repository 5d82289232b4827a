//! What must be on the machine, and how each thing gets there; nothing is installed twice.

mod apt;
mod cache;
mod cargo_tool;
pub(crate) mod chromium;
pub(crate) mod git;
pub(crate) mod node;
pub(crate) mod postgresql;
pub(crate) mod python;
pub(crate) mod trunk;
pub(crate) mod wasm_bindgen;
pub(crate) mod wasm_opt;
pub(crate) mod wasm_split;
pub(crate) mod wasm_target;

pub(crate) use cargo_tool::forget_builds;
