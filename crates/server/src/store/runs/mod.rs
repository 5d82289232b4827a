//! Runs: making, reading and changing them. What they log is in `run_data`, how they are searched in `run_query`.

mod bulk;
mod change;
mod create;
mod details;
mod erase;
mod labels;
mod logs;
mod nest;
mod parents;
mod read;
mod record;
mod status;

pub use change::RunChange;
pub use create::{NewRun, Sources};
pub use details::RunDetails;
pub use logs::LogWanted;
pub use record::RunRecord;

pub(super) use change::{lock, rename, set_sources, set_status, touch};
pub(super) use create::{add_within, experiment_of};
pub(super) use logs::{Piece, Scan, append, joined, signed};
pub(super) use nest::nested;
pub(super) use read::{identified, numbered, of_project, with_ids};
