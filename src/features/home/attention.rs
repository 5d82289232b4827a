//! What is running now, and what failed lately.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::page::Page;
use models::project::Project;
use models::run::RunStatus;

use crate::queries::clock::server_time;
use crate::routes::Route;
use crate::ui::{Link, Panel};
use crate::widgets::RunList;

/// Projects whose runs are shown, and runs of each.
const PROJECTS: usize = 3;
const RUNS: u64 = 5;
/// A week, in milliseconds: what failed before is no news.
const NEWS_MS: i64 = 7 * 86_400_000;

/// The runs of my projects that are under way or ended badly.
#[component]
pub(super) fn Attention(page: Signal<Arc<Page<Project>>>) -> impl IntoView {
    let week_ago = server_time().0 - NEWS_MS;
    view! {
        <RunsIn page status=RunStatus::Running title="Running now" since=None none="Nothing is running."/>
        <RunsIn page status=RunStatus::Failed title="Failed in the last week" since=Some(week_ago) none="Nothing has failed."/>
    }
}

#[component]
fn RunsIn(
    page: Signal<Arc<Page<Project>>>,
    status: RunStatus,
    title: &'static str,
    /// Only runs that began later, in milliseconds since the Unix epoch.
    since: Option<i64>,
    none: &'static str,
) -> impl IntoView {
    let (within, all_title) = match since {
        Some(_) => (" AND start_time > now - 7d", "All that failed"),
        None => ("", "All that are running"),
    };
    let all = Route::all_runs_where(&format!("status = '{}'{within}", status.as_str()));
    let all = move || view! { <Link href=all.clone()>{all_title}</Link> };
    let filter = match since {
        Some(since) => format!("status = '{}' AND start_time > {since}", status.as_str()),
        None => format!("status = '{}'", status.as_str()),
    };
    let concerned = Memo::new(move |_| concerned(&page.read().items, status));
    let section = move |(project, name): (ProjectId, String)| {
        view! {
            <section class="runs-of-project">
                <h3><Link href=Route::Runs(project).to_string()>{name}</Link></h3>
                <RunList project filter=filter.clone() limit=RUNS>
                    <p class="list-note">{none}</p>
                </RunList>
            </section>
        }
    };
    view! {
        <Panel title actions=all flush=true>
            {move || {
                let concerned = concerned.get();
                let empty = concerned.is_empty().then(|| view! { <p class="list-note">{none}</p> });
                view! { {empty} {concerned.into_iter().map(&section).collect_view()} }
            }}
        </Panel>
    }
}

/// The first projects that have runs in `status`.
fn concerned(projects: &[Project], status: RunStatus) -> Vec<(ProjectId, String)> {
    let has_some = |project: &&Project| project.run_counts.of(status) > 0;
    let named = |project: &Project| (project.project_id, project.name.clone());
    projects.iter().filter(has_some).take(PROJECTS).map(named).collect()
}
