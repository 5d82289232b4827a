//! Who may do what: the one table by which the server refuses and the console explains.

use serde::{Deserialize, Serialize};

/// What a person may do in a project; each role includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Reads a public project.
    Guest,
    /// Reads, downloads artifacts, deploys models and asks them.
    Reporter,
    /// Works on code, data, experiments, models and runs.
    Researcher,
    /// Describes the project and tends what others have made.
    Maintainer,
    /// Decides on members, visibility and the project's end.
    Owner,
}

impl Role {
    /// All roles, the least first.
    pub const ALL: [Self; 5] = [Self::Guest, Self::Reporter, Self::Researcher, Self::Maintainer, Self::Owner];

    /// The spelling on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "GUEST",
            Self::Reporter => "REPORTER",
            Self::Researcher => "RESEARCHER",
            Self::Maintainer => "MAINTAINER",
            Self::Owner => "OWNER",
        }
    }

    /// The role as a person reads it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Guest => "Guest",
            Self::Reporter => "Reporter",
            Self::Researcher => "Researcher",
            Self::Maintainer => "Maintainer",
            Self::Owner => "Owner",
        }
    }

    /// The role that is spelled `text`.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// What `If-Match` calls a role that was given: such a thing changes only by becoming another role.
    #[must_use]
    pub fn version(self) -> i64 {
        match self {
            Self::Guest => 1,
            Self::Reporter => 2,
            Self::Researcher => 3,
            Self::Maintainer => 4,
            Self::Owner => 5,
        }
    }

    /// The role of this [version](Self::version).
    #[must_use]
    pub fn of_version(version: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.version() == version)
    }

    /// Whether it may edit, as the 2022 interface said it.
    #[must_use]
    pub fn allowed_to_edit(self) -> bool {
        self >= Self::Researcher
    }

    /// The role that the 2022 interface meant.
    #[must_use]
    pub fn from_allowed_to_edit(allowed: bool) -> Self {
        if allowed { Self::Researcher } else { Self::Reporter }
    }

    /// Why this role may not do `action`; `None` when it may.
    #[must_use]
    pub fn why_not(self, action: Action) -> Option<String> {
        match action.rule() {
            Rule::Role(needed) if self < needed => Some(format!(
                "This needs the role {} in the project; yours is {}. An owner of the project can change it.",
                needed.title(),
                self.title()
            )),
            Rule::Role(_)
            | Rule::Anyone
            | Rule::SignedIn
            | Rule::Oneself
            | Rule::OneselfOrAdministrator
            | Rule::Administrator
            | Rule::Member
            | Rule::Lead => None,
        }
    }
}

/// What an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Nothing.
    Anyone,
    /// To be signed in.
    SignedIn,
    /// To be the person it is about.
    Oneself,
    /// To be the person it is about, or an administrator of the platform.
    OneselfOrAdministrator,
    /// To be an administrator of the platform.
    Administrator,
    /// To belong to the group or organization, or to be an administrator of the platform.
    Member,
    /// To be the admin of the group or the contact of the organization, or an administrator of the platform.
    Lead,
    /// A role in the project.
    Role(Role),
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident => $rule:expr),+ $(,)?) => {
        /// What can be done through the interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $name),+
        }

        impl Action {
            /// All actions.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// What it needs.
            #[must_use]
            pub fn rule(self) -> Rule {
                match self {
                    $(Self::$name => $rule),+
                }
            }

            /// Its name, as documents spell it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name)),+
                }
            }
        }
    };
}

actions! {
    /// Ask whether the server lives, is ready, needs its first user; read the API's description.
    ReadServer => Rule::Anyone,
    /// Ask several things at once; each is answered as if it had been asked alone.
    AskTogether => Rule::Anyone,
    /// Sign in, with whatever proof.
    SignIn => Rule::Anyone,
    /// Fetch what a download link leads to; the link is the proof.
    FollowDownloadLink => Rule::Anyone,
    /// Sign out; read one's own session; hear of changes.
    UseSession => Rule::SignedIn,
    /// Confirm with the password that it is the person herself.
    ConfirmSession => Rule::SignedIn,
    /// Read the metrics of the server.
    ReadServerMetrics => Rule::Administrator,
    /// Find people by name.
    SearchUsers => Rule::SignedIn,
    /// Search everything that one may see.
    SearchEverything => Rule::SignedIn,
    /// List all users, projects, groups, organizations and labels.
    Administrate => Rule::Administrator,
    /// Create people, let them in and keep them out.
    ManageUsers => Rule::Administrator,
    /// Rename, merge and delete labels.
    ManageLabels => Rule::Administrator,
    /// Change a person's name and address; an administrator also what she may do.
    EditUser => Rule::OneselfOrAdministrator,
    /// Read the invitations that wait for one's answer, and answer them.
    AnswerInvitations => Rule::Oneself,
    /// List one's groups and organizations, and find others by name.
    ListTeams => Rule::SignedIn,
    /// Create a group or an organization, and lead it.
    CreateTeam => Rule::SignedIn,
    /// Read a group or an organization with its members.
    ViewTeam => Rule::Member,
    /// Leave a group or an organization.
    LeaveTeam => Rule::Member,
    /// Rename a group or an organization, hand it over, change its members, invite to it, delete it.
    ManageTeam => Rule::Lead,
    /// Read and change one's own settings, tokens and connections.
    ManageOwnSettings => Rule::Oneself,
    /// Find labels.
    SearchLabels => Rule::SignedIn,
    /// Make labels, for what one may edit.
    CreateLabels => Rule::SignedIn,
    /// Read a connection of one's own; programs get its secrets.
    UseConnections => Rule::Oneself,
    /// List the projects that one may see.
    ListProjects => Rule::SignedIn,
    /// Read the runs of all projects that one may see.
    ViewAllRuns => Rule::SignedIn,
    /// Change runs of several projects at once; each needs the right to in its project.
    EditAllRuns => Rule::SignedIn,
    /// Create a project, and own it.
    CreateProject => Rule::SignedIn,
    /// Read a project with its repositories, experiments, runs and models.
    ViewProject => Rule::Role(Role::Guest),
    /// Download artifacts and images.
    DownloadArtifacts => Rule::Role(Role::Reporter),
    /// Describe where a saved model is deployed.
    DeployModels => Rule::Role(Role::Reporter),
    /// Ask a deployed model for a prediction.
    AskModels => Rule::Role(Role::Reporter),
    /// Read what deployments were asked and answered, and what they printed.
    ReadPredictions => Rule::Role(Role::Reporter),
    /// Have the server serve a deployed model, which executes what is in it.
    ServeModels => Rule::Role(Role::Researcher),
    /// Create, edit and delete code, data, experiment and model repositories.
    EditRepositories => Rule::Role(Role::Researcher),
    /// Create, edit and delete runs and saved models, and log to them; also over MLflow.
    EditRuns => Rule::Role(Role::Researcher),
    /// Submit a run to a machine, with one's own connection; keep templates of the form for oneself.
    SubmitRuns => Rule::Role(Role::Researcher),
    /// Keep views of the table of runs for oneself, and choose which of them opens first.
    KeepViews => Rule::Role(Role::Reporter),
    /// Share views and templates with the project, and change one's own that are shared.
    ShareViews => Rule::Role(Role::Researcher),
    /// Choose which view opens first for everybody; change and delete the views and templates that others share.
    TendViews => Rule::Role(Role::Maintainer),
    /// Edit the project's name, summary, description and labels.
    EditProject => Rule::Role(Role::Maintainer),
    /// Cancel anybody's run, edit anybody's deployment.
    TendRuns => Rule::Role(Role::Maintainer),
    /// Change who may see the project, and its members.
    ManageMembers => Rule::Role(Role::Owner),
    /// Read who may see the project, and why.
    ViewAccess => Rule::Role(Role::Reporter),
    /// Delete the project.
    DeleteProject => Rule::Role(Role::Owner),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_the_lesser_roles_may() {
        for &action in Action::ALL {
            for pair in Role::ALL.windows(2) {
                let [lesser, greater] = pair else { continue };
                assert!(
                    greater.why_not(action).is_none() || lesser.why_not(action).is_some(),
                    "{greater:?} may not {action:?}, though {lesser:?} may"
                );
            }
        }
    }

    #[test]
    fn a_refusal_names_the_role_that_is_needed() {
        let reason = Role::Reporter.why_not(Action::EditRuns).unwrap();
        assert!(reason.contains("Researcher") && reason.contains("Reporter"), "{reason}");
        assert_eq!(Role::Researcher.why_not(Action::EditRuns), None);
    }

    #[test]
    fn a_version_stands_for_one_role() {
        assert_eq!(Role::ALL.map(|role| Role::of_version(role.version())), Role::ALL.map(Some));
        assert_eq!((Role::of_version(0), Role::of_version(6)), (None, None));
    }

    #[test]
    fn the_2022_interface_knew_two_roles() {
        assert_eq!(Role::from_allowed_to_edit(true), Role::Researcher);
        assert_eq!(Role::from_allowed_to_edit(false), Role::Reporter);
        assert!(Role::Researcher.allowed_to_edit() && !Role::Reporter.allowed_to_edit());
    }
}
