//! Backend configs: where and how a run is executed. One set of rules for the form and for the server.

mod config;
mod environment;
mod local;
mod read;
mod resources;
#[cfg(test)]
mod tests;
mod write;

pub use config::{BackendConfig, ComputeSystem, check};
pub use environment::{Apptainer, Environment, Execution, ImageType};
pub use read::Warning;
pub use resources::Resources;
