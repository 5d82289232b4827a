//! What a machine must offer to a run or a deployment.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;

use super::read::{Findings, Section};
use crate::lenient::JsonObject;

/// What a machine must offer. The keys on the wire are those of the backend config, such as `CPUsPerNode`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "PascalCase")]
pub struct Resources {
    /// The queue, in Slurm's words the partition.
    pub queue: String,
    /// How long a run may take: a number with one unit, such as `30m`, `12h` or `1d`; or `0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime: Option<String>,
    /// How many nodes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nodes: Option<u32>,
    /// How many CPUs on all nodes together.
    #[serde(rename = "TotalCPUs", skip_serializing_if = "Option::is_none")]
    pub total_cpus: Option<u32>,
    /// How many CPUs on each node.
    #[serde(rename = "CPUsPerNode", skip_serializing_if = "Option::is_none")]
    pub cpus_per_node: Option<u32>,
    /// How many GPUs on each node.
    #[serde(rename = "GPUsPerNode", skip_serializing_if = "Option::is_none")]
    pub gpus_per_node: Option<u32>,
    /// How much memory on each node: for UNICORE with a unit, such as `10GiB`; else a whole number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_per_node: Option<String>,
    /// A reservation that the site has granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation: Option<String>,
    /// Which nodes will do, in the site's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_constraints: Option<String>,
    /// The quality of service, in the site's words.
    #[serde(rename = "QoS", skip_serializing_if = "Option::is_none")]
    pub qos: Option<String>,
    /// What else was written; kept, and without effect.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub others: JsonObject,
}

const KEYS: [&str; 10] = [
    "Queue",
    "Runtime",
    "Nodes",
    "TotalCPUs",
    "CPUsPerNode",
    "GPUsPerNode",
    "MemoryPerNode",
    "Reservation",
    "NodeConstraints",
    "QoS",
];

impl Resources {
    pub(super) fn read(section: &Section<'_>, findings: &mut Findings) -> Self {
        section.warn_of_unknown(&KEYS, findings);
        Self {
            queue: section.required_text("Queue", findings).unwrap_or_default(),
            runtime: section.text("Runtime", findings),
            nodes: section.count("Nodes", findings),
            total_cpus: section.count("TotalCPUs", findings),
            cpus_per_node: section.count("CPUsPerNode", findings),
            gpus_per_node: section.count("GPUsPerNode", findings),
            memory_per_node: section.text("MemoryPerNode", findings),
            reservation: section.text("Reservation", findings),
            node_constraints: section.text("NodeConstraints", findings),
            qos: section.text("QoS", findings),
            others: section.besides(&KEYS),
        }
    }

    /// Notes formats that the script for Slurm cannot hold, and those that UNICORE may not understand.
    pub(super) fn check_formats(&self, section: &Section<'_>, unicore: bool, findings: &mut Findings) {
        if self.runtime.as_deref().is_some_and(|runtime| !is_runtime(runtime)) {
            let message = "use one number with one unit, such as 45s, 30m, 12h or 1d";
            note(section.at("Runtime"), message, unicore, findings);
        }
        let Some(memory) = self.memory_per_node.as_deref() else { return };
        match memory.trim().parse::<i64>() {
            Ok(amount) if amount < 0 => {
                findings.warning(&section.at("MemoryPerNode"), "a negative amount is left out");
            }
            Ok(_) => {}
            Err(_) if unicore && is_amount_with_unit(memory) => {}
            Err(_) if unicore => {
                note(section.at("MemoryPerNode"), "use a number with a unit, such as 10GiB", true, findings);
            }
            Err(_) => note(section.at("MemoryPerNode"), "use a whole number without a unit", false, findings),
        }
    }
}

/// A problem, or for UNICORE, which may understand more than is known here, a warning.
fn note(field: String, message: &str, unicore: bool, findings: &mut Findings) {
    if unicore {
        findings.warning(&field, format!("{message}; the site may refuse this"));
    } else {
        findings.problem(&field, message);
    }
}

pub(super) fn is_runtime(text: &str) -> bool {
    let is_number = |digits: &str| !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit());
    text == "0" || text.strip_suffix(['s', 'm', 'h', 'd']).is_some_and(is_number)
}

pub(super) fn is_amount_with_unit(text: &str) -> bool {
    let unit = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let prefix = unit.trim_end_matches('B').trim_end_matches('i');
    unit.len() < text.len() && matches!(prefix, "" | "k" | "K" | "M" | "G" | "T")
}

impl<'de> Deserialize<'de> for Resources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let mut findings = Findings::default();
        let resources = Section::new("resources".to_owned(), &value, &mut findings)
            .map(|section| Self::read(&section, &mut findings));
        match (resources, findings.problems.first()) {
            (Some(resources), None) => Ok(resources),
            (_, Some(problem)) => Err(D::Error::custom(&problem.msg)),
            (None, None) => Err(D::Error::custom("expected an object")),
        }
    }
}
