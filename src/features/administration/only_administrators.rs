//! Pages that are for administrators of the platform.

use leptos::prelude::*;

use crate::session::Session;
use crate::ui::{Empty, IconName, PageHeader};

/// Shows `children` to administrators, and to others what the page is for.
#[component]
pub(super) fn OnlyAdministrators(
    title: &'static str,
    /// What administrators do here.
    text: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let session = Session::current();
    let is_admin = Memo::new(move |_| session.user().is_some_and(|user| user.is_admin == Some(true)));
    move || match is_admin.get() {
        true => children().into_any(),
        false => view! {
            <div class="page">
                <PageHeader title/>
                <Empty icon=IconName::Lock title="This is for administrators" text/>
            </div>
        }
        .into_any(),
    }
}
