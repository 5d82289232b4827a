//! A person in the list of all.

use leptos::prelude::*;
use models::person::UserRecord;

use super::users::Asked;
use crate::ui::{Badge, IconName, Menu, MenuItem, Size, Tone};
use crate::widgets::{Person, RelativeTime};

/// Who she is, what she may do, when she was last here, and what can be done about her.
#[component]
pub(super) fn UserRow(user: UserRecord, asked: Asked) -> impl IntoView {
    let projects = match user.n_projects {
        1 => "1 project".to_owned(),
        n => format!("{n} projects"),
    };
    let seen = match user.last_seen_at {
        Some(at) => view! { "last seen " <RelativeTime at=Some(at)/> }.into_any(),
        None => view! { "not signed in" }.into_any(),
    };
    let is_admin = user.user.is_admin == Some(true);
    let is_disabled = user.is_disabled;
    view! {
        <li class="people-row">
            <span class="people-who">
                <Person name=user.user.name.clone()/>
                <span class="small faint truncate">{user.user.email.clone()}</span>
            </span>
            <span class="small muted">{projects} ", " {seen}</span>
            <span class="people-end">
                {is_admin.then(|| view! { <Badge tone=Tone::Accent icon=IconName::Shield>"Administrator"</Badge> })}
                {is_disabled.then(|| view! { <Badge tone=Tone::Warning icon=IconName::Lock>"Disabled"</Badge> })}
                <RowMenu user asked/>
            </span>
        </li>
    }
}

#[component]
fn RowMenu(user: UserRecord, asked: Asked) -> impl IntoView {
    let label = format!("Actions for {}", user.user.name);
    let is_disabled = user.is_disabled;
    let why_no_link =
        is_disabled.then(|| "This person may not sign in. Enable the account first.".to_owned());
    let user = StoredValue::new(user);
    let standing = move || {
        match is_disabled {
        true => view! {
            <MenuItem icon=IconName::Check on_select=move |()| asked.enable.run(user.get_value())>"Enable"</MenuItem>
        }
        .into_any(),
        false => view! {
            <MenuItem icon=IconName::Lock danger=true on_select=move |()| asked.disable.set(Some(user.get_value()))>"Disable"</MenuItem>
        }
        .into_any(),
    }
    };
    view! {
        <Menu label icon=IconName::More icon_only=true size=Size::Small>
            <MenuItem
                icon=IconName::Key
                disabled_reason=why_no_link.clone()
                on_select=move |()| asked.link.set(Some(user.get_value()))
            >
                "New sign-in link"
            </MenuItem>
            {standing}
        </Menu>
    }
}
