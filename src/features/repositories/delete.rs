//! Deleting a thing.

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Action;
use models::repository::RepositoryKind;

use super::facts::Facts;
use super::words::words;
use crate::queries;
use crate::routes::Route;
use crate::widgets::{DeleteMenu, why_not};

/// The menu that deletes a thing.
#[component]
pub(super) fn DeleteRepository(
    project: ProjectId,
    kind: RepositoryKind,
    facts: Signal<Facts>,
) -> impl IntoView {
    let delete = queries::repositories::delete();
    let send = move |()| {
        let facts = facts.get_untracked();
        delete.dispatch_local((project, kind, facts.id, facts.version));
    };
    view! {
        <DeleteMenu
            name=Signal::derive(move || facts.get().name)
            word=words(kind).one
            losses=what_goes(kind)
            is_typed=true
            why_not=why_not(project, Action::EditRepositories)
            delete
            list=Route::Repositories(project, kind)
            on_confirm=send
        />
    }
}

fn what_goes(kind: RepositoryKind) -> &'static str {
    match kind {
        RepositoryKind::Experiments => "Its runs go to the bin with it, from where both can be restored.",
        RepositoryKind::Code | RepositoryKind::Data | RepositoryKind::Models => {
            "This cannot be undone. The runs that used it stay, but no longer say what they used."
        }
    }
}
