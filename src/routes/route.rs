//! What can be linked to, and where it is.

use std::fmt;

use models::id::{DeploymentId, ProjectId, RunId, SavedModelId, ScheduleId};
use models::repository::RepositoryKind;
use models::run_table::TableScope;
use models::team::TeamKind;
use uuid::Uuid;

use super::pages::{ProjectSettingsTab, RunTab, SettingsPage};

/// A page that can be linked to. Views link to a `Route`, never to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// What concerns the person now.
    Home,
    /// Signing in.
    Login,
    /// Signing in with a one-time link; the token stands in the query until the page opens.
    Link,
    /// The first start of a new server; the token stands in the query until the page opens.
    Setup,
    /// The list of projects.
    Projects,
    /// A project's dashboard.
    Project(ProjectId),
    /// The table of the runs of all projects that the person may see.
    AllRuns,
    /// A project's table of runs.
    Runs(ProjectId),
    /// The form that starts a run of a project; the query says with what it begins.
    Launch(ProjectId),
    /// Runs of a project side by side; the query names them.
    Compare(ProjectId),
    /// A run, and what of it is shown.
    Run(ProjectId, RunId, RunTab),
    /// A project's repositories of a kind.
    Repositories(ProjectId, RepositoryKind),
    /// A repository.
    Repository(ProjectId, RepositoryKind, Uuid),
    /// A project's saved models.
    SavedModels(ProjectId),
    /// A saved model.
    SavedModel(ProjectId, SavedModelId),
    /// A project's deployments.
    Deployments(ProjectId),
    /// A deployment.
    Deployment(ProjectId, DeploymentId),
    /// A project's schedules.
    Schedules(ProjectId),
    /// A schedule.
    Schedule(ProjectId, ScheduleId),
    /// The person's own settings.
    Settings(SettingsPage),
    /// A project's settings, and which of them are shown.
    ProjectSettings(ProjectId, ProjectSettingsTab),
    /// The groups or the organizations that the person belongs to.
    Teams(TeamKind),
    /// A group or an organization.
    Team(TeamKind, Uuid),
    /// All people, for those who administer the server.
    Users,
    /// All labels, for those who administer the server.
    Labels,
    /// Every component of the design system.
    Gallery,
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => formatter.write_str("/"),
            Self::Login => formatter.write_str("/login"),
            Self::Link => formatter.write_str("/link"),
            Self::Setup => formatter.write_str("/setup"),
            Self::Projects => formatter.write_str("/projects"),
            Self::Project(project) => write!(formatter, "/projects/{project}"),
            Self::AllRuns => formatter.write_str("/runs"),
            Self::Runs(project) => write!(formatter, "/projects/{project}/runs"),
            Self::Launch(project) => write!(formatter, "/projects/{project}/runs/new"),
            Self::Compare(project) => write!(formatter, "/projects/{project}/compare"),
            Self::Run(project, run, RunTab::Overview) => write!(formatter, "/projects/{project}/runs/{run}"),
            Self::Run(project, run, tab) => {
                write!(formatter, "/projects/{project}/runs/{run}/{}", tab.segment())
            }
            Self::Repositories(project, kind) => write!(formatter, "/projects/{project}/{}", kind.segment()),
            Self::Repository(project, kind, id) => {
                write!(formatter, "/projects/{project}/{}/{id}", kind.segment())
            }
            Self::SavedModels(project) => write!(formatter, "/projects/{project}/models/trained"),
            Self::SavedModel(project, model) => {
                write!(formatter, "/projects/{project}/models/trained/{model}")
            }
            Self::Deployments(project) => write!(formatter, "/projects/{project}/deployments"),
            Self::Deployment(project, deployment) => {
                write!(formatter, "/projects/{project}/deployments/{deployment}")
            }
            Self::Schedules(project) => write!(formatter, "/projects/{project}/schedules"),
            Self::Schedule(project, schedule) => {
                write!(formatter, "/projects/{project}/schedules/{schedule}")
            }
            Self::Settings(page) => write!(formatter, "/settings/{}", page.segment()),
            Self::ProjectSettings(project, tab) => {
                write!(formatter, "{}/{}", Self::settings_of(*project), tab.segment())
            }
            Self::Teams(kind) => write!(formatter, "/{}", kind.segment()),
            Self::Team(kind, id) => write!(formatter, "/{}/{id}", kind.segment()),
            Self::Users => formatter.write_str("/admin/users"),
            Self::Labels => formatter.write_str("/admin/labels"),
            Self::Gallery => formatter.write_str("/gallery"),
        }
    }
}

impl Route {
    /// Whether there is a gallery. A release leaves it out: it is for those who build the console, and a twentieth of it.
    pub const HAS_GALLERY: bool = cfg!(debug_assertions);

    /// The page at `path`, the part of an address before `?` and `#`; `None` when there is none.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let parts: Vec<_> = path.strip_prefix('/')?.split('/').filter(|part| !part.is_empty()).collect();
        Some(match *parts.as_slice() {
            [] => Self::Home,
            ["login"] => Self::Login,
            ["link"] => Self::Link,
            ["setup"] => Self::Setup,
            ["gallery"] if Self::HAS_GALLERY => Self::Gallery,
            ["settings"] => Self::Settings(SettingsPage::Profile),
            ["settings", page] => {
                Self::Settings(SettingsPage::ALL.into_iter().find(|known| known.segment() == page)?)
            }
            ["runs"] => Self::AllRuns,
            ["projects"] => Self::Projects,
            ["projects", project] => Self::Project(project.parse().ok()?),
            ["projects", project, "runs"] => Self::Runs(project.parse().ok()?),
            ["projects", project, "runs", "new"] => Self::Launch(project.parse().ok()?),
            ["projects", project, "compare"] => Self::Compare(project.parse().ok()?),
            ["projects", project, "runs", run, ref tab @ ..] => {
                Self::Run(project.parse().ok()?, run.parse().ok()?, RunTab::at(tab)?)
            }
            ["projects", project, "settings"] => {
                Self::ProjectSettings(project.parse().ok()?, ProjectSettingsTab::General)
            }
            ["projects", project, "settings", tab] => {
                Self::ProjectSettings(project.parse().ok()?, ProjectSettingsTab::named(tab)?)
            }
            ["projects", project, "models", "trained"] => Self::SavedModels(project.parse().ok()?),
            ["projects", project, "models", "trained", model] => {
                Self::SavedModel(project.parse().ok()?, model.parse().ok()?)
            }
            ["projects", project, "deployments"] => Self::Deployments(project.parse().ok()?),
            ["projects", project, "deployments", deployment] => {
                Self::Deployment(project.parse().ok()?, deployment.parse().ok()?)
            }
            ["projects", project, "schedules"] => Self::Schedules(project.parse().ok()?),
            ["projects", project, "schedules", schedule] => {
                Self::Schedule(project.parse().ok()?, schedule.parse().ok()?)
            }
            ["projects", project, kind] => {
                Self::Repositories(project.parse().ok()?, RepositoryKind::named(kind)?)
            }
            ["projects", project, kind, id] => {
                Self::Repository(project.parse().ok()?, RepositoryKind::named(kind)?, id.parse().ok()?)
            }
            ["admin"] | ["admin", "users"] => Self::Users,
            ["admin", "labels"] => Self::Labels,
            [kind] => Self::Teams(TeamKind::named(kind)?),
            [kind, id] => Self::Team(TeamKind::named(kind)?, id.parse().ok()?),
            _ => return None,
        })
    }

    /// The project that the page belongs to.
    #[must_use]
    pub fn project(self) -> Option<ProjectId> {
        match self {
            Self::Project(project)
            | Self::Runs(project)
            | Self::Launch(project)
            | Self::Compare(project)
            | Self::Run(project, ..)
            | Self::Repositories(project, _)
            | Self::Repository(project, ..)
            | Self::SavedModels(project)
            | Self::SavedModel(project, _)
            | Self::Deployments(project)
            | Self::Deployment(project, _)
            | Self::Schedules(project)
            | Self::Schedule(project, _)
            | Self::ProjectSettings(project, _) => Some(project),
            Self::Home
            | Self::Login
            | Self::Link
            | Self::Setup
            | Self::Projects
            | Self::AllRuns
            | Self::Settings(_)
            | Self::Teams(_)
            | Self::Team(..)
            | Self::Users
            | Self::Labels
            | Self::Gallery => None,
        }
    }

    /// Whether the page is for people who are not signed in, too.
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(self, Self::Login | Self::Link | Self::Setup | Self::Gallery)
    }

    /// The page whatever is shown on it: runs and settings stand for all their tabs.
    #[must_use]
    pub fn page(self) -> Self {
        match self {
            Self::Run(project, run, _) => Self::Run(project, run, RunTab::Overview),
            Self::ProjectSettings(project, _) => Self::ProjectSettings(project, ProjectSettingsTab::General),
            other @ (Self::Home
            | Self::Login
            | Self::Link
            | Self::Setup
            | Self::Projects
            | Self::Project(_)
            | Self::AllRuns
            | Self::Runs(_)
            | Self::Launch(_)
            | Self::Compare(_)
            | Self::Repositories(..)
            | Self::Repository(..)
            | Self::SavedModels(_)
            | Self::SavedModel(..)
            | Self::Deployments(_)
            | Self::Deployment(..)
            | Self::Schedules(_)
            | Self::Schedule(..)
            | Self::Settings(_)
            | Self::Teams(_)
            | Self::Team(..)
            | Self::Users
            | Self::Labels
            | Self::Gallery) => other,
        }
    }

    /// The table of the runs of a scope.
    #[must_use]
    pub fn table(scope: TableScope) -> Self {
        scope.project().map_or(Self::AllRuns, Self::Runs)
    }

    /// The address of a project's settings, below which each page of them lies.
    #[must_use]
    pub fn settings_of(project: ProjectId) -> String {
        format!("/projects/{project}/settings")
    }

    /// Whether a sign-in may lead to `address`: a path of the console with its query, and nothing else.
    #[must_use]
    pub fn is_safe_return(address: &str) -> bool {
        let local = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
        let path = address.split(['?', '#']).next().unwrap_or_default();
        local
            && Self::parse(path).is_some_and(|route| !matches!(route, Self::Login | Self::Link | Self::Setup))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = "0190a5b2-c3d4-4e5f-8a9b-cdef01234567";

    #[test]
    fn each_route_is_found_where_it_says_it_is() {
        let (Ok(project), Ok(run)) = (PROJECT.parse(), PROJECT.parse()) else { panic!("an id") };
        let mut routes = vec![
            Route::Home,
            Route::Login,
            Route::Link,
            Route::Setup,
            Route::Projects,
            Route::Project(project),
            Route::AllRuns,
            Route::Runs(project),
            Route::Launch(project),
            Route::Compare(project),
            Route::Users,
            Route::Labels,
            Route::Gallery,
        ];
        routes.extend(RunTab::ALL.map(|tab| Route::Run(project, run, tab)));
        let Ok(id) = PROJECT.parse() else { panic!("an id") };
        routes.extend(RepositoryKind::ALL.map(|kind| Route::Repositories(project, kind)));
        routes.extend(RepositoryKind::ALL.map(|kind| Route::Repository(project, kind, id)));
        routes.extend([Route::SavedModels(project), Route::Deployments(project)]);
        routes.push(Route::SavedModel(project, SavedModelId(id)));
        routes.push(Route::Deployment(project, DeploymentId(id)));
        routes.extend([Route::Schedules(project), Route::Schedule(project, ScheduleId(id))]);
        routes.extend(SettingsPage::ALL.map(Route::Settings));
        routes.extend(ProjectSettingsTab::ALL.map(|tab| Route::ProjectSettings(project, tab)));
        routes.extend(TeamKind::ALL.map(Route::Teams));
        routes.extend(TeamKind::ALL.map(|kind| Route::Team(kind, id)));
        for route in routes {
            assert_eq!(Route::parse(&route.to_string()), Some(route));
        }
    }

    #[test]
    fn an_unknown_page_or_an_unreadable_id_is_no_route() {
        for path in ["/nowhere", "/projects/x", "/projects/x/runs", "projects", ""] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
        assert_eq!(Route::parse(&format!("/projects/{PROJECT}/runs/{PROJECT}/nothing")), None);
    }

    #[test]
    fn settings_begin_with_the_person() {
        assert_eq!(Route::parse("/settings"), Some(Route::Settings(SettingsPage::Profile)));
        assert_eq!(Route::parse("/settings/nothing"), None);
    }

    #[test]
    fn a_sign_in_page_knows_the_whole_address_to_return_to() {
        assert_eq!(Route::login_and_return("/projects?q=a&b"), "/login?next=/projects%3Fq%3Da%26b");
    }

    #[test]
    fn a_filter_stands_in_the_address_of_the_table() {
        let Ok(project) = PROJECT.parse() else { panic!("an id") };
        let address = Route::runs_where(project, "code = 'é&'");
        assert_eq!(address, format!("/projects/{PROJECT}/runs?q=code%20%3D%20%27%C3%A9%26%27"));
        assert_eq!(Route::all_runs_where("code = 'a'"), "/runs?q=code%20%3D%20%27a%27");
    }

    #[test]
    fn compared_runs_stand_in_the_address_in_their_order() {
        let (Ok(project), Ok(run)) = (PROJECT.parse(), PROJECT.parse::<RunId>()) else { panic!("an id") };
        let address = Route::compare_of(project, &[run, run]);
        let id = PROJECT.replace('-', "");
        assert_eq!(address, format!("/projects/{PROJECT}/compare?runs={id},{id}"));
    }

    #[test]
    fn settings_open_with_what_is_general() {
        let Ok(project) = PROJECT.parse() else { panic!("an id") };
        let general = Route::ProjectSettings(project, ProjectSettingsTab::General);
        assert_eq!(Route::parse(&Route::settings_of(project)), Some(general));
        let members = Route::ProjectSettings(project, ProjectSettingsTab::Members);
        assert_eq!((members.page(), members.project()), (general, Some(project)));
        assert_eq!(Route::parse(&format!("/projects/{PROJECT}/settings/nothing")), None);
    }

    #[test]
    fn a_slash_at_the_end_changes_nothing() {
        assert_eq!(Route::parse("/projects/"), Some(Route::Projects));
    }

    #[test]
    fn a_sign_in_returns_to_pages_of_the_console_only() {
        for safe in ["/", "/projects?q=weather", &format!("/projects/{PROJECT}/runs#top")] {
            assert!(Route::is_safe_return(safe), "{safe}");
        }
        for unsafe_ in
            ["//evil.example", "/\\evil.example", "https://evil.example", "/projects/..\\x", "/login", ""]
        {
            assert!(!Route::is_safe_return(unsafe_), "{unsafe_}");
        }
    }
}
