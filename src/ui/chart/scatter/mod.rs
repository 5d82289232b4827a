//! Things as dots in a plane, each where its two values put it.

pub mod chart;
mod draw;
mod file;
mod layout;

pub use chart::{Dot, ScatterChart};
