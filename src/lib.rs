//! The Mantik console: a single-page application for teams that train and serve models.

mod api;
#[expect(unreachable_pub, reason = "the macro makes the properties of every component public")]
pub mod app;
#[expect(unreachable_pub, reason = "the macro makes the properties of every component public")]
mod features;
pub mod queries;
pub mod routes;
mod session;
pub mod ui;
pub mod widgets;
