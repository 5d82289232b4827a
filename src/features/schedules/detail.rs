//! The page of a schedule: when it acts, what it does, and what came of it.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::{ProjectId, ScheduleId};
use models::schedule::{MissedTimes, Schedule};

use super::delete::DeleteSchedule;
use super::edit::EditSchedule;
use super::history::History;
use super::pause::PauseSwitch;
use super::preview::Times;
use super::run_now::RunNow;
use super::what::What;
use crate::queries;
use crate::routes::Route;
use crate::ui::{Banner, ButtonLink, Fact, IconName, KeyValue, Panel, SkeletonShape, ThingHeading, Tone};
use crate::widgets::{Loaded, Named, ProjectHeader, RelativeTime, page_name, page_title};

/// When a schedule acts, what it does, and what came of its times.
#[component]
pub(crate) fn SchedulePage(project: ProjectId, schedule: ScheduleId) -> impl IntoView {
    let query = queries::schedules::get(move || (project, schedule));
    let name = move || query.value.get().map(|schedule| schedule.name.clone());
    page_title(move || name().unwrap_or_else(|| "Schedule".to_owned()));
    page_name(move || name().map(|name| Named::alone(&name)));
    view! {
        <div class="page">
            <ProjectHeader project/>
            <Loaded query shape=SkeletonShape::Cards count=3 let:schedule>
                {
                    let id = schedule.read_untracked().schedule_id;
                    let copy = Signal::derive(move || (*schedule.get()).clone());
                    view! {
                        <ThingHeading
                            name=Signal::derive(move || schedule.read().name.clone())
                            beside=move || view! { <PauseSwitch project schedule=copy/> }
                        >
                            <RunNow project schedule/>
                            <Changing project schedule/>
                        </ThingHeading>
                        {move || schedule.read().problem.clone().map(|problem| view! {
                            <Banner tone=Tone::Danger icon=IconName::Alert>{format!("It was paused: {problem}")}</Banner>
                        })}
                        <div class="split">
                            <div class="stack" data-gap="large">
                                <When schedule/>
                                <History project schedule=id/>
                            </div>
                            <What project schedule/>
                        </div>
                    }
                }
            </Loaded>
        </div>
    }
}

/// What changes a schedule; a deployment's is changed where the deployment is.
#[component]
fn Changing(project: ProjectId, schedule: Signal<Arc<Schedule>>) -> impl IntoView {
    let deployment = schedule.read_untracked().deployment.clone();
    match deployment {
        Some(deployment) => {
            let href = Route::Deployment(project, deployment.deployment_id).to_string();
            view! { <ButtonLink href icon=IconName::Rocket>"Open the deployment"</ButtonLink> }.into_any()
        }
        None => view! { <EditSchedule project schedule/> <DeleteSchedule project schedule/> }.into_any(),
    }
}

#[component]
fn When(schedule: Signal<Arc<Schedule>>) -> impl IntoView {
    let next = Memo::new(move |_| {
        let schedule = schedule.read();
        (schedule.next_times.clone(), schedule.time_zone.clone())
    });
    let times = move || match next.get() {
        (times, _) if times.is_empty() => {
            view! { <p class="small faint">"It rests, so there is no next time."</p> }.into_any()
        }
        (times, zone) => view! { <Times times zone/> }.into_any(),
    };
    let missed = move || match schedule.read().missed_times.clone() {
        MissedTimes::Skip => "Are skipped".to_owned(),
        MissedTimes::Once => "Are made up for once".to_owned(),
        MissedTimes::Unknown(text) => text,
    };
    view! {
        <Panel title="When">
            <div class="stack">
                <p class="schedule-sentence">{move || schedule.read().sentence.clone()}</p>
                {times}
                <KeyValue>
                    <Fact name="Cron"><span class="mono">{move || schedule.read().cron_string.clone()}</span></Fact>
                    <Fact name="Missed times">{missed}</Fact>
                    <Fact name="Changed"><RelativeTime at=Signal::derive(move || Some(schedule.read().updated_at))/></Fact>
                </KeyValue>
            </div>
        </Panel>
    }
}
