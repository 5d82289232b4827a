//! Jobs: runs that this server executes. Each job has one server that sees to it, known by a lease that it renews.

mod cancel;
mod lease;
mod note;
mod progress;
mod read;
mod record;
mod take;

pub use lease::Tender;
pub use progress::{JobEnd, Prepared, Requeued};
pub use record::{ExecutorKind, JobNote, JobRecord};
pub use take::Room;

pub(super) use cancel::{cancel, tell_status};
pub(super) use lease::lease_end;
pub(super) use read::{is_executed, of_runs};
pub(super) use take::insert;
