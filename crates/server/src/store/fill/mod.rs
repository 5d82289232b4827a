//! Fills an empty database with very many runs, as fast as the database can: for measurements alone.

mod bulk;
mod histories;
mod logged;
mod runs;

pub use histories::FillHistory;
pub use runs::{FillPlace, FillRuns};
