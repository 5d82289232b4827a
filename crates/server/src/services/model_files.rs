//! The files of a saved model, where they lie among the artifacts of this server.
//!
//! Anybody may log as many artifacts as she likes, so what is read of them at once is bounded.

use models::id::{ProjectId, RunId};
use models::model::SavedModel;
use uuid::Uuid;

use crate::store::{ArtifactOwner, ArtifactRecord, ArtifactSource, Store, StoreError};

/// The file that makes a folder one of MLflow's models.
const DESCRIPTION: &str = "MLmodel";
/// How many models are looked through for the one that is meant.
const MOST_MODELS: u64 = 1_000;
/// How many files a model may have. Most have ten; those whose weights lie in pieces, some hundred.
const MOST_FILES: u64 = 2_000;
/// How many bytes a model may have that this server serves, in gigabytes: as much as a machine holds in memory. They are
/// copied for each start.
const MOST_SERVED: u64 = 20;

/// Where a saved model lies.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Run(RunId, String),
    Model(Uuid, String),
}

/// The files of a saved model of a project, each with its path within the model's folder.
///
/// # Errors
/// [`StoreError::Conflict`], with what to do, when there is no such folder here, or too much in it.
pub(super) async fn model_files(
    store: &Store,
    project: ProjectId,
    model: &SavedModel,
) -> Result<Vec<ArtifactRecord>, StoreError> {
    let place = place(model).ok_or_else(|| {
        conflict(format!(
            "The model “{}” does not lie in this server's artifact store, from which alone models are served. Save it from its \
             run, or name it by an address such as runs:/<run id>/<folder>.",
            model.name
        ))
    })?;
    let (path, source) = source(store, project, place).await.map_err(gone)?;
    let described = store.some_artifacts(source, &path, Some(DESCRIPTION), MOST_MODELS).await;
    let folder = folder(&path, &described.map_err(gone)?).map_err(conflict)?;
    let artifacts = store.some_artifacts(source, &folder, None, MOST_FILES + 1).await.map_err(gone)?;
    if artifacts.len() as u64 > MOST_FILES {
        return Err(conflict(format!(
            "The folder of the model has more than {MOST_FILES} files. Log the model into a folder of its own, with its files \
             packed into fewer."
        )));
    }
    Ok(within(&folder, artifacts))
}

/// As [`model_files`], of a model that this server is to serve.
///
/// # Errors
/// As [`model_files`]; [`StoreError::Conflict`] also when they are too large.
pub async fn served_files(
    store: &Store,
    project: ProjectId,
    model: &SavedModel,
) -> Result<Vec<ArtifactRecord>, StoreError> {
    let files = model_files(store, project, model).await?;
    let size = files.iter().fold(0_u64, |size, file| size.saturating_add(file.size));
    if size > MOST_SERVED * 1_000_000_000 {
        return Err(conflict(format!(
            "The files of the model have {} GB, and this server serves models of at most {MOST_SERVED} GB. Log a smaller model, \
             or serve it on a machine of your own and deploy its endpoint.",
            size / 1_000_000_000
        )));
    }
    Ok(files)
}

/// The folder that an address names, and of what it is one.
async fn source(
    store: &Store,
    project: ProjectId,
    place: Place,
) -> Result<(String, ArtifactSource), StoreError> {
    match place {
        Place::Run(run, path) => Ok((path, ArtifactSource::Run(project, run))),
        Place::Model(id, path) => {
            let (found, model) = store.logged_model(id).await?;
            if found != project {
                return Err(StoreError::NotFound);
            }
            Ok((path, ArtifactSource::Owner(ArtifactOwner::Model(id, model.run))))
        }
    }
}

fn gone(error: StoreError) -> StoreError {
    match error {
        StoreError::NotFound => {
            conflict("The run or the model that it comes from is not there any more.".to_owned())
        }
        error @ (StoreError::Stale
        | StoreError::Conflict(_)
        | StoreError::Invalid { .. }
        | StoreError::Full
        | StoreError::Unavailable
        | StoreError::Corrupt(_)
        | StoreError::Database(_)) => error,
    }
}

fn conflict(message: String) -> StoreError {
    StoreError::Conflict(message)
}

fn place(model: &SavedModel) -> Option<Place> {
    if let Some(run) = model.run_id {
        return Some(Place::Run(run, String::new()));
    }
    let uri = model.uri.as_deref()?.trim_end_matches('/');
    let (scheme, rest) = uri.split_once(":/")?;
    let mut parts = rest.trim_start_matches('/').split('/');
    let of_model = |text: &str| text.strip_prefix("m-")?.parse().ok();
    let path = |parts: std::str::Split<'_, char>| parts.collect::<Vec<_>>().join("/");
    match scheme {
        "runs" => Some(Place::Run(parts.next()?.parse().ok()?, path(parts))),
        "models" => Some(Place::Model(of_model(parts.next()?)?, path(parts))),
        "mlflow-artifacts" => {
            parts.next()?.parse::<i64>().ok()?;
            let owner = parts.next()?;
            let model = if owner == "models" { Some(of_model(parts.next()?)?) } else { None };
            if parts.next()? != "artifacts" {
                return None;
            }
            match model {
                Some(model) => Some(Place::Model(model, path(parts))),
                None => Some(Place::Run(owner.parse().ok()?, path(parts))),
            }
        }
        _ => None,
    }
}

/// How many of several models are named.
const MOST_NAMED: usize = 5;

/// The folder of the model: the one that is named, or the only one within it.
fn folder(path: &str, artifacts: &[ArtifactRecord]) -> Result<String, String> {
    let mut folders: Vec<&str> = artifacts
        .iter()
        .filter_map(|artifact| match artifact.path.rsplit_once('/') {
            Some((folder, DESCRIPTION)) => Some(folder),
            None if artifact.path == DESCRIPTION => Some(""),
            Some(_) | None => None,
        })
        .filter(|folder| is_within(path, folder))
        .collect();
    folders.dedup();
    match folders.as_slice() {
        [only] => Ok((*only).to_owned()),
        _ if folders.contains(&path) => Ok(path.to_owned()),
        [] => Err("There is no model of MLflow's among its artifacts, that is no folder with a file MLmodel. Log it with \
                   mlflow.<flavor>.log_model."
            .to_owned()),
        several => {
            let named = several.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
            let more = several.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            Err(format!(
                "There are several models among its artifacts: {named}{more}. Save the one that is meant by its address, \
                 runs:/<run id>/<folder>."
            ))
        }
    }
}

fn is_within(folder: &str, path: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn within(folder: &str, artifacts: Vec<ArtifactRecord>) -> Vec<ArtifactRecord> {
    let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
    let mut files: Vec<ArtifactRecord> = artifacts
        .into_iter()
        .filter(|artifact| is_within(folder, &artifact.path))
        .filter_map(|artifact| {
            Some(ArtifactRecord { path: artifact.path.get(start..)?.to_owned(), ..artifact })
        })
        .collect();
    files.dedup_by(|one, other| one.path == other.path);
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const ID: &str = "0190a5b2c3d44e5f8a9bcdef01234567";

    fn model(uri: &str, run: Value) -> SavedModel {
        serde_json::from_value(json!({"modelId": ID, "name": "m", "uri": uri, "location": "URI", "connectionId": null,
            "mlflowParameters": null, "runId": run, "status": "PENDING", "modelRepository": null, "createdAt": 0,
            "updatedAt": 0, "version": 1}))
        .unwrap()
    }

    #[test]
    fn addresses_name_runs_and_models() {
        let run = |path: &str| Some(Place::Run(ID.parse().unwrap(), path.to_owned()));
        let logged = |path: &str| Some(Place::Model(ID.parse().unwrap(), path.to_owned()));
        for (uri, expected) in [
            (format!("runs:/{ID}/a/model"), run("a/model")),
            (format!("runs:/{ID}"), run("")),
            (format!("models:/m-{ID}"), logged("")),
            (format!("mlflow-artifacts:/7/{ID}/artifacts/model/"), run("model")),
            (format!("mlflow-artifacts:/7/models/m-{ID}/artifacts"), logged("")),
            ("s3://bucket/model".to_owned(), None),
            ("models:/wine/1".to_owned(), None),
            (format!("mlflow-artifacts:/7/{ID}/other/model"), None),
        ] {
            assert_eq!(place(&model(&uri, Value::Null)), expected, "{uri}");
        }
        assert_eq!(place(&model("mlflow-artifacts:/7", json!(ID))), run(""));
    }

    #[test]
    fn the_folder_of_a_model_is_found() {
        let artifacts = |paths: &[&str]| {
            let artifact =
                |path: &&str| ArtifactRecord { path: (*path).to_owned(), sha256: Vec::new(), size: 1 };
            paths.iter().map(artifact).collect::<Vec<_>>()
        };
        let one = artifacts(&["plot.png", "wine/MLmodel", "wine/model.pkl", "wines.txt"]);
        assert_eq!(folder("", &one).unwrap(), "wine");
        let files: Vec<String> = within("wine", one).into_iter().map(|file| file.path).collect();
        assert_eq!(files, ["MLmodel", "model.pkl"]);
        let two = artifacts(&["a/MLmodel", "b/MLmodel"]);
        assert!(folder("", &two).unwrap_err().contains("a, b"));
        assert_eq!(folder("b", &two).unwrap(), "b");
        assert!(folder("c", &two).is_err() && folder("", &[]).is_err());
        assert_eq!(folder("", &artifacts(&["MLmodel", "steps/MLmodel"])).unwrap(), "");
    }
}
