//! A line of the list of tokens.

use leptos::prelude::*;
use models::id::ProjectId;
use models::token::{ApiToken, TokenScope};

use super::expiry::Expiry;
use super::words::{meaning, title};
use crate::queries;
use crate::routes::Route;
use crate::ui::{Badge, IconButton, IconName, Link, Size};
use crate::widgets::RelativeTime;

/// A token: its name and scopes, its project, its use, its end.
#[component]
pub(super) fn TokenRow(token: ApiToken, #[prop(into)] on_revoke: Callback<ApiToken>) -> impl IntoView {
    let scope = |scope: TokenScope| view! { <li data-tip=meaning(scope)><Badge>{title(scope)}</Badge></li> };
    let scopes = token.scopes.iter().copied().map(scope).collect_view();
    let label = format!("Revoke {}", token.name);
    let project = match token.project_id {
        Some(project) => view! { <ProjectLink project/> }.into_any(),
        None => view! { <span class="muted">"All of yours"</span> }.into_any(),
    };
    let used = match token.last_used_at {
        Some(at) => view! { <RelativeTime at=Some(at)/> }.into_any(),
        None => view! { <span class="faint">"never"</span> }.into_any(),
    };
    let (name, expires_at) = (token.name.clone(), token.expires_at);
    view! {
        <tr>
            <th scope="row">
                <div class="settings-name">
                    <span>{name}</span>
                    <ul class="settings-scopes" aria-label="Scopes">{scopes}</ul>
                </div>
            </th>
            <td>{project}</td>
            <td>{used}</td>
            <td><Expiry at=expires_at/></td>
            <td>
                <IconButton label icon=IconName::Trash size=Size::Small on_click=move |_| on_revoke.run(token.clone())/>
            </td>
        </tr>
    }
}

/// The project that a token is for, by its name once that is known.
#[component]
fn ProjectLink(project: ProjectId) -> impl IntoView {
    let query = queries::projects::brief(move || Some(project));
    move || match (query.value.get(), query.error.read().is_some()) {
        (Some(found), _) => {
            view! { <Link href=Route::Project(project).to_string()>{found.name.clone()}</Link> }.into_any()
        }
        (None, true) => view! { <span class="muted">"not yours to see any more"</span> }.into_any(),
        (None, false) => view! { <span class="faint">"…"</span> }.into_any(),
    }
}
