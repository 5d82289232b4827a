//! Things that people save by name and change on screen, such as views: menus of them, and what somebody else changes
//! meanwhile.

pub mod item;
pub mod meanwhile;
pub mod overtaken_dialog;

pub use item::{MANY, SavedItem, SavedNote};
pub use meanwhile::Meanwhile;
pub use overtaken_dialog::OvertakenDialog;
