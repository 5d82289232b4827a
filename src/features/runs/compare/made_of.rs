//! What runs were made of and how they went, as rows. Pure.

use models::comparison::Comparison;
use models::run::{Run, RunInfrastructure};
use models::time::UnixMillis;

use super::facts::{COMMIT, Fact, Topic};
use crate::ui::time;
use crate::widgets::status_title;

/// How moments are written.
#[derive(Clone, Copy)]
pub(super) struct Describe {
    pub(super) moment: fn(UnixMillis) -> String,
}

/// A value of a run, as text.
type Value = fn(&Run) -> Option<String>;

/// What is told of each run besides what it logged.
const ROWS: [(Topic, &str, Value); 18] = [
    (Topic::Code, "Repository", |run| Some(run.code_repository.as_ref()?.code_repository_name.clone())),
    (Topic::Code, "Branch", |run| run.branch.clone()),
    (Topic::Code, COMMIT, |run| run.commit.clone()),
    (Topic::Code, "Entry point", |run| run.entry_point.clone()),
    (Topic::Data, "Repository", |run| Some(run.data_repository.as_ref()?.data_repository_name.clone())),
    (Topic::Data, "Branch", |run| run.data_branch.clone()),
    (Topic::Data, "Version", |run| run.data_commit.clone()),
    (Topic::Environment, "Host", |run| machine(run, |machine| machine.hostname.clone())),
    (Topic::Environment, "System", |run| machine(run, |machine| machine.platform.clone())),
    (Topic::Environment, "Processor", |run| machine(run, |machine| machine.processor.clone())),
    (Topic::Environment, "CPU cores", |run| machine(run, |machine| count(machine.cpu_cores))),
    (Topic::Environment, "Memory", |run| machine(run, |machine| machine.memory_gb.clone())),
    (Topic::Environment, "GPUs", |run| machine(run, gpus)),
    (Topic::Environment, "Python", |run| machine(run, |machine| machine.python_version.clone())),
    (Topic::Resources, "Compute budget", |run| run.compute_budget_account.clone()),
    (Topic::Run, "Status", |run| Some(status_title(run.status).to_owned())),
    (Topic::Run, "Experiment", |run| Some(run.experiment_repository.name.clone())),
    (Topic::Run, "User", |run| Some(run.user.name.clone())),
];

/// The rows on code, data, machine and course of the runs.
pub(super) fn made_of(comparison: &Comparison, describe: Describe) -> Vec<Fact> {
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    let each = |value: &dyn Fn(&Run) -> Option<String>| {
        comparison.runs.iter().map(|run| value(run).and_then(filled)).collect::<Vec<_>>()
    };
    let mut facts: Vec<_> =
        ROWS.iter().map(|(topic, name, value)| Fact::text(*topic, *name, each(value))).collect();
    let inputs = comparison.inputs.iter().map(|inputs| {
        let named: Vec<_> = inputs.iter().map(|input| format!("{} ({})", input.name, input.digest)).collect();
        filled(named.join(", "))
    });
    facts.push(Fact::text(Topic::Data, "Data sets", inputs.collect()));
    let started = each(&|run| run.start_time.map(describe.moment));
    facts.push(Fact::text(Topic::Run, "Started", started));
    let took = each(&|run| {
        let took = run.end_time?.millis_since(run.start_time?);
        Some(time::duration(took.unsigned_abs()))
    });
    facts.push(Fact::text(Topic::Run, "Duration", took));
    facts
}

fn machine(run: &Run, value: fn(&RunInfrastructure) -> String) -> Option<String> {
    run.infrastructure.as_ref().map(value)
}

fn count(count: Option<u32>) -> String {
    count.map(|count| count.to_string()).unwrap_or_default()
}

fn gpus(machine: &RunInfrastructure) -> String {
    let names: Vec<_> = machine.gpu_info.iter().map(|gpu| gpu.name.as_str()).collect();
    if names.is_empty() { count(machine.gpu_count) } else { names.join(", ") }
}
