//! The JSON of `models::run_table` and `models::query`.

use models::query::{Field, RunQuery};
use models::run_table::{
    ColumnContents, ColumnContentsRequest, GroupPage, GroupPageRequest, RunKeys, RunPage, RunPageRequest,
};
use serde_json::{Value, json};

use crate::support::{ID, is_mended, is_refused, label, travels};

fn query() -> Value {
    json!({
        "filter": "metrics.loss < 0.2", "groupBy": ["code", "params.seed"],
        "sort": [{"field": "metrics.loss", "descending": true}], "columns": ["tags.team", "start_time"],
    })
}

#[test]
fn a_query_is_filter_groups_order_and_columns() {
    travels::<RunQuery>(query());
    is_mended::<RunQuery>(json!({}), json!({"filter": "", "groupBy": [], "sort": [], "columns": []}));
    is_mended::<Field>(json!("metric.loss"), json!("metrics.loss"));
    is_refused::<Field>(json!("colour"), "`colour` is no property of a run");
}

#[test]
fn a_page_of_runs_is_told_by_column() {
    travels::<RunPageRequest>(json!({
        "query": query(), "within": [{"field": "code", "value": ID}, {"field": "params.seed", "value": null}],
        "offset": 100, "limit": 50, "lifecycleStage": "active",
    }));
    travels::<RunPage>(json!({
        "total": 1, "offset": 0, "runIds": [ID], "names": ["r1"], "statuses": ["RUNNING"], "startTimes": [null], "versions": [3],
        "columns": [
            {"field": "metrics.loss", "values": {"numbers": ["NaN"]}},
            {"field": "code", "values": {"texts": {"entries": [{"text": "Forecast", "id": ID}], "places": [0]}}},
            {"field": "label", "values": {"labels": {"labels": [label()], "places": [[0]]}}},
        ],
    }));
    travels::<RunPage>(json!({
        "total": 1, "offset": 0, "runIds": [ID], "names": ["r1"], "statuses": ["RUNNING"], "startTimes": [null],
        "versions": [3], "projectIds": [ID], "columns": [],
    }));
}

#[test]
fn groups_come_with_their_aggregates() {
    travels::<GroupPageRequest>(json!({
        "query": query(), "within": [], "offset": 0, "limit": 50, "lifecycleStage": "deleted",
    }));
    travels::<GroupPage>(json!({
        "total": 1, "totalRuns": 3, "offset": 0,
        "groups": [{
            "key": {"field": "code", "value": ID}, "title": "Forecast",
            "runs": {"scheduled": 0, "running": 1, "finished": 2, "failed": 0, "killed": 0}, "lastStartTime": 1,
            "aggregates": [{
                "field": "metrics.loss", "count": 2, "nNotFinite": 1, "mean": 0.5, "standardDeviation": 0.25, "min": 0.25,
                "max": 0.75,
            }],
        }],
    }));
    travels::<RunKeys>(json!({"metrics": [{"key": "loss", "runs": 3}], "parameters": []}));
}

#[test]
fn columns_are_empty_the_same_or_differing() {
    travels::<ColumnContentsRequest>(json!({"query": query(), "lifecycleStage": "active"}));
    travels::<ColumnContents>(json!({"total": 3, "columns": [
        {"field": "params.seed", "content": "empty"}, {"field": "status", "content": "same"},
        {"field": "metrics.loss", "content": "differing"},
    ]}));
}
