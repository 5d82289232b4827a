//! What there is to saved views only when somebody asks for it. It is a part of its own: see `ui::fetched`.

use leptos::prelude::*;

use super::acts::Acts;
use super::conflict::Conflict;
use super::delete::DeleteView;
use super::list_menu::ViewItems;
use super::more_menu::{ActionItems, First, Sharing};
use super::rename::RenameView;
use super::save::SaveView;
use crate::ui::{Build, Fetch, Fetched, Lasting, fetched};

/// What there is to saved views only when somebody asks for it.
#[derive(Clone, Copy)]
pub(super) enum Later {
    /// The views to choose from.
    List(Acts),
    /// What can be done with the open one.
    Actions(Acts, Lasting<(Sharing, First)>),
    /// What is asked about views.
    Dialogs(Acts),
}

fetched! {
    fetch in later: Build<Later> => build;
}

/// Fetches what builds it.
pub(super) const FETCH: Fetch<Later> = || Box::pin(fetch());

/// What is shown, once it is here.
pub(super) fn later(about: Later) -> AnyView {
    view! { <Fetched fetch=FETCH about/> }.into_any()
}

fn build(about: Later) -> AnyView {
    match about {
        Later::List(acts) => view! { <ViewItems acts/> }.into_any(),
        Later::Actions(acts, writes) => view! { <ActionItems acts writes/> }.into_any(),
        Later::Dialogs(acts) => {
            view! { <SaveView acts/> <RenameView acts/> <DeleteView acts/> <Conflict acts/> }.into_any()
        }
    }
}
