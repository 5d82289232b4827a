//! `cargo xtask dev`: the debug server, and Trunk in front of it, which builds and reloads after each change.

use std::process::{Child, Command};
use std::time::Duration;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::workspace::Workspace;
use crate::{command, console, interrupt, server};

/// Serves on port 8090 until one of the two ends or this program is interrupted; then both end.
///
/// # Errors
/// When a tool is missing, the server does not compile, or one of the two ends by itself.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let path = console::tools_path(workspace)?;
    let program = server::debug(workspace)?;
    let shell = &workspace.shell;
    // Trunk compiles without network.
    command::run(cmd!(shell, "cargo fetch --quiet --locked"))?;

    let mut api = Command::new(program);
    api.current_dir(workspace.root()).args(["serve", "--port", "8091", "--demo", "--data", ".mantik/dev"]);
    let dist = workspace.web_target().join("dev-dist"); // `dist` is for the release build
    let mut trunk: Command = cmd!(shell, "trunk serve --port 8090 --dist {dist}").into();
    trunk
        .env("PATH", path)
        .env("CARGO_TARGET_DIR", workspace.web_target())
        .env_remove("NO_COLOR")
        .env("RUST_BACKTRACE", "0");

    let mut both = [Running::start("the server", &mut api)?, Running::start("trunk", &mut trunk)?];
    while !interrupt::came() {
        for running in &mut both {
            if let Some(status) = running.child.try_wait()? {
                anyhow::bail!("{} ended ({status})", running.name);
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// A program that is stopped when this is dropped.
struct Running {
    name: &'static str,
    child: Child,
}

impl Running {
    fn start(name: &'static str, program: &mut Command) -> Result<Self> {
        let child =
            command::in_own_group(program).spawn().with_context(|| format!("{name} does not start"))?;
        Ok(Self { name, child })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = command::stop(&mut self.child) {
            eprintln!("warning: {} may still run: {error:#}", self.name);
        }
    }
}
