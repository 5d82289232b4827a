//! A link in the place of a password that was forgotten.

use leptos::prelude::*;
use models::person::UserRecord;

use super::shown_link::ShownLink;
use crate::queries;
use crate::ui::{Dialog, Emphasis, Form, SubmitRow};

/// Asks first, then shows the link. It is forgotten when the dialog closes.
#[component]
pub(super) fn NewLink(asked: RwSignal<Option<UserRecord>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let link = queries::users::link();
    Effect::new(move || {
        if asked.read().is_some() {
            open.set(true);
        }
    });
    Effect::new(move || {
        if !open.get() {
            link.clear();
        }
    });
    let name = move || asked.get().map_or_else(String::new, |user| user.user.name);
    let error = Signal::derive(move || Some(link.value().get()?.err()?.to_string()));
    let made = move || link.value().get().and_then(Result::ok);
    let send = move |()| {
        if let Some(user) = asked.get_untracked()
            && !link.pending().get_untracked()
        {
            link.dispatch_local(user.user.user_id);
        }
    };
    let close = move |()| open.set(false);
    view! {
        <Dialog open title=Signal::derive(move || format!("Sign-in link for {}", name())) locked=link.pending()>
            {move || match made() {
                Some(link) => view! { <ShownLink link on_done=close/> }.into_any(),
                None => view! {
                    <Form error on_submit=send>
                        <p>"The person signs in with it once and chooses a password. The password until now is taken away, and all sessions end."</p>
                        <SubmitRow label="Make the link" emphasis=Emphasis::Danger busy=link.pending() on_cancel=close/>
                    </Form>
                }
                .into_any(),
            }}
        </Dialog>
    }
}
