//! Answers that hold the bytes of artifacts.

mod answer;
mod archive;
mod name;
mod range;
mod text_file;

pub use answer::Download;
pub use archive::archive;
pub use text_file::text_file;
