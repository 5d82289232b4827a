//! What the table of runs asks of the server, and how soon it is answered.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::http::{Client, Question};
use super::process::{Process, free_port};

/// How often each question is asked after the first time.
const N_TIMES: usize = 9;
/// How long an answer may take, in milliseconds.
const GOAL: f64 = 500.0;

/// Starts the server on a folder that was filled, with these words about its database, and prints for each question how long the first answer took, and the
/// median and the longest of the next; in milliseconds.
///
/// # Errors
/// When the server does not start, or refuses a question.
pub(super) fn measure(program: &Path, data: &Path, storage: &[&str]) -> Result<()> {
    let note = std::fs::read_to_string(data.join("bench.json"))?;
    let seeded: Value = serde_json::from_str(&note)?;
    let text =
        |key: &str| seeded.get(key).and_then(Value::as_str).context("bench.json is of another version");
    let runs = seeded.get("runs").and_then(Value::as_u64).unwrap_or_default();
    let port = free_port()?;
    let mut command = Command::new(program);
    command.arg("serve").arg("--data").arg(data).args(["--port", &port.to_string()]).args(storage);
    let server = Process::start(command, port, "/ready", &data.join("server.log"))?;
    let idle = server.megabytes()?;
    let mut client = Client::connect(server.port, Some(text("token")?))?;
    println!("\n{:<44} {:>9} {:>9} {:>9}", format!("{runs} runs (ms)"), "first", "median", "longest");
    for (name, question) in questions(text("projectId")?, runs) {
        report(&mut client, name, &question)?;
    }
    println!("{:<44} {:>9.0} ms", "start to first answer", server.start_up.as_secs_f64() * 1000.0);
    println!("{:<44} {idle:>9.0} MB idle, {:.0} MB after these questions", "memory", server.megabytes()?);
    Ok(())
}

fn report(client: &mut Client, name: &str, question: &Question) -> Result<()> {
    let mut times = Vec::with_capacity(N_TIMES);
    let first = timed(client, question)?;
    for _ in 0..N_TIMES {
        times.push(timed(client, question)?);
    }
    times.sort_by(f64::total_cmp);
    let median = times.get(N_TIMES / 2).copied().unwrap_or_default();
    let longest = times.last().copied().unwrap_or_default();
    let verdict = if first.max(longest) <= GOAL { "reached" } else { "not reached" };
    println!("{name:<44} {first:>9.1} {median:>9.1} {longest:>9.1}  (at most {GOAL}: {verdict})");
    Ok(())
}

fn timed(client: &mut Client, question: &Question) -> Result<f64> {
    let begin = Instant::now();
    client.ask(question)?;
    Ok(begin.elapsed().as_secs_f64() * 1000.0)
}

fn questions(project: &str, runs: u64) -> Vec<(&'static str, Question)> {
    let page = |offset: u64, filter: &str, sort: &str| {
        let sort: Vec<Value> = if sort.is_empty() { Vec::new() } else { vec![json!({"field": sort})] };
        let query = json!({"columns": SHOWN, "filter": filter, "sort": sort});
        let body = json!({"query": query, "offset": offset, "limit": 100});
        Question::post(format!("/api/projects/{project}/runs/search"), body)
    };
    let groups = |keys: &[&str], opened: &[&str]| {
        let query = json!({"columns": ["metrics.metric_0", "metrics.metric_1"], "groupBy": keys});
        let key = |(field, value): (&&str, &&str)| json!({"field": field, "value": value});
        let within: Vec<Value> = keys.iter().zip(opened).map(key).collect();
        Question::post(
            format!("/api/projects/{project}/runs/groups"),
            json!({"query": query, "within": within}),
        )
    };
    let last = runs.saturating_sub(100);
    vec![
        ("newest 100", page(0, "", "")),
        ("in the middle", page(runs / 2, "", "")),
        ("at the end", page(last, "", "")),
        ("by a metric", page(0, "", "metrics.metric_3")),
        ("by a metric, in the middle", page(runs / 2, "", "metrics.metric_3")),
        ("by a metric, at the end", page(last, "", "metrics.metric_3")),
        ("by a parameter", page(0, "", "params.parameter_2")),
        ("by duration", page(0, "", "duration")),
        ("filter on a metric, by another", page(0, "metrics.metric_4 < 0.1", "metrics.metric_3")),
        ("filter on a parameter", page(0, "params.parameter_1 = '7'", "")),
        ("filter on an attribute", page(0, "status = 'FAILED'", "")),
        ("filter on all three", page(0, COMBINED, "metrics.metric_0")),
        ("groups by data version", groups(&["data_version"], &[])),
        ("a group opened, by commit", groups(&["data_version", "commit"], &["v1"])),
        ("groups of four keys", groups(&["data_version", "commit", "experiment", "model"], &[])),
        ("what was logged, with counts", Question::get(format!("/api/projects/{project}/runs/keys"))),
        ("the project, with its runs by status", Question::get(format!("/api/projects/{project}"))),
    ]
}

const COMBINED: &str = "metrics.metric_4 < 0.3 and params.parameter_1 = '7' and status = 'FINISHED'";

const SHOWN: [&str; 10] = [
    "name",
    "status",
    "user",
    "code",
    "data",
    "experiment",
    "metrics.metric_0",
    "metrics.metric_1",
    "params.parameter_0",
    "params.parameter_1",
];
