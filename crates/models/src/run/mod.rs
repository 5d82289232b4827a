//! Runs: one execution of some code on some data, in an experiment, on some machine.

mod answer;
mod artifact;
mod bulk;
mod check;
mod data;
mod export;
mod infrastructure;
mod job;
mod log;
mod log_level;
mod request;
mod status;

pub use answer::{ParentRun, Run};
pub use artifact::{ArtifactEntry, ArtifactListing};
pub use bulk::{
    BulkRunChange, BulkRunOutcome, BulkRunRequest, LabelChange, MatchingRuns, RunRefusal, RunSelection,
};
pub use check::{FindingSeverity, KnownOfRun, RunCheck, RunFinding};
pub use data::{DatasetInput, KeyValue, RunData, StatusChange};
pub use export::{ExportFormat, RunExportRequest};
pub use infrastructure::{GpuInfo, NoteBookSource, RunInfrastructure};
pub use job::{JobExecutor, JobState, RunJob};
pub use log::{LogDirection, LogLength, LogLine, LogLines, LogLinesQuery, LogSearchQuery};
pub use log_level::LogLevel;
pub use request::{AddRun, AddedRun, RunPatch};
pub use status::{RunStatus, StatusCounts};
