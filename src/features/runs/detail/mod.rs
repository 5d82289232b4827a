//! The pages of a run.

mod artifacts;
mod charts;
mod children;
mod code_page;
mod edit;
mod execution;
mod failure;
mod header;
mod inputs;
mod known;
mod labels;
mod launch;
mod links;
mod logged;
mod logs;
mod machine;
mod note;
mod overview;
mod page;
mod rename;
mod reproduce;
mod saved_models;
mod timeline;

pub use page::Run;
