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
use crate::queries;
use crate::queries::repositories::Repository;
use crate::ui::{Button, Dialog, IconName};
use crate::widgets::{EditForm, FormErrors, differences, why_not};

/// The button that changes a thing, and its dialog.
#[component]
pub(super) fn EditRepository(
    project: ProjectId,
    kind: RepositoryKind,
    repository: Signal<Arc<Repository>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let why_not = why_not(project, Action::EditRepositories);
    view! {
        <Button icon=IconName::Edit disabled_reason=why_not on_click=move |_| open.set(true)>"Edit"</Button>
        <Dialog open title=format!("Edit {}", words(kind).one) locked=busy>
            {move || view! { <RepositoryForm project repository open busy/> }}
        </Dialog>
    }
}

#[component]
fn RepositoryForm(
    project: ProjectId,
    repository: Signal<Arc<Repository>>,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let seen = RwSignal::new(repository.get_untracked());
    let fields = Fields::of(Draft::of(&seen.read_untracked()));
    let change = queries::repositories::change();
    let errors = FormErrors::of(change);
    let submit = move |()| {
        if let Some(patch) = errors.check(fields.draft()) {
            let facts = Facts::of(&seen.read_untracked());
            change.dispatch_local((project, facts.id, facts.version, patch));
        }
    };
    view! {
        <EditForm
            latest=repository
            seen
            version=|repository: &Repository| Facts::of(repository).version
            changes
            change
            errors
            shown=Fields::SHOWN
            open
            busy
            on_take=move |()| fields.fill(Draft::of(&seen.read_untracked()))
            on_submit=submit
        >
            <RepositoryFields project fields errors/>
        </EditForm>
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
        ("code repository", before.code, now.code),
        ("branch", before.branch, now.branch),
        ("commit", before.commit, now.commit),
    ])
}
