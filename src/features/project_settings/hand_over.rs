//! Handing a project over to another owner.

use std::sync::Arc;

use leptos::prelude::*;
use models::project::Project;

use crate::queries;
use crate::ui::{Button, Toasts};
use crate::widgets::HandOver;

/// The button that hands the project over to one of its members, and its dialog.
#[component]
pub(super) fn HandOverButton(
    project: Signal<Arc<Project>>,
    why_not: Signal<Option<String>>,
) -> impl IntoView {
    let id = project.read_untracked().project_id;
    let open = RwSignal::new(false);
    let hand_over = queries::members::hand_over();
    Effect::new(move || {
        if matches!(*hand_over.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("The project was handed over.");
        }
    });
    Effect::new(move || {
        if open.get() {
            hand_over.clear(); // why it failed the last time
        }
    });
    let people = Signal::derive(move || {
        project.read().members.iter().map(|member| member.user.clone()).collect::<Vec<_>>()
    });
    let reason = Signal::derive(move || {
        let nobody = || "There is nobody to hand it over to. Invite somebody first.".to_owned();
        why_not.get().or_else(|| people.read().is_empty().then(nobody))
    });
    let error = Signal::derive(move || Some(hand_over.value().get()?.err()?.to_string()));
    view! {
        <Button disabled_reason=reason on_click=move |_| open.set(true)>"Hand over"</Button>
        <HandOver
            open
            title=Signal::derive(move || format!("Hand {} over?", project.read().name))
            text="Who owns it until now keeps the role of a maintainer, and can no longer change its members."
            people
            busy=hand_over.pending()
            error
            on_choose=move |user| { hand_over.dispatch_local((id, user)); }
        />
    }
}
