//! A project in a list.

use leptos::prelude::*;
use models::project::Project;

use crate::routes::Route;
use crate::ui::{Badge, Card, IconName, format};
use crate::widgets::{LabelList, Person, RelativeTime, StatusBar};

/// A project in a list: what it is about, how its runs do, whose it is.
#[component]
pub(super) fn ProjectCard(project: Project) -> impl IntoView {
    let counts = project.run_counts;
    let public = project.public;
    let visibility = move || match public {
        true => view! { <Badge icon=IconName::Globe>"Public"</Badge> },
        false => view! { <Badge icon=IconName::Lock>"Private"</Badge> },
    };
    let runs = match counts.total() {
        0 => "No runs yet".to_owned(),
        1 => "1 run".to_owned(),
        n => format!("{} runs", format::integer(n)),
    };
    let summary = project.executive_summary;
    view! {
        <Card title=project.name href=Route::Project(project.project_id).to_string() aside=visibility>
            <p class="project-summary" hidden=summary.is_empty()>{summary.clone()}</p>
            <LabelList labels=project.labels/>
            <div class="project-runs">
                <StatusBar counts bare=true/>
                <span class="small muted">{runs}</span>
            </div>
            <footer class="project-footer">
                <Person name=project.owner.name/>
                <span class="small faint">"updated " <RelativeTime at=Some(project.updated_at)/></span>
            </footer>
        </Card>
    }
}
