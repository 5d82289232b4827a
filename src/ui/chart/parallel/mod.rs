//! Things as lines over parallel axes, each crossing an axis where its value is.

mod axis;
pub mod chart;
mod dimension;
mod draw;
mod file;
mod layout;
mod pointer;
mod reading;
mod table;

pub use chart::ParallelChart;
pub use dimension::{Brushes, Dimension, Strand, Values, passing};
