//! Which metrics a page of charts shows: all, those of the training, or those of the machine.

use super::along::Along;
use super::sections::{Section, sections};
use super::system;

/// Which metrics a page of charts shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::features::runs) enum Which {
    /// All that there are.
    #[default]
    All,
    /// What the run measured.
    Training,
    /// What MLflow measured of the machine meanwhile.
    Machine,
}

impl Which {
    /// What the horizontal axis counts at first. MLflow counts the measurements of a machine, which says little.
    pub(super) fn along(self) -> Along {
        match self {
            Self::All | Self::Training => Along::Step,
            Self::Machine => Along::Wall,
        }
    }

    /// The names that belong here.
    pub(in crate::features::runs) fn keys<'k>(self, all: impl Iterator<Item = &'k str>) -> Vec<String> {
        let belongs = |key: &&str| match self {
            Self::All => true,
            Self::Training => !system::is_of_machine(key),
            Self::Machine => system::is_of_machine(key),
        };
        all.filter(belongs).map(str::to_owned).collect()
    }

    /// The names that hold `search`, in sections.
    pub(super) fn sections(self, keys: &[String], search: &str) -> Vec<Section> {
        let keys = keys.iter().map(String::as_str);
        match self {
            Self::All | Self::Training => sections(keys, search),
            Self::Machine => system::parts(keys, search),
        }
    }

    /// What a chart is called.
    pub(super) fn chart_title(self, key: &str) -> String {
        match self {
            Self::All | Self::Training => key.to_owned(),
            Self::Machine => system::title(key),
        }
    }
}
