//! Stores the templates and schedules of a project of the demonstration, and what came of the schedules' past times.

use std::cmp::Reverse;

use models::id::UserId;
use models::run::RunStatus;
use models::schedule::{FireOutcome, FiredRun, NewSchedule, ScheduleFire};
use models::time::UnixMillis;
use serde_json::{Map, Value, json};

use super::plan::{FirePlan, ProjectPlan, SchedulePlan, TemplatePlan, WhatPlan};
use super::project::{Stored, request};
use crate::cron::Timetable;
use crate::error::Error;
use crate::state::AppState;
use crate::store::StoreError;

/// How far back times are told, in milliseconds: 85 days.
const PAST: i64 = 85 * 24 * 3_600_000;
/// Which time, counted from the last, was let pass.
const MISSED: usize = 3;

/// Makes those runs of the plan that ran about then be started by its schedules.
pub(super) fn align(plan: &mut ProjectPlan, now: UnixMillis) {
    let mut taken: Vec<usize> = Vec::new();
    for (place, schedule) in plan.schedules.iter().enumerate() {
        let times = past_times(schedule, now);
        let n_times = times.len();
        for (n, at) in times.into_iter().enumerate() {
            let age = (now.0 - at.0) / 1000;
            let is_free = |place: usize| {
                let run = plan.runs.get(place);
                run.is_some_and(|run| {
                    run.status.is_final() && plan.saved.iter().all(|saved| saved.run != run.name)
                }) && !taken.contains(&place)
            };
            let distance = |place: &usize| plan.runs.get(*place).map(|run| run.age.abs_diff(age));
            let nearest = (0..plan.runs.len()).filter(|place| is_free(*place)).min_by_key(distance);
            let mut run = None;
            if let Some(found) = nearest.filter(|_| n_times - n != MISSED) {
                taken.push(found);
                let name = plan.runs.get(found).map(|run| run.name.clone()).unwrap_or_default();
                run = Some(super::runs::id(plan, &name));
                if let Some(run) = plan.runs.get_mut(found) {
                    (run.age, run.person) = (age, schedule.person);
                    run.tags.push(("mantik.schedule", schedule.name.to_owned()));
                }
            }
            plan.fires.push(FirePlan { schedule: place, at, run });
        }
    }
    plan.runs.sort_by_key(|run| Reverse(run.age));
}

/// The last times of a schedule, the oldest first.
fn past_times(schedule: &SchedulePlan, now: UnixMillis) -> Vec<UnixMillis> {
    let Ok(table) = Timetable::new(schedule.cron, schedule.time_zone) else { return Vec::new() };
    let first = table.next_after(UnixMillis(now.0 - PAST));
    let times = std::iter::successors(first, |time| table.next_after(*time)).take_while(|time| *time <= now);
    let times: Vec<_> = times.collect();
    times.get(times.len().saturating_sub(schedule.n_past)..).unwrap_or_default().to_vec()
}

pub(super) async fn create(
    state: &AppState,
    stored: &Stored,
    plan: &ProjectPlan,
    people: &[UserId],
    now: UnixMillis,
) -> Result<(), Error> {
    let person = |place: usize| people.get(place).copied().ok_or(StoreError::NotFound);
    for template in plan.templates {
        let draft = drafted(stored, template);
        let new = json!({"name": template.name, "isShared": template.is_shared, "draft": draft});
        state.store().create_run_template(stored.id, person(template.person)?, request(new)?, None).await?;
    }
    for (place, schedule) in plan.schedules.iter().enumerate() {
        let new = described(stored, plan, schedule)?;
        let made = state.store().create_schedule(stored.id, person(schedule.person)?, new, None, now).await?;
        let fires = plan.fires.iter().filter(|fire| fire.schedule == place).map(fire).collect();
        state.store().tell_fires(stored.id, made.schedule_id, fires).await?;
    }
    Ok(())
}

fn drafted(stored: &Stored, plan: &TemplatePlan) -> Value {
    let what = plan.what;
    json!({
        "codeRepositoryId": stored.code.first(), "branch": "main", "entryPoint": what.entry_point,
        "mlflowParameters": parameters(what), "modelRepositoryId": stored.models.get(what.model),
        "dataRepositoryId": stored.data.first(), "dataVersion": what.data_version,
        "experimentRepositoryId": stored.experiment_ids.get(what.experiment), "backendConfigYaml": plan.backend,
    })
}

fn described(stored: &Stored, plan: &ProjectPlan, schedule: &SchedulePlan) -> Result<NewSchedule, Error> {
    let what = schedule.what;
    let versions = plan.data.first().map_or(&[][..], |data| data.versions);
    let version = versions.iter().find(|(name, _)| *name == what.data_version);
    request(json!({
        "name": schedule.name, "cronString": schedule.cron, "timeZone": schedule.time_zone, "paused": schedule.is_paused,
        "request": {
            "name": schedule.name, "experimentRepositoryId": stored.experiment_ids.get(what.experiment),
            "codeRepositoryId": stored.code.first(), "branch": "main", "entryPoint": what.entry_point,
            "mlflowParameters": parameters(what), "modelRepositoryId": stored.models.get(what.model),
            "dataRepositoryId": stored.data.first(), "dataCommit": version.map(|(_, commit)| commit),
        },
    }))
}

fn parameters(what: WhatPlan) -> Map<String, Value> {
    what.parameters.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
}

fn fire(plan: &FirePlan) -> ScheduleFire {
    let missed = || "No server ran at that time.".to_owned();
    ScheduleFire {
        due_at: plan.at,
        fired_at: plan.at,
        outcome: if plan.run.is_some() { FireOutcome::Started } else { FireOutcome::Skipped },
        is_manual: false,
        run: plan.run.map(|run_id| FiredRun { run_id, name: String::new(), status: RunStatus::Finished }),
        message: plan.run.is_none().then(missed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::weather;

    #[test]
    fn what_a_schedule_started_began_when_it_was_due() {
        let now = UnixMillis(1_790_000_000_000);
        let mut plan = weather::project();
        let n_runs = plan.runs.len();
        align(&mut plan, now);
        assert_eq!(plan.runs.len(), n_runs);
        assert!(plan.runs.is_sorted_by_key(|run| Reverse(run.age)));
        let of_week: Vec<_> = plan.fires.iter().filter(|fire| fire.schedule == 0).collect();
        assert_eq!(of_week.len(), 9);
        assert_eq!(of_week.iter().filter(|fire| fire.run.is_none()).count(), 1);
        for fire in of_week.iter().filter(|fire| fire.run.is_some()) {
            let run = plan
                .runs
                .iter()
                .find(|run| Some(super::super::runs::id(&plan, &run.name)) == fire.run)
                .unwrap();
            assert!((now.0 - run.age * 1000 - fire.at.0).abs() < 1000);
            assert!(run.tags.contains(&("mantik.schedule", "Clustering of the week".to_owned())));
        }
    }
}
