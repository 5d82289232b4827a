//! What groups and organizations have in common.

use uuid::Uuid;

use crate::paths;

/// People who get a role in a project together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TeamKind {
    /// Groups of people.
    Groups,
    /// Organizations: groups and people under one roof.
    Organizations,
}

impl TeamKind {
    /// Both kinds, the smaller first.
    pub const ALL: [Self; 2] = [Self::Groups, Self::Organizations];

    /// The kind as people read it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Groups => "Groups",
            Self::Organizations => "Organizations",
        }
    }

    /// The part of an address that names the kind.
    #[must_use]
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Organizations => "organizations",
        }
    }

    /// The kind that a part of an address names.
    #[must_use]
    pub fn named(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.segment() == segment)
    }

    /// The path of all of a kind.
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Groups => paths::groups(),
            Self::Organizations => paths::organizations(),
        }
    }

    /// The path of one of them.
    #[must_use]
    pub fn item_path(self, id: Uuid) -> String {
        format!("{}/{id}", self.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{OrganizationId, UserGroupId};

    #[test]
    fn a_kind_knows_its_paths() {
        let id = Uuid::nil();
        assert_eq!(TeamKind::Groups.item_path(id), paths::group(UserGroupId(id)));
        assert_eq!(TeamKind::Organizations.item_path(id), paths::organization(OrganizationId(id)));
    }

    #[test]
    fn a_kind_is_found_by_its_part_of_an_address() {
        assert_eq!(TeamKind::named("groups"), Some(TeamKind::Groups));
        assert_eq!(TeamKind::named("teams"), None);
    }
}
