//! Short messages in the corner of the screen.

pub mod stack;
pub mod toasts;

pub use stack::ToastStack;
pub use toasts::Toasts;
