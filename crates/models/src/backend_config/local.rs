//! What a run gets of the server's own machine.

use std::time::Duration;

use super::read::{Findings, Section};
use super::resources::{Resources, is_amount_with_unit, is_runtime};

/// What can be asked of the server's own machine, under the key `Local`.
const KEYS: [&str; 3] = ["Runtime", "CPUsPerNode", "MemoryPerNode"];

impl Resources {
    /// How long a run on the server's own machine may take where nothing is said.
    pub const LOCAL_RUNTIME: Duration = Duration::from_secs(24 * 3600);

    /// Reads what stands under `Local`; what does not, may stand under `Resources`, as for other machines.
    pub(super) fn read_local(root: &Section<'_>, findings: &mut Findings) -> Option<Self> {
        let local = root.section("Local", findings)?;
        local.warn_of_unknown(&KEYS, findings);
        let mut resources = Self::of_this_machine(&local, findings);
        if let Some(section) = root.section("Resources", findings) {
            let others = Self::of_this_machine(&section, findings);
            for key in section.besides(&KEYS).keys() {
                findings.warning(&section.at(key), "on the server's own machine this has no effect");
            }
            resources.runtime = resources.runtime.or(others.runtime);
            resources.cpus_per_node = resources.cpus_per_node.or(others.cpus_per_node);
            resources.memory_per_node = resources.memory_per_node.or(others.memory_per_node);
        }
        Some(resources)
    }

    fn of_this_machine(section: &Section<'_>, findings: &mut Findings) -> Self {
        let resources = Self {
            runtime: section.text("Runtime", findings),
            cpus_per_node: section.count("CPUsPerNode", findings),
            memory_per_node: section.text("MemoryPerNode", findings),
            ..Self::default()
        };
        if resources.runtime.is_some() && resources.seconds().is_none() {
            let message = "use one number with one unit, such as 45s, 30m, 12h or 1d; 0 is without a limit";
            findings.problem(&section.at("Runtime"), message);
        }
        if resources.memory_per_node.is_some() && resources.memory().is_none() {
            let message = "use a number of MiB, or one with a unit, such as 512MiB or 10GiB";
            findings.problem(&section.at("MemoryPerNode"), message);
        }
        if resources.cpus_per_node == Some(0) {
            findings.problem(&section.at("CPUsPerNode"), "use 1 or more");
        }
        resources
    }

    /// After what time a run on the server's own machine is ended; `None` for never.
    #[must_use]
    pub fn wall_limit(&self) -> Option<Duration> {
        match self.seconds() {
            Some(0) => None,
            Some(seconds) => Some(Duration::from_secs(seconds)),
            None => Some(Self::LOCAL_RUNTIME),
        }
    }

    /// The run time in seconds; `None` where none is said, or in a form that is not known here.
    #[must_use]
    pub fn seconds(&self) -> Option<u64> {
        let text = self.runtime.as_deref()?.trim();
        if !is_runtime(text) {
            return None;
        }
        let digits = text.trim_end_matches(['s', 'm', 'h', 'd']);
        let unit = match text.chars().last() {
            Some('d') => 86_400,
            Some('h') => 3_600,
            Some('m') => 60,
            _ => 1,
        };
        digits.parse::<u64>().ok()?.checked_mul(unit)
    }

    /// How much memory each process of a run on the server's own machine may have, in bytes; `None` for any amount.
    #[must_use]
    pub fn memory(&self) -> Option<u64> {
        let text = self.memory_per_node.as_deref()?.trim();
        let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let unit = text.get(digits.len()..).unwrap_or_default();
        if !unit.is_empty() && !is_amount_with_unit(text) {
            return None;
        }
        let (two, ten) = (1024_u64, 1000_u64);
        let base = if unit.ends_with("iB") || unit.len() < 2 { two } else { ten };
        let power = match unit.chars().next() {
            Some('k' | 'K') => 1,
            None | Some('M') => 2,
            Some('G') => 3,
            Some('T') => 4,
            Some(_) => 0,
        };
        digits.parse::<u64>().ok().filter(|amount| *amount > 0)?.checked_mul(base.pow(power))
    }
}
