//! Deleting a thing.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::id::ProjectId;
use models::permission::Action;
use models::repository::RepositoryKind;

use super::facts::Facts;
use super::words::words;
use crate::queries;
use crate::routes::Route;
use crate::ui::{Confirm, IconName, Menu, MenuItem, Toasts};

/// What is seldom done with a thing: deleting it.
#[component]
pub(super) fn DeleteButton(project: ProjectId, kind: RepositoryKind, facts: Signal<Facts>) -> impl IntoView {
    let open = RwSignal::new(false);
    let query = queries::projects::get(move || project);
    let why_not =
        Signal::derive(move || query.value.get()?.current_user_role.why_not(Action::EditRepositories));
    let delete = queries::repositories::delete();
    let navigate = use_navigate();
    Effect::new(move || {
        if matches!(*delete.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success(format!("The {} was deleted.", words(kind).one));
            let replace = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&Route::Repositories(project, kind).to_string(), replace);
        }
    });
    let send = move |()| {
        let facts = facts.get_untracked();
        delete.dispatch_local((project, kind, facts.id, facts.version));
    };
    let error = Signal::derive(move || Some(delete.value().get()?.err()?.to_string()));
    let name = Signal::derive(move || facts.get().name);
    view! {
        <Menu label="More" icon=IconName::More icon_only=true>
            <MenuItem icon=IconName::Trash danger=true disabled_reason=why_not on_select=move |()| open.set(true)>"Delete"</MenuItem>
        </Menu>
        <Confirm
            open
            title=Signal::derive(move || format!("Delete {}?", name.get()))
            action="Delete"
            type_name=name
            busy=delete.pending()
            error
            on_confirm=send
        >
            <p>{what_goes(kind)}</p>
        </Confirm>
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
