//! The parts of the console that are fetched when a page of theirs is opened.

use leptos::prelude::*;

use super::heading;
use super::parts_pages::{launch_page, management_page, project_page, run_page};
use crate::routes::Route;
use crate::ui::{Build, Fetch, Fetched, fetched};

/// A part of the console. There are few, because each set of parts that share code costs a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Home, the projects, their dashboards, and what they own.
    Projects,
    /// The pages of a run and of runs compared, with the charts.
    Run,
    /// The form that starts a run.
    Launch,
    /// Settings of projects and people, groups and organizations, administration.
    Management,
}

/// What a page of a part is told: its address, and where the person is.
pub(super) type About = (Route, Signal<Option<Route>>);

fetched! {
    projects in projects: Build<About> => project_page;
    run in run: Build<About> => run_page;
    launch in launch: Build<About> => launch_page;
    management in management: Build<About> => management_page;
}

impl Part {
    fn fetch(self) -> Fetch<About> {
        match self {
            Self::Projects => || Box::pin(projects()),
            Self::Run => || Box::pin(run()),
            Self::Launch => || Box::pin(launch()),
            Self::Management => || Box::pin(management()),
        }
    }
}

/// A page of a part, once the part is there.
#[component]
pub(super) fn PageOf(part: Part, page: Route, route: Signal<Option<Route>>) -> impl IntoView {
    let on_shown = |()| heading::focus_late();
    view! { <Fetched fetch=part.fetch() about=(page, route) class="page" on_shown/> }
}
