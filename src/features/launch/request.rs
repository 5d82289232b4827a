//! A draft becomes the request that starts the run, or says what is wrong with it.

use std::collections::BTreeMap;

use models::code::{CodeContents, EntryPoint, EntryPointParameter};
use models::connection::ConnectionProvider;
use models::id::ExperimentRepositoryId;
use models::problem::FieldErrors;
use models::run::{AddRun, KnownOfRun, RunFinding};
use serde_json::{Map, Number, Value};

use super::draft::{Draft, Given, is_commit};
use super::yaml;
use crate::widgets::optional;

/// What is known besides the draft.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Surroundings {
    /// What the code holds at the reference of the draft; `None` until it is known.
    pub(super) contents: Option<std::sync::Arc<CodeContents>>,
    /// The named versions of the data.
    pub(super) versions: BTreeMap<String, String>,
    /// What the connection is for.
    pub(super) provider: Option<ConnectionProvider>,
}

impl Surroundings {
    /// The entry points of the code, as far as they could be read.
    pub(super) fn entry_points(&self) -> Option<&[EntryPoint]> {
        Some(&self.contents.as_ref()?.project.as_ref()?.entry_points)
    }
}

/// A request, or what is wrong with the draft, and what may not do what was meant.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    /// The request.
    pub(super) request: Result<AddRun, FieldErrors>,
    /// Warnings, by field.
    pub(super) warnings: Vec<RunFinding>,
}

/// The request that a draft stands for.
pub(super) fn outcome(draft: &Draft, about: &Surroundings) -> Outcome {
    let mut errors = FieldErrors::default();
    let read = read(draft, about, &mut errors);
    let mut warnings = Vec::new();
    if let Some(run) = &read {
        let known = KnownOfRun { entry_points: about.entry_points(), provider: about.provider.as_ref() };
        let is_unreadable = errors.get(YAML).is_some();
        // Of a config that cannot be read nothing more can be said.
        let is_about_it =
            |finding: &RunFinding| is_unreadable && finding.field().starts_with("backendConfig");
        for finding in run.findings(known).into_iter().filter(|finding| !is_about_it(finding)) {
            match finding.is_error() {
                true => errors.add(&finding.field(), &finding.msg),
                false => warnings.push(finding),
            }
        }
    }
    let request = match read {
        Some(run) if errors.is_empty() => Ok(run),
        Some(_) | None => Err(errors),
    };
    Outcome { request, warnings }
}

/// The request as far as it can be read. What is wrong but leaves a gap alone, such as a parameter, is noted; the rules
/// then say the rest in the same go.
fn read(draft: &Draft, about: &Surroundings, errors: &mut FieldErrors) -> Option<AddRun> {
    let is_pinned = is_commit(&draft.reference);
    let known = draft.known.as_ref().filter(|known| is_pinned && known.commit == draft.reference);
    let branch = match (is_pinned, known) {
        (false, _) => draft.reference.as_str(),
        (true, Some(known)) => known.branch.as_str(),
        (true, None) => "",
    };
    // The commit that was looked at: what is typed here was made for it, even if the branch moves on meanwhile.
    let commit = match (is_pinned, &about.contents) {
        (true, _) => draft.reference.as_str(),
        (false, Some(contents)) => contents.commit.as_str(),
        (false, None) => "",
    };
    let named =
        about.versions.get(draft.data_version.trim()).map_or(draft.data_version.trim(), String::as_str);
    let (data_commit, data_branch) = if is_commit(named) { (named, "") } else { ("", named) };
    let name = errors.keep("name", draft.name.parse());
    let experiment = draft.experiment.parse().ok();
    if experiment.is_none() {
        errors.add("experimentRepositoryId", "choose an experiment");
    }
    let (branch, commit) = (errors.keep("branch", optional(branch)), errors.keep("branch", optional(commit)));
    let data_branch = errors.keep("dataBranch", optional(data_branch));
    let data_commit = errors.keep("dataBranch", optional(data_commit));
    let parameters = parameters(&draft.parameters, chosen(draft, about), errors);
    let backend_config = backend(&draft.backend, errors);
    Some(AddRun {
        name: name.or_else(|| "unnamed".parse().ok())?,
        experiment_repository_id: experiment.unwrap_or(ExperimentRepositoryId(uuid::Uuid::nil())),
        mlflow_run_id: None,
        code_repository_id: draft.code.parse().ok(),
        branch: branch?,
        commit: commit?,
        model_repository_id: draft.model.parse().ok(),
        data_repository_id: draft.data.parse().ok(),
        data_branch: data_branch?.filter(|_| !draft.data.is_empty()),
        data_commit: data_commit?.filter(|_| !draft.data.is_empty()),
        connection_id: draft.connection.parse().ok(),
        compute_budget_account: said(&draft.account),
        mlflow_mlproject_file_path: said(&draft.folder),
        entry_point: said(&draft.entry_point),
        mlflow_parameters: (!parameters.is_empty()).then_some(parameters),
        backend_config,
    })
}

fn said(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The entry point that the draft names, if it is known.
pub(super) fn chosen<'a>(draft: &Draft, about: &'a Surroundings) -> Option<&'a EntryPoint> {
    let name = if draft.entry_point.trim().is_empty() { "main" } else { draft.entry_point.trim() };
    about.entry_points()?.iter().find(|own| own.name == name)
}

fn parameters(
    given: &[Given],
    entry_point: Option<&EntryPoint>,
    errors: &mut FieldErrors,
) -> Map<String, Value> {
    let mut values = Map::new();
    for Given { name, text } in given.iter().filter(|own| !own.name.is_empty() || !own.text.is_empty()) {
        let field = format!("mlflowParameters.{name}");
        let known = entry_point.and_then(|own| own.parameters.iter().find(|known| known.name == *name));
        let value = match known {
            Some(known) => read_parameter(known, text),
            None if name.trim().is_empty() => Err("enter the name of the parameter".to_owned()),
            None if name.contains(|letter: char| letter.is_whitespace() || letter == '=') => {
                Err("a name has no blanks and no `=`".to_owned())
            }
            None if values.contains_key(name) => Err("this name stands here twice".to_owned()),
            None => Ok(Some(typed(text))),
        };
        if let Some(Some(value)) = errors.keep(&field, value) {
            values.insert(name.clone(), value);
        }
    }
    values
}

/// The value of a parameter that is known; that one is missing is said by the rules.
fn read_parameter(known: &EntryPointParameter, text: &str) -> Result<Option<Value>, String> {
    if text.trim().is_empty() { Ok(None) } else { known.parse(text) }
}

/// A value of nobody knows which type, read as the `mantik` client reads `-P name=value`.
pub(super) fn typed(text: &str) -> Value {
    let text = text.trim();
    match text {
        "True" | "true" => true.into(),
        "False" | "false" => false.into(),
        _ => {
            let number = text.parse::<i64>().map(Number::from).ok();
            let number = number.or_else(|| {
                let looks = text.starts_with(|first: char| first.is_ascii_digit() || "-.".contains(first));
                looks.then(|| text.parse().ok().and_then(Number::from_f64)).flatten()
            });
            number.map_or_else(|| text.into(), Value::Number)
        }
    }
}

/// The field that says that the YAML cannot be read.
pub(super) const YAML: &str = "yaml";

fn backend(text: &str, errors: &mut FieldErrors) -> Option<Map<String, Value>> {
    match yaml::read(text) {
        Ok(config) => Some(config),
        Err(error) => {
            errors.add(YAML, told(&error));
            None
        }
    }
}

/// Why YAML cannot be read, with the line.
pub(super) fn told(error: &yaml::YamlError) -> String {
    format!("Line {}: {}", error.line, error.message)
}
