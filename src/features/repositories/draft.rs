//! Things as they are typed in, and the requests they become.

use std::collections::BTreeMap;

use models::code::{CodeRepositoryPatch, NewCodeRepository};
use models::data::{DataRepositoryPatch, NewDataRepository};
use models::experiment::{ExperimentRepositoryPatch, NewExperimentRepository};
use models::label::LabelReference;
use models::model::{ModelRepositoryPatch, NewModelRepository};
use models::problem::FieldErrors;
use models::repository::RepositoryKind;
use models::text::{GitReference, Markdown, Name, Uri};

use crate::queries::repositories::{NewRepository, Repository, RepositoryPatch};
use crate::widgets::{label_lines, optional, read_labels};

/// A thing as it was typed in. Which fields count depends on the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) kind: RepositoryKind,
    pub(super) name: String,
    pub(super) uri: String,
    /// Empty: as the address suggests.
    pub(super) platform: String,
    /// Markdown.
    pub(super) description: String,
    /// `scope: name`, one a line; with a value `scope: name = value`.
    pub(super) labels: String,
    pub(super) under_dvc: bool,
    /// `name = commit or branch`, one a line.
    pub(super) versions: String,
    /// The id of the code of a model.
    pub(super) code: String,
    pub(super) branch: String,
    pub(super) commit: String,
}

impl Draft {
    pub(super) fn empty(kind: RepositoryKind) -> Self {
        let text = String::new;
        Self {
            kind,
            name: text(),
            uri: text(),
            platform: text(),
            description: text(),
            labels: text(),
            under_dvc: false,
            versions: text(),
            code: text(),
            branch: text(),
            commit: text(),
        }
    }

    pub(super) fn of(repository: &Repository) -> Self {
        match repository {
            Repository::Code(code) => Self {
                name: code.code_repository_name.clone(),
                uri: code.uri.clone(),
                platform: code.platform.to_string(),
                description: code.description.clone(),
                labels: label_lines(&code.labels),
                ..Self::empty(RepositoryKind::Code)
            },
            Repository::Data(data) => Self {
                name: data.data_repository_name.clone(),
                uri: data.uri.clone(),
                platform: data.platform.to_string(),
                description: data.description.clone(),
                labels: label_lines(&data.labels),
                under_dvc: data.is_dvc_enabled,
                versions: version_lines(data.versions.as_ref()),
                ..Self::empty(RepositoryKind::Data)
            },
            Repository::Experiment(experiment) => {
                Self { name: experiment.name.clone(), ..Self::empty(RepositoryKind::Experiments) }
            }
            Repository::Model(model) => Self {
                name: model.name.clone(),
                uri: model.uri.clone().unwrap_or_default(),
                description: model.description.clone(),
                labels: label_lines(&model.labels),
                code: model.code_repository_id.map(|id| id.to_string()).unwrap_or_default(),
                branch: model.branch.clone().unwrap_or_default(),
                commit: model.commit.clone().unwrap_or_default(),
                ..Self::empty(RepositoryKind::Models)
            },
        }
    }
}

/// The parts of a draft that were read, or why they cannot be.
struct Read {
    errors: FieldErrors,
    name: Option<Name>,
    uri: Option<Option<Uri>>,
    description: Option<Markdown>,
    labels: Option<Vec<LabelReference>>,
    versions: Option<BTreeMap<String, String>>,
    branch: Option<Option<GitReference>>,
    commit: Option<Option<GitReference>>,
}

impl From<&Draft> for Read {
    fn from(draft: &Draft) -> Self {
        let mut errors = FieldErrors::default();
        let named = if draft.kind == RepositoryKind::Code {
            "codeRepositoryName"
        } else if draft.kind == RepositoryKind::Data {
            "dataRepositoryName"
        } else {
            "name"
        };
        let needs_uri = matches!(draft.kind, RepositoryKind::Code | RepositoryKind::Data);
        Self {
            name: errors.keep(named, draft.name.parse()),
            uri: if needs_uri {
                errors.keep("uri", draft.uri.parse().map(Some))
            } else {
                errors.keep("uri", optional(&draft.uri))
            },
            description: errors.keep("description", draft.description.parse()),
            labels: errors.keep("labels", read_labels(&draft.labels)),
            versions: errors.keep("versions", versions(&draft.versions)),
            branch: errors.keep("branch", optional(&draft.branch)),
            commit: errors.keep("commit", optional(&draft.commit)),
            errors,
        }
    }
}

impl TryFrom<Draft> for NewRepository {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let read = Read::from(&draft);
        let (Some(name), Some(uri), Some(description), Some(labels)) =
            (read.name, read.uri, read.description, read.labels)
        else {
            return Err(read.errors);
        };
        let (Some(versions), Some(branch), Some(commit)) = (read.versions, read.branch, read.commit) else {
            return Err(read.errors);
        };
        let description = Some(description);
        Ok(match (draft.kind, uri) {
            (RepositoryKind::Code, Some(uri)) => Self::Code(NewCodeRepository {
                code_repository_name: name,
                uri,
                platform: chosen(draft.platform),
                connection_id: None,
                access_token: None,
                description,
                labels,
            }),
            (RepositoryKind::Data, Some(uri)) => Self::Data(NewDataRepository {
                data_repository_name: name,
                uri,
                platform: chosen(draft.platform),
                connection_id: None,
                access_token: None,
                is_dvc_enabled: draft.under_dvc,
                dvc_connection_id: None,
                versions: Some(versions).filter(|versions| !versions.is_empty()),
                description,
                labels,
            }),
            (RepositoryKind::Experiments, _) => Self::Experiment(NewExperimentRepository { name }),
            (RepositoryKind::Code | RepositoryKind::Data | RepositoryKind::Models, uri) => {
                Self::Model(NewModelRepository {
                    name: Some(name),
                    uri,
                    code_repository_id: draft.code.parse().ok(),
                    branch,
                    commit,
                    description,
                    labels,
                })
            }
        })
    }
}

impl TryFrom<Draft> for RepositoryPatch {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let (under_dvc, new) = (draft.under_dvc, NewRepository::try_from(draft)?);
        Ok(match new {
            NewRepository::Code(new) => Self::Code(CodeRepositoryPatch {
                platform: Some(new.platform()), // none chosen: as the address suggests
                code_repository_name: Some(new.code_repository_name),
                uri: Some(new.uri),
                description: new.description,
                labels: Some(new.labels),
                ..CodeRepositoryPatch::default()
            }),
            NewRepository::Data(new) => Self::Data(DataRepositoryPatch {
                platform: Some(new.platform()),
                data_repository_name: Some(new.data_repository_name),
                uri: Some(new.uri),
                is_dvc_enabled: Some(under_dvc),
                versions: Some(new.versions),
                description: new.description,
                labels: Some(new.labels),
                ..DataRepositoryPatch::default()
            }),
            NewRepository::Experiment(new) => {
                Self::Experiment(ExperimentRepositoryPatch { name: Some(new.name), lifecycle_stage: None })
            }
            NewRepository::Model(new) => Self::Model(ModelRepositoryPatch {
                name: new.name,
                uri: Some(new.uri),
                code_repository_id: Some(new.code_repository_id),
                branch: Some(new.branch),
                commit: Some(new.commit),
                description: new.description,
                labels: Some(new.labels),
            }),
        })
    }
}

/// What was chosen from a list; `None` while nothing was.
fn chosen<T: From<String>>(text: String) -> Option<T> {
    (!text.is_empty()).then(|| T::from(text))
}

fn version_lines(versions: Option<&BTreeMap<String, String>>) -> String {
    let line = |(name, at): (&String, &String)| format!("{name} = {at}");
    versions.into_iter().flatten().map(line).collect::<Vec<_>>().join("\n")
}

fn versions(text: &str) -> Result<BTreeMap<String, String>, String> {
    let version = |line: &str| match line.split_once('=') {
        Some((name, at)) if !name.trim().is_empty() && !at.trim().is_empty() => {
            Ok((name.trim().to_owned(), at.trim().to_owned()))
        }
        Some(_) | None => {
            Err(format!("“{line}”: write a name, = and a commit or branch, such as v2 = 4f5c6d7"))
        }
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(version).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_needs_a_name_and_an_address() {
        let errors = NewRepository::try_from(Draft::empty(RepositoryKind::Code)).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["codeRepositoryName", "uri"]);
    }

    #[test]
    fn an_experiment_needs_a_name_alone() {
        let draft = Draft { name: "wine".to_owned(), ..Draft::empty(RepositoryKind::Experiments) };
        assert!(matches!(NewRepository::try_from(draft), Ok(NewRepository::Experiment(_))));
    }

    #[test]
    fn versions_are_read_line_by_line() {
        let read = versions("v1 = 4f5c6d7\nnightly=main").unwrap();
        assert_eq!(read.get("nightly").map(String::as_str), Some("main"));
        assert!(versions("v1").is_err());
        assert_eq!(versions(&version_lines(Some(&read))), Ok(read));
    }
}
