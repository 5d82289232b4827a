//! The pages of a project's runs, and of the runs of all projects.

use leptos::prelude::*;
use models::id::ProjectId;
use models::query::Field;
use models::run_table::TableScope;

use super::address::Address;
use super::table::columns::{usual, with_name_first, with_parameters};
use super::table::{Columns, NothingToShow, Remembered, RunTable, Shelf, StaleNote, TableState, question};
use super::toolbar::Toolbar;
use crate::queries;
use crate::routes::Route;
use crate::ui::{ButtonLink, IconName, PageHeader};
use crate::widgets::{ProjectHeader, page_title};

/// The table of a project's runs, as its address asks for it.
#[component]
pub fn Runs(project: ProjectId) -> impl IntoView {
    let address = Address::follow(TableScope::Project(project));
    let of_project = queries::projects::brief(move || Some(project));
    page_title(move || {
        let view = address.view.read().as_ref().map(|view| format!("{} · ", view.name)).unwrap_or_default();
        let project =
            of_project.value.get().map(|project| format!(" · {}", project.name)).unwrap_or_default();
        format!("{view}Runs{project}")
    });
    view! {
        <div class="page" data-fill>
            <ProjectHeader project actions=move || view! {
                <ButtonLink href=Route::Launch(project).to_string() icon=IconName::Plus>"New run"</ButtonLink>
            }/>
            <RunsOf address/>
        </div>
    }
}

/// The table of the runs of all projects that the person may see, as its address asks for it.
#[component]
pub fn AllRuns() -> impl IntoView {
    page_title(|| "All runs".to_owned());
    let address = Address::follow(TableScope::Visible);
    let about = || Some("The runs of all projects that you may see.".to_owned());
    view! {
        <div class="page" data-fill>
            <PageHeader title="All runs" about=Signal::derive(about)/>
            <RunsOf address/>
        </div>
    }
}

/// The toolbar and the table.
#[component]
fn RunsOf(address: Address) -> impl IntoView {
    let scope = address.scope;
    let logged = queries::runs::keys(move || scope);
    let keys = Memo::new(move |_| logged.value.get().map(|keys| (*keys).clone()).unwrap_or_default());
    let usual = Memo::new(move |before: Option<&Vec<Field>>| steady(before, usual(&keys.read(), scope)));
    let chosen = Memo::new(move |_| {
        let url = address.url.read();
        match &url.columns {
            Some(chosen) => with_name_first(chosen),
            None if url.only_differing => with_parameters(usual.get(), &keys.read()),
            None => usual.get(),
        }
    });
    let columns = Columns::follow(address, chosen);
    let are_columns_known = Memo::new(move |_| {
        let is_chosen = address.url.read().columns.is_some();
        let is_logged_known = logged.value.read().is_some() || logged.error.read().is_some();
        (is_chosen || is_logged_known) && columns.are_known(address)
    });
    let remembered = Remembered::recall();
    let state = TableState::new(
        move || {
            let url = address.url.read();
            let shelf = Shelf { scope, stage: url.stage() };
            (are_columns_known.get() && address.is_known.get())
                .then(|| (shelf, question(&url, &columns.shown.read())))
        },
        remembered.opened(),
    );
    view! {
        <Toolbar address state keys columns/>
        <StaleNote state/>
        <RunTable address state columns remembered empty=move || view! { <NothingToShow address state/> }/>
    }
}

/// The usual columns; those on screen stay where they are while runs log, as long as there are no more of them.
fn steady(before: Option<&Vec<Field>>, now: Vec<Field>) -> Vec<Field> {
    match before {
        Some(before) if before.len() >= now.len() => before.clone(),
        Some(_) | None => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_on_screen_stay_unless_there_are_more() {
        let fields =
            |names: &[&str]| names.iter().filter_map(|name| name.parse().ok()).collect::<Vec<Field>>();
        let before = fields(&["name", "metrics.loss"]);
        assert_eq!(steady(Some(&before), fields(&["name", "metrics.other"])), before);
        assert_eq!(
            steady(Some(&before), fields(&["name", "status", "user"])),
            fields(&["name", "status", "user"])
        );
    }
}
