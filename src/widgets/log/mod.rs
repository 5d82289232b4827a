//! Logs, line by line: only what is in view is mounted and read.

mod line;
mod reading;
mod scroller;
mod text;
mod whole;

pub use line::Line;
pub use reading::{Reading, line_in};
pub use scroller::Scroller;
pub use text::plain;
pub use whole::WholeLog;
