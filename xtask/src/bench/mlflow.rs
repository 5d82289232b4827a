//! `cargo xtask bench --vs-mlflow`: MLflow's own server does the same work in the same run, asked by the same client.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xshell::cmd;

use super::http::{Client, Question};
use super::process::{Process, free_port};
use super::side::{Side, Work};
use crate::workspace::Workspace;
use crate::{command, tools};

/// The run that MLflow's history of a million points is in.
const LONG_RUN: &str = "ffffffffffffffffffffffffffffffff";
const POINTS: u32 = 1_000_000;
/// To how many points both reduce it.
const N_SHOWN: u32 = 320;

/// Does the same with both servers, and prints how much sooner ours is done.
///
/// # Errors
/// When MLflow cannot be installed, or a server does not start.
pub(super) fn compare(workspace: &Workspace, program: &Path, data: &Path, runs: u32) -> Result<()> {
    let python = tools::python::ensure(workspace, "tests/mlflow_server/requirements.txt")?;
    let filled = workspace.path(&format!("target/bench/mlflow-{runs}"));
    let (fill, n, points) =
        (workspace.path("tests/mlflow_server/fill.py"), runs.to_string(), POINTS.to_string());
    command::run(cmd!(workspace.shell, "{python} {fill} {filled} {n} {points}"))?;
    let scratch = workspace.path("target/bench/scratch");
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)?;
    }
    println!("\nbeside `mlflow server` ({runs} runs, one after the other, the same client)");
    let theirs = [theirs(&python, &filled), theirs(&python, &scratch.join("mlflow"))];
    let ours = [ours(program, data)?, ours_empty(workspace, program, &scratch.join("mantik"))?];
    let mut done = Vec::new();
    for [with_runs, empty] in [ours, theirs] {
        done.push(Work::of(with_runs, empty)?);
    }
    let [ours, theirs] = &*done else { return Ok(()) };
    ours.print_beside(theirs);
    Ok(())
}

/// Our server on a folder that was filled.
fn ours(program: &Path, data: &Path) -> Result<Side> {
    let note = std::fs::read_to_string(data.join("bench.json"))?;
    let seeded: Value = serde_json::from_str(&note)?;
    let text = |path: &str| {
        seeded
            .pointer(path)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .context("bench.json is of another version")
    };
    let path =
        format!("/api/projects/{}/runs/{}/metrics", text("/histories/projectId")?, text("/histories/runId")?);
    let history = Question::post(path, json!({"keys": ["long"], "points": N_SHOWN}));
    Ok(Side {
        history: Some((history, Some(text("/historiesToken")?))),
        ..serving(program, data, Some(text("/token")?))
    })
}

/// Our server on a fresh folder with one user.
fn ours_empty(workspace: &Workspace, program: &Path, data: &Path) -> Result<Side> {
    let shell = &workspace.shell;
    let add =
        cmd!(shell, "{program} user add bench --email bench@example.org --password-stdin --data {data}");
    add.stdin("correct horse battery staple").quiet().ignore_stdout().run()?;
    let token =
        cmd!(shell, "{program} token create --user bench --name bench --data {data}").quiet().read()?;
    Ok(serving(program, data, Some(token.trim().to_owned())))
}

fn serving(program: &Path, data: &Path, token: Option<String>) -> Side {
    let (program, folder) = (program.to_owned(), data.to_owned());
    Side {
        start: Box::new(move || {
            let port = free_port()?;
            let mut command = Command::new(&program);
            command.arg("serve").arg("--data").arg(&folder).args(["--port", &port.to_string()]);
            Process::start(command, port, "/ready", &folder.join("server.log"))
        }),
        prefix: "/tracking/api/2.0/mlflow",
        token,
        history: None,
    }
}

/// MLflow's server on a folder with its file.
fn theirs(python: &Path, folder: &Path) -> Side {
    let (python, folder): (PathBuf, PathBuf) = (python.to_owned(), folder.to_owned());
    let path = format!(
        "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={LONG_RUN}&metric_key=long&max_results={N_SHOWN}"
    );
    Side {
        start: Box::new(move || {
            std::fs::create_dir_all(&folder)?;
            let port = free_port()?;
            let mut command = Command::new(&python);
            command.args(["-m", "mlflow", "server", "--host", "127.0.0.1", "--port", &port.to_string()]);
            command
                .arg("--backend-store-uri")
                .arg(format!("sqlite:///{}", folder.join("mlflow.db").display()));
            command.arg("--artifacts-destination").arg(folder.join("artifacts"));
            Process::start(command, port, "/health", &folder.join("server.log"))
        }),
        prefix: "/api/2.0/mlflow",
        token: None,
        history: Some((Question::get(path), None)),
    }
}

/// Asks for JSON.
pub(super) fn read(client: &mut Client, question: &Question) -> Result<Value> {
    let body = client.ask(question)?;
    let mut text = Vec::new();
    if body.starts_with(&[0x1f, 0x8b]) {
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&*body), &mut text)?;
    } else {
        text = body;
    }
    Ok(serde_json::from_slice(&text)?)
}
