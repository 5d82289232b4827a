//! The search over everything.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use models::id::{DeploymentId, ProjectId, RunId, SavedModelId};
use models::repository::RepositoryKind;
use models::search::{HitKind, SearchHit};
use models::team::TeamKind;

use crate::queries;
use crate::routes::{Route, RunTab, SettingsPage};
use crate::ui::{Destination, DestinationGroup, IconName, Palette};
use crate::widgets::settled;

/// How long to wait for the next letter before searching.
const PAUSE: Duration = Duration::from_millis(150);

/// The search, which begins empty each time. Pages of the console are among what is found.
#[component]
pub(super) fn Search(
    /// The project on screen.
    project: Memo<Option<ProjectId>>,
    /// Whether it is on screen.
    open: RwSignal<bool>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let asked = settled::<String>(text.into(), PAUSE);
    let found = queries::search::everything(move || {
        let wanted = asked.read().trim().to_owned();
        Some(wanted).filter(|wanted| open.get() && !wanted.is_empty())
    });
    let groups = Signal::derive(move || {
        let wanted = text.get().trim().to_lowercase();
        let mut groups = vec![pages(project.get(), &wanted)];
        let hits = found.value.get().filter(|_| !wanted.is_empty());
        groups.extend(HitKind::ALL.map(|kind| group(kind, hits.iter().flat_map(|found| &found.hits))));
        groups.retain(|group| !group.destinations.is_empty());
        groups
    });
    let nothing = Signal::derive(move || match (found.fetching.get(), found.error.get()) {
        (true, _) => "Searching…".to_owned(),
        (false, Some(error)) => error.to_string(),
        (false, None) => "Nothing of that name that you may see.".to_owned(),
    });
    let navigate = use_navigate();
    let go = move |href: String| navigate(&href, NavigateOptions::default());
    Effect::new(move || {
        if open.get() {
            text.set(String::new());
        }
    });
    view! { <Palette open text groups nothing on_go=go/> }
}

/// Pages of the console whose name contains `wanted`.
fn pages(project: Option<ProjectId>, wanted: &str) -> DestinationGroup {
    let mut pages = vec![
        ("Home", IconName::Home, Route::Home),
        ("Projects", IconName::Folder, Route::Projects),
        ("All runs", IconName::Play, Route::AllRuns),
        ("Groups", IconName::Users, Route::Teams(TeamKind::Groups)),
        ("Organizations", IconName::Building, Route::Teams(TeamKind::Organizations)),
        ("Your settings", IconName::Settings, Route::Settings(SettingsPage::Profile)),
        ("Your tokens", IconName::Settings, Route::Settings(SettingsPage::Tokens)),
        ("Your connections", IconName::Settings, Route::Settings(SettingsPage::Connections)),
    ];
    if let Some(project) = project {
        pages.extend([
            ("Overview", IconName::Book, Route::Project(project)),
            ("Runs", IconName::Play, Route::Runs(project)),
            ("Saved models", IconName::File, Route::SavedModels(project)),
            ("Deployments", IconName::Rocket, Route::Deployments(project)),
        ]);
        let kinds = RepositoryKind::ALL.into_iter();
        pages.extend(kinds.map(|kind| (kind.title(), IconName::Folder, Route::Repositories(project, kind))));
    }
    pages.retain(|(name, ..)| name.to_lowercase().contains(wanted));
    let destination = |(name, icon, route): (&str, IconName, Route)| Destination {
        icon,
        name: name.to_owned(),
        within: String::new(),
        href: route.to_string(),
    };
    DestinationGroup { title: "Pages", destinations: pages.into_iter().map(destination).collect() }
}

fn group<'a>(kind: HitKind, hits: impl Iterator<Item = &'a SearchHit>) -> DestinationGroup {
    let own = hits.filter(|hit| hit.kind == kind);
    DestinationGroup { title: kind.title(), destinations: own.filter_map(destination).collect() }
}

/// Where a hit leads to; nowhere when this version does not know.
fn destination(hit: &SearchHit) -> Option<Destination> {
    let of_kind = |kind| Some(Route::Repository(hit.project_id?, kind, hit.id));
    let (icon, route) = match hit.kind {
        HitKind::Project => (IconName::Folder, Route::Project(ProjectId(hit.id))),
        HitKind::Code => (IconName::Code, of_kind(RepositoryKind::Code)?),
        HitKind::Data => (IconName::Database, of_kind(RepositoryKind::Data)?),
        HitKind::Experiment => (IconName::Flask, of_kind(RepositoryKind::Experiments)?),
        HitKind::Model => (IconName::Cube, of_kind(RepositoryKind::Models)?),
        HitKind::Run => (IconName::Play, Route::Run(hit.project_id?, RunId(hit.id), RunTab::Overview)),
        HitKind::SavedModel => (IconName::File, Route::SavedModel(hit.project_id?, SavedModelId(hit.id))),
        HitKind::Deployment => (IconName::Rocket, Route::Deployment(hit.project_id?, DeploymentId(hit.id))),
        HitKind::Group => (IconName::Users, Route::Team(TeamKind::Groups, hit.id)),
        HitKind::Organization => (IconName::Building, Route::Team(TeamKind::Organizations, hit.id)),
        HitKind::User => {
            let href = Route::projects_of(hit.id);
            return Some(Destination {
                icon: IconName::User,
                name: hit.name.clone(),
                within: String::new(),
                href,
            });
        }
        HitKind::Label => {
            let href = Route::projects_labelled(hit.id);
            let within = hit.within.clone();
            return Some(Destination { icon: IconName::Tag, name: hit.name.clone(), within, href });
        }
    };
    Some(Destination { icon, name: hit.name.clone(), within: hit.within.clone(), href: route.to_string() })
}
