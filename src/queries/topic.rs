//! What goes stale together.

use models::id::{ProjectId, RunId};
use models::team::TeamKind;
use uuid::Uuid;

use super::invitations::InvitedTo;

/// Names reads that go stale together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Who is signed in.
    Session,
    /// Whether the server waits for its first user.
    Setup,
    /// The person's name, address and payment information.
    Settings,
    /// Where the person is signed in.
    Sessions,
    /// The person's tokens for programs.
    Tokens,
    /// The person's connections to other systems.
    Connections,
    /// What was done with the person's secrets and settings.
    Audit,
    /// What was found by name, which is asked anew each time.
    Search,
    /// Texts as trees, which never go stale.
    Markdown,
    /// What other servers hold, which tell of no changes.
    Elsewhere,
    /// Lists of labels.
    Labels,
    /// All people, for those who administer the server.
    Users,
    /// The invitations that wait for the person.
    Invitations,
    /// Lists of groups and organizations.
    Teams,
    /// Who was invited to something and has not answered yet.
    Invited(InvitedTo),
    /// A group or an organization, with its members.
    Team(TeamKind, Uuid),
    /// Lists of projects.
    Projects,
    /// A project, with its members, repositories and counts.
    Project(ProjectId),
    /// A project's code, data, experiments, models, saved models and deployments.
    Repositories(ProjectId),
    /// How many runs of a project began when.
    Activity(ProjectId),
    /// The table of a project's runs: pages, groups, keys.
    Runs(ProjectId),
    /// The table of the runs of all projects that the person may see: pages, groups, keys.
    AllRuns,
    /// The saved views of a project's table of runs.
    Views(ProjectId),
    /// The templates of the form that starts a project's runs.
    RunTemplates(ProjectId),
    /// A project's schedules, and what came of their times.
    Schedules(ProjectId),
    /// Whatever runs of a project there are, each.
    EachRun(ProjectId),
    /// What the deployments of a project were asked.
    Predictions(ProjectId),
    /// A run.
    Run(ProjectId, RunId),
    /// What a run has logged: parameters, metrics with their histories, tags.
    RunData(ProjectId, RunId),
    /// The artifacts of a run.
    RunFiles(ProjectId, RunId),
    /// What a run printed.
    RunLog(ProjectId, RunId),
    /// What the processes of a project's deployments printed.
    DeploymentLogs(ProjectId),
}

impl Topic {
    /// Whether what is read under another topic goes stale with this one.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::EachRun(all), Self::Run(own, _)) if all == own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_run_is_all_of_a_project_and_no_other() {
        let [one, other] = [1, 2].map(|number| ProjectId(Uuid::from_u128(number)));
        let run = RunId(Uuid::from_u128(3));
        assert!(Topic::EachRun(one).covers(Topic::Run(one, run)));
        assert!(!Topic::EachRun(one).covers(Topic::Run(other, run)));
        assert!(!Topic::EachRun(one).covers(Topic::RunData(one, run)));
        assert!(Topic::Run(one, run).covers(Topic::Run(one, run)));
    }
}
