//! What stands in the place of the rows when there are none.

use leptos::prelude::*;
use models::run_table::TableScope;

use super::TableState;
use crate::features::runs::address::Address;
use crate::routes::Route;
use crate::ui::{Button, ButtonLink, Empty, IconName};
use crate::widgets::loaded::failed;
use crate::widgets::{GettingStarted, UrlHistory};

/// Why there are no rows, and what to do: nothing matches, there is nothing yet, or it could not be read.
#[component]
pub(crate) fn NothingToShow(address: Address, state: TableState) -> impl IntoView {
    let has_filter = Memo::new(move |_| !address.url.read().filter.is_empty());
    move || {
        match (state.error(), has_filter.get()) {
        (Some(error), _) if state.total().is_none() => {
            failed(&error, Callback::new(move |()| state.refetch()))
        }
        (_, true) => view! { <NothingMatches address/> }.into_any(),
        (_, false) if address.url.read().in_bin => view! {
            <Empty icon=IconName::Trash title="The bin is empty" text="Runs that are moved to the bin are kept here until they are deleted for good."/>
        }
        .into_any(),
        (_, false) => view! { <NothingYet address/> }.into_any(),
    }
    }
}

#[component]
fn NothingMatches(address: Address) -> impl IntoView {
    let clear = move |_| address.change(UrlHistory::Push, |url| url.filter.clear());
    let text = match address.scope {
        TableScope::Project(_) => "There are runs in this project, but none that the filter lets through.",
        TableScope::Visible => "No run of the projects that you may see passes the filter.",
    };
    view! {
        <Empty icon=IconName::Search title="No run matches" text>
            <Button on_click=clear>"Clear the filter"</Button>
        </Empty>
    }
}

#[component]
fn NothingYet(address: Address) -> impl IntoView {
    let text = match address.scope {
        TableScope::Project(_) => {
            "A run is one execution of some code on some data. Log one with MLflow, and it shows up here at once."
        }
        TableScope::Visible => {
            "A run is one execution of some code on some data. Runs live in projects; those of all that you may see show up here."
        }
    };
    let next = match address.scope {
        TableScope::Project(project) => view! { <GettingStarted project/> }.into_any(),
        TableScope::Visible => {
            view! { <ButtonLink href=Route::Projects.to_string() icon=IconName::Folder>"Go to the projects"</ButtonLink> }
                .into_any()
        }
    };
    view! { <Empty icon=IconName::Play title="No runs yet" text>{next}</Empty> }
}
