//! What is in a file of a run. What could run as a page or a script is never shown as one.

mod active;
mod csv;
mod decode;
mod file;
mod growing;
mod json;
mod json_tree;
mod kind;
mod lines;
mod markdown;
mod picture;
mod picture_kind;
mod sheet;
mod words;

pub(super) use file::Preview;
