//! Measures the store with many runs: figures for people, never a test.

mod measure;
mod plan;
mod seed;

pub use measure::measure;
pub use seed::{Seeded, seed};
