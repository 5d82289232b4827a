//! The rules of the workspace that compilers do not know, each checked.

mod check;
mod css;
mod documents;
mod finding;
mod import_table;
mod imports;
mod markup;
mod modules;
mod panics;
mod sizes;
mod source;
mod styles;
mod tokens;

pub(crate) use check::run;
