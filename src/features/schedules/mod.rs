//! Schedules: runs that are started by themselves.

mod create;
mod delete;
mod detail;
mod draft;
mod edit;
mod fields;
mod history;
mod list;
mod outcome;
mod pause;
mod preview;
mod run_fields;
mod run_now;
mod timing;
mod timing_fields;
mod what;

pub(crate) use detail::SchedulePage;
pub(crate) use list::ScheduleList;
