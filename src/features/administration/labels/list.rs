//! The list of all labels.

use leptos::prelude::*;
use models::label::{Label, LabelSearch};
use models::page::PageQuery;

use super::edit::{EditLabel, NewLabelDialog};
use super::merge::MergeLabels;
use super::row::LabelRow;
use crate::features::administration::only_administrators::OnlyAdministrators;
use crate::queries;
use crate::ui::{
    Button, Confirm, Emphasis, Empty, IconName, Listing, PageHeader, SearchField, SkeletonShape, Toasts,
};
use crate::widgets::{Loaded, PAGE_SIZE, PagedPanel, UrlHistory, page_title, url_state};

/// What is asked about a label.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) edit: RwSignal<Option<Label>>,
    pub(super) merge: RwSignal<Option<Label>>,
    pub(super) delete: RwSignal<Option<Label>>,
}

/// All labels of the platform, for those who administer it.
#[component]
pub(crate) fn Labels() -> impl IntoView {
    page_title(|| "Labels".to_owned());
    view! {
        <OnlyAdministrators title="Labels" text="Who administers the server renames, merges and deletes labels here.">
            <All/>
        </OnlyAdministrators>
    }
}

#[component]
fn All() -> impl IntoView {
    let search = url_state::<String>("q", UrlHistory::Replace);
    let page = url_state::<u64>("page", UrlHistory::Push);
    Effect::watch(move || search.get(), move |_, _, _| page.set(0), false);
    let query =
        queries::labels::list(move || (wanted(&search.read()), PageQuery::nth(page.get(), PAGE_SIZE)));
    let creating = RwSignal::new(false);
    let asked = Asked { edit: RwSignal::new(None), merge: RwSignal::new(None), delete: RwSignal::new(None) };
    let create = move || {
        view! {
            <Button emphasis=Emphasis::Primary icon=IconName::Plus on_click=move |_| creating.set(true)>"New label"</Button>
        }
    };
    view! {
        <div class="page">
            <PageHeader title="Labels" actions=create/>
            <div class="toolbar"><SearchField label="Search labels" value=search/></div>
            <Loaded query shape=SkeletonShape::Rows count=6 let:found>
                <PagedPanel found title="Labels" page nothing=move || nothing(search)>
                    <Listing headings=&["Label", "Scope", "Used by", "Actions"]>
                        {move || found.get().items.iter().cloned().map(|label| view! { <LabelRow label asked/> }).collect_view()}
                    </Listing>
                </PagedPanel>
            </Loaded>
            <NewLabelDialog open=creating/>
            <EditLabel asked=asked.edit/>
            <MergeLabels asked=asked.merge/>
            <DeleteLabel asked=asked.delete/>
        </div>
    }
}

fn wanted(search: &str) -> LabelSearch {
    let search_string = Some(search.trim().to_owned()).filter(|text| !text.is_empty());
    LabelSearch { scope: None, search_string }
}

fn nothing(search: RwSignal<String>) -> AnyView {
    if search.read_untracked().is_empty() {
        let text = "A label is a scope and a name, such as problem-type: Clustering. Projects and repositories are sorted by them.";
        return view! { <Empty icon=IconName::Tag title="No labels yet" text/> }.into_any();
    }
    view! {
        <Empty icon=IconName::Search title="No label matches" text="No label has this text in its name or value.">
            <Button on_click=move |_| search.set(String::new())>"Clear the search"</Button>
        </Empty>
    }
    .into_any()
}

/// Asks before a label is deleted.
#[component]
fn DeleteLabel(asked: RwSignal<Option<Label>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let delete = queries::labels::delete();
    Effect::new(move || {
        if asked.read().is_some() {
            delete.clear();
            open.set(true);
        }
    });
    Effect::new(move || {
        if matches!(*delete.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("The label was deleted.");
        }
    });
    let name = move || asked.get().map_or_else(String::new, |label| label.name);
    let used = move || asked.get().and_then(|label| label.usage).unwrap_or_default();
    let error = Signal::derive(move || Some(delete.value().get()?.err()?.to_string()));
    let send = move |()| {
        if let Some(label) = asked.get_untracked() {
            delete.dispatch_local(label.label_id);
        }
    };
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Delete {}?", name()))
            action="Delete label"
            busy=delete.pending()
            error
            on_confirm=send
        >
            <p>{move || match used() {
                1 => "It is taken from the one thing that has it. This cannot be undone.".to_owned(),
                n => format!("It is taken from {n} things that have it. This cannot be undone."),
            }}</p>
        </Confirm>
    }
}
