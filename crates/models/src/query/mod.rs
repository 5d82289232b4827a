//! The language in which runs are asked for: which (filter), in which groups, in which order, with which columns.
//!
//! One [`RunQuery`] is the body of a request, the state of a table and a saved view. Its filter is MLflow's search
//! syntax with `OR`, `NOT`, brackets, `IN` and `IS SET` added.

mod evaluate;
mod field;
mod filter;
mod lexer;
mod parse;
mod run_query;

pub use field::{Attribute, Field, FieldError};
pub use filter::{Comparison, Filter, Operator, Value};
pub use parse::{MAX_FILTER_BYTES, MAX_FILTER_TERMS, ParseError, parse};
pub use run_query::{RunQuery, SortKey};
