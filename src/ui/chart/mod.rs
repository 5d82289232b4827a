//! Line charts on a canvas, where every spike is kept and nothing is smoothed, and dots in a plane.

mod calendar;
mod data_table;
mod download;
mod gathered;
mod inks;
mod keys;
mod legend;
pub mod line_chart;
mod overlay;
mod paint;
mod palette;
mod pointer;
mod reading;
mod reduce;
mod rows;
mod scale;
pub mod scatter;
mod scene;
mod series;
mod state;
mod ticks;
mod time_ticks;
mod tip;
mod tools;
pub mod when_visible;
mod window;
mod words;

pub use line_chart::LineChart;
pub use palette::{Colour, colour_of};
pub use scatter::{Dot, ScatterChart};
pub use series::{Axis, AxisKind, Band, Point, Points, Series};
pub use state::{Crosshair, Zoom};
pub use when_visible::WhenVisible;
