//! The navigation at the left.

use leptos::prelude::*;
use models::id::ProjectId;
use models::repository::RepositoryKind;
use models::team::TeamKind;

use crate::routes::Route;
use crate::session::Session;
use crate::ui::{IconName, NavBrand, NavLink, NavSection, NavState, keep, kept};

/// Where it is kept that the navigation is folded.
const KEY: &str = "navigation";
const FOLDED: &str = "folded";

/// How the navigation stands, as it was left in this browser.
pub(super) fn remembered_state() -> NavState {
    let state = NavState::new(kept(KEY).as_deref() == Some(FOLDED));
    Effect::new(move || keep(KEY, state.narrow.get().then_some(FOLDED)));
    state
}

/// The places that one goes to from everywhere, and those of the project at hand.
#[component]
pub(super) fn Navigation(project: Memo<Option<ProjectId>>) -> impl IntoView {
    let session = Session::current();
    let is_admin = Memo::new(move |_| session.user().is_some_and(|user| user.is_admin == Some(true)));
    view! {
        <NavBrand href=Route::Home.to_string() name="Mantik"/>
        <NavSection>
            <NavLink href=Route::Home.to_string() icon=IconName::Home label="Home" exact=true/>
            <NavLink href=Route::Projects.to_string() icon=IconName::Folder label="Projects" exact=true/>
            <NavLink href=Route::AllRuns.to_string() icon=IconName::Play label="All runs"/>
            <NavLink href=Route::Teams(TeamKind::Groups).to_string() icon=IconName::Users label=TeamKind::Groups.title()/>
            <NavLink href=Route::Teams(TeamKind::Organizations).to_string() icon=IconName::Building label=TeamKind::Organizations.title()/>
        </NavSection>
        {move || project.get().map(|project| view! {
            <NavSection title=Some("Project".to_owned())>
                <NavLink href=Route::Project(project).to_string() icon=IconName::Book label="Overview" exact=true/>
                <NavLink href=Route::Runs(project).to_string() icon=IconName::Play label="Runs"/>
                {RepositoryKind::ALL.map(|kind| view! {
                    <NavLink
                        href=Route::Repositories(project, kind).to_string()
                        icon=icon(kind)
                        label=kind.title()
                        except=Route::SavedModels(project).to_string()
                    />
                }).collect_view()}
                <NavLink href=Route::SavedModels(project).to_string() icon=IconName::File label="Saved models"/>
                <NavLink href=Route::Deployments(project).to_string() icon=IconName::Rocket label="Deployments"/>
                <NavLink href=Route::Schedules(project).to_string() icon=IconName::Calendar label="Schedules"/>
                <NavLink href=Route::settings_of(project) icon=IconName::Settings label="Settings"/>
            </NavSection>
        })}
        {move || is_admin.get().then(|| view! {
            <NavSection title=Some("Administration".to_owned())>
                <NavLink href=Route::Users.to_string() icon=IconName::Shield label="Users"/>
                <NavLink href=Route::Labels.to_string() icon=IconName::Tag label="Labels"/>
            </NavSection>
        })}
    }
}

fn icon(kind: RepositoryKind) -> IconName {
    match kind {
        RepositoryKind::Code => IconName::Code,
        RepositoryKind::Data => IconName::Database,
        RepositoryKind::Experiments => IconName::Flask,
        RepositoryKind::Models => IconName::Cube,
    }
}
