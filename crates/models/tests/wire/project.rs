//! The JSON of `models::project`.

use models::project::{Activity, NewProject, Project, ProjectPatch, ProjectSearch};
use serde_json::{Value, json};

use crate::code::code_repository;
use crate::data::data_repository;
use crate::experiment::experiment_repository;
use crate::model::model_repository;
use crate::support::{ID, is_mended, is_refused, label, travels, user};

fn counts() -> Value {
    json!({"scheduled": 0, "running": 1, "finished": 2, "failed": 0, "killed": 0})
}

#[test]
fn a_project_travels_with_all_it_holds() {
    let group = json!({"userGroupId": ID, "name": "Weather", "admin": user(), "members": [], "version": 1});
    let organization = json!({"organizationId": ID, "name": "Institute", "contact": user(), "groups": [], "members": [], "version": 1});
    travels::<Project>(json!({
        "projectId": ID, "name": "Forecast", "executiveSummary": "Rain.", "detailedDescription": "# Rain",
        "descriptionDocument": [{"kind": "heading", "level": 1, "children": [{"kind": "text", "text": "Rain"}]}],
        "owner": user(),
        "members": [{"user": user(), "role": "RESEARCHER", "allowedToEdit": true}],
        "userGroups": [{"userGroup": group, "role": "REPORTER", "allowedToEdit": false}],
        "organizations": [{"organization": organization, "role": "MAINTAINER", "allowedToEdit": true}],
        "codeRepositories": [code_repository()], "experimentRepositories": [experiment_repository()],
        "dataRepositories": [data_repository()], "modelRepositories": [model_repository()], "labels": [label()],
        "public": false, "currentUserRole": "OWNER", "runCounts": counts(), "createdAt": 1, "updatedAt": 2, "version": 1,
    }));
}

#[test]
fn a_project_needs_a_name() {
    is_mended::<NewProject>(
        json!({"projectId": ID, "name": "Forecast", "owner": user(), "members": []}),
        json!({"name": "Forecast", "executiveSummary": "", "detailedDescription": "", "public": false}),
    );
    is_refused::<NewProject>(json!({}), "missing field `name`");
    travels::<ProjectPatch>(
        json!({"name": "F", "executiveSummary": "s", "detailedDescription": "d", "public": true}),
    );
    travels::<ProjectPatch>(json!({}));
}

#[test]
fn a_search_names_people_groups_and_labels() {
    travels::<ProjectSearch>(json!({
        "searchString": "rain", "ownerId": ID, "memberId": ID, "groupId": ID, "organizationId": ID, "labelId": ID,
        "relation": "shared",
    }));
}

#[test]
fn activity_is_told_by_day() {
    travels::<Activity>(json!({"days": [{"start": 0, "runs": counts()}]}));
}

#[test]
fn a_role_is_given_in_the_words_of_today_or_of_2022() {
    use models::permission::Role;
    use models::project::{NewOwner, RoleGrant};
    let meant = |grant| crate::support::travels::<RoleGrant>(grant).meant();
    assert_eq!(meant(json!({"role": "MAINTAINER", "allowedToEdit": false})), Some(Role::Maintainer));
    assert_eq!(meant(json!({"allowedToEdit": true})), Some(Role::Researcher));
    assert_eq!(meant(json!({"allowedToEdit": false})), Some(Role::Reporter));
    assert_eq!(meant(json!({})), None);
    travels::<NewOwner>(json!({"userId": ID}));
}

#[test]
fn members_are_people_groups_and_organizations() {
    travels::<models::project::ProjectMembers>(json!({
        "owner": user(), "members": [{"user": user(), "role": "RESEARCHER", "allowedToEdit": true}],
        "userGroups": [], "organizations": [],
    }));
}
