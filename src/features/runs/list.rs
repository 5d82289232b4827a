//! The page of a project's runs.

use leptos::prelude::*;
use models::id::ProjectId;
use models::query::{Field, RunQuery};

use super::address::{Address, RunsUrl};
use super::table::columns::{travelling, usual, with_name_first};
use super::table::{NothingToShow, Remembered, RunTable, Shelf, StaleNote, TableState};
use super::toolbar::Toolbar;
use crate::queries;
use crate::widgets::{ProjectHeader, page_title};

/// The table of a project's runs, as its address asks for it.
#[component]
pub fn Runs(project: ProjectId) -> impl IntoView {
    let address = Address::follow(project);
    let logged = queries::runs::keys(move || project);
    let keys = Memo::new(move |_| logged.value.get().map(|keys| (*keys).clone()).unwrap_or_default());
    let usual = Memo::new(move |before: Option<&Vec<Field>>| steady(before, usual(&keys.read())));
    let columns = Memo::new(move |_| match &address.url.read().columns {
        Some(chosen) => with_name_first(chosen),
        None => usual.get(),
    });
    let are_columns_known = Memo::new(move |_| {
        address.url.read().columns.is_some() || logged.value.read().is_some() || logged.error.read().is_some()
    });
    let remembered = Remembered::recall();
    let state = TableState::new(
        move || {
            let url = address.url.read();
            let shelf = Shelf { project, stage: url.stage() };
            (are_columns_known.get() && address.is_known.get())
                .then(|| (shelf, question(&url, &columns.read())))
        },
        remembered.opened(),
    );
    let of_project = queries::projects::get(move || project);
    page_title(move || {
        let view = address.view.read().as_ref().map(|view| format!("{} · ", view.name)).unwrap_or_default();
        let project =
            of_project.value.get().map(|project| format!(" · {}", project.name)).unwrap_or_default();
        format!("{view}Runs{project}")
    });
    view! {
        <div class="page" data-fill>
            <ProjectHeader project/>
            <Toolbar address state keys columns/>
            <StaleNote state/>
            <RunTable address state columns remembered empty=move || view! { <NothingToShow address state/> }/>
        </div>
    }
}

/// The usual columns; those on screen stay where they are while runs log, as long as there are no more of them.
fn steady(before: Option<&Vec<Field>>, now: Vec<Field>) -> Vec<Field> {
    match before {
        Some(before) if before.len() >= now.len() => before.clone(),
        Some(_) | None => now,
    }
}

fn question(url: &RunsUrl, columns: &[Field]) -> RunQuery {
    RunQuery {
        filter: url.readable_filter().to_owned(),
        group_by: url.group_by.clone(),
        sort: url.sort.clone(),
        columns: travelling(columns),
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
