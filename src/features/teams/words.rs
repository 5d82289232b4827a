//! What differs between groups and organizations: their words.

use models::team::TeamKind;

use crate::ui::IconName;

/// The words about a kind.
pub(super) struct Words {
    pub(super) icon: IconName,
    /// One of them, in a sentence.
    pub(super) one: &'static str,
    /// The button that makes one.
    pub(super) add: &'static str,
    /// What who may change it is called.
    pub(super) lead: &'static str,
    /// What they are for.
    pub(super) about: &'static str,
    /// What an empty list says.
    pub(super) none: &'static str,
}

pub(super) fn words(kind: TeamKind) -> Words {
    match kind {
        TeamKind::Groups => Words {
            icon: IconName::Users,
            one: "group",
            add: "New group",
            lead: "Admin",
            about: "A group of people gets a role in a project at once. Who joins it later has the role, too.",
            none: "You are in no group yet",
        },
        TeamKind::Organizations => Words {
            icon: IconName::Building,
            one: "organization",
            add: "New organization",
            lead: "Contact",
            about: "An organization holds groups and people together, such as an institute. All of them get a role in a project at once.",
            none: "You are in no organization yet",
        },
    }
}

/// How many people, in words.
pub(super) fn people(n: usize) -> String {
    if n == 1 { "1 person".to_owned() } else { format!("{n} people") }
}
