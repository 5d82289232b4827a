//! What the operator can set: by arguments, or by environment variables that begin with `MANTIK_`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::egress::HostPort;
use crate::settings::{Origin, Settings};
use crate::store::DatabaseUrl;

const GIBIBYTE: u64 = 1024 * 1024 * 1024;

/// Where everything is kept.
#[derive(Debug, Clone, Args)]
pub struct Storage {
    /// The folder for the database, the artifacts and the key.
    #[arg(long, env = "MANTIK_DATA", default_value = "mantik-data")]
    pub data: PathBuf,
    /// A PostgreSQL database to use instead of SQLite, as `postgres://user:password@host/name`.
    #[arg(long, env = "MANTIK_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<DatabaseUrl>,
}

/// How the server serves.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// The address to listen on. The usual one is reached from this machine alone.
    #[arg(long, env = "MANTIK_LISTEN", default_value = "127.0.0.1")]
    pub listen: IpAddr,
    /// The port to listen on; 0 chooses a free one.
    #[arg(long, env = "MANTIK_PORT", default_value_t = 8090)]
    pub port: u16,
    #[command(flatten)]
    pub storage: Storage,
    /// Where people reach the server, as `https://console.example.org`; needed behind a proxy with TLS.
    #[arg(long, env = "MANTIK_PUBLIC_URL")]
    pub public_url: Option<Origin>,
    /// A further host name that is served, without port; may be given several times.
    #[arg(long = "host", env = "MANTIK_HOSTS", value_delimiter = ',')]
    pub hosts: Vec<String>,
    /// A proxy whose `X-Forwarded-For` is believed; may be given several times.
    #[arg(long = "trusted-proxy", env = "MANTIK_TRUSTED_PROXIES", value_delimiter = ',')]
    pub proxies: Vec<IpAddr>,
    /// A host and port that may be asked for people though it is not of the public internet, as `unicore.internal:8080`;
    /// may be given several times.
    #[arg(long = "allow-egress", env = "MANTIK_ALLOW_EGRESS", value_delimiter = ',')]
    pub allow_egress: Vec<HostPort>,
    /// Executes runs on this machine, whose backend config says `Local`, and serves models whose deployment says so. They
    /// run as the server's own user: whoever may submit runs or deploy models can then do what that user can, so this is
    /// for servers whose users are trusted.
    #[arg(long, env = "MANTIK_LOCAL_EXECUTOR")]
    pub local_executor: bool,
    /// How many runs are executed on this machine at once.
    #[arg(long, env = "MANTIK_LOCAL_JOBS", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub local_jobs: u16,
    /// How many deployed models are served on this machine at once.
    #[arg(long, env = "MANTIK_LOCAL_MODELS", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub local_models: u16,
    /// How many GiB the artifacts and images of one project may have in all; 0 sets no limit.
    #[arg(long, env = "MANTIK_PROJECT_QUOTA", default_value_t = 1024, value_parser = clap::value_parser!(u32))]
    pub project_quota: u32,
    /// How many connections one address may have open; this machine may have as many as it likes.
    #[arg(long, env = "MANTIK_CONNECTIONS_PER_ADDRESS", default_value_t = 64)]
    pub connections_per_address: usize,
    /// Serves the console from this folder instead of the one in the program.
    #[arg(long, env = "MANTIK_DIST")]
    pub dist: Option<PathBuf>,
    /// Fills an empty database with demonstration data, and prints a link that opens it signed in.
    #[arg(long, env = "MANTIK_DEMO")]
    pub demo: bool,
    /// How the log is written.
    #[arg(long, env = "MANTIK_LOG_FORMAT", value_enum, default_value = "text")]
    pub log_format: LogFormat,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: a JSON object a line.
    Json,
}

impl Storage {
    /// The database, by default a file in the data folder.
    #[must_use]
    pub fn database(&self) -> DatabaseUrl {
        self.database_url.clone().unwrap_or_else(|| DatabaseUrl::Sqlite(self.data.join("mantik.sqlite")))
    }
}

impl Config {
    /// What the requests need of it.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let mut hosts: Vec<String> = self.hosts.iter().map(|host| host.trim().to_ascii_lowercase()).collect();
        if !self.listen.is_unspecified() {
            hosts.push(bracketed(self.listen));
        }
        Settings {
            public_url: self.public_url.clone(),
            hosts,
            proxies: self.proxies.clone(),
            dist: self.dist.clone(),
            data: self.storage.data.clone(),
            allow_egress: self.allow_egress.clone(),
            local_jobs: self.local_executor.then_some(self.local_jobs.into()),
            local_models: self.local_executor.then_some(self.local_models.into()),
            quota: (self.project_quota > 0).then_some(u64::from(self.project_quota) * GIBIBYTE),
        }
    }

    /// Where a browser on this machine reaches the server, once it listens on `port`.
    #[must_use]
    pub fn address(&self, port: u16) -> String {
        match &self.public_url {
            Some(origin) => origin.as_str().to_owned(),
            None if self.listen.is_unspecified() => format!("http://localhost:{port}"),
            None => format!("http://{}:{port}", bracketed(self.listen)),
        }
    }
}

impl Config {
    /// Where programs on this machine reach the server, once it listens on `port`.
    #[must_use]
    pub fn own_address(&self, port: u16) -> String {
        let host = if self.listen.is_unspecified() { "localhost".to_owned() } else { bracketed(self.listen) };
        format!("http://{host}:{port}")
    }
}

/// An address as it stands in a URL.
fn bracketed(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}
