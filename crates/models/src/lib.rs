//! The contract between the Mantik server and everyone who talks to it.
//!
//! What may be in here: the types that travel, the paths they travel on, and the rules that both ends must
//! agree on (permissions, limits, the run query language). No database, no HTTP, no views, no clock, no
//! randomness: the crate is compiled for the server and for the browser alike.
//!
//! Answers and requests are different types: [`project::Project`] is what the server says,
//! [`project::NewProject`] and [`project::ProjectPatch`] are what it is told. Requests refuse unknown fields
//! only where no published client is known to send extra ones.

mod macros;

pub mod audit;
pub mod backend_config;
pub mod code;
pub mod comparison;
pub mod connection;
pub mod data;
pub mod deployment;
pub mod document;
pub mod download;
pub mod event;
pub mod experiment;
pub mod id;
pub mod invitation;
pub mod label;
pub mod lenient;
pub mod lineage;
pub mod metric;
pub mod model;
pub mod page;
pub mod paths;
pub mod permission;
pub mod person;
pub mod problem;
pub mod progress;
pub mod project;
pub mod project_access;
pub mod query;
pub mod repository;
pub mod run;
pub mod run_table;
pub mod run_template;
pub mod run_view;
pub mod schedule;
pub mod search;
pub mod secrecy;
pub mod secret;
pub mod session;
pub mod settings;
pub mod sparkline;
pub mod statistics;
pub mod team;
pub mod text;
pub mod time;
pub mod together;
pub mod token;
pub mod usage;
