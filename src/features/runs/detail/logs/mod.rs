//! What a run printed.

mod filtered;
mod levels;
mod line;
mod page;
mod reading;
mod scroller;
mod search;
mod text;
mod toolbar;
mod whole;

pub(super) use page::Logs;
pub(super) use text::plain;
