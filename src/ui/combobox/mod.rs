//! A line of text with a list to choose from, after the WAI-ARIA combobox pattern: the focus stays in the line.

pub mod handle;
pub mod input;
pub mod list;

pub use handle::{Combobox, ComboboxOption};
pub use input::ComboboxInput;
pub use list::ComboboxList;
