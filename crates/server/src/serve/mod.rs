//! Accepts connections, and ends well.

mod accept;
mod addresses;
mod connection;
mod signals;

pub use accept::{Limits, serve};
pub use signals::Signals;
