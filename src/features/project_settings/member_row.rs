//! Somebody with a role in a project.

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Role;

use super::grants::Grant;
use crate::queries::members;
use crate::ui::{Badge, Icon, IconButton, IconName, Select, Size, Toasts};
use crate::widgets::{Person, role_options};

/// A person, a group or an organization with its role, which an owner of the project can change.
#[component]
pub(super) fn MemberRow(
    project: ProjectId,
    grant: Grant,
    may_change: Memo<bool>,
    #[prop(into)] on_remove: Callback<Grant>,
) -> impl IntoView {
    let who = match grant.icon() {
        None => view! { <Person name=grant.name.clone()/> }.into_any(),
        Some(icon) => view! {
            <span class="person"><Icon name=icon/> <span class="truncate">{grant.name.clone()}</span></span>
        }
        .into_any(),
    };
    let about = grant.about.clone().map(|about| view! { <span class="small faint">{about}</span> });
    let grant = StoredValue::new(grant);
    let end = move || match may_change.get() {
        true => view! { <RoleSelect project grant/> <RemoveButton grant on_remove/> }.into_any(),
        false => view! { <Badge>{grant.with_value(|grant| grant.role.title())}</Badge> }.into_any(),
    };
    view! {
        <li class="people-row">
            <span class="people-who">{who} {about}</span>
            <span class="people-end">{end}</span>
        </li>
    }
}

/// The role, which changes as soon as another one is chosen. When that is refused it turns back.
#[component]
fn RoleSelect(project: ProjectId, grant: StoredValue<Grant>) -> impl IntoView {
    let Grant { grantee, name, role: known, .. } = grant.get_value();
    let role = RwSignal::new(known.as_str().to_owned());
    let give = members::grant();
    Effect::new(move || {
        let wanted = Role::named(&role.read()).filter(|wanted| *wanted != known);
        if let Some(wanted) = wanted {
            give.dispatch_local(members::Grant { project, grantee, before: Some(known), role: wanted });
        }
    });
    Effect::new(move || match give.value().get() {
        Some(Ok(())) => Toasts::current().success("The role was changed."),
        Some(Err(error)) => {
            role.set(known.as_str().to_owned());
            Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned));
        }
        None => {}
    });
    view! { <Select value=role options=Signal::stored(role_options()) label=format!("Role of {name}")/> }
}

#[component]
fn RemoveButton(grant: StoredValue<Grant>, on_remove: Callback<Grant>) -> impl IntoView {
    let label = grant.with_value(|grant| format!("Remove {}", grant.name));
    view! {
        <IconButton
            label
            icon=IconName::Trash
            size=Size::Small
            on_click=move |_| on_remove.run(grant.get_value())
        />
    }
}
