//! The command and the request that start the same run. Pure.

use models::id::ProjectId;
use models::paths;
use models::run::AddRun;
use serde_json::{Map, Value};

use crate::widgets::shell_words::{command, quote};

/// The command of the `mantik` client, with the file that it needs.
pub(super) fn client(project: ProjectId, run: &AddRun, backend: &str) -> String {
    let end = if backend.ends_with('\n') { "" } else { "\n" };
    // No line of a config is this word alone.
    let mut lines = vec![format!("cat > backend-config.yaml <<'END'\n{backend}{end}END")];
    let code = run.code_repository_id.map(|id| id.to_string());
    for (name, id) in [
        ("PROJECT", Some(project.to_string())),
        ("EXPERIMENT_REPOSITORY", Some(run.experiment_repository_id.to_string())),
        ("CODE_REPOSITORY", code),
    ] {
        lines.extend(id.map(|id| format!("export MANTIK_{name}_ID={id}")));
    }
    let branch = run.branch.as_ref().map_or("main", |branch| branch.as_str());
    let mut options =
        vec![format!("--name {}", quote(run.name.as_str())), format!("--branch {}", quote(branch))];
    options.extend(run.commit.iter().map(|commit| format!("--commit {}", quote(commit.as_str()))));
    options.push("--backend-config backend-config.yaml".to_owned());
    let text = |text: Option<String>| text.filter(|text| !text.is_empty());
    for (option, value) in [
        ("entry-point", text(run.entry_point.clone())),
        ("data-repository-id", run.data_repository_id.map(|id| id.to_string())),
        ("data-branch", run.data_branch.as_ref().map(|branch| branch.as_str().to_owned())),
        ("data-commit", run.data_commit.as_ref().map(|commit| commit.as_str().to_owned())),
        ("connection-id", run.connection_id.map(|id| id.to_string())),
        ("compute-budget-account", text(run.compute_budget_account.clone())),
    ] {
        options.extend(value.map(|value| format!("--{option} {}", quote(&value))));
    }
    for (name, value) in run.mlflow_parameters.iter().flatten() {
        options.push(format!("-P {}", quote(&format!("{name}={}", spoken(value)))));
    }
    let folder = run.mlflow_mlproject_file_path.as_deref().unwrap_or(".");
    lines.push(command(&["mantik", "runs", "submit", &quote(folder)], &options));
    lines.join("\n")
}

/// As the client reads it: `True` for true.
fn spoken(value: &Value) -> String {
    match value {
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::String(text) => text.clone(),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// The request, as `curl` sends it. The token is read from the environment, so that it stands in no history.
pub(super) fn curl(origin: &str, project: ProjectId, run: &AddRun) -> String {
    let address = quote(&format!("{origin}{}", paths::runs(project)));
    let body = match serde_json::to_value(run) {
        Ok(Value::Object(fields)) => {
            let said = fields.into_iter().filter(|(_, value)| !value.is_null());
            serde_json::to_string_pretty(&said.collect::<Map<_, _>>()).unwrap_or_default()
        }
        Ok(_) | Err(_) => String::new(),
    };
    format!(
        "curl --fail-with-body {address} \\\n  --header \"Authorization: Bearer $MANTIK_TOKEN\" \\\n  \
         --header 'Content-Type: application/json' \\\n  --data-binary @- <<'END'\n{body}\nEND"
    )
}
