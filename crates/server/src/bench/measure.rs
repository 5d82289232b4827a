//! Times the questions that the table of runs asks.

use anyhow::Result;
use models::id::ProjectId;
use models::run_table::{GroupKey, GroupPageRequest, RunPageRequest};
use serde_json::{Value, json};
use std::time::Instant;

use crate::store::Store;

/// How often each question is asked; the first answers fill the caches and do not count.
const N_TIMES: usize = 25;
const N_WARM_UP: usize = 4;

/// Asks each question of the table many times; prints the median and the 95th percentile in milliseconds.
///
/// # Errors
/// When a question cannot be answered.
pub async fn measure(store: &Store, project: ProjectId) -> Result<()> {
    let shown = json!([
        "name",
        "status",
        "user",
        "code",
        "data",
        "experiment",
        "metrics.metric_0",
        "metrics.metric_1",
        "params.parameter_0",
        "params.parameter_1"
    ]);
    let page = |query: Value| json!({"query": query, "limit": 100});
    let pages = [
        ("newest 100 runs", page(json!({"columns": shown}))),
        ("sorted by a metric", page(json!({"columns": shown, "sort": [{"field": "metrics.metric_3"}]}))),
        (
            "filtered by a metric, sorted by another",
            page(
                json!({"columns": shown, "filter": "metrics.metric_4 < 0.1", "sort": [{"field": "metrics.metric_3"}]}),
            ),
        ),
        ("filtered by a parameter", page(json!({"columns": shown, "filter": "params.parameter_1 = '7'"}))),
        ("the last page", json!({"query": {"columns": shown}, "offset": 900, "limit": 100})),
    ];
    for (name, request) in pages {
        let request: RunPageRequest = serde_json::from_value(request)?;
        report(name, async || store.run_page(project, &request).await.map(drop)).await?;
    }
    let query =
        json!({"groupBy": ["data_version", "commit"], "columns": ["metrics.metric_0", "metrics.metric_1"]});
    let outer: GroupPageRequest = serde_json::from_value(json!({"query": query}))?;
    report("grouped by data version", async || store.group_page(project, &outer).await.map(drop)).await?;
    let opened = store.group_page(project, &outer).await?.groups;
    let within: Vec<GroupKey> = opened.into_iter().take(1).map(|group| group.key).collect();
    let inner = GroupPageRequest { within, ..outer };
    report("a group opened, by commit", async || store.group_page(project, &inner).await.map(drop)).await?;
    report("what was logged, with counts", async || store.run_keys(project).await.map(drop)).await?;
    report("how many runs, by status", async || store.run_counts(project).await.map(drop)).await
}

async fn report<E: Into<anyhow::Error>>(name: &str, ask: impl AsyncFn() -> Result<(), E>) -> Result<()> {
    let mut millis = Vec::with_capacity(N_TIMES);
    for n in 0..N_WARM_UP + N_TIMES {
        let begin = Instant::now();
        ask().await.map_err(Into::into)?;
        if n >= N_WARM_UP {
            millis.push(begin.elapsed().as_secs_f64() * 1000.0);
        }
    }
    millis.sort_by(f64::total_cmp);
    let at = |share: usize| millis.get(N_TIMES * share / 100).copied().unwrap_or_default();
    println!("{name:<42} {:>9.2} ms {:>9.2} ms", at(50), at(95));
    Ok(())
}
