//! Answers that hold the bytes of artifacts.

mod answer;
mod archive;
mod name;
mod range;

pub use answer::Download;
pub use archive::archive;
