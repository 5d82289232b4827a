//! Every route is found where it says it is.

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
