//! Starting a run again, with one part of it changed.

use leptos::prelude::*;
use models::id::{ProjectId, RunId};

use crate::routes::{Route, RunLeg};
use crate::ui::{IconName, Menu, MenuLink, MenuSeparator, Size};

/// A menu that leads to the form that starts runs, with the values of this one.
#[component]
pub(super) fn RunAgain(
    project: ProjectId,
    #[prop(into)] run: Signal<RunId>,
    /// The height of the button.
    #[prop(optional)]
    size: Size,
) -> impl IntoView {
    let icon = |leg: RunLeg| match leg {
        RunLeg::Code => IconName::Code,
        RunLeg::Data => IconName::Database,
        RunLeg::Parameters => IconName::Settings,
        RunLeg::Resources => IconName::Server,
    };
    let to = move |leg: Option<RunLeg>| Signal::derive(move || Route::launch_from(project, run.get(), leg));
    view! {
        <Menu label="Run again" icon=IconName::Play size>
            {RunLeg::ALL.map(|leg| view! {
                <MenuLink href=to(Some(leg)) icon=icon(leg)>{format!("With other {}", leg.word())}</MenuLink>
            }).collect_view()}
            <MenuSeparator/>
            <MenuLink href=to(None) icon=IconName::Refresh>"As it was"</MenuLink>
        </Menu>
    }
}
