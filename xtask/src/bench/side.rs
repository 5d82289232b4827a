//! The same work for either server, and how long it takes.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::http::{Client, Question};
use super::mlflow;
use super::process::Process;

/// How long runs are made for.
const LOGGING: Duration = Duration::from_secs(8);
const N_SEARCHES: usize = 3;

/// A server that can be started, and what it is asked by.
pub(super) struct Side {
    /// Starts it.
    pub(super) start: Box<dyn Fn() -> Result<Process>>,
    /// What the paths of its interface begin with.
    pub(super) prefix: &'static str,
    /// What lets a client in.
    pub(super) token: Option<String>,
    /// Asks for a long history, with a token of its own.
    pub(super) history: Option<(Question, Option<String>)>,
}

impl Side {
    fn post(&self, call: &str, body: Value) -> Question {
        Question::post(format!("{}/{call}", self.prefix), body)
    }
}

/// How long the work took: in milliseconds, runs a second, and megabytes.
pub(super) struct Work {
    start_up: f64,
    idle: f64,
    /// `None` when no answer came within two minutes.
    search: Option<f64>,
    history: Option<f64>,
    with_runs: f64,
    one_client: f64,
    many_clients: f64,
}

impl Work {
    /// Does everything, first with many runs, then with an empty database.
    ///
    /// # Errors
    /// When a server does not start.
    pub(super) fn of(with_runs: Side, empty: Side) -> Result<Self> {
        let server = (with_runs.start)()?;
        let idle = server.megabytes()?;
        let start_up = milliseconds(server.start_up);
        let told = |error: &anyhow::Error| eprintln!("{error:#}");
        let search = search(&with_runs, server.port).inspect_err(told).ok();
        let history = history(&with_runs, server.port).inspect_err(told).ok();
        let memory = server.megabytes()?;
        drop(server);
        let server = (empty.start)()?;
        let one_client = log(&empty, server.port, 1)?;
        let many_clients = log(&empty, server.port, 16)?;
        Ok(Self { start_up, idle, search, history, with_runs: memory, one_client, many_clients })
    }

    /// Prints ours, theirs, and the ratio.
    pub(super) fn print_beside(&self, theirs: &Self) {
        let line = |name: &str, ours: Option<f64>, theirs: Option<f64>, unit: &str, is_rate: bool| {
            let spelled = |value: Option<f64>| value.map_or("none".to_owned(), |value| format!("{value:.1}"));
            let ratio =
                ours.zip(theirs).map(|(ours, theirs)| if is_rate { ours / theirs } else { theirs / ours });
            let ratio =
                ratio.map_or("no answer in 120 s".to_owned(), |ratio| format!("{ratio:.1} times better"));
            println!("{name:<52} {:>10} {:>12} {unit:<7} {ratio}", spelled(ours), spelled(theirs));
        };
        println!("{:<52} {:>10} {:>12}", "", "ours", "theirs");
        line("search with a metric filter, by another, 100 rows", self.search, theirs.search, "ms", false);
        line("a million points reduced to 320", self.history, theirs.history, "ms", false);
        line(
            "create and log-batch, 1 client",
            Some(self.one_client),
            Some(theirs.one_client),
            "runs/s",
            true,
        );
        line(
            "create and log-batch, 16 clients",
            Some(self.many_clients),
            Some(theirs.many_clients),
            "runs/s",
            true,
        );
        line("memory after the start", Some(self.idle), Some(theirs.idle), "MB", false);
        line("memory after these questions", Some(self.with_runs), Some(theirs.with_runs), "MB", false);
        line("start to first answer", Some(self.start_up), Some(theirs.start_up), "ms", false);
    }
}

fn search(side: &Side, port: u16) -> Result<f64> {
    let mut client = Client::connect(port, side.token.as_deref())?;
    let all = side.post("experiments/search", json!({"max_results": 100}));
    let found = mlflow::read(&mut client, &all)?;
    let experiments = found.get("experiments").and_then(Value::as_array).context("no experiments")?;
    let ids: Vec<&Value> =
        experiments.iter().filter_map(|experiment| experiment.get("experiment_id")).collect();
    let question = side.post(
        "runs/search",
        json!({
            "experiment_ids": ids,
            "filter": "metrics.metric_4 < 0.1",
            "order_by": ["metrics.metric_3 ASC"],
            "max_results": 100,
        }),
    );
    median(|| client.ask(&question).map(drop))
}

fn history(side: &Side, port: u16) -> Result<f64> {
    let (question, token) = side.history.as_ref().context("there is no history")?;
    let mut client = Client::connect(port, token.as_deref())?;
    median(|| client.ask(question).map(drop))
}

/// The median of some times, after one that is not counted.
fn median(mut ask: impl FnMut() -> Result<()>) -> Result<f64> {
    ask()?;
    let mut times = Vec::with_capacity(N_SEARCHES);
    for _ in 0..N_SEARCHES {
        let begin = Instant::now();
        ask()?;
        times.push(milliseconds(begin.elapsed()));
    }
    times.sort_by(f64::total_cmp);
    times.get(N_SEARCHES / 2).copied().context("nothing was timed")
}

/// How many runs a second so many clients make, each with ten metrics, five parameters and a tag.
fn log(side: &Side, port: u16, n_clients: u32) -> Result<f64> {
    let mut client = Client::connect(port, side.token.as_deref())?;
    let new = side.post("experiments/create", json!({"name": format!("{n_clients} clients")}));
    let made = mlflow::read(&mut client, &new)?;
    let experiment = made.get("experiment_id").context("no experiment was made")?;
    let begin = Instant::now();
    let (prefix, token) = (side.prefix, side.token.as_deref());
    let n_runs = std::thread::scope(|scope| {
        let start = |_| scope.spawn(|| make_runs(prefix, token, port, experiment, begin + LOGGING));
        let clients: Vec<_> = (0..n_clients).map(start).collect();
        let count = |n_runs: Result<u32>, client: std::thread::ScopedJoinHandle<'_, Result<u32>>| {
            let own = client.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a client broke off")));
            Ok(n_runs? + own?)
        };
        clients.into_iter().fold(Ok(0), count)
    })?;
    Ok(f64::from(n_runs) / begin.elapsed().as_secs_f64())
}

fn make_runs(prefix: &str, token: Option<&str>, port: u16, experiment: &Value, end: Instant) -> Result<u32> {
    let mut client = Client::connect(port, token)?;
    let mut n_runs = 0;
    while Instant::now() < end {
        let body =
            json!({"experiment_id": experiment, "run_name": "a run", "start_time": 1_700_000_000_000_u64});
        let made = mlflow::read(&mut client, &Question::post(format!("{prefix}/runs/create"), body))?;
        let run = made.pointer("/run/info/run_id").context("no run was made")?;
        let metric = |number: u32| json!({"key": format!("metric_{number}"), "value": 0.5, "timestamp": 1_700_000_000_000_u64, "step": 0});
        let parameter = |number: u32| json!({"key": format!("parameter_{number}"), "value": "1"});
        let batch = json!({
            "run_id": run,
            "metrics": (0..10).map(metric).collect::<Vec<_>>(),
            "params": (0..5).map(parameter).collect::<Vec<_>>(),
            "tags": [{"key": "note", "value": "measured"}],
        });
        client.ask(&Question::post(format!("{prefix}/runs/log-batch"), batch))?;
        n_runs += 1;
    }
    Ok(n_runs)
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
