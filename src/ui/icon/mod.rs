//! Line icons.

pub mod name;
pub mod view;

pub use name::IconName;
pub use view::{Icon, Logo, ProgressRing, Spinner};
