//! Whose the ticked runs are, where those of several projects are on screen.

use leptos::prelude::*;
use models::comparison::MAX_COMPARED_RUNS;
use models::experiment::LifecycleStage;
use models::id::{ProjectId, RunId};
use models::query::RunQuery;
use models::run_table::{RunPage, RunPageRequest, TableScope};

use super::Ticks;
use super::kept_runs::named;
use crate::features::runs::address::Address;
use crate::queries;

/// Whose runs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// That is not known yet.
    Unknown,
    /// All are of this project.
    One(ProjectId),
    /// They are of several projects.
    Several,
}

/// Whose the ticked runs are, as long as they are few enough to be compared.
pub(super) fn whose(address: Address, ticks: Ticks) -> Memo<Whose> {
    let asked = Memo::new(move |_| {
        let selection = ticks.selection.read();
        let runs = selection.runs().filter(|runs| (2..=MAX_COMPARED_RUNS).contains(&runs.len()))?;
        (address.scope == TableScope::Visible).then(|| (runs.to_vec(), address.url.read().stage()))
    });
    let page = queries::runs::search_when(move || {
        let (runs, stage) = asked.get()?;
        Some((TableScope::Visible, request(&runs, stage)))
    });
    Memo::new(move |_| match address.scope {
        TableScope::Project(project) => Whose::One(project),
        TableScope::Visible => asked
            .with(|asked| asked.as_ref().and_then(|(runs, _)| told(runs, &*page.value.get()?)))
            .unwrap_or(Whose::Unknown),
    })
}

fn request(runs: &[RunId], lifecycle_stage: LifecycleStage) -> RunPageRequest {
    let query = RunQuery { filter: named(runs).to_string(), ..RunQuery::default() };
    RunPageRequest { query, within: Vec::new(), offset: 0, limit: 200, lifecycle_stage }
}

/// `None` while the answer is not about all of these runs.
fn told(runs: &[RunId], page: &RunPage) -> Option<Whose> {
    let project = |run: &RunId| {
        let place = page.run_ids.iter().position(|own| own == run)?;
        page.project_ids.get(place).copied()
    };
    let projects: Vec<ProjectId> = runs.iter().map(project).collect::<Option<_>>()?;
    let first = *projects.first()?;
    Some(if projects.iter().all(|project| *project == first) { Whose::One(first) } else { Whose::Several })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn run(number: u128) -> RunId {
        RunId(Uuid::from_u128(number))
    }

    #[track_caller]
    fn check(runs: &[u128], expected: Option<Whose>) {
        let page = RunPage {
            total: 3,
            offset: 0,
            run_ids: vec![run(1), run(2), run(3)],
            names: Vec::new(),
            statuses: Vec::new(),
            start_times: Vec::new(),
            versions: Vec::new(),
            project_ids: [1, 1, 2].map(|number| ProjectId(Uuid::from_u128(number))).to_vec(),
            progress: Vec::new(),
            columns: Vec::new(),
        };
        let runs: Vec<_> = runs.iter().copied().map(run).collect();
        assert_eq!(told(&runs, &page), expected, "{runs:?}");
    }

    #[test]
    fn runs_are_of_one_project_or_of_several_or_not_all_known() {
        check(&[2, 1], Some(Whose::One(ProjectId(Uuid::from_u128(1)))));
        check(&[1, 3], Some(Whose::Several));
        check(&[1, 4], None);
    }
}
