//! The form that starts a run, empty or with the values of another run of which one part is changed.

mod asked;
mod backend_fields;
mod block;
mod bound;
mod code_block;
mod commands;
mod data_block;
mod differences;
mod draft;
mod equivalent;
mod experiment_block;
mod fields;
mod form;
mod kept;
mod lead;
mod lists;
mod marked;
mod names;
mod page;
mod parameter_fields;
mod parameters;
mod presets;
mod request;
mod resources_block;
mod secrecy;
mod source;
mod state;
mod summary;
mod system;
mod templates;
#[cfg(test)]
mod tests;
mod verdict;
mod yaml;
mod yaml_view;

pub use page::LaunchRun;
