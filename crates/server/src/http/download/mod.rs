//! Answers that hold the bytes of artifacts.

mod answer;
mod archive;
mod export_format;
mod name;
mod range;
mod runs;
mod text_file;

pub use answer::Download;
pub use archive::archive;
pub use runs::runs as run_file;
pub use text_file::text_file;
