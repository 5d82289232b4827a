//! What is filled in and sent.

pub mod checkbox;
pub mod choice;
pub mod control;
pub mod field;
pub mod number;
pub mod password;
pub mod select;
pub mod sheet;
pub mod slider;
pub mod switch;
pub mod text;
pub mod token_input;

pub use checkbox::Checkbox;
pub use choice::{Choice, ChoiceCards, Segmented};
pub use field::Field;
pub use number::NumberInput;
pub use password::PasswordInput;
pub use select::{Select, SelectOption};
pub use sheet::{Form, SubmitRow};
pub use slider::Slider;
pub use switch::Switch;
pub use text::{TextArea, TextInput, TextKind};
pub use token_input::TokenInput;
