//! The JSON of `models::invitation` and `models::project_access`.

use models::invitation::{Invitation, NewInvitation};
use models::project_access::ProjectAccess;
use serde_json::json;

use crate::support::{ID, OTHER_ID, is_mended, read, travels, user};

#[test]
fn an_invitation_says_to_what_and_by_whom() {
    let to = [
        json!({"kind": "group", "userGroupId": ID, "name": "Weather"}),
        json!({"kind": "organization", "organizationId": ID, "name": "Institute"}),
        json!({"kind": "project", "projectId": ID, "name": "Forecast", "role": "REPORTER"}),
    ];
    for to in to {
        travels::<Invitation>(json!({
            "invitationId": ID, "to": to, "user": user(), "email": null, "invitedBy": user(),
            "createdAt": 1, "expiresAt": 2,
        }));
    }
}

#[test]
fn somebody_is_invited_in_one_way() {
    travels::<NewInvitation>(json!({"userId": ID, "role": "MAINTAINER"}));
    travels::<NewInvitation>(json!({"email": "ann@example.org", "allowedToEdit": true}));
    is_mended::<NewInvitation>(json!({"user": user()}), json!({"userId": ID}));
    let invitation: NewInvitation = read(json!({"name": "ann"}));
    assert_eq!(invitation.check(), Ok(()));
    for wrong in [json!({}), json!({"name": "ann", "userId": ID})] {
        let invitation: NewInvitation = read(wrong);
        assert!(invitation.check().unwrap_err().get("name").is_some());
    }
}

#[test]
fn access_is_told_with_every_way_to_it() {
    travels::<ProjectAccess>(json!({
        "user": user(), "role": "OWNER",
        "ways": [
            {"kind": "owner", "role": "OWNER"},
            {"kind": "groupOfOrganization", "role": "REPORTER", "group": {"userGroupId": ID, "name": "Weather"},
                "organization": {"organizationId": OTHER_ID, "name": "Institute"}},
            {"kind": "public", "role": "GUEST"},
        ],
    }));
}
