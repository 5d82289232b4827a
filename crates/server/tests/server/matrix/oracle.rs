//! Who may do what, written down a second time: nothing in here asks the server.

use super::actors::{Actor, Belonging};
use super::operations::{Operation, Target};

/// What an action needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    SignIn,
    Oneself,
    OneselfOrAdministrator,
    Administrator,
    Belonging(Belonging),
    Role(u8),
}

use Needs::{Administrator, Nothing, Oneself, OneselfOrAdministrator, Role, SignIn};

const MEMBER: Needs = Needs::Belonging(Belonging::Member);
const LEAD: Needs = Needs::Belonging(Belonging::Lead);

/// How tokens for one project alone stand to an action that is in no project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Narrow {
    /// It is done, within the project.
    Fine,
    /// It reaches beyond the project.
    Refused,
}

use Narrow::{Fine, Refused};

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    action: &'static str,
    needs: Needs,
    scopes: &'static [&'static str],
    narrow: Narrow,
}

const ANY: &[&str] = &["read", "write", "mlflow", "submit", "predict"];
const READ: &[&str] = &["read", "write"];
const WRITE: &[&str] = &["write"];
const NONE: &[&str] = &[];

const fn line(action: &'static str, needs: Needs, scopes: &'static [&'static str], narrow: Narrow) -> Row {
    Row { action, needs, scopes, narrow }
}

const TABLE: &[Row] = &[
    line("ReadServer", Nothing, ANY, Fine),
    line("AskTogether", Nothing, ANY, Fine),
    line("SignIn", Nothing, ANY, Fine),
    line("FollowDownloadLink", Nothing, ANY, Fine),
    line("UseSession", SignIn, ANY, Fine),
    line("ConfirmSession", SignIn, NONE, Fine),
    line("ReadServerMetrics", Administrator, READ, Fine),
    line("SearchUsers", SignIn, READ, Fine),
    line("SearchEverything", SignIn, READ, Fine),
    line("SearchLabels", SignIn, READ, Fine),
    line("CreateLabels", SignIn, WRITE, Fine),
    line("ManageLabels", Administrator, WRITE, Refused),
    line("Administrate", Administrator, READ, Refused),
    line("ManageUsers", Administrator, NONE, Refused),
    line("EditUser", OneselfOrAdministrator, NONE, Refused),
    line("ManageOwnSettings", Oneself, NONE, Refused),
    line("UseConnections", Oneself, &["submit"], Refused),
    line("AnswerInvitations", Oneself, NONE, Refused),
    line("ListTeams", SignIn, READ, Fine),
    line("CreateTeam", SignIn, WRITE, Refused),
    line("ViewTeam", MEMBER, READ, Refused),
    line("LeaveTeam", MEMBER, WRITE, Refused),
    line("ManageTeam", LEAD, WRITE, Refused),
    line("ListProjects", SignIn, READ, Fine),
    line("ViewAllRuns", SignIn, READ, Fine),
    line("EditAllRuns", SignIn, WRITE, Fine),
    line("CreateProject", SignIn, WRITE, Refused),
    line("ViewProject", Role(1), READ, Refused),
    line("DownloadArtifacts", Role(2), READ, Refused),
    line("ViewAccess", Role(2), READ, Refused),
    line("DeployModels", Role(2), WRITE, Refused),
    line("AskModels", Role(2), &["predict", "write"], Refused),
    line("ReadPredictions", Role(2), READ, Refused),
    line("ServeModels", Role(3), WRITE, Refused),
    line("EditRepositories", Role(3), WRITE, Refused),
    line("EditRuns", Role(3), WRITE, Refused),
    line("SubmitRuns", Role(3), &["submit", "write"], Refused),
    line("KeepViews", Role(2), WRITE, Refused),
    line("ShareViews", Role(3), WRITE, Refused),
    line("TendViews", Role(4), WRITE, Refused),
    line("EditProject", Role(4), WRITE, Refused),
    line("TendRuns", Role(4), WRITE, Refused),
    line("ManageMembers", Role(5), WRITE, Refused),
    line("DeleteProject", Role(5), WRITE, Refused),
];

/// Operations that need more than their action says, by what they are asked for.
const STRICTER: &[(&str, Needs, &[&str])] = &[
    // The matrix asks it to change who may see the project.
    ("change_project", Role(5), WRITE),
    // A token has no session that could end.
    ("sign_out", SignIn, NONE),
    // The deployment of the matrix is somebody else's.
    ("change_deployment", Role(4), WRITE),
    ("delete_deployment", Role(4), WRITE),
    ("start_deployment", Role(4), WRITE),
    ("stop_deployment", Role(4), WRITE),
    // The view of the matrix is shared by somebody else.
    ("change_run_view", Role(4), WRITE),
    ("delete_run_view", Role(4), WRITE),
    // So is the template.
    ("change_run_template", Role(4), &["submit", "write"]),
    ("delete_run_template", Role(4), &["submit", "write"]),
    // It is about one person's projects.
    ("list_projects_of_user", OneselfOrAdministrator, READ),
    ("search_projects_of_user", OneselfOrAdministrator, READ),
];

/// The line for an operation. There must be one: who adds an action says here who may do it.
pub(crate) fn row(operation: &Operation) -> Row {
    let row = TABLE.iter().find(|row| row.action == operation.action);
    let row = *row
        .unwrap_or_else(|| panic!("{operation} does {}, which the oracle does not know", operation.action));
    match STRICTER.iter().find(|(id, ..)| *id == operation.id) {
        Some((_, needs, scopes)) => Row { needs: *needs, scopes, ..row },
        None => row,
    }
}

impl Row {
    /// Whether the actor may do it.
    pub(crate) fn admits(&self, actor: &Actor, target: Target) -> bool {
        if self.needs == Nothing {
            return true;
        }
        let passes = actor.token.as_ref().is_none_or(|(_, pass)| {
            self.scopes.contains(&pass.scope) && (self.narrow == Fine || !pass.is_for_another)
        });
        let suffices = match self.needs {
            Nothing | SignIn => true,
            Oneself => target == Target::Own,
            OneselfOrAdministrator => target == Target::Own || actor.is_admin,
            Administrator => actor.is_admin,
            Needs::Belonging(needed) => actor.belonging >= needed,
            Role(needed) => actor.role >= needed,
        };
        actor.is_known && passes && suffices
    }
}
