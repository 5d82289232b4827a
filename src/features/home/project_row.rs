//! A project of mine, in a line or two.

use leptos::prelude::*;
use models::project::Project;

use crate::routes::Route;
use crate::ui::format;
use crate::widgets::{RelativeTime, StatusBar};

/// A project's name, its runs, and when something changed.
#[component]
pub(super) fn ProjectRow(project: Project) -> impl IntoView {
    let counts = project.run_counts;
    view! {
        <li class="project-row">
            <a class="truncate" href=Route::Project(project.project_id).to_string()>{project.name}</a>
            <span class="small faint">
                {format::integer(counts.total())} {if counts.total() == 1 { " run, " } else { " runs, " }}
                <RelativeTime at=Some(project.updated_at)/>
            </span>
            <StatusBar counts bare=true/>
        </li>
    }
}
