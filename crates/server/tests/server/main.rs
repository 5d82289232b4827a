//! The server from outside: its store on both databases, its routes, its program.
//!
//! One test program, so that it is linked once and its tests run side by side.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod all_runs;
mod all_runs_changes;
mod artifact_quota;
mod artifact_store;
mod assets;
mod authorization;
mod code_contents;
mod comparison;
mod connection_secrets;
mod connection_test;
mod connections;
mod demo;
mod downloads;
mod egress;
mod errors;
mod events;
mod experiments;
mod fixture;
mod headers;
mod hostile_endpoints;
mod invitations;
mod jobs_code;
mod jobs_code_hostile;
mod jobs_ending;
mod jobs_killed;
mod jobs_running;
mod jobs_store;
mod jobs_unicore;
mod jobs_unicore_hostile;
mod jobs_unicore_trouble;
mod key_rotation;
mod labels;
mod limits;
mod logged_store;
mod matrix;
mod members;
mod model_signatures;
mod naive;
mod openapi;
mod predictions;
mod program;
mod projects;
mod repositories;
mod run_bulk;
mod run_check;
mod run_export;
mod run_groups;
mod run_labels;
mod run_logs;
mod run_parents;
mod run_progress;
mod run_search;
mod run_store;
mod run_table;
mod run_templates;
mod run_views;
mod runs;
mod saved_models;
mod schedules;
mod schedules_of_deployments;
mod search;
mod served;
mod serving;
mod serving_killed;
mod session;
mod settings;
mod store;
mod support;
mod teams;
mod together;
mod tokens;
mod tracking_api;
mod tracking_artifacts;
mod tracking_limits;
mod usage;
mod users;
