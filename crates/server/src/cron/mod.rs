//! What a schedule means: cron expressions in time zones, as instants and in words.
//!
//! The rule where clocks are put forward or back: an hour that is named happens once a day. When the clock passes over
//! it, it happens as soon as the clock goes on; when it comes twice, the first time counts. Where every hour is meant
//! (`*`), each hour that passes counts, so the one that comes twice counts twice, and the one passed over not at all.

mod expression;
mod sentence;
#[cfg(test)]
mod tests;
mod timetable;

pub use timetable::{Timetable, TimetableError, check_time_zone};
