//! The page that holds the parts.

use leptos::prelude::*;

use super::audit::Audit;
use super::password::Password;
use super::sessions::Sessions;

/// The password, where the person is signed in, and what was done with her secrets.
#[component]
pub(in super::super) fn Security() -> impl IntoView {
    view! {
        <div class="stack" data-gap="large">
            <Password/>
            <Sessions/>
            <Audit/>
        </div>
    }
}
