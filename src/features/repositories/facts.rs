//! What the kinds have in common, and what each has besides.

use models::document::Document;
use models::label::Label;
use models::time::UnixMillis;
use models::usage::UsageSummary;
use uuid::Uuid;

use crate::queries::repositories::Repository;

/// What all kinds have.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Facts {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) uri: Option<String>,
    pub(super) description: Document,
    pub(super) labels: Vec<Label>,
    pub(super) created_at: UnixMillis,
    pub(super) updated_at: UnixMillis,
    pub(super) version: i64,
    /// The runs that used it.
    pub(super) used: Option<UsageSummary>,
    /// What the kind has besides: a name and a value.
    pub(super) others: Vec<(&'static str, String)>,
}

impl Facts {
    pub(super) fn of(repository: &Repository) -> Self {
        match repository {
            Repository::Code(code) => Self {
                id: code.code_repository_id.0,
                name: code.code_repository_name.clone(),
                uri: Some(code.uri.clone()),
                description: code.description_document.clone(),
                labels: code.labels.clone(),
                created_at: code.created_at,
                updated_at: code.updated_at,
                version: code.version,
                used: code.runs,
                others: vec![("Platform", code.platform.to_string())],
            },
            Repository::Data(data) => {
                let mut others = vec![("Platform", data.platform.to_string())];
                others.extend(data.is_dvc_enabled.then(|| ("Versioned by", "DVC".to_owned())));
                let versions = data.versions.iter().flatten().map(|(name, at)| format!("{name} ({at})"));
                let versions = versions.collect::<Vec<_>>().join(", ");
                others.extend((!versions.is_empty()).then_some(("Versions", versions)));
                Self {
                    id: data.data_repository_id.0,
                    name: data.data_repository_name.clone(),
                    uri: Some(data.uri.clone()),
                    description: data.description_document.clone(),
                    labels: data.labels.clone(),
                    created_at: data.created_at,
                    updated_at: data.updated_at,
                    version: data.version,
                    used: data.runs,
                    others,
                }
            }
            Repository::Experiment(experiment) => Self {
                id: experiment.experiment_repository_id.0,
                name: experiment.name.clone(),
                uri: None,
                description: Vec::new(),
                labels: experiment.labels.clone(),
                created_at: experiment.creation_time,
                updated_at: experiment.last_update_time,
                version: experiment.version,
                used: experiment.runs,
                others: vec![("MLflow experiment id", experiment.mlflow_experiment_id.clone())],
            },
            Repository::Model(model) => {
                let code = model.git.as_ref().map(|code| ("Code", code.code_repository_name.clone()));
                let branch = model.branch.clone().map(|branch| ("Branch", branch));
                let commit = model.commit.clone().map(|commit| ("Commit", commit));
                Self {
                    id: model.model_repository_id.0,
                    name: model.name.clone(),
                    uri: model.uri.clone(),
                    description: model.description_document.clone(),
                    labels: model.labels.clone(),
                    created_at: model.created_at,
                    updated_at: model.updated_at,
                    version: model.version,
                    used: model.runs,
                    others: [code, branch, commit].into_iter().flatten().collect(),
                }
            }
        }
    }
}
