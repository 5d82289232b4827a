//! Asking a deployment for predictions.

mod answer;
mod answered;
mod asking;
mod cell;
mod fields;
mod history;
mod panel;
mod pasted;
mod sheet;
mod snippets;

pub(super) use panel::Predict;
