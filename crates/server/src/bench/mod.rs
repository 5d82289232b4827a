//! Fills databases that are measured: figures for people, never a test.

mod histories;
mod seed;

pub use histories::{Histories, histories};
pub use seed::{Seeded, seed};
