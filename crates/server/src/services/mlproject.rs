//! Reads MLproject files: <https://mlflow.org/docs/latest/ml/projects/>.

use models::code::{EntryPoint, MlProject};
use serde::Deserialize;
use serde_json::{Map, Value};
use serde_saphyr::budget::Budget;

/// How large a file may be, in bytes; MLproject files have some hundred.
const MOST: usize = 256 * 1024;
/// How many nodes it may have, with those that its aliases repeat.
const MOST_NODES: usize = 20_000;

/// What stands in the file. The words are MLflow's.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    python_env: Option<String>,
    #[serde(default)]
    conda_env: Option<String>,
    #[serde(default)]
    docker_env: Option<Map<String, Value>>,
    #[serde(default)]
    entry_points: Option<Map<String, Value>>,
}

/// In what a project is executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProjectEnvironment {
    /// Nothing of its own.
    None,
    /// A virtual environment of Python, described by the file of this path.
    Python(String),
    /// An environment of conda.
    Conda,
    /// A container.
    Docker,
}

/// What a file says.
///
/// # Errors
/// What is wrong with it, at which line, and what to do.
pub(super) fn read(bytes: &[u8]) -> Result<MlProject, String> {
    read_whole(bytes).map(|(project, _)| project)
}

/// What a file says, with the environment of its project.
///
/// # Errors
/// As [`read`].
pub(super) fn read_whole(bytes: &[u8]) -> Result<(MlProject, ProjectEnvironment), String> {
    if bytes.len() > MOST {
        return Err(format!("The MLproject file is larger than {} kB. Shorten it.", MOST / 1024));
    }
    let text =
        std::str::from_utf8(bytes).map_err(|_| "The MLproject file is no text in UTF-8. Save it as such.")?;
    let mut budget = Budget::default();
    budget.max_nodes = MOST_NODES;
    let options = serde_saphyr::options! { with_snippet: false, budget: Some(budget) };
    let file: File = serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let line =
            error.location().map_or_else(String::new, |location| format!(" in line {}", location.line()));
        format!("The MLproject file cannot be read{line}: {error}. Mend it and push.")
    })?;
    let n_environments = [file.python_env.is_some(), file.conda_env.is_some(), file.docker_env.is_some()];
    if n_environments.into_iter().filter(|has| *has).count() > 1 {
        return Err("The MLproject file names several environments. Keep one of python_env, conda_env and docker_env.".to_owned());
    }
    let own = match (&file.python_env, &file.conda_env, &file.docker_env) {
        (Some(path), _, _) => ProjectEnvironment::Python(path.clone()),
        (None, Some(_), _) => ProjectEnvironment::Conda,
        (None, None, Some(_)) => ProjectEnvironment::Docker,
        (None, None, None) => ProjectEnvironment::None,
    };
    let image = file.docker_env.as_ref().and_then(|docker| docker.get("image")).and_then(Value::as_str);
    let environment = file.python_env.or(file.conda_env).or_else(|| image.map(str::to_owned));
    let entry_points: Result<Vec<EntryPoint>, String> = file
        .entry_points
        .unwrap_or_default()
        .into_iter()
        .map(|(name, value)| entry_point(name, value))
        .collect();
    let mut entry_points = entry_points?;
    entry_points.sort_by_key(|entry_point| entry_point.name != "main");
    Ok((MlProject { name: file.name, environment, entry_points }, own))
}

fn entry_point(name: String, value: Value) -> Result<EntryPoint, String> {
    let told = |reason: String| {
        format!("The entry point `{name}` of the MLproject file cannot be read: {reason}. Mend it and push.")
    };
    let Value::Object(mut fields) = value else {
        return Err(told("it must be a mapping with `parameters` and `command`".to_owned()));
    };
    if !fields.get("command").is_some_and(Value::is_string) {
        return Err(told("it has no `command`".to_owned()));
    }
    fields.insert("name".to_owned(), name.clone().into());
    serde_json::from_value(Value::Object(fields)).map_err(|error| told(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINE: &str = "name: wine\npython_env: python_env.yaml\nentry_points:\n  check: {command: pytest}\n  main:\n    \
                        parameters:\n      alpha: float\n      l1_ratio: {type: float, default: 0.1}\n    \
                        command: \"python train.py --alpha {alpha}\"\n";

    #[test]
    fn a_file_names_its_environment_and_its_entry_points() {
        let project = read(WINE.as_bytes()).unwrap();
        assert_eq!(
            (project.name.as_deref(), project.environment.as_deref()),
            (Some("wine"), Some("python_env.yaml"))
        );
        let [main, check] = &*project.entry_points else { panic!("{project:?}") };
        assert_eq!((main.name.as_str(), check.name.as_str()), ("main", "check"));
        assert_eq!(main.command, "python train.py --alpha {alpha}");
        let [alpha, ratio] = &*main.parameters else { panic!("{main:?}") };
        assert!(alpha.is_required() && !ratio.is_required());
        assert_eq!(ratio.default, Some(Value::from(0.1)));
    }

    #[test]
    fn a_file_without_entry_points_has_none() {
        assert!(read(b"name: x\nentry_points:\n").unwrap().entry_points.is_empty());
        assert!(read(b"{}").unwrap().entry_points.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        check(b"name: x\nentry_points:\n  main: [\n", "in line ");
        check(b"entry_points:\n  main: python train.py\n", "`main`");
        check(b"entry_points:\n  main:\n    parameters: {}\n", "no `command`");
        check(b"python_env: a\nconda_env: b\n", "several environments");
        check(b"\xff\xfe", "UTF-8");
        check(&[b'#'; MOST + 1], "kB");
    }

    #[test]
    fn aliases_that_multiply_are_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let before = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", vec![before; 10].join(", "));
        }
        check(format!("{bomb}entry_points: *a8\n").as_bytes(), "cannot be read");
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let error = read(bytes).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}
