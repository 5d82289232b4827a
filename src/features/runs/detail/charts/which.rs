//! Which metrics a page of charts shows: those of the training, or those of the machine.

use leptos::prelude::*;

use super::points::Along;
use super::system;
use crate::features::runs::sections::{Section, sections};
use crate::ui::{CodeBlock, Empty, IconName};

const LOG_A_METRIC: &str = "mlflow.log_metric(\"train/loss\", 0.42, step=100)";
const LOG_THE_MACHINE: &str =
    "mlflow.enable_system_metrics_logging()  # needs psutil, and nvidia-ml-py for GPUs";

/// Which metrics a page of charts shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::features::runs::detail) enum Which {
    /// What the run measured.
    Training,
    /// What MLflow measured of the machine meanwhile.
    Machine,
}

impl Which {
    /// What the horizontal axis counts at first. MLflow counts the measurements of a machine, which says little.
    pub(super) fn along(self) -> Along {
        match self {
            Self::Training => Along::Steps,
            Self::Machine => Along::Time,
        }
    }

    /// The names that belong here.
    pub(super) fn keys<'k>(self, all: impl Iterator<Item = &'k str>) -> Vec<String> {
        let is_machine = self == Self::Machine;
        all.filter(|key| system::is_of_machine(key) == is_machine).map(str::to_owned).collect()
    }

    /// The names that hold `search`, in sections.
    pub(super) fn sections(self, keys: &[String], search: &str) -> Vec<Section> {
        let keys = keys.iter().map(String::as_str);
        match self {
            Self::Training => sections(keys, search),
            Self::Machine => system::parts(keys, search),
        }
    }

    /// What a chart is called.
    pub(super) fn chart_title(self, key: &str) -> String {
        match self {
            Self::Training => key.to_owned(),
            Self::Machine => system::title(key),
        }
    }

    /// What stands where there are none.
    pub(super) fn nothing(self) -> AnyView {
        match self {
            Self::Training => view! {
                <Empty icon=IconName::ChartLine title="No metrics yet" text="A metric that is logged with its step becomes a chart, which grows while the run goes on.">
                    <CodeBlock title="Python" code=LOG_A_METRIC/>
                </Empty>
            }
            .into_any(),
            Self::Machine => view! {
                <Empty icon=IconName::Server title="No system metrics" text="MLflow can log how busy processors, memory, GPUs, disks and the network are while a run goes on. Switch it on before the run starts.">
                    <CodeBlock title="Python" code=LOG_THE_MACHINE/>
                </Empty>
            }
            .into_any(),
        }
    }
}
