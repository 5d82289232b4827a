//! The language in which runs are asked for: which (filter), in which groups, in which order, with which columns.
//!
//! One [`RunQuery`] is the body of a request, the state of a table and a saved view. Its filter is MLflow's search
//! syntax with `OR`, `NOT`, brackets, `IN`, `IS SET`, regular expressions, dates and lengths of time added.

mod condition;
mod conditions;
mod date;
mod evaluate;
mod field;
mod filter;
mod lexer;
mod parse;
mod run_query;
mod span;
mod suggest;
mod text_test;
mod value;

pub use condition::Condition;
pub use conditions::Side;
pub use evaluate::{ReadyFilter, RunRow, RunValue};
pub use field::{Attribute, Field, FieldError, FieldKind};
pub use filter::{Comparison, Filter, Operator};
pub use parse::{MAX_FILTER_BYTES, MAX_FILTER_TERMS, ParseError, parse};
pub use run_query::{RunQuery, SortKey};
pub use span::{Span, SpanError, SpanUnit};
pub use suggest::{KnownNames, Suggestion, SuggestionKind, Suggestions, suggest};
pub use text_test::MAX_EXPRESSION_BYTES;
pub use value::Value;
