//! Renaming a group or an organization.

use std::sync::Arc;

use leptos::prelude::*;

use super::create::{Draft, TypedName};
use super::standing::Standing;
use super::words::words;
use crate::queries::{
    self, ApiError,
    teams::{Team, TeamPatch},
};
use crate::ui::{Banner, Button, Dialog, Field, Form, IconName, SubmitRow, TextInput, Toasts, Tone};
use crate::widgets::FormErrors;

/// The button that renames it, and its dialog.
#[component]
pub(super) fn RenameButton(team: Signal<Arc<Team>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let why_not = Standing::of(team).why_not_change();
    let title = format!("Rename the {}", words(team.with_untracked(|team| team.kind)).one);
    view! {
        <Button icon=IconName::Edit disabled_reason=why_not on_click=move |_| open.set(true)>"Rename"</Button>
        <Dialog open title locked=busy><RenameForm team open busy/></Dialog>
    }
}

#[component]
fn RenameForm(team: Signal<Arc<Team>>, open: RwSignal<bool>, busy: RwSignal<bool>) -> impl IntoView {
    let seen = RwSignal::new(team.get_untracked());
    let name = RwSignal::new(seen.read_untracked().name.clone());
    let change = queries::teams::change();
    let errors = FormErrors::of(change);
    Effect::new(move || busy.set(change.pending().get()));
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("Renamed.");
        }
    });
    let refused = Signal::derive(move || matches!(*change.value().read(), Some(Err(ApiError::Stale(_)))));
    Effect::new(move || {
        if refused.get() {
            seen.set(team.get());
        }
    });
    let submit = move |()| {
        if let Some(TypedName(name)) = errors.check(Draft(name.get_untracked()))
            && !change.pending().get_untracked()
        {
            let team = seen.get_untracked();
            let patch = TeamPatch { name: Some(name), ..TeamPatch::default() };
            change.dispatch_local((team.kind, team.id, team.version, patch));
        }
    };
    let summary = errors.summary(&["name"]);
    let error = Signal::derive(move || if refused.get() { None } else { summary.get() });
    let conflict = move || {
        let theirs = format!(
            "Somebody else has changed it in the meantime. It is called “{}” now. Save again to keep what you typed.",
            seen.read().name
        );
        view! { <Banner tone=Tone::Warning icon=IconName::Users>{theirs}</Banner> }
    };
    view! {
        <Form error on_submit=submit>
            {move || refused.get().then(conflict)}
            <Field label="Name" error=errors.at("name")><TextInput value=name autofocus=true/></Field>
            <SubmitRow label="Save" busy=change.pending() on_cancel=move |()| open.set(false)/>
        </Form>
    }
}
