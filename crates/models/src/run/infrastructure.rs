//! Where a run was executed, and what from.

use serde::{Deserialize, Serialize};

/// The machine that a run ran on, as the `mantik` client describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct RunInfrastructure {
    /// The operating system.
    pub os: String,
    /// How many CPU cores it has.
    pub cpu_cores: Option<u32>,
    /// How many GPUs it has.
    pub gpu_count: Option<u32>,
    /// The GPUs.
    pub gpu_info: Vec<GpuInfo>,
    /// Its name in the network.
    pub hostname: String,
    /// Its memory as text with a unit, such as `23.54 GB`.
    pub memory_gb: String,
    /// The platform, as Python names it.
    pub platform: String,
    /// The processor, as Python names it; may be empty.
    pub processor: String,
    /// The version of Python.
    pub python_version: String,
    /// The way to Python.
    pub python_executable: String,
}

/// A GPU; all texts are as its driver words them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct GpuInfo {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// The version of its driver.
    pub driver: String,
    /// Its memory, with a unit.
    pub total_memory: String,
}

/// The notebook that a run was started from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NoteBookSource {
    /// Where it lies.
    pub location: String,
    /// Its git commit, or a sentence that says why there is none.
    pub version: Option<String>,
    /// `Jupyter` or `Colab`.
    pub provider: String,
}
