//! Logs, line by line: only what is in view is mounted and read.

pub mod line;
pub mod reading;
pub mod scroller;
pub mod text;
pub mod whole;

pub use line::Line;
pub use reading::{Reading, line_in};
pub use scroller::Scroller;
pub use text::plain;
pub use whole::WholeLog;
