//! The run's name, and changing it in its place.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::run::{Run, RunPatch};
use models::text::Name;

use crate::api::ApiError;
use crate::queries;
use crate::ui::{Button, Emphasis, IconButton, IconName, Size};
use crate::widgets::why_not;

/// The name as the heading of the page, with what stands beside it, and a button that changes the name.
#[component]
pub(super) fn RunName(
    project: ProjectId,
    #[prop(into)] run: Signal<Arc<Run>>,
    /// What stands beside the name.
    children: ChildrenFn,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let reason = why_not(project, Action::EditRuns);
    let beside = StoredValue::new(children);
    move || match editing.get() {
        true => view! { <NameForm project run editing/> }.into_any(),
        false => view! {
            <div class="page-name">
                <h1 tabindex="-1">{move || run.read().name.clone()}</h1>
                {beside.with_value(|beside| beside())}
                <IconButton
                    label="Rename the run"
                    icon=IconName::Edit
                    size=Size::Small
                    disabled_reason=reason
                    on_click=move |_| editing.set(true)
                />
            </div>
        }
        .into_any(),
    }
}

#[component]
fn NameForm(project: ProjectId, run: Signal<Arc<Run>>, editing: RwSignal<bool>) -> impl IntoView {
    let draft = RwSignal::new(run.get_untracked().name.clone());
    let field = NodeRef::<html::Input>::new();
    let change = queries::runs::change();
    let mistake = RwSignal::new(None::<String>);
    let save = move || match draft.get_untracked().parse::<Name>() {
        Err(error) => mistake.set(Some(error.to_string())),
        Ok(name) if name.as_str() == run.read_untracked().name => editing.set(false),
        Ok(name) => {
            mistake.set(None);
            let (id, version) = run.with_untracked(|run| (run.run_id, run.version));
            change.dispatch_local((
                project,
                id,
                version,
                RunPatch { name: Some(name), ..RunPatch::default() },
            ));
        }
    };
    Effect::new(move || match change.value().get() {
        Some(Ok(())) => editing.set(false),
        Some(Err(error)) => mistake.set(Some(refusal(&error))),
        None => {}
    });
    Effect::new(move || {
        if let Some(field) = field.get() {
            // A field that was just shown takes the focus.
            let _ = field.focus();
            field.select();
        }
    });
    let stored = move || mistake.read().is_some().then(|| format!("It is called {} now.", run.read().name));
    let changed_meanwhile = move || matches!(*change.value().read(), Some(Err(ApiError::Stale(_))));
    view! {
        <form class="run-rename" on:submit=move |event| { event.prevent_default(); save(); }>
            <input
                class="input"
                aria-label="Name of the run"
                autocomplete="off"
                node_ref=field
                aria-invalid=move || mistake.read().is_some().then_some("true")
                bind:value=draft
                on:keydown=move |event| if event.key() == "Escape" { editing.set(false) }
            />
            <Button emphasis=Emphasis::Primary submit=true busy=change.pending()>"Save"</Button>
            <Button on_click=move |_| editing.set(false)>"Cancel"</Button>
            <p class="run-rename-error" role="alert">
                {move || mistake.get()} " " {move || changed_meanwhile().then(stored)}
            </p>
        </form>
    }
}

fn refusal(error: &ApiError) -> String {
    error.field_errors().get("name").map_or_else(|| error.to_string(), str::to_owned)
}
