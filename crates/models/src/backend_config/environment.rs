//! What surrounds the command of a run: a container, a virtual environment, modules, variables, further commands.

use std::collections::BTreeMap;

use super::config::ComputeSystem;
use super::read::{Findings, Section};
use crate::macros::open_enum;

/// What surrounds the command of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// Where the command itself is executed.
    pub execution: Execution,
    /// The modules that are loaded before everything else.
    pub modules: Vec<String>,
    /// Variables of the environment; the server's own `MLFLOW_…` are added.
    pub variables: BTreeMap<String, String>,
    /// Before the run on the login node, each only when the one before it has succeeded; UNICORE only.
    pub pre_run_on_login_node: Vec<String>,
    /// After the run on the login node; UNICORE only.
    pub post_run_on_login_node: Vec<String>,
    /// Before the run on the compute node, one after the other: only a failure of the last one stops the run.
    pub pre_run_on_compute_node: Vec<String>,
    /// After the run on the compute node, one after the other.
    pub post_run_on_compute_node: Vec<String>,
}

/// Where the command is executed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Execution {
    /// On the machine as it is.
    #[default]
    Plain,
    /// In a container.
    Apptainer(Apptainer),
    /// In a virtual environment of Python.
    Python {
        /// The absolute path of its folder.
        path: String,
    },
}

/// A container of Apptainer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apptainer {
    /// The path of the image. A relative one begins at the folder of the MLproject file.
    pub path: String,
    /// Where the image is.
    pub image_type: ImageType,
    /// Options for `apptainer run`.
    pub options: Vec<String>,
}

open_enum! {
    /// Where an image is.
    ImageType {
        /// With the code; it is uploaded.
        Local = "local",
        /// On the machine, at an absolute path.
        Remote = "remote",
    }
}

const KEYS: [&str; 8] = [
    "Apptainer",
    "Python",
    "Modules",
    "Variables",
    "PreRunCommandOnLoginNode",
    "PostRunCommandOnLoginNode",
    "PreRunCommandOnComputeNode",
    "PostRunCommandOnComputeNode",
];

/// What the server's own machine does not do.
const NOT_LOCAL: [&str; 6] = [
    "Apptainer",
    "Modules",
    "PreRunCommandOnLoginNode",
    "PostRunCommandOnLoginNode",
    "PreRunCommandOnComputeNode",
    "PostRunCommandOnComputeNode",
];
const WITHOUT: &str = "on the server's own machine runs have no containers, modules or further commands";

impl Environment {
    pub(super) fn read(section: &Section<'_>, findings: &mut Findings) -> Self {
        section.warn_of_unknown(&KEYS, findings);
        Self {
            execution: Execution::read(section, findings),
            modules: section.texts("Modules", findings),
            variables: section
                .section("Variables", findings)
                .map(|variables| variables.texts_by_key(findings).into_iter().collect())
                .unwrap_or_default(),
            pre_run_on_login_node: section.texts("PreRunCommandOnLoginNode", findings),
            post_run_on_login_node: section.texts("PostRunCommandOnLoginNode", findings),
            pre_run_on_compute_node: section.texts("PreRunCommandOnComputeNode", findings),
            post_run_on_compute_node: section.texts("PostRunCommandOnComputeNode", findings),
        }
    }

    /// Notes what `system` cannot execute.
    pub(super) fn check_commands(section: &Section<'_>, system: &ComputeSystem, findings: &mut Findings) {
        if *system == ComputeSystem::Local {
            for key in section.present(&NOT_LOCAL) {
                findings.problem(&section.at(key), format!("leave out `{key}`: {WITHOUT}"));
            }
            return;
        }
        for key in section.present(&["PreRunCommandOnLoginNode", "PostRunCommandOnLoginNode"]) {
            match system {
                ComputeSystem::Unicore { .. } => {}
                ComputeSystem::Firecrest { .. } => {
                    findings.problem(
                        &section.at(key),
                        "Pre-/PostRunCommandOnLoginNode not supported by firecREST",
                    );
                }
                ComputeSystem::Ssh { .. } => {
                    findings.warning(&section.at(key), "over SSH this command is not executed");
                }
                ComputeSystem::Local => {}
            }
        }
    }
}

impl Execution {
    fn read(section: &Section<'_>, findings: &mut Findings) -> Self {
        match section.present(&["Apptainer", "Python"]).as_slice() {
            [] => Self::Plain,
            ["Python"] => Self::Python { path: python_path(section, findings) },
            [_] => section
                .section("Apptainer", findings)
                .map_or(Self::Plain, |apptainer| Self::Apptainer(Apptainer::read(&apptainer, findings))),
            found => {
                findings.problem(
                    section.path(),
                    format!(
                        "Only one execution environment is allowed, but in config these have been found: '{}'.",
                        found.join("', '")
                    ),
                );
                Self::Plain
            }
        }
    }
}

fn python_path(section: &Section<'_>, findings: &mut Findings) -> String {
    let path = match section.get("Python").is_some_and(serde_json::Value::is_object) {
        true => section.section("Python", findings).and_then(|python| python.required_text("Path", findings)),
        false => section.text("Python", findings),
    };
    let path = path.unwrap_or_default();
    if !path.is_empty() && !path.starts_with('/') {
        findings.problem(
            &section.at("Python"),
            format!("The given path to the Python Venv must be absolute. The given path is: '{path}'."),
        );
    }
    path
}

impl Apptainer {
    fn read(section: &Section<'_>, findings: &mut Findings) -> Self {
        section.warn_of_unknown(&["Path", "Type", "Options"], findings);
        let path = section.required_text("Path", findings).unwrap_or_default();
        let image_type = section.text("Type", findings).unwrap_or_else(|| "local".to_owned());
        let image_type = ImageType::from(image_type.to_ascii_lowercase());
        match &image_type {
            ImageType::Local => {}
            ImageType::Remote if path.is_empty() || path.starts_with('/') => {}
            ImageType::Remote => findings.problem(
                &section.at("Path"),
                format!(
                    "If image type 'remote' is given for an Apptainer image, the given path must be absolute. \
                     The given path is: '{path}'."
                ),
            ),
            ImageType::Unknown(unknown) => findings.problem(
                &section.at("Type"),
                format!(
                    "The given Apptainer image type '{unknown}' is not supported, the supported ones are: \
                     'local', 'remote'."
                ),
            ),
        }
        Self { path, image_type, options: section.texts("Options", findings) }
    }
}
