//! The JSON of `models::person`.

use models::person::{
    CreatedOrganization, CreatedUser, CreatedUserGroup, NewOrganization, NewUser, NewUserGroup, Organization,
    OrganizationPatch, PasswordChange, User, UserGroup, UserGroupPatch, UserPatch, UserRecord,
};
use serde_json::json;

use crate::support::{ID, OTHER_ID, is_mended, is_refused, travels, user, write};

#[test]
fn a_user_is_told_with_and_without_what_is_private() {
    travels::<User>(json!({"userId": ID, "name": "ann"}));
    travels::<User>(json!({"userId": ID, "name": "ann", "email": "ann@example.org", "isAdmin": true}));
}

#[test]
fn administrators_are_told_more_of_a_user() {
    travels::<UserRecord>(json!({
        "userId": ID, "name": "ann", "email": "ann@example.org", "isAdmin": false, "isDisabled": true, "createdAt": 1,
        "lastSeenAt": null, "nProjects": 2,
    }));
    travels::<CreatedUser>(json!({"userId": ID}));
    travels::<CreatedUser>(
        json!({"userId": ID, "link": {"url": "http://localhost/link?token=t", "expiresAt": 1}}),
    );
    let change: PasswordChange = travels(json!({"currentPassword": "hunter2", "password": "twelve letters"}));
    assert!(!format!("{change:?}").contains("hunter2"));
    travels::<PasswordChange>(json!({"password": "twelve letters"}));
}

#[test]
fn a_new_user_may_be_spelled_as_in_2022() {
    let canonical = json!({"name": "ann", "email": "ann@example.org", "isAdmin": false});
    is_mended::<NewUser>(json!({"userName": "ann", "email": "ann@example.org"}), canonical.clone());
    is_mended::<NewUser>(json!({"name": "ann", "email": "ann@example.org", "isAdmin": null}), canonical);
    travels::<NewUser>(
        json!({"name": "ann", "email": "ann@example.org", "isAdmin": true, "password": "twelve letters"}),
    );
    is_refused::<NewUser>(json!({"name": "ann b", "email": "ann@example.org"}), "remove the blanks");
    is_refused::<NewUser>(
        json!({"name": "ann", "email": "ann"}),
        "enter an address such as name@example.org",
    );
}

#[test]
fn a_user_is_changed_field_by_field() {
    travels::<UserPatch>(json!({}));
    travels::<UserPatch>(
        json!({"name": "ann", "email": "a@b.org", "isAdmin": false, "password": "twelve letters"}),
    );
    is_mended::<UserPatch>(json!({"userId": ID, "userName": "ann"}), json!({"name": "ann"}));
}

#[test]
fn a_group_travels_with_its_members() {
    travels::<UserGroup>(
        json!({"userGroupId": ID, "name": "Weather", "admin": user(), "members": [user()], "version": 3}),
    );
    assert_eq!(
        write(&CreatedUserGroup::from(ID.parse::<models::id::UserGroupId>().unwrap())),
        json!({"userGroupId": ID, "groupId": ID})
    );
}

#[test]
fn members_are_named_by_id_or_as_objects() {
    travels::<NewUserGroup>(json!({"name": "Weather", "members": [ID]}));
    is_mended::<NewUserGroup>(
        json!({"userGroupId": ID, "name": "Weather", "admin": user(), "members": [user(), OTHER_ID]}),
        json!({"name": "Weather", "members": [ID, OTHER_ID]}),
    );
    is_mended::<UserGroupPatch>(json!({"admin": user(), "members": null}), json!({"adminId": ID}));
    travels::<UserGroupPatch>(json!({"name": "Climate", "adminId": ID, "members": []}));
    is_refused::<NewUserGroup>(json!({"name": "Weather", "members": ["ann"]}), "`ann` is no id");
}

#[test]
fn an_organization_travels_with_groups_and_members() {
    let group = json!({"userGroupId": ID, "name": "Weather", "admin": user(), "members": [], "version": 1});
    travels::<Organization>(json!({
        "organizationId": ID, "name": "Institute", "contact": user(), "groups": [group], "members": [user()], "version": 1,
    }));
    is_mended::<NewOrganization>(
        json!({"name": "Institute", "contact": user(), "groups": [group]}),
        json!({"name": "Institute", "groups": [ID], "members": []}),
    );
    is_mended::<OrganizationPatch>(
        json!({"contact": user(), "groups": [{"groupId": ID}], "members": [user()]}),
        json!({"contactId": ID, "groups": [ID], "members": [ID]}),
    );
    travels::<OrganizationPatch>(json!({"name": "Institute"}));
    travels::<CreatedOrganization>(json!({"organizationId": ID}));
}
