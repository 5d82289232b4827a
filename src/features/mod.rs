//! What the console is for: one folder a feature; no feature names another.

pub(crate) mod administration;
pub(crate) mod auth;
pub(crate) mod gallery;
pub(crate) mod home;
pub(crate) mod launch;
pub(crate) mod project_settings;
pub(crate) mod projects;
pub(crate) mod repositories;
pub(crate) mod runs;
pub(crate) mod schedules;
pub(crate) mod serving;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod teams;
