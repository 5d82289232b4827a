//! The roles that were given in a project, as lines of a list.

use models::permission::Role;
use models::project::Project;

use crate::queries::members::Grantee;
use crate::ui::IconName;

/// A role that was given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Grant {
    pub(super) grantee: Grantee,
    /// What the person, the group or the organization is called.
    pub(super) name: String,
    /// Who it is, in a few words: an address, or how many people.
    pub(super) about: Option<String>,
    pub(super) role: Role,
}

impl Grant {
    /// The drawing of what is no single person.
    pub(super) fn icon(&self) -> Option<IconName> {
        match self.grantee {
            Grantee::Person(_) => None,
            Grantee::Group(_) => Some(IconName::Users),
            Grantee::Organization(_) => Some(IconName::Building),
        }
    }

    /// What its end means.
    pub(super) fn loss(&self) -> &'static str {
        match self.grantee {
            Grantee::Person(_) => {
                "What this person made stays. A role through a group or an organization stays, too."
            }
            Grantee::Group(_) | Grantee::Organization(_) => {
                "Its members keep only the roles that they have in another way."
            }
        }
    }
}

/// All roles that were given: people, then groups, then organizations.
pub(super) fn grants(project: &Project) -> Vec<Grant> {
    let people = project.members.iter().map(|member| Grant {
        grantee: Grantee::Person(member.user.user_id),
        name: member.user.name.clone(),
        about: member.user.email.clone(),
        role: member.role,
    });
    let groups = project.user_groups.iter().map(|member| {
        let group = &member.user_group;
        let others = group.members.iter().filter(|other| other.user_id != group.admin.user_id);
        let about = match 1 + others.count() {
            1 => "group of 1 person".to_owned(),
            n => format!("group of {n} people"),
        };
        let (grantee, name) = (Grantee::Group(group.user_group_id), group.name.clone());
        Grant { grantee, name, about: Some(about), role: member.role }
    });
    let organizations = project.organizations.iter().map(|member| Grant {
        grantee: Grantee::Organization(member.organization.organization_id),
        name: member.organization.name.clone(),
        about: Some("organization".to_owned()),
        role: member.role,
    });
    people.chain(groups).chain(organizations).collect()
}
