//! Addresses of pages that say more in their query.

use models::id::{ProjectId, RunId};
use uuid::Uuid;

use super::Route;

impl Route {
    /// The address of the sign-in page that returns to `address`, a path with its query.
    #[must_use]
    pub fn login_and_return(address: &str) -> String {
        format!("{}?next={}", Self::Login, encoded(address))
    }

    /// The address of a project's table of the runs that fit `filter`, a text in the query language.
    #[must_use]
    pub fn runs_where(project: ProjectId, filter: &str) -> String {
        format!("{}?q={}", Self::Runs(project), encoded(filter))
    }

    /// The address of the table of the runs of all projects that fit `filter`, a text in the query language.
    #[must_use]
    pub fn all_runs_where(filter: &str) -> String {
        format!("{}?q={}", Self::AllRuns, encoded(filter))
    }

    /// The address of the page that compares `runs` of a project, in their order.
    #[must_use]
    pub fn compare_of(project: ProjectId, runs: &[RunId]) -> String {
        let runs: Vec<_> = runs.iter().map(|run| run.mlflow()).collect();
        format!("{}?runs={}", Self::Compare(project), runs.join(","))
    }

    /// The address of the form for a schedule that starts runs as `run` was started.
    #[must_use]
    pub fn schedule_like(project: ProjectId, run: RunId) -> String {
        format!("{}?run={run}", Self::Schedules(project))
    }

    /// The address of the list of the projects that have a label.
    #[must_use]
    pub fn projects_labelled(label: Uuid) -> String {
        format!("{}?label={label}", Self::Projects)
    }

    /// The address of the list of the projects in which a person has a role.
    #[must_use]
    pub fn projects_of(user: Uuid) -> String {
        format!("{}?member={user}", Self::Projects)
    }
}

/// A text as the value of a query: all but letters, digits and what means nothing in an address is encoded.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let byte = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(byte).collect()
}
