//! The JSON of each type that travels, written out: a renamed field shows here as a difference.
#![allow(clippy::unwrap_used, reason = "the whole crate is a test")]

mod audit;
mod code;
mod comparison;
mod connection;
mod data;
mod deployment;
mod experiment;
mod invitation;
mod label;
mod lineage;
mod metric;
mod model;
mod page;
mod person;
mod problem;
mod project;
mod run;
mod run_table;
mod run_template;
mod run_view;
mod schedule;
#[cfg(feature = "openapi")]
mod schema;
mod session;
mod settings;
mod sparkline;
mod support;
mod together;
mod token;
mod usage;
