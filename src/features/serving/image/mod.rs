//! The container image of a saved model: where it is pulled, the one that was uploaded, and uploading it.

mod archive;
mod commands;
mod panel;
mod registry;
mod upload;

pub(super) use panel::ImagePanel;
