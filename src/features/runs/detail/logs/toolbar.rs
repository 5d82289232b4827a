//! What can be done with a log.

use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::permission::Action;

use super::levels::Levels;
use super::search::LogSearch;
use crate::queries;
use crate::ui::{Button, IconButton, IconName, Switch, Toasts};
use crate::widgets::log::Reading;
use crate::widgets::{follow_download, why_not};

/// Searches the log, narrows it, follows its end and downloads it.
#[component]
pub(super) fn Toolbar(project: ProjectId, run: RunId, reading: Reading) -> impl IntoView {
    let follow = reading.follow;
    let jump = move |_| {
        reading.target.set(None);
        follow.set(true);
    };
    view! {
        <div class="toolbar log-toolbar">
            <LogSearch project run reading/>
            <Levels levels=reading.levels/>
            <div class="toolbar-end">
                <Switch checked=follow on_change=move |on| follow.set(on)>"Follow"</Switch>
                <Show when=move || !follow.get()>
                    <Button icon=IconName::ArrowDown on_click=jump>"Jump to end"</Button>
                </Show>
                <Download project run/>
            </div>
        </div>
    }
}

#[component]
fn Download(project: ProjectId, run: RunId) -> impl IntoView {
    let link = queries::logs::file();
    follow_download(link);
    Effect::new(move || {
        if let Some(Err(error)) = link.value().get() {
            Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned));
        }
    });
    let fetch = move |_| {
        link.dispatch_local((project, run));
    };
    let disabled_reason = why_not(project, Action::ViewProject);
    view! { <IconButton label="Download the log" icon=IconName::Download disabled_reason busy=link.pending() on_click=fetch/> }
}
