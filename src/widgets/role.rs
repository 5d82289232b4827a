//! Roles in a project, to choose from.

use models::permission::Role;

use crate::ui::SelectOption;

/// All roles, the least first.
#[must_use]
pub fn role_options() -> Vec<SelectOption> {
    Role::ALL.map(|role| SelectOption::new(role.as_str(), role.title())).to_vec()
}

/// What a role may do, in a sentence.
#[must_use]
pub fn role_about(role: Role) -> &'static str {
    match role {
        Role::Guest => "Reads the project.",
        Role::Reporter => "Reads, downloads artifacts, deploys models and asks them.",
        Role::Researcher => "Works on code, data, experiments, models and runs.",
        Role::Maintainer => "Describes the project, and tends what others have made.",
        Role::Owner => "Decides on members, visibility and the project's end.",
    }
}
