//! Whether a run could be started: what it names must be there, and fit together.

use models::code::{CodeContents, CodeContentsQuery, CodeRepository};
use models::connection::Connection;
use models::data::DataRepository;
use models::id::ProjectId;
use models::model::ModelRepository;
use models::problem::FieldProblem;
use models::run::{AddRun, KnownOfRun, RunCheck, RunFinding};

use super::site_check::site_findings;
use super::{code_contents, executor_for};
use crate::error::Error;
use crate::state::AppState;
use crate::store::{Actor, ExecutorKind, StoreError};

/// What keeps a run from being started, and what may not do what was meant.
///
/// # Errors
/// When the database cannot be read.
pub async fn check_run(
    state: &AppState,
    actor: Actor,
    project: ProjectId,
    run: &AddRun,
) -> Result<RunCheck, Error> {
    let mut findings = Vec::new();
    let contents = contents(state, actor.clone(), project, run, &mut findings).await?;
    let connection = connection(state, actor.clone(), run, &mut findings).await?;
    let store = state.store();
    let experiment = store.experiment(project, run.experiment_repository_id).await;
    note_missing(
        "experimentRepositoryId",
        "choose an experiment of this project",
        experiment,
        &mut findings,
    )?;
    if let Some(data) = run.data_repository_id {
        let found = store.owned::<DataRepository>(project, data).await;
        note_missing("dataRepositoryId", "choose data of this project", found, &mut findings)?;
    }
    if let Some(model) = run.model_repository_id {
        let found = store.owned::<ModelRepository>(project, model).await;
        note_missing("modelRepositoryId", "choose a model of this project", found, &mut findings)?;
    }
    let known = KnownOfRun {
        entry_points: contents
            .as_ref()
            .and_then(|contents| contents.project.as_ref())
            .map(|project| project.entry_points.as_slice()),
        provider: connection.as_ref().map(|connection| &connection.connection_provider),
    };
    findings.extend(run.findings(known));
    match executor_for(state.settings(), run, connection.as_ref()) {
        Err(Error::Invalid(problems)) => {
            let is_new = |own: &FieldProblem| findings.iter().all(|known| known.loc != own.loc);
            let new: Vec<_> = problems.into_iter().filter(is_new).map(RunFinding::from).collect();
            findings.extend(new);
        }
        Ok(Some(ExecutorKind::Unicore)) => findings.extend(site_findings(state, actor, run).await?),
        Ok(Some(ExecutorKind::Local) | None) | Err(_) => {}
    }
    Ok(RunCheck { findings })
}

/// Notes what is not there.
fn note_missing<T>(
    field: &str,
    message: &str,
    found: Result<T, StoreError>,
    findings: &mut Vec<RunFinding>,
) -> Result<Option<T>, Error> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::NotFound) => {
            findings.push(RunFinding::error(field, message));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// What the code holds where the run would start it.
async fn contents(
    state: &AppState,
    actor: Actor,
    project: ProjectId,
    run: &AddRun,
    findings: &mut Vec<RunFinding>,
) -> Result<Option<CodeContents>, Error> {
    let Some(code) = run.code_repository_id else { return Ok(None) };
    let found = state.store().owned::<CodeRepository>(project, code).await;
    let Some(code) = note_missing("codeRepositoryId", "choose code of this project", found, findings)? else {
        return Ok(None);
    };
    let reference = run.commit.as_ref().or(run.branch.as_ref());
    let Some(reference) = reference.map(|reference| reference.as_str().to_owned()) else { return Ok(None) };
    let asked = CodeContentsQuery {
        reference: Some(reference),
        path: run.mlflow_mlproject_file_path.clone().filter(|path| !path.is_empty()),
        connection_id: None,
    };
    match code_contents(state, actor, &code, &asked).await {
        Ok(contents) => {
            if let Some(problem) = &contents.problem {
                findings.push(RunFinding::error("mlflowMlprojectFilePath", problem));
            }
            Ok(Some(contents))
        }
        Err(Error::Invalid(problems)) => {
            findings.extend(problems.into_iter().map(
                |problem| match problem.loc.last().map(String::as_str) {
                    Some("path") => RunFinding::error("mlflowMlprojectFilePath", problem.msg),
                    Some(_) | None => RunFinding::error("branch", problem.msg),
                },
            ));
            Ok(None)
        }
        // The machine may reach what this server does not.
        Err(Error::FailedDependency(reason)) => {
            let message = format!("the entry point could not be checked: {reason}");
            findings.push(RunFinding::warning("codeRepositoryId", message));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The connection, which must be the actor's own and hold what it needs to open the machine.
async fn connection(
    state: &AppState,
    actor: Actor,
    run: &AddRun,
    findings: &mut Vec<RunFinding>,
) -> Result<Option<Connection>, Error> {
    let Some(id) = run.connection_id else { return Ok(None) };
    let found = state.store().connection(actor.user_id, id).await;
    let connection = note_missing("connectionId", "choose a connection of your own", found, findings)?;
    if let Some(connection) = &connection {
        let secrets = &connection.secrets;
        let is_missing = connection.auth_method.needs().iter().any(|need| match *need {
            "password" => !secrets.password.set,
            "token" => !secrets.token.set,
            "privateKey" => !secrets.private_key.set,
            _ => false,
        });
        if is_missing {
            let message = "this connection lacks its secret; enter it in your settings";
            findings.push(RunFinding::error("connectionId", message));
        }
    }
    Ok(connection)
}
