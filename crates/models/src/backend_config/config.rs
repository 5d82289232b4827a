//! The whole config, and whether a run can be submitted with it.

use serde_json::Value;

use super::environment::Environment;
use super::read::{Findings, Section, Warning};
use super::resources::Resources;
use crate::connection::ConnectionProvider;
use crate::problem::FieldProblem;

/// Where and how a run is executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackendConfig {
    /// The machine.
    pub system: ComputeSystem,
    /// What the machine must offer.
    pub resources: Resources,
    /// What surrounds the command.
    pub environment: Environment,
    /// Which files of the code stay behind: glob patterns, or folders that end with `/`.
    pub exclude: Vec<String>,
}

/// The machine that executes a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ComputeSystem {
    /// Behind UNICORE.
    Unicore {
        /// The REST interface of the site, such as `https://…/JUWELS/rest/core`.
        api_url: String,
    },
    /// Behind firecREST.
    Firecrest {
        /// The interface.
        api_url: String,
        /// Where it gets its tokens.
        token_url: String,
        /// The machine's name there.
        machine: String,
    },
    /// Reached over SSH; Slurm runs there.
    Ssh {
        /// The name of the login node.
        hostname: String,
        /// The port; SSH's own when absent.
        port: Option<u32>,
    },
    /// The machine of the server itself, where its operator allows that.
    Local,
}

impl BackendConfig {
    /// The machine of the server as it is.
    #[must_use]
    pub fn local() -> Self {
        Self {
            system: ComputeSystem::Local,
            resources: Resources::default(),
            environment: Environment::default(),
            exclude: Vec::new(),
        }
    }
}

const ROOT: &str = "backendConfig";
const SYSTEMS: [&str; 4] = ["UnicoreApiUrl", "Firecrest", "SSH", "Local"];

/// Reads a backend config as the `mantik` client does before it submits; the messages are the client's.
///
/// Keys that nobody reads, and formats that UNICORE may or may not take, are warnings.
///
/// # Errors
/// All problems that were found; their `loc` leads to them, such as
/// `["body", "backendConfig", "Resources", "Queue"]`.
pub fn check(config: &Value) -> Result<(BackendConfig, Vec<Warning>), Vec<FieldProblem>> {
    let mut findings = Findings::default();
    match read(config, &mut findings) {
        Some(config) if findings.problems.is_empty() => Ok((config, findings.warnings)),
        Some(_) | None => Err(findings.problems),
    }
}

/// The config, as far as it is readable; `None` only together with a problem.
fn read(config: &Value, findings: &mut Findings) -> Option<BackendConfig> {
    let root = Section::new(ROOT.to_owned(), config, findings)?;
    root.warn_of_unknown(&[&SYSTEMS[..], &["Resources", "Environment", "Exclude"]].concat(), findings);
    let system = ComputeSystem::read(&root, findings);
    let resources = if system == Some(ComputeSystem::Local) {
        Resources::read_local(&root, findings)
    } else {
        root.required_section("Resources", findings).map(|section| {
            let resources = Resources::read(&section, findings);
            if let Some(system) = &system {
                resources.check_formats(&section, matches!(system, ComputeSystem::Unicore { .. }), findings);
            }
            resources
        })
    };
    let environment = root.section("Environment", findings).map(|section| {
        if let Some(system) = &system {
            Environment::check_commands(&section, system, findings);
        }
        Environment::read(&section, findings)
    });
    if system == Some(ComputeSystem::Local) && root.get("Exclude").is_some() {
        findings.warning(&root.at("Exclude"), "on the server's own machine all files of the code are there");
    }
    if root.get("Exclude").is_some_and(Value::is_string) {
        findings.warning(
            &root.at("Exclude"),
            "write a list; the client takes a text apart into single characters",
        );
    }
    let exclude = root.texts("Exclude", findings);
    Some(BackendConfig {
        system: system?,
        resources: resources?,
        environment: environment.unwrap_or_default(),
        exclude,
    })
}

impl ComputeSystem {
    /// The provider of the connection that opens the machine; `None` for one that needs none.
    #[must_use]
    pub fn provider(&self) -> Option<ConnectionProvider> {
        match self {
            Self::Unicore { .. } => Some(ConnectionProvider::Unicore),
            Self::Firecrest { .. } => Some(ConnectionProvider::Firecrest),
            Self::Ssh { .. } => Some(ConnectionProvider::Ssh),
            Self::Local => None,
        }
    }

    fn read(root: &Section<'_>, findings: &mut Findings) -> Option<Self> {
        match root.present(&SYSTEMS).as_slice() {
            ["UnicoreApiUrl"] => {
                Some(Self::Unicore { api_url: root.required_text("UnicoreApiUrl", findings)? })
            }
            ["Firecrest"] => Self::read_firecrest(&root.section("Firecrest", findings)?, findings),
            ["SSH"] => Self::read_ssh(&root.section("SSH", findings)?, findings),
            ["Local"] => Some(Self::Local),
            found => {
                findings.problem(ROOT, wrong_number_of_systems(found));
                None
            }
        }
    }

    fn read_firecrest(section: &Section<'_>, findings: &mut Findings) -> Option<Self> {
        section.warn_of_unknown(&["ApiUrl", "TokenUrl", "Machine"], findings);
        let [api_url, token_url, machine] =
            ["ApiUrl", "TokenUrl", "Machine"].map(|key| section.required_text(key, findings));
        Some(Self::Firecrest { api_url: api_url?, token_url: token_url?, machine: machine? })
    }

    fn read_ssh(section: &Section<'_>, findings: &mut Findings) -> Option<Self> {
        section.warn_of_unknown(&["Hostname", "Port"], findings);
        let port = section.count("Port", findings);
        Some(Self::Ssh { hostname: section.required_text("Hostname", findings)?, port })
    }
}

fn wrong_number_of_systems(found: &[&str]) -> &'static str {
    match found {
        [] => "Either UnicoreApiUrl or Firecrest details must be provided",
        ["UnicoreApiUrl", "Firecrest"] => {
            "Either UnicoreApiUrl or Firecrest details must be provided, but both are given"
        }
        _ => "Either UnicoreApiUrl or Firecrest or SSH details must be provided, but not more than 1.",
    }
}
