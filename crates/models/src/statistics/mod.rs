//! What is said of many numbers at once. Pure; values that are not finite are to be left out before.

mod describe;
mod importance;
mod rank;

pub use describe::{BoxSummary, box_summary, mean, quantile, standard_deviation};
pub use importance::{Factor, Importance, importance};
pub use rank::{ranks, spearman};
