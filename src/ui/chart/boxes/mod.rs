//! How the values of groups are distributed: a box for each.

pub mod chart;
mod file;
mod layout;

pub use chart::{BoxChart, BoxGroup};
