//! A short list of runs.

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::id::{ProjectId, RunId};
use models::progress::Progress;
use models::query::{Attribute, Field, RunQuery};
use models::run::RunStatus;
use models::run_table::{ColumnValues, RunPage, RunPageRequest};
use models::time::UnixMillis;

use super::{LiveDuration, Loaded, RelativeTime, RunStatusBadge};
use crate::queries;
use crate::routes::{Route, RunTab};
use crate::ui::SkeletonShape;

/// The latest runs of a project that fit a filter; `children` stand where there are none.
#[component]
pub fn RunList(
    /// The project.
    project: ProjectId,
    /// A filter in the query language; empty for all runs.
    #[prop(optional, into)]
    filter: String,
    /// How many to show at most.
    limit: u64,
    /// What stands where no run fits.
    children: ChildrenFn,
) -> impl IntoView {
    let columns = vec![Field::Attribute(Attribute::EndTime), Field::Attribute(Attribute::Experiment)];
    let query = RunQuery { filter, columns, ..RunQuery::default() };
    let request = RunPageRequest {
        query,
        within: Vec::new(),
        offset: 0,
        limit,
        lifecycle_stage: LifecycleStage::Active,
    };
    let runs = queries::runs::search(move || (project, request.clone()));
    let children = StoredValue::new(children);
    view! {
        <Loaded query=runs shape=SkeletonShape::Rows count=3 let:page>
            {move || {
                let rows = listed_runs(&page.read());
                if rows.is_empty() {
                    return children.with_value(|children| children()).into_any();
                }
                let row = |row| view! { <RunRow project row/> };
                view! { <ul>{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
            }}
        </Loaded>
    }
}

/// A run in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedRun {
    /// Identifies it.
    pub run: RunId,
    /// Its display name.
    pub name: String,
    /// Its state.
    pub status: RunStatus,
    /// How far it has come, if it says so.
    pub progress: Option<Progress>,
    /// When it began.
    pub start: Option<UnixMillis>,
    /// When it ended, if that was asked for.
    pub end: Option<UnixMillis>,
    /// Its experiment, if that was asked for.
    pub experiment: Option<String>,
    /// The first metric that was asked for.
    pub metric: Option<f64>,
}

#[component]
fn RunRow(project: ProjectId, row: ListedRun) -> impl IntoView {
    view! {
        <li class="short-row">
            <RunStatusBadge status=row.status progress=row.progress/>
            <span class="short-row-name">
                <a class="truncate" href=Route::Run(project, row.run, RunTab::Overview).to_string()>{row.name}</a>
                <span class="truncate small faint">{row.experiment}</span>
            </span>
            <span class="short-row-time">
                <LiveDuration start=row.start end=row.end/>
                <span class="small faint"><RelativeTime at=row.start/></span>
            </span>
        </li>
    }
}

/// The runs of a page. A page whose columns are shorter than it says is read as far as they go.
pub fn listed_runs(page: &RunPage) -> Vec<ListedRun> {
    let column = |attribute| {
        let field = Field::Attribute(attribute);
        page.columns.iter().find(move |column| column.field == field).map(|column| &column.values)
    };
    let (ends, experiments) = (column(Attribute::EndTime), column(Attribute::Experiment));
    let metric = page.columns.iter().find(|column| matches!(column.field, Field::Metric(_)));
    let row = |(place, run): (usize, &RunId)| {
        Some(ListedRun {
            run: *run,
            name: page.names.get(place)?.clone(),
            status: *page.statuses.get(place)?,
            progress: page.progress.get(place).copied().flatten(),
            start: page.start_times.get(place).copied().flatten(),
            end: ends.and_then(|ends| moment(ends, place)),
            experiment: experiments.and_then(|experiments| text(experiments, place)),
            metric: metric.and_then(|metric| number(&metric.values, place)),
        })
    };
    page.run_ids.iter().enumerate().filter_map(row).collect()
}

fn moment(values: &ColumnValues, place: usize) -> Option<UnixMillis> {
    let number = number(values, place)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number too large saturates, and no calendar holds it"
    )]
    let moment = number as i64;
    number.is_finite().then_some(UnixMillis(moment))
}

fn number(values: &ColumnValues, place: usize) -> Option<f64> {
    let ColumnValues::Numbers(numbers) = values else { return None };
    Some(numbers.get(place).copied().flatten()?.0)
}

fn text(values: &ColumnValues, place: usize) -> Option<String> {
    let ColumnValues::Texts(dictionary) = values else { return None };
    dictionary.at(place).map(|entry| entry.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::metric::MetricValue;
    use models::run_table::Column;

    #[test]
    fn a_row_takes_its_place_in_each_column() {
        let rows = listed_runs(&page(vec![Some(MetricValue(7.0)), None]));
        assert_eq!(rows.iter().map(|row| row.end).collect::<Vec<_>>(), [Some(UnixMillis(7)), None]);
    }

    #[test]
    fn a_column_that_is_too_short_costs_its_values_only() {
        let rows = listed_runs(&page(Vec::new()));
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.end.is_none()));
    }

    fn page(ends: Vec<Option<MetricValue>>) -> RunPage {
        let run: RunId = "0190a5b2c3d44e5f8a9bcdef01234567".parse().unwrap();
        let ends =
            Column { field: Field::Attribute(Attribute::EndTime), values: ColumnValues::Numbers(ends) };
        RunPage {
            total: 2,
            offset: 0,
            run_ids: vec![run, run],
            names: vec!["one".to_owned(), "two".to_owned()],
            statuses: vec![RunStatus::Finished, RunStatus::Running],
            start_times: vec![Some(UnixMillis(1)), Some(UnixMillis(2))],
            versions: vec![1, 1],
            project_ids: Vec::new(),
            progress: Vec::new(),
            columns: vec![ends],
        }
    }
}
