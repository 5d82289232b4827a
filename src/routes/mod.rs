//! Every address of the console. Built and read here only.

mod address;
mod launch;
mod pages;
pub(crate) mod percent;
mod query;
mod route;

pub use pages::{ProjectSettingsTab, RunLeg, RunTab, SettingsPage};
pub use query::with_parameters;
pub use route::Route;
