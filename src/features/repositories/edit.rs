//! Changing a thing.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::repository::RepositoryKind;

use super::draft::Draft;
use super::facts::Facts;
use super::fields::{Fields, RepositoryFields};
use super::words::words;
use crate::queries::repositories::Repository;
use crate::queries::{self, ApiError};
use crate::ui::{Button, Dialog, Form, IconName, SubmitRow, Toasts};
use crate::widgets::{FormErrors, Overtaken, differences};

/// The button that changes a thing, and its dialog.
#[component]
pub(super) fn EditButton(
    project: ProjectId,
    kind: RepositoryKind,
    repository: Signal<Arc<Repository>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let query = queries::projects::get(move || project);
    let why_not =
        Signal::derive(move || query.value.get()?.current_user_role.why_not(Action::EditRepositories));
    view! {
        <Button icon=IconName::Edit disabled_reason=why_not on_click=move |_| open.set(true)>"Edit"</Button>
        <Dialog open title=format!("Edit {}", words(kind).one) locked=busy>
            {move || view! { <EditForm project repository open busy/> }}
        </Dialog>
    }
}

#[component]
fn EditForm(
    project: ProjectId,
    repository: Signal<Arc<Repository>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let seen = RwSignal::new(repository.get_untracked());
    let fields = Fields::of(Draft::of(&seen.read_untracked()));
    let change = queries::repositories::change();
    let errors = FormErrors::of(change);
    Effect::new(move || busy.set(change.pending().get()));
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("Saved.");
        }
    });
    let submit = move |()| {
        if let Some(patch) = errors.check(fields.draft())
            && !change.pending().get_untracked()
        {
            let facts = Facts::of(&seen.read_untracked());
            change.dispatch_local((project, facts.id, facts.version, patch));
        }
    };
    let refused = Signal::derive(move || matches!(*change.value().read(), Some(Err(ApiError::Stale(_)))));
    let summary = errors.summary(Fields::SHOWN);
    let error = Signal::derive(move || if refused.get() { None } else { summary.get() });
    view! {
        <Form error on_submit=submit>
            <Overtaken
                latest=repository
                seen
                version=|repository: &Repository| Facts::of(repository).version
                refused
                changes
                on_take=move |()| fields.fill(Draft::of(&seen.read_untracked()))
            />
            <RepositoryFields project fields errors/>
            <SubmitRow label="Save" busy=change.pending() on_cancel=move |()| open.set(false)/>
        </Form>
    }
}

/// What differs between two versions, in sentences.
fn changes(before: &Repository, now: &Repository) -> Vec<String> {
    let (before, now) = (Draft::of(before), Draft::of(now));
    let versioning = |draft: &Draft| if draft.under_dvc { "DVC" } else { "none" }.to_owned();
    differences([
        ("versioning", versioning(&before), versioning(&now)),
        ("name", before.name, now.name),
        ("address", before.uri, now.uri),
        ("platform", before.platform, now.platform),
        ("description", before.description, now.description),
        ("list of labels", before.labels, now.labels),
        ("list of versions", before.versions, now.versions),
        ("branch", before.branch, now.branch),
        ("commit", before.commit, now.commit),
    ])
}
