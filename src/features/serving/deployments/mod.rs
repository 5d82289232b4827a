//! Deployments: their list and their pages.

mod create;
mod delete;
mod detail;
mod draft;
mod edit;
mod fields;
mod list;
mod operate;
mod predict;
mod schedule;

pub(crate) use detail::DeploymentPage;
pub(crate) use list::DeploymentList;
