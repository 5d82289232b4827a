//! What may come next in a filter that is being written.

mod caret;
mod expected;
mod propose;
mod take;

pub use propose::{KnownNames, Suggestion, SuggestionKind, Suggestions, suggest};
