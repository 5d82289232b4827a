//! What runs printed: kept in pieces of whole lines, appended to, read line by line, and searched.

mod append;
mod piece;
mod scan;
mod walk;
mod whole;

pub use scan::LogWanted;

pub(in crate::store) use append::{append, joined};
pub(in crate::store) use piece::{Piece, signed};
pub(in crate::store) use scan::Scan;
