//! Whether a run can be started as it is asked for: the rules that the launch form and the server share.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::AddRun;
use crate::backend_config::{self, ComputeSystem};
use crate::code::EntryPoint;
use crate::connection::ConnectionProvider;
use crate::problem::FieldProblem;

/// What a check of a run found; nothing when it can be started.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunCheck {
    /// What was found, in the order of the form.
    pub findings: Vec<RunFinding>,
}

/// Something that keeps a run from being started, or that may not do what was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunFinding {
    /// The way to the field, as in a refusal: `["body", "backendConfig", "Resources", "Queue"]`.
    pub loc: Vec<String>,
    /// What to do.
    pub msg: String,
    /// Whether the run can be started all the same.
    pub severity: FindingSeverity,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FindingSeverity {
    /// The run would fail.
    Error,
    /// It may not do what was meant.
    Warning,
}

impl From<FieldProblem> for RunFinding {
    fn from(problem: FieldProblem) -> Self {
        Self::new(problem, FindingSeverity::Error)
    }
}

impl RunFinding {
    /// Something that keeps the run from being started; `path` is dotted.
    pub fn error(path: &str, message: impl Into<String>) -> Self {
        Self::new(FieldProblem::body(path, message), FindingSeverity::Error)
    }

    /// Something that may not do what was meant; `path` is dotted.
    pub fn warning(path: &str, message: impl Into<String>) -> Self {
        Self::new(FieldProblem::body(path, message), FindingSeverity::Warning)
    }

    fn new(problem: FieldProblem, severity: FindingSeverity) -> Self {
        Self { loc: problem.loc, msg: problem.msg, severity }
    }

    /// The dotted way to the field.
    #[must_use]
    pub fn field(&self) -> String {
        self.loc.get(1..).unwrap_or_default().join(".")
    }

    /// Whether it keeps the run from being started.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == FindingSeverity::Error
    }
}

/// What is known of what a run names, as far as somebody has looked.
#[derive(Debug, Clone, Copy, Default)]
pub struct KnownOfRun<'a> {
    /// The entry points of its code; `None` where they could not be read.
    pub entry_points: Option<&'a [EntryPoint]>,
    /// The provider of its connection; `None` where there is none, or nobody has looked.
    pub provider: Option<&'a ConnectionProvider>,
}

impl AddRun {
    /// What keeps it from being started, and what may not do what was meant, by the rules that need no server.
    #[must_use]
    pub fn findings(&self, known: KnownOfRun<'_>) -> Vec<RunFinding> {
        let mut findings = self.findings_of_code();
        if let Some(entry_points) = known.entry_points {
            self.note_entry_point(entry_points, &mut findings);
        }
        self.note_backend(known.provider, &mut findings);
        findings
    }

    /// The entry point by its name, which is `main` where none is named.
    #[must_use]
    pub fn entry_point_name(&self) -> &str {
        self.entry_point.as_deref().filter(|name| !name.is_empty()).unwrap_or("main")
    }

    fn findings_of_code(&self) -> Vec<RunFinding> {
        let mut findings = Vec::new();
        if self.code_repository_id.is_none() {
            findings.push(RunFinding::error("codeRepositoryId", "choose the code that is executed"));
        }
        if self.branch.is_none() && self.commit.is_none() {
            findings.push(RunFinding::error("branch", "name a branch, a tag or a commit"));
        }
        let folder = self.mlflow_mlproject_file_path.as_deref().unwrap_or_default();
        if folder.starts_with('/') || folder.split('/').any(|part| part == "..") {
            let message =
                "write the path from the root of the repository, without a slash before it and without `..`";
            findings.push(RunFinding::error("mlflowMlprojectFilePath", message));
        }
        findings
    }

    fn note_entry_point(&self, entry_points: &[EntryPoint], findings: &mut Vec<RunFinding>) {
        let name = self.entry_point_name();
        let Some(entry_point) = entry_points.iter().find(|own| own.name == name) else {
            findings.push(unknown_entry_point(name, entry_points));
            return;
        };
        let given = self.mlflow_parameters.as_ref();
        let value = |name: &str| given.and_then(|given| given.get(name)).filter(|value| !value.is_null());
        for parameter in &entry_point.parameters {
            let field = format!("mlflowParameters.{}", parameter.name);
            match value(&parameter.name).map(spelled) {
                None if parameter.is_required() => {
                    findings.push(RunFinding::error(&field, "enter a value"));
                }
                None => {}
                Some(text) => findings
                    .extend(parameter.parse(&text).err().map(|message| RunFinding::error(&field, message))),
            }
        }
        let is_known = |name: &String| entry_point.parameters.iter().any(|own| own.name == *name);
        let extra = given.into_iter().flat_map(|given| given.keys()).filter(|name| !is_known(name));
        findings.extend(extra.map(|name| {
            let message = format!(
                "the entry point `{}` has no parameter of this name; it gets `--{name}` behind its command",
                entry_point.name
            );
            RunFinding::warning(&format!("mlflowParameters.{name}"), message)
        }));
    }

    fn note_backend(&self, provider: Option<&ConnectionProvider>, findings: &mut Vec<RunFinding>) {
        let Some(config) = self.backend_config.as_ref().filter(|config| !config.is_empty()) else {
            findings.push(RunFinding::error("backendConfig", "say where the run is executed"));
            return;
        };
        match backend_config::check(&Value::Object(config.clone())) {
            Err(problems) => findings.extend(problems.into_iter().map(RunFinding::from)),
            Ok((config, warnings)) => {
                let warnings = warnings.into_iter().map(|own| RunFinding::warning(&own.field, own.message));
                findings.extend(warnings);
                findings.extend(self.finding_of_connection(&config.system, provider));
            }
        }
    }

    fn finding_of_connection(
        &self,
        system: &ComputeSystem,
        provider: Option<&ConnectionProvider>,
    ) -> Option<RunFinding> {
        let needed = system.provider()?;
        if self.connection_id.is_none() {
            let message = format!("choose a connection of yours for {needed}; your settings make one");
            return Some(RunFinding::error("connectionId", message));
        }
        let message = format!("this connection is for another system; choose one for {needed}");
        provider.is_some_and(|own| *own != needed).then(|| RunFinding::error("connectionId", message))
    }
}

fn unknown_entry_point(name: &str, entry_points: &[EntryPoint]) -> RunFinding {
    // MLflow executes a file of this name.
    if [".py", ".sh", ".R"].iter().any(|end| name.ends_with(end)) {
        let message =
            "the MLproject file does not name it; MLflow looks for a program of this name in the folder";
        return RunFinding::warning("entryPoint", message);
    }
    let names: Vec<_> = entry_points.iter().map(|own| own.name.as_str()).collect();
    let message = if names.is_empty() {
        "the MLproject file has no entry points; add one and push".to_owned()
    } else {
        format!("the MLproject file has no entry point of this name; choose {}", names.join(", "))
    };
    RunFinding::error("entryPoint", message)
}

/// A value as somebody would type it.
fn spelled(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";

    fn run(changes: &Value) -> AddRun {
        let mut run = json!({
            "name": "a", "experimentRepositoryId": ID, "codeRepositoryId": ID, "branch": "main", "connectionId": ID,
            "backendConfig": {"UnicoreApiUrl": "https://x/rest/core", "Resources": {"Queue": "devel"}},
            "mlflowParameters": {"alpha": 0.5},
        });
        if let (Some(run), Some(changes)) = (run.as_object_mut(), changes.as_object()) {
            run.extend(changes.clone());
        }
        serde_json::from_value(run).unwrap()
    }

    fn entry_points() -> Vec<EntryPoint> {
        let main = json!({
            "name": "main", "command": "", "parameters": {"alpha": "float", "depth": {"type": "int", "default": 4}},
        });
        vec![serde_json::from_value(main).unwrap()]
    }

    #[track_caller]
    fn check(changes: &Value, expected: &[(&str, FindingSeverity, &str)]) {
        let entry_points = entry_points();
        let known =
            KnownOfRun { entry_points: Some(&entry_points), provider: Some(&ConnectionProvider::Unicore) };
        let found = run(changes).findings(known);
        let found: Vec<_> = found.iter().map(|own| (own.field(), own.severity, own.msg.clone())).collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for ((field, severity, message), (expected_field, expected_severity, part)) in
            found.iter().zip(expected)
        {
            assert_eq!((field.as_str(), severity), (*expected_field, expected_severity));
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn a_run_that_says_all_can_be_started() {
        check(&json!({}), &[]);
    }

    #[test]
    fn code_and_machine_must_be_named() {
        use FindingSeverity::Error;
        check(&json!({"codeRepositoryId": null}), &[("codeRepositoryId", Error, "choose the code")]);
        check(&json!({"branch": null}), &[("branch", Error, "a commit")]);
        check(&json!({"branch": null, "commit": "4be1c0d"}), &[]);
        check(&json!({"backendConfig": {}}), &[("backendConfig", Error, "say where")]);
        check(
            &json!({"backendConfig": {"UnicoreApiUrl": "u", "Resources": {}}}),
            &[("backendConfig.Resources.Queue", Error, "'Queue'")],
        );
        for path in ["/etc", "a/../b"] {
            check(
                &json!({"mlflowMlprojectFilePath": path}),
                &[("mlflowMlprojectFilePath", Error, "from the root")],
            );
        }
    }

    #[test]
    fn parameters_follow_the_entry_point() {
        use FindingSeverity::{Error, Warning};
        check(&json!({"mlflowParameters": null}), &[("mlflowParameters.alpha", Error, "enter a value")]);
        check(
            &json!({"mlflowParameters": {"alpha": "x", "depth": 1.5}}),
            &[
                ("mlflowParameters.alpha", Error, "a number"),
                ("mlflowParameters.depth", Error, "a whole number"),
            ],
        );
        check(
            &json!({"mlflowParameters": {"alpha": 1, "other": 2}}),
            &[("mlflowParameters.other", Warning, "--other")],
        );
        check(&json!({"entryPoint": "train"}), &[("entryPoint", Error, "choose main")]);
        check(&json!({"entryPoint": "train.py"}), &[("entryPoint", Warning, "a program")]);
    }

    #[test]
    fn the_servers_own_machine_needs_no_connection() {
        let local = json!({"Local": {"Runtime": "2h"}});
        check(&json!({"backendConfig": local, "connectionId": null}), &[]);
    }

    #[test]
    fn the_connection_is_for_the_machine() {
        use FindingSeverity::Error;
        check(&json!({"connectionId": null}), &[("connectionId", Error, "UNICORE")]);
        let ssh = json!({"SSH": {"Hostname": "h"}, "Resources": {"Queue": "q"}});
        check(&json!({"backendConfig": ssh}), &[("connectionId", Error, "SSH")]);
    }
}
