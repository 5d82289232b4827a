//! A line of the list.

use leptos::prelude::*;
use models::id::ProjectId;
use models::repository::RepositoryKind;
use models::run::StatusCounts;

use super::facts::Facts;
use crate::routes::Route;
use crate::ui::Link;
use crate::ui::format::integer;
use crate::widgets::{LabelList, RelativeTime, StatusBar, place};

/// A thing, and how the runs fared that used it.
#[component]
pub(super) fn UsedRow(project: ProjectId, kind: RepositoryKind, facts: Facts) -> impl IntoView {
    let labels = facts.labels;
    let used = facts.used.unwrap_or_default();
    view! {
        <tr>
            <th scope="row">
                <span class="listing-name">
                    <Link href=Route::Repository(project, kind, facts.id).to_string()>{facts.name}</Link>
                    <LabelList labels=Signal::stored(labels)/>
                </span>
            </th>
            <td>{place(facts.uri)}</td>
            <td>{runs(used.counts)}</td>
            <td><RelativeTime at=Signal::stored(used.last_used)/></td>
        </tr>
    }
}

fn runs(counts: StatusCounts) -> AnyView {
    if counts.total() == 0 {
        return view! { <span class="faint">"none"</span> }.into_any();
    }
    view! {
        <span class="used-runs">
            <span class="used-count">{integer(counts.total())}</span>
            <StatusBar counts bare=true/>
        </span>
    }
    .into_any()
}
