//! Which Python a run gets: that of the machine, an environment that its owner keeps, or one made of `python_env.yaml`.

use std::ffi::OsString;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_saphyr::budget::Budget;
use sha2::{Digest as _, Sha256};

use super::folder::Folder;
use super::plan::EnvironmentPlan;
use crate::jobs::{Order, PythonChoice, Refusal};
use crate::services::ProjectEnvironment;

/// How large the files that describe an environment may be, in bytes.
const MOST: u64 = 1024 * 1024;

/// What a run needs of Python.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Python {
    /// Where programs are looked for first.
    pub(super) programs: PathBuf,
    /// The environment, where there is one.
    pub(super) environment: Option<PathBuf>,
    /// How that is made.
    pub(super) plan: Option<EnvironmentPlan>,
}

/// What stands in `python_env.yaml`. The words are MLflow's.
#[derive(Debug, Default, Deserialize)]
struct Description {
    #[serde(default)]
    python: Option<String>,
    #[serde(default)]
    build_dependencies: Vec<String>,
    #[serde(default)]
    dependencies: Vec<String>,
}

/// Which Python an attempt gets. Looks at programs, so it takes a moment.
///
/// # Errors
/// [`Refusal`], when it cannot have what it wants.
pub(super) fn python_of(order: &Order, folder: &Folder, environments: &Path) -> Result<Python, Refusal> {
    if let PythonChoice::At(path) = &order.python {
        let environment = PathBuf::from(path);
        if !environment.join("bin/python").exists() {
            return Err(Refusal::lasting(format!(
                "There is no virtual environment at {path} on this machine. Change `Environment.Python` in the backend config."
            )));
        }
        let programs = environment.join("bin");
        return Ok(Python { programs, environment: Some(environment), plan: None });
    }
    match &order.project_environment {
        ProjectEnvironment::None => {
            write_python(folder).map_err(|error| Refusal::passing(error.to_string()))?;
            Ok(Python { programs: folder.programs(), environment: None, plan: None })
        }
        ProjectEnvironment::Python(file) => described(order, folder, file, environments),
        ProjectEnvironment::Conda => Err(Refusal::lasting(
            "The MLproject file wants an environment of conda, which this machine does not make. Describe it with python_env, \
             or set `Environment.Python` in the backend config to the path of an environment on this machine.",
        )),
        ProjectEnvironment::Docker => Err(Refusal::lasting(
            "The MLproject file wants a container of Docker, which this machine does not start. Describe what the code needs \
             with python_env, or choose another compute system.",
        )),
    }
}

/// A program `python`, which some machines call `python3` alone.
fn write_python(folder: &Folder) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    let mut file = options.write(true).create_new(true).mode(0o755).open(folder.programs().join("python"))?;
    file.write_all(b"#!/bin/sh\nexec python3 \"$@\"\n")
}

fn described(order: &Order, folder: &Folder, file: &str, environments: &Path) -> Result<Python, Refusal> {
    // What has no commit is the model of a deployment.
    let mend = if order.commit.is_empty() { "Log the model anew." } else { "Mend it and push." };
    let lasting = |reason: String| Refusal::lasting(format!("{file}: {reason} {mend}"));
    let project = folder.code().join(&order.folder);
    let text = read_inside(&folder.code(), &project, file).map_err(lasting)?;
    let options = serde_saphyr::options! { with_snippet: false, budget: Some(Budget::default()) };
    let description: Description = serde_saphyr::from_str_with_options(&text, options)
        .map_err(|error| lasting(format!("it cannot be read: {error}.")))?;
    let interpreter = interpreter(description.python.as_deref()).map_err(Refusal::lasting)?;
    let mut hash = Sha256::new();
    hash.update(&interpreter.version);
    hash.update(&text);
    let mut is_of_code = false;
    for line in description.build_dependencies.iter().chain(&description.dependencies) {
        match line.trim().strip_prefix("-r").or_else(|| line.trim().strip_prefix("-c")) {
            Some(name) => {
                let listed = read_inside(&folder.code(), &project, name.trim()).map_err(lasting)?;
                is_of_code |= listed.lines().any(names_code);
                hash.update(listed);
            }
            None => is_of_code |= names_code(line),
        }
    }
    if is_of_code {
        hash.update(&order.commit);
    }
    let name: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let environment = environments.join(name);
    let steps = steps(&description, &interpreter.program, &environment, &project)
        .map_err(|error| Refusal::passing(error.to_string()))?;
    let plan = EnvironmentPlan { folder: environment.clone(), steps };
    Ok(Python { programs: environment.join("bin"), environment: Some(environment), plan: Some(plan) })
}

/// Whether a line of requirements names something that may change from commit to commit.
fn names_code(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['.', '/', '-']) || line.contains("file:")
}

fn steps(
    description: &Description,
    program: &str,
    environment: &Path,
    project: &Path,
) -> std::io::Result<Vec<Vec<String>>> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let environment = environment.to_string_lossy().into_owned();
    let python = format!("{environment}/bin/python");
    let mut steps = vec![words(&[program, "-m", "venv", &environment])];
    let mut pip = words(&[&python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]);
    // What moves on a terminal is a line each time in a log.
    pip.push("--progress-bar=off".to_owned());
    for list in [&description.build_dependencies, &description.dependencies] {
        if list.is_empty() {
            continue;
        }
        // What it names by a path lies beside it.
        let file = project.join(format!(".requirements-{}.txt", uuid::Uuid::new_v4().simple()));
        std::fs::File::create_new(&file)?.write_all(format!("{}\n", list.join("\n")).as_bytes())?;
        let mut step = pip.clone();
        step.extend(["-r".to_owned(), file.to_string_lossy().into_owned()]);
        steps.push(step);
    }
    Ok(steps)
}

/// The text of a file that is named from a folder of the code, and lies in the code.
fn read_inside(code: &Path, from: &Path, name: &str) -> Result<String, String> {
    let is_plain =
        Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let path = from.join(name);
    let real = path.canonicalize().map_err(|_| format!("the code has no file {name}."))?;
    let inside = code.canonicalize().map_err(|_| "the code is gone.".to_owned())?;
    if !is_plain || !real.starts_with(&inside) {
        return Err(format!("{name} lies outside of the folder of the MLproject file."));
    }
    let size = real.metadata().map_err(|error| format!("{error}."))?.len();
    if size > MOST {
        return Err(format!("{name} is larger than {MOST} bytes."));
    }
    std::fs::read_to_string(&real).map_err(|_| format!("{name} is no text in UTF-8."))
}

struct Interpreter {
    program: String,
    version: String,
}

/// A Python of the machine of this version, as `3.11.7` or `3.11`; any without one.
fn interpreter(wanted: Option<&str>) -> Result<Interpreter, String> {
    let minor = wanted.map(|version| version.trim().split('.').take(2).collect::<Vec<_>>().join("."));
    let named = minor.as_ref().map(|minor| format!("python{minor}"));
    for program in named.into_iter().chain(["python3", "python"].map(str::to_owned)) {
        let Ok(output) = Command::new(&program).arg("--version").output() else { continue };
        let words = String::from_utf8_lossy(&output.stdout).into_owned();
        let Some(version) = words.trim().strip_prefix("Python ").filter(|_| output.status.success()) else {
            continue;
        };
        let is_wanted = minor.as_ref().is_none_or(|minor| {
            version.strip_prefix(minor.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        if is_wanted {
            return Ok(Interpreter { program, version: version.to_owned() });
        }
    }
    Err(match minor {
        Some(minor) => format!(
            "This machine has no Python {minor}, which python_env.yaml asks for. Ask for another version, or have the operator \
             of this server install it."
        ),
        None => "This machine has no Python. The operator of this server can install it.".to_owned(),
    })
}

/// Where programs are looked for: first in `first`, then where this process looks.
pub(super) fn search_path(first: &Path) -> OsString {
    let mut path = first.as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into()));
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_from_the_code_alone() {
        let folder = tempfile::tempdir().unwrap();
        let code = folder.path().join("code");
        std::fs::create_dir_all(code.join("deep")).unwrap();
        std::fs::write(code.join("deep/requirements.txt"), "numpy\n").unwrap();
        std::fs::write(folder.path().join("secret"), "canary").unwrap();
        std::os::unix::fs::symlink("../../secret", code.join("deep/link")).unwrap();
        let read = |name: &str| read_inside(&code, &code.join("deep"), name);
        assert_eq!(read("requirements.txt").unwrap(), "numpy\n");
        for name in ["../../secret", "link", "/etc/passwd", "nothing"] {
            assert!(read(name).is_err(), "{name}");
        }
    }

    #[test]
    fn the_version_of_python_must_be_there() {
        let any = interpreter(None).unwrap();
        let (major, rest) = any.version.split_once('.').unwrap();
        let minor = rest.split('.').next().unwrap();
        assert_eq!(interpreter(Some(&format!("{major}.{minor}.99"))).unwrap().version, any.version);
        let Err(error) = interpreter(Some("2.1")) else { panic!("there is a Python 2.1") };
        assert!(error.contains("no Python 2.1"), "{error}");
    }
}
