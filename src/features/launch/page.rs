//! The page with the form that starts a run.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use models::id::ProjectId;

use super::asked::Asked;
use super::form::LaunchForm;
use super::source::{Source, source};
use crate::queries;
use crate::ui::{Skeleton, SkeletonShape};
use crate::widgets::{ProjectHeader, failed, page_title};

/// The form that starts a run of a project.
#[component]
pub fn LaunchRun(project: ProjectId) -> impl IntoView {
    let of_project = queries::projects::brief(move || Some(project));
    page_title(move || {
        let name = of_project.value.get().map(|own| format!(" · {}", own.name)).unwrap_or_default();
        format!("New run{name}")
    });
    let query = use_query_map();
    let asked = Memo::new(move |_| Asked::of(&query.read()));
    // Each time it counts up the form begins anew.
    let round = RwSignal::new(0_u32);
    view! {
        <div class="page">
            <ProjectHeader project/>
            {move || {
                round.track();
                view! { <Begun project asked=asked.get() on_reset=move |()| round.update(|round| *round += 1)/> }
            }}
        </div>
    }
}

/// The form once it is known with what it begins. It then stays, whatever becomes of the source.
#[component]
fn Begun(project: ProjectId, asked: Asked, #[prop(into)] on_reset: Callback<()>) -> impl IntoView {
    let title = if asked.wants_source() { "Run again" } else { "New run" };
    let source = source(project, asked.clone());
    let templates = queries::templates::list(move || Some(project));
    let awaits_template = asked.template.is_some();
    let is_known = Memo::new(move |_| {
        let is_here = || templates.value.read().is_some() || templates.error.read().is_some();
        matches!(source.get(), Source::Known(_)) && (!awaits_template || is_here())
    });
    let heading = move || view! { <h2 class="launch-title">{title}</h2> };
    view! {
        {move || match (is_known.get(), source.get_untracked()) {
            (true, Source::Known(source)) => {
                view! { <LaunchForm project title asked=asked.clone() source templates on_reset/> }.into_any()
            }
            (true, Source::Waiting | Source::Failed(..)) => ().into_any(),
            (false, _) => match source.get() {
                Source::Failed(error, retry) => (heading(), failed(&error, retry)).into_any(),
                Source::Waiting | Source::Known(_) => {
                    (heading(), view! { <Skeleton shape=SkeletonShape::Cards count=4/> }).into_any()
                }
            },
        }}
    }
}
