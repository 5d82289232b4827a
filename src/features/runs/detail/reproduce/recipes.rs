//! Commands that do what was done. Pure.

use models::id::ProjectId;
use models::run::Run;
use serde_json::Value;

use super::source::Source;
use crate::widgets::shell_words::{command, quote};

/// Commands for one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Recipe {
    /// What they do.
    pub(super) title: &'static str,
    /// What to know before one uses them.
    pub(super) text: Option<&'static str>,
    /// The commands, a line each.
    pub(super) code: String,
}

/// All that can be said of doing it again, in the order in which it is done.
pub(super) fn recipes(project: ProjectId, run: &Run, source: &Source) -> Vec<Recipe> {
    let all = [code(source), data(run), start(run, source), submit(project, run, source)];
    all.into_iter().flatten().collect()
}

fn code(source: &Source) -> Option<Recipe> {
    let code = checkout(source.uri.as_deref()?, source.version());
    Some(Recipe { title: "Get the code", text: None, code })
}

fn data(run: &Run) -> Option<Recipe> {
    let data = run.data_repository.as_ref()?;
    let version = run.data_commit.as_deref().or(run.data_branch.as_deref());
    let is_git = data.uri.starts_with("http") || data.uri.starts_with("git@") || data.uri.starts_with("ssh:");
    let mut code = Some(data.uri.as_str()).filter(|_| is_git).map(|uri| checkout(uri, version))?;
    if data.is_dvc_enabled {
        code.push_str("\ndvc pull");
    }
    Some(Recipe { title: "Get the data", text: None, code })
}

/// Starts the entry point with MLflow, or the program by itself.
fn start(run: &Run, source: &Source) -> Option<Recipe> {
    let Some(entry_point) = &source.entry_point else {
        let program = source.program.as_ref().filter(|program| program.ends_with(".py"))?;
        let text = Some("With which arguments it was called was not logged.");
        return Some(Recipe { title: "Run the program", text, code: format!("python {}", quote(program)) });
    };
    let uri = source.uri.as_deref()?;
    let whole = if source.folder.is_empty() { uri.to_owned() } else { format!("{uri}#{}", source.folder) };
    let mut options = Vec::new();
    if let Some(version) = source.version() {
        options.push(format!("--version {}", quote(version)));
    }
    options.push(format!("--entry-point {}", quote(entry_point)));
    options.push(format!("--experiment-name {}", quote(&run.experiment_repository.name)));
    options.extend(parameters(source));
    let text = source.are_all_logged.then_some(
        "All logged parameters are given, because it is not known which ones the entry point takes. Leave out the others.",
    );
    let whole = quote(&whole);
    Some(Recipe {
        title: "Run it on this machine",
        text,
        code: command(&["mlflow", "run", &whole], &options),
    })
}

/// Submits it again, as it was submitted.
fn submit(project: ProjectId, run: &Run, source: &Source) -> Option<Recipe> {
    let code = run.code_repository.as_ref()?;
    let config = run.backend_config.as_ref().filter(|config| !config.is_empty())?;
    let file = source.project_file.as_deref()?;
    // No line of JSON is this word alone.
    let config = serde_json::to_string_pretty(&Value::Object(config.clone())).ok()?;
    let mut lines = vec![format!("cat > backend-config.json <<'END'\n{config}\nEND")];
    for (name, id) in [
        ("PROJECT", project.to_string()),
        ("EXPERIMENT_REPOSITORY", run.experiment_repository.experiment_repository_id.to_string()),
        ("CODE_REPOSITORY", code.code_repository_id.to_string()),
    ] {
        lines.push(format!("export MANTIK_{name}_ID={id}"));
    }
    let mut options = vec![
        format!("--name {}", quote(&run.name)),
        format!("--branch {}", quote(source.branch.as_deref().unwrap_or("main"))),
    ];
    options.extend(source.commit.iter().map(|commit| format!("--commit {}", quote(commit))));
    options.push("--backend-config backend-config.json".to_owned());
    let data = run.data_repository.as_ref().map(|data| data.data_repository_id.to_string());
    let connection = run.connection.as_ref().map(|connection| connection.connection_id.to_string());
    for (option, value) in [
        ("entry-point", source.entry_point.clone()),
        ("data-repository-id", data),
        ("connection-id", connection),
        ("compute-budget-account", run.compute_budget_account.clone()),
    ] {
        options.extend(
            value.filter(|value| !value.is_empty()).map(|value| format!("--{option} {}", quote(&value))),
        );
    }
    options.extend(parameters(source));
    lines.push(command(&["mantik", "runs", "submit", &quote(file)], &options));
    let text = source
        .branch
        .is_none()
        .then_some("No branch was logged: main stands for it, and the commit decides.");
    Some(Recipe { title: "Submit it again", text, code: lines.join("\n") })
}

fn parameters(source: &Source) -> Vec<String> {
    source.parameters.iter().map(|(key, value)| format!("-P {}", quote(&format!("{key}={value}")))).collect()
}

/// Gets a git repository in a version.
fn checkout(uri: &str, version: Option<&str>) -> String {
    let uri = uri.trim();
    let last = uri.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or_default();
    let folder = last.strip_suffix(".git").unwrap_or(last);
    let mut lines = vec![format!("git clone -- {}", quote(uri)), format!("cd {}", quote(folder))];
    // What begins with a hyphen would be an option.
    lines.extend(
        version
            .filter(|version| !version.starts_with('-'))
            .map(|version| format!("git checkout {}", quote(version))),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::run::KeyValue;
    use serde_json::json;

    const ID: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";

    fn run(changes: &Value) -> Run {
        let mut run = json!({
            "runId": ID, "mlflowRunId": ID.replace('-', ""), "name": "it's amber",
            "experimentRepository": {
                "experimentRepositoryId": ID, "mlflowExperimentId": "1", "name": "now casting", "artifactLocation": "",
                "lifecycleStage": "active", "creationTime": 0, "lastUpdateTime": 0, "version": 1,
            },
            "status": "FINISHED", "createdAt": 1, "artifactUri": "", "lifecycleStage": "active",
            "user": { "userId": ID, "name": "ann" }, "version": 1,
        });
        if let (Some(run), Some(changes)) = (run.as_object_mut(), changes.as_object()) {
            run.extend(changes.clone());
        }
        serde_json::from_value(run).unwrap()
    }

    fn submitted() -> Run {
        run(&json!({
            "codeRepository": {
                "codeRepositoryId": ID, "codeRepositoryName": "code", "uri": "https://github.com/a/b.git",
                "platform": "GitHub", "connectionId": null, "createdAt": 1, "updatedAt": 1, "version": 1,
            },
            "branch": "main", "commit": "4be1c0d", "mlflowMlprojectFilePath": "wine/MLproject", "entryPoint": "train",
            "mlflowParameters": { "alpha": 0.5, "note": "it's $HOME" },
            "backendConfig": { "Resources": { "Nodes": 2 } }, "computeBudgetAccount": "hai",
        }))
    }

    fn told(run: &Run, tags: &[(&str, &str)]) -> (Source, Vec<Recipe>) {
        let pair =
            |(key, value): &(&str, &str)| KeyValue { key: (*key).to_owned(), value: (*value).to_owned() };
        let tags: Vec<_> = tags.iter().map(pair).collect();
        let source = Source::of(run, &tags, &[pair(&("depth", "4"))]);
        let recipes = recipes(ID.parse().unwrap(), run, &source);
        (source, recipes)
    }

    #[test]
    fn a_submitted_run_is_started_in_both_ways() {
        let (_, recipes) = told(&submitted(), &[]);
        let titles: Vec<_> = recipes.iter().map(|recipe| recipe.title).collect();
        assert_eq!(titles, ["Get the code", "Run it on this machine", "Submit it again"]);
        assert_eq!(recipes[0].code, "git clone -- https://github.com/a/b.git\ncd b\ngit checkout 4be1c0d");
        let started = "mlflow run 'https://github.com/a/b.git#wine' \\\n  --version 4be1c0d \\\n  --entry-point train \\\n  \
                       --experiment-name 'now casting' \\\n  -P alpha=0.5 \\\n  -P 'note=it'\\''s $HOME'";
        assert_eq!(recipes[1].code, started);
        let submitted = &recipes[2].code;
        for part in [
            "cat > backend-config.json <<'END'\n{\n  \"Resources\": {\n    \"Nodes\": 2\n  }\n}\nEND\n",
            "mantik runs submit wine/MLproject \\\n",
            "--name 'it'\\''s amber' \\\n",
            "--commit 4be1c0d",
            "--compute-budget-account hai",
        ] {
            assert!(submitted.contains(part), "{part} in {submitted}");
        }
    }

    #[test]
    fn a_run_that_was_only_logged_says_what_nobody_knows() {
        let (source, recipes) = told(&run(&json!({})), &[("mlflow.source.name", "my train.py")]);
        assert_eq!(
            recipes.iter().map(|recipe| recipe.code.as_str()).collect::<Vec<_>>(),
            ["python 'my train.py'"]
        );
        let unknown = source.unknown(&run(&json!({})), false).join(" ");
        for sentence in
            ["Where the code lies", "No commit was logged", "How the program was called", "Which data"]
        {
            assert!(unknown.contains(sentence), "{sentence} in {unknown}");
        }
    }

    #[test]
    fn changes_that_were_not_committed_are_told() {
        let tags = [("mlflow.source.git.commit", "4be1c0d"), ("mlflow.source.git.dirty", "True")];
        let (source, _) = told(&run(&json!({})), &tags);
        assert!(
            source
                .unknown(&run(&json!({})), true)
                .iter()
                .any(|sentence| sentence.contains("they were not logged"))
        );
        let (source, _) = told(&run(&json!({})), &tags[..1]);
        assert!(
            source.unknown(&run(&json!({})), true).iter().any(|sentence| sentence.starts_with("Whether"))
        );
    }

    #[test]
    fn a_project_of_mlflow_is_run_with_all_that_it_logged() {
        let tags = [
            ("mlflow.source.type", "PROJECT"),
            ("mlflow.source.name", "https://github.com/a/b"),
            ("mlflow.source.git.repoURL", "https://github.com/a/b"),
            ("mlflow.project.entryPoint", "main"),
        ];
        let (_, recipes) = told(&run(&json!({})), &tags);
        let start = recipes.iter().find(|recipe| recipe.title == "Run it on this machine").unwrap();
        assert!(
            start.code.contains("--entry-point main") && start.code.contains("-P depth=4"),
            "{}",
            start.code
        );
        assert!(start.text.is_some());
    }
}
