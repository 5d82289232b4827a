//! Code, data and model repositories of a project.

mod code;
mod data;
mod model;

pub(super) use code::{code_repositories_by_id, code_repository_at};
pub(super) use data::data_repositories_by_id;
pub(super) use model::model_repositories_by_id;
