//! `mantik-server watch`: starts the command of an attempt and watches over it, whatever becomes of the server.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, Result};
use rustix::process::{Pid, getpid, set_child_subreaper, setsid};

use super::folder::{Folder, Started};
use super::plan::{EnvironmentPlan, Plan};
use super::watched::Watched;
use crate::jobs::{Cause, Exit};

/// How often is looked whether another run has made the environment that this one needs.
const WAIT: Duration = Duration::from_millis(200);

/// How a step ended.
struct Step {
    code: Option<i32>,
    signal: Option<i32>,
    cause: Option<Cause>,
}

/// Executes the attempt of a folder, whose plan comes by the standard input, unless it was begun or given up before.
///
/// # Errors
/// When the folder cannot be used; then nothing was started.
pub fn watch(folder: &Path) -> Result<()> {
    // Out of the session of the server, whose signals are not for it. Where it leads one already, it is.
    let _ = setsid();
    set_child_subreaper(Some(getpid())).context("cannot take care of the processes of a run")?;
    let folder = Folder::new(folder);
    let Some(_lock) = folder.lock()? else { return Ok(()) };
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text)?;
    let plan: Plan =
        serde_json::from_slice(&text).context("the server ended before it had told what to do")?;
    drop(text);
    let (_, is_ours) = folder.decide(&Started::At(crate::clock::now()))?;
    if !is_ours {
        return Ok(());
    }
    let step = run(&folder, &plan).unwrap_or_else(|error| {
        let cause = Some(Cause::Start(format!("{error:#}")));
        Step { code: None, signal: None, cause }
    });
    let exit = Exit {
        began: None,
        at: crate::clock::now(),
        code: step.code,
        signal: step.signal,
        cause: step.cause,
    };
    Ok(folder.write_exit(&exit)?)
}

fn run(folder: &Folder, plan: &Plan) -> Result<Step> {
    let limit = plan.wall_seconds.map(Duration::from_secs);
    let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
    let forgotten = plan.forgotten_seconds.map(Duration::from_secs);
    let environment = plan.environment.as_ref().map(|environment| environment.folder.as_path());
    let watched = Watched { folder, deadline, forgotten, environment };
    if let Some(environment) = &plan.environment {
        let step = make(environment, &watched, plan)?;
        if step.cause.is_some() {
            return Ok(step);
        }
    }
    folder.print(&format!("$ {}", plan.command))?;
    let command = ["bash", "-c", &plan.command].map(str::to_owned);
    execute(&command, &watched, plan, true)
}

/// Makes the environment, unless it was made before. Runs that need the same one wait for each other.
fn make(environment: &EnvironmentPlan, watched: &Watched<'_>, plan: &Plan) -> Result<Step> {
    let done = Step { code: None, signal: None, cause: None };
    if let Some(parent) = environment.folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let lock = File::create(environment.folder.with_extension("lock"))?;
    while lock.try_lock().is_err() {
        if let Some(cause) = watched.why_end() {
            return Ok(Step { cause: Some(cause), ..done });
        }
        std::thread::sleep(WAIT);
    }
    let ready = environment.folder.join("ready");
    if let Ok(file) = File::options().append(true).open(&ready) {
        // Says that it is in use.
        file.set_modified(SystemTime::now())?;
        return Ok(done);
    }
    if environment.folder.exists() {
        std::fs::remove_dir_all(&environment.folder)?;
    }
    watched.folder.print("Making the environment of python_env.yaml.")?;
    for command in &environment.steps {
        let step = execute(command, watched, plan, false)?;
        if step.cause.is_some() || step.code != Some(0) {
            return Ok(Step { cause: step.cause.or(Some(Cause::Environment)), ..step });
        }
    }
    File::create(ready)?.sync_all()?;
    Ok(done)
}

/// Executes a command to its end. What makes an environment gets no token.
fn execute(command: &[String], watched: &Watched<'_>, plan: &Plan, with_token: bool) -> Result<Step> {
    let output = watched.folder.open_output()?;
    // Bounds itself, and becomes the command.
    let mut program = Command::new("/proc/self/exe");
    program.arg0("mantik-server").arg("execute");
    if let Some(memory) = plan.memory {
        program.arg("--memory").arg(memory.to_string());
    }
    program.arg("--").args(command);
    let variables = plan.variables.iter().filter(|(name, _)| with_token || name != "MLFLOW_TRACKING_TOKEN");
    program.env_clear().envs(variables.map(|(name, value)| (name, value))).current_dir(&plan.directory);
    program.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output).process_group(0);
    let child = program.spawn().context("cannot start a process")?;
    let (status, cause) = watched.follow(Pid::from_child(&child));
    let code = status.and_then(|status| status.exit_status());
    let signal = status.and_then(|status| status.terminating_signal());
    Ok(Step { code, signal, cause })
}
