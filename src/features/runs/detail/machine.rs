//! The machine that a run ran on.

use std::sync::Arc;

use leptos::prelude::*;
use models::run::{GpuInfo, Run, RunInfrastructure};

use crate::ui::{Fact, KeyValue, Panel};

/// The machine that the run ran on, and the notebook that it was started from; nothing when neither is known.
#[component]
pub(super) fn Machine(#[prop(into)] run: Signal<Arc<Run>>) -> impl IntoView {
    let facts = Memo::new(move |_| {
        let run = run.read();
        let mut facts = run.infrastructure.as_ref().map(facts).unwrap_or_default();
        if let Some(notebook) = &run.notebook_source {
            facts.push(("Notebook", format!("{} ({})", notebook.location, notebook.provider)));
        }
        facts
    });
    let fact = |(name, value): (&'static str, String)| view! { <Fact name>{value}</Fact> };
    view! {
        <Show when=move || !facts.read().is_empty()>
            <Panel title="Infrastructure">
                <KeyValue>{move || facts.get().into_iter().map(fact).collect_view()}</KeyValue>
            </Panel>
        </Show>
    }
}

/// What is known of the machine, by name.
fn facts(machine: &RunInfrastructure) -> Vec<(&'static str, String)> {
    let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
    let gpus: Vec<_> = machine.gpu_info.iter().map(gpu).collect();
    let facts = [
        ("Host", machine.hostname.clone()),
        ("System", if machine.platform.is_empty() { machine.os.clone() } else { machine.platform.clone() }),
        ("Processor", machine.processor.clone()),
        ("CPU cores", count(machine.cpu_cores)),
        ("Memory", machine.memory_gb.clone()),
        ("GPUs", if gpus.is_empty() { count(machine.gpu_count) } else { gpus.join(", ") }),
        ("Python", machine.python_version.clone()),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn gpu(gpu: &GpuInfo) -> String {
    if gpu.total_memory.is_empty() {
        gpu.name.clone()
    } else {
        format!("{} ({})", gpu.name, gpu.total_memory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_told() {
        let gpu = GpuInfo { name: "A100".to_owned(), total_memory: "40 GB".to_owned(), ..GpuInfo::default() };
        let machine = RunInfrastructure {
            hostname: "node7".to_owned(),
            cpu_cores: Some(64),
            gpu_count: Some(2),
            gpu_info: vec![gpu.clone(), gpu],
            ..RunInfrastructure::default()
        };
        let expected = [("Host", "node7"), ("CPU cores", "64"), ("GPUs", "A100 (40 GB), A100 (40 GB)")];
        assert_eq!(facts(&machine), expected.map(|(name, value)| (name, value.to_owned())));
        assert!(facts(&RunInfrastructure::default()).is_empty());
    }
}
