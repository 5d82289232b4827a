//! Somebody with a role in a project.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::permission::Role;
use models::project::Project;

use super::grants::{Grant, grants};
use crate::queries::members;
use crate::ui::{Badge, Icon, IconButton, IconName, Select, Size, Toasts};
use crate::widgets::{Person, role_options};

/// A person, a group or an organization with its role, which an owner of the project can change.
#[component]
pub(super) fn MemberRow(
    project: Signal<Arc<Project>>,
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
    let id = project.read_untracked().project_id;
    let (grantee, first) = (grant.grantee, grant.role);
    let known = Memo::new(move |before: Option<&Role>| {
        let given = grants(&project.read()).into_iter().find(|given| given.grantee == grantee);
        given.map(|given| given.role).or(before.copied()).unwrap_or(first)
    });
    let grant = StoredValue::new(grant);
    let end = move || match may_change.get() {
        true => view! { <RoleSelect project=id grant known/> <RemoveButton grant on_remove/> }.into_any(),
        false => view! { <Badge>{move || known.get().title()}</Badge> }.into_any(),
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
fn RoleSelect(
    project: ProjectId,
    grant: StoredValue<Grant>,
    /// The role as the server knows it.
    known: Memo<Role>,
) -> impl IntoView {
    let (grantee, name) = grant.with_value(|grant| (grant.grantee, grant.name.clone()));
    let role = RwSignal::new(known.get_untracked().as_str().to_owned());
    let give = members::grant();
    let held = StoredValue::new(known.get_untracked());
    let under_way = StoredValue::new(None::<Role>);
    Effect::new(move || {
        held.set_value(known.get());
        if under_way.get_value().is_none() {
            role.set(known.get_untracked().as_str().to_owned());
        }
    });
    Effect::new(move || {
        let wanted = Role::named(&role.read());
        if give.pending().get() {
            return; // one at a time: what is chosen meanwhile comes next
        }
        if let Some(sent) = under_way.get_value() {
            under_way.set_value(None);
            match give.value().get_untracked() {
                Some(Err(error)) => {
                    Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned));
                    role.set(held.get_value().as_str().to_owned());
                    return;
                }
                Some(Ok(())) | None => {
                    Toasts::current().success("The role was changed.");
                    held.set_value(sent);
                }
            }
        }
        let before = held.get_value();
        if let Some(wanted) = wanted.filter(|wanted| *wanted != before) {
            under_way.set_value(Some(wanted));
            give.dispatch_local(members::Grant { project, grantee, before: Some(before), role: wanted });
        }
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
