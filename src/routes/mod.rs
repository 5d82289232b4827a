//! Every address of the console. Built and read here only.

mod pages;
mod route;

pub use pages::{ProjectSettingsTab, RunTab, SettingsPage};
pub use route::Route;
