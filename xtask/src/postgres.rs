//! A PostgreSQL that lives as long as a test run.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Cmd, Shell, cmd};

use crate::{command, tools};

/// A running server with the superuser `postgres`, without a password, on 127.0.0.1; stopped and removed when dropped.
pub(crate) struct Postgres {
    shell: Shell,
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    as_postgres: bool,
}

impl Postgres {
    /// Starts a server with an empty database on a free port.
    ///
    /// # Errors
    /// When PostgreSQL is missing and cannot be installed, or does not start.
    pub(crate) fn start(shell: &Shell) -> Result<Self> {
        let programs = tools::postgresql::ensure(shell)?;
        // PostgreSQL refuses to be run by root.
        let as_postgres = cmd!(shell, "id -u").quiet().read()? == "0";
        let folder = PathBuf::from(cmd!(shell, "mktemp -d -t mantik-postgres-XXXXXX").quiet().read()?);
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let own_shell = Shell::new()?;
        own_shell.change_dir(&folder);
        let server = Self { shell: own_shell, programs, folder, port, as_postgres };
        server.initialise().context("PostgreSQL does not start")?;
        Ok(server)
    }

    /// The address of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    fn initialise(&self) -> Result<()> {
        let Self { shell, programs, folder, port, .. } = self;
        if self.as_postgres {
            command::run_quietly(cmd!(shell, "chown postgres {folder}"))?;
        }
        let data = self.data();
        let initdb = programs.join("initdb");
        let data = data.display();
        let initdb = initdb.display();
        self.run(&format!("{initdb} -D {data} -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync"))?;
        let options = [
            &format!("-p {port}"),
            "-c listen_addresses=127.0.0.1",
            &format!("-c unix_socket_directories={}", folder.display()),
            "-c max_connections=200",
            // The data is thrown away, so nothing need survive a crash.
            "-c fsync=off -c full_page_writes=off -c synchronous_commit=off",
        ]
        .join(" ");
        let log = folder.join("log");
        let log = log.display();
        let pg_ctl = programs.join("pg_ctl");
        self.run(&format!("{} -D {data} -l {log} -w -o '{options}' start", pg_ctl.display()))
    }

    fn run(&self, line: &str) -> Result<()> {
        command::run_quietly(self.command(line))
    }

    fn command(&self, line: &str) -> Cmd<'_> {
        let shell = &self.shell;
        if self.as_postgres {
            cmd!(shell, "su postgres -s /bin/sh -c {line}")
        } else {
            cmd!(shell, "sh -c {line}")
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn stop(&self) -> Result<()> {
        if self.data().join("postmaster.pid").exists() {
            let pg_ctl = self.programs.join("pg_ctl");
            let line = format!("{} -D {} -m immediate -w stop", pg_ctl.display(), self.data().display());
            // Not through `command`, which refuses to start anything once this program is interrupted.
            self.command(&line).quiet().ignore_stdout().run()?;
        }
        remove(&self.folder)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("warning: PostgreSQL in {} is left behind: {error:#}", self.folder.display());
        }
    }
}

fn remove(folder: &Path) -> Result<()> {
    std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))
}
