//! What `serve --demo` fills an empty server with: two research projects, the people in them, and 400 runs.

mod chance;
mod images;
mod launching;
mod plan;
mod project;
mod runs;
mod seed;
mod serving;
mod timeline;
mod weather;

pub use seed::seed;
