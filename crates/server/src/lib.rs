//! The Mantik server: the REST API, the MLflow tracking API and the console's files, over one store.

mod app;
pub mod assets;
pub mod auth;
pub mod bench;
pub mod blobs;
pub mod cli;
pub mod clock;
pub mod config;
pub mod cron;
pub mod data;
pub mod demo;
pub mod egress;
pub mod error;
pub mod events;
pub mod fold;
pub mod git;
pub mod http;
pub mod jobs;
pub mod markdown;
pub mod openapi;
pub mod random;
pub mod routes;
pub mod secrets;
pub mod serve;
pub mod services;
pub mod serving;
pub mod settings;
mod state;
pub mod store;
mod tracking;
pub mod unicore;

pub use app::app;
pub use state::AppState;
