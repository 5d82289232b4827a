//! Templates of the form that starts runs.

mod read;
mod write;
