//! From what is typed to what a template keeps, and back. Pure.

use models::run_template::{RunDraft, RunTemplate};
use models::secrecy::is_telling;

use super::super::draft::{Draft, Given, KnownCommit, is_commit};
use super::super::secrecy::without_secrets;

/// What a template keeps of a draft: no name and no secrets. The name of a parameter that is likely a secret stays, so that
/// its value is asked for.
pub(super) fn kept(draft: &Draft) -> RunDraft {
    let draft = without_secrets(draft);
    let is_pinned = is_commit(&draft.reference);
    let known = draft.known.filter(|known| is_pinned && known.commit == draft.reference);
    let (branch, commit) = match (is_pinned, known) {
        (true, Some(known)) => (known.branch, draft.reference),
        (true, None) => (String::new(), draft.reference),
        (false, _) => (draft.reference, String::new()),
    };
    // An empty value is the default, which goes without saying.
    let given = draft.parameters.into_iter().filter(|own| !own.text.is_empty() || is_telling(&own.name));
    RunDraft {
        code_repository_id: draft.code.parse().ok(),
        branch,
        commit,
        mlflow_mlproject_file_path: draft.folder,
        entry_point: draft.entry_point,
        mlflow_parameters: given.filter(|own| !own.name.is_empty()).map(|own| (own.name, own.text)).collect(),
        model_repository_id: draft.model.parse().ok(),
        data_repository_id: draft.data.parse().ok(),
        data_version: draft.data_version,
        experiment_repository_id: draft.experiment.parse().ok(),
        connection_id: draft.connection.parse().ok(),
        compute_budget_account: draft.account,
        backend_config_yaml: draft.backend,
    }
}

/// What a template keeps that is to hold a draft from now on. Its connection is its owner's.
pub(super) fn kept_in(template: &RunTemplate, draft: &Draft, is_own: bool) -> RunDraft {
    let kept = kept(draft);
    if is_own { kept } else { RunDraft { connection_id: template.draft.connection_id, ..kept } }
}

/// What a template makes of what is typed now. The name of the run stays, and so do the experiment and the connection where
/// the template names none of hers.
pub(in super::super) fn drafted(template: &RunTemplate, is_own: bool, now: &Draft) -> Draft {
    let kept = template.draft.clone();
    let id = |id: Option<String>| id.unwrap_or_default();
    let is_known = !kept.branch.is_empty() && !kept.commit.is_empty();
    let connection = kept.connection_id.filter(|_| is_own).map(|id| id.to_string());
    let experiment = kept.experiment_repository_id.map(|id| id.to_string());
    Draft {
        code: id(kept.code_repository_id.map(|id| id.to_string())),
        reference: if kept.commit.is_empty() { kept.branch.clone() } else { kept.commit.clone() },
        known: is_known.then_some(KnownCommit { branch: kept.branch, commit: kept.commit }),
        folder: kept.mlflow_mlproject_file_path,
        entry_point: kept.entry_point,
        parameters: kept.mlflow_parameters.into_iter().map(|(name, text)| Given { name, text }).collect(),
        model: id(kept.model_repository_id.map(|id| id.to_string())),
        data: id(kept.data_repository_id.map(|id| id.to_string())),
        data_version: kept.data_version,
        experiment: experiment.unwrap_or_else(|| now.experiment.clone()),
        name: now.name.clone(),
        connection: connection.unwrap_or_else(|| now.connection.clone()),
        account: kept.compute_budget_account,
        backend: kept.backend_config_yaml,
    }
}
