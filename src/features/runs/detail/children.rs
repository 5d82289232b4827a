//! The runs that are parts of a run, as those of a search for parameters.

use std::sync::Arc;

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::id::{ProjectId, RunId};
use models::query::{Attribute, Field, Filter, RunQuery};
use models::run_table::{RunPage, RunPageRequest};

use crate::features::runs::address::RunsUrl;
use crate::queries;
use crate::routes::{Route, RunTab};
use crate::ui::format::{NOTHING, integer, number};
use crate::ui::{ButtonLink, Emphasis, Link, Pagination, Panel, Select, SelectOption, Size, Tooltip};
use crate::widgets::loaded::failed;
use crate::widgets::{ListedRun, LiveDuration, RelativeTime, RunStatusBadge, listed_runs};

/// The tag by which MLflow says what a run is a part of.
const PARENT: &str = "mlflow.parentRunId";
/// Runs a page.
const PAGE_SIZE: u64 = 10;

/// The runs that are parts of this one, a page at a time; nothing while there are none.
#[component]
pub(super) fn ChildRuns(project: ProjectId, run: RunId) -> impl IntoView {
    let page = RwSignal::new(0_u64);
    let metric = RwSignal::new(String::new());
    let found = queries::runs::search(move || (project, request(run, page.get(), &metric.read())));
    let total = Memo::new(move |_| found.value.get().map_or(0, |found| found.total));
    let shown = move || found.value.get().map(|found| lines(project, &found));
    let in_table = move || {
        let columns = usual_columns(&metric.read());
        RunsUrl { filter: parts_of(run), columns, ..RunsUrl::default() }.href(project.into())
    };
    let actions = move || {
        view! {
            <MetricChoice project found=found.value metric/>
            <ButtonLink href=Signal::derive(in_table) emphasis=Emphasis::Ghost size=Size::Small>"Open in the table"</ButtonLink>
        }
    };
    let metric_title = move || if metric.read().is_empty() { "Metric".to_owned() } else { metric.get() };
    // Whether there are any is not known then.
    let unread = move || found.error.get().filter(|_| found.value.read().is_none());
    view! {
        <Show when=move || total.get() != 0>
            <Panel title=move || format!("Child runs ({})", integer(total.get())) actions flush=true>
                <div class="children">
                    <table class="logged">
                        <thead><tr>
                            <th scope="col">"Run"</th>
                            <th scope="col">"Status"</th>
                            <th scope="col">{metric_title}</th>
                            <th scope="col">"Duration"</th>
                            <th scope="col">"Started"</th>
                        </tr></thead>
                        <tbody>{shown}</tbody>
                    </table>
                </div>
                <Show when=move || { total.get() > PAGE_SIZE }><Pagination page size=PAGE_SIZE total/></Show>
            </Panel>
        </Show>
        {move || unread().map(|error| view! {
            <Panel title="Child runs">{failed(&error, found.refetch)}</Panel>
        })}
    }
}

/// Chooses the metric that is shown, among those of the first child.
#[component]
fn MetricChoice(
    project: ProjectId,
    found: Signal<Option<Arc<RunPage>>>,
    metric: RwSignal<String>,
) -> impl IntoView {
    let first = Memo::new(move |before: Option<&Option<RunId>>| {
        before.copied().flatten().or_else(|| found.get()?.run_ids.first().copied())
    });
    let data = queries::runs::data_when(move || Some((project, first.get()?)));
    let keys = Memo::new(move |_| {
        let data = data.value.get();
        data.map(|data| data.metrics.iter().map(|metric| metric.key.clone()).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    Effect::new(move || {
        if metric.with_untracked(String::is_empty)
            && let Some(main) = main_metric(&keys.read())
        {
            metric.set(main.to_owned());
        }
    });
    let options = Signal::derive(move || {
        keys.get().into_iter().map(|key| SelectOption::new(key.clone(), key)).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || { keys.read().len() > 1 }>
            <Select label="Metric of the child runs" value=metric options/>
        </Show>
    }
}

/// The metric that tells most: one of the validation or the test, else the first that is not about the machine.
fn main_metric(keys: &[String]) -> Option<&str> {
    let own = || keys.iter().map(String::as_str).filter(|key| !key.starts_with("system/"));
    own()
        .find(|key| ["val", "test", "eval"].iter().any(|start| key.starts_with(start)))
        .or_else(|| own().next())
}

fn request(run: RunId, page: u64, metric: &str) -> RunPageRequest {
    let mut columns = vec![Field::Attribute(Attribute::EndTime)];
    columns.extend(
        Some(metric).filter(|metric| !metric.is_empty()).map(|metric| Field::Metric(metric.to_owned())),
    );
    RunPageRequest {
        query: RunQuery { filter: parts_of(run), columns, ..RunQuery::default() },
        within: Vec::new(),
        offset: page.saturating_mul(PAGE_SIZE),
        limit: PAGE_SIZE,
        lifecycle_stage: LifecycleStage::Active,
    }
}

/// The filter for the parts of a run.
fn parts_of(run: RunId) -> String {
    Filter::equals(Field::Tag(PARENT.to_owned()), Some(run.mlflow())).to_string()
}

/// The columns of the table of runs that show what the list here shows.
fn usual_columns(metric: &str) -> Option<Vec<Field>> {
    let attributes = [Attribute::Status, Attribute::Duration, Attribute::StartTime];
    let columns = attributes.into_iter().map(Field::Attribute).chain([Field::Metric(metric.to_owned())]);
    (!metric.is_empty()).then(|| columns.collect())
}

fn lines(project: ProjectId, page: &RunPage) -> Vec<AnyView> {
    listed_runs(page).into_iter().map(|run| line(project, run)).collect()
}

fn line(project: ProjectId, run: ListedRun) -> AnyView {
    let href = Route::Run(project, run.run, RunTab::Overview).to_string();
    let metric = match run.metric {
        Some(value) => {
            view! { <Tooltip text=value.to_string() focusable=true>{number(value)}</Tooltip> }.into_any()
        }
        None => view! { <span class="faint">{NOTHING}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><Link href>{run.name}</Link></th>
            <td><RunStatusBadge status=run.status progress=run.progress/></td>
            <td class="logged-number">{metric}</td>
            <td class="logged-number"><LiveDuration start=run.start end=run.end/></td>
            <td class="logged-time"><RelativeTime at=run.start/></td>
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_run_are_asked_for_by_the_tag_of_mlflow() {
        let Ok(run) = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567".parse() else { panic!("an id") };
        assert_eq!(parts_of(run), "tags.mlflow.parentRunId = '0190a5b2c3d44e5f8a9bcdef01234567'");
        let request = request(run, 2, "val/loss");
        assert_eq!((request.offset, request.limit, request.query.columns.len()), (20, 10, 2));
    }

    #[test]
    fn the_main_metric_is_one_of_the_validation() {
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        assert_eq!(main_metric(&keys(&["accuracy", "system/cpu", "val/loss"])), Some("val/loss"));
        assert_eq!(main_metric(&keys(&["system/cpu", "loss"])), Some("loss"));
        assert_eq!(main_metric(&keys(&["system/cpu"])), None);
    }
}
