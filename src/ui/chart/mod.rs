//! Line charts on a canvas, where every spike is kept, and dots in a plane.

mod axes;
pub mod boxes;
mod calendar;
mod dash;
mod data_table;
mod download;
#[expect(unreachable_pub, reason = "the macro makes the properties of every component public")]
mod figure;
mod gathered;
mod inks;
mod keys;
mod legend;
pub mod line_chart;
mod line_file;
mod overlay;
mod paint;
mod palette;
pub mod parallel;
mod pointer;
mod reading;
mod reduce;
mod rows;
mod scale;
pub mod scatter;
mod scene;
mod series;
mod state;
mod stepping;
mod svg;
mod ticks;
mod time_ticks;
mod tip;
mod tools;
pub mod when_visible;
mod window;
mod words;

pub use boxes::{BoxChart, BoxGroup};
pub use dash::Dash;
pub(crate) use inks::is_dark;
pub use line_chart::LineChart;
pub use palette::{Colour, colour_of};
pub use parallel::{Brushes, Dimension, ParallelChart, Strand, Values, passing};
pub use scatter::{Dot, ScatterChart};
pub use series::{Axis, AxisKind, Band, Point, Points, Series};
pub use state::{Crosshair, Zoom};
pub use when_visible::WhenVisible;
