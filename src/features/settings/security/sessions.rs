//! Where the person is signed in.

use leptos::prelude::*;
use models::session::{OpenSession, OpenSessionKind};

use super::super::me::me;
use super::device::device;
use crate::queries;
use crate::ui::{Badge, Button, Confirm, IconName, Panel, Size, SkeletonShape, Toasts, Tone};
use crate::widgets::{Loaded, RelativeTime};

/// All places where the person is signed in; she can sign out in each of the others.
#[component]
pub(super) fn Sessions() -> impl IntoView {
    let query = queries::settings::sessions(me());
    let asking = RwSignal::new(false);
    let alone = Signal::derive(move || {
        let others = query.value.get()?.items.iter().filter(|session| !session.is_current).count();
        (others == 0).then(|| "You are signed in nowhere else.".to_owned())
    });
    let actions = move || {
        view! {
            <Button size=Size::Small icon=IconName::SignOut disabled_reason=alone on_click=move |_| asking.set(true)>
                "Sign out everywhere else"
            </Button>
        }
    };
    view! {
        <Panel title="Where you are signed in" actions flush=true>
            <Loaded query shape=SkeletonShape::Rows count=3 let:found>
                {
                    let each = move || found.read().items.clone();
                    view! {
                        <ul class="settings-rows">
                            <For each key=|session| (session.session_id, session.last_seen_at) let:session>
                                <SessionRow session/>
                            </For>
                        </ul>
                    }
                }
            </Loaded>
            <EndOthers open=asking/>
        </Panel>
    }
}

#[component]
fn SessionRow(session: OpenSession) -> impl IntoView {
    let end = queries::settings::end_session();
    let me = me();
    Effect::new(move || {
        if let Some(Err(error)) = end.value().get() {
            Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned));
        }
    });
    let id = session.session_id;
    let send = move |_| {
        if let Some(user) = me() {
            end.dispatch_local((user, id));
        }
    };
    let name = match session.kind {
        OpenSessionKind::Browser => device(&session.device),
        OpenSessionKind::Client => "The mantik client".to_owned(),
    };
    let action = match session.is_current {
        true => view! { <Badge tone=Tone::Success icon=IconName::Check>"This browser"</Badge> }.into_any(),
        false => {
            view! { <Button size=Size::Small busy=end.pending() on_click=send>"Sign out"</Button> }.into_any()
        }
    };
    let tip = Some(session.device).filter(|device| !device.is_empty());
    view! {
        <li class="settings-row">
            <div class="settings-row-main">
                <span class="settings-row-title"><span data-tip=tip>{name}</span></span>
                <span class="settings-row-about">
                    "Last seen " <RelativeTime at=Some(session.last_seen_at)/>
                    " · signed in " <RelativeTime at=Some(session.created_at)/>
                </span>
            </div>
            <div class="settings-row-actions">{action}</div>
        </li>
    }
}

#[component]
fn EndOthers(open: RwSignal<bool>) -> impl IntoView {
    let end = queries::settings::end_other_sessions();
    let me = me();
    Effect::new(move || {
        if matches!(*end.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("You are signed out everywhere else.");
        }
    });
    let send = move |()| {
        if let Some(user) = me() {
            end.dispatch_local(user);
        }
    };
    let error = Signal::derive(move || Some(end.value().get()?.err()?.to_string()));
    view! {
        <Confirm open title="Sign out everywhere else?" action="Sign out" busy=end.pending() error on_confirm=send>
            <p>"Other browsers, and the mantik client, ask for your password again. API tokens go on working."</p>
        </Confirm>
    }
}
