//! The components in a browser, used as a person uses them.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod all_runs;
mod button;
mod cache;
mod chart;
mod charts_of_groups;
mod combobox;
mod compare;
mod deployments;
mod dialog;
mod dressing;
mod fake_server;
mod filtering;
mod finding;
mod form;
mod launch;
mod loaded;
mod menu;
mod overlays;
mod routes;
mod run_files;
mod run_page;
mod run_reproduce;
mod runs;
mod schedules;
mod settings;
mod support;
mod table;
mod table_drawing;
mod table_groups;
mod templates;
mod views;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
