//! The list of a project's schedules.

use leptos::prelude::*;
use models::id::ProjectId;
use models::page::PageQuery;
use models::permission::Action;
use models::schedule::Schedule;

use super::create::CreateSchedule;
use super::outcome::Outcome;
use super::pause::PauseSwitch;
use crate::queries;
use crate::routes::Route;
use crate::ui::format::NOTHING;
use crate::ui::{Button, Emphasis, Empty, IconName, Link, Listing, SkeletonShape};
use crate::widgets::{
    Loaded, PAGE_SIZE, PagedPanel, ProjectHeader, RelativeTime, TimeUntil, UrlHistory, page_title, url_state,
    why_not,
};

/// All schedules: what each does and when, its next time, what came of the last one, and whether it rests.
#[component]
pub(crate) fn ScheduleList(project: ProjectId) -> impl IntoView {
    page_title(|| "Schedules".to_owned());
    let page = url_state::<u64>("page", UrlHistory::Push);
    let template = url_state::<String>("run", UrlHistory::Replace);
    let named = Memo::new(move |_| template.read().parse().ok());
    let creating = RwSignal::new(named.get_untracked().is_some());
    Effect::new(move || {
        if !creating.get() {
            template.set(String::new()); // the run was the template for that one schedule
        }
    });
    let query = queries::schedules::list(move || (project, PageQuery::nth(page.get(), PAGE_SIZE)));
    view! {
        <div class="page">
            <ProjectHeader project actions=move || view! { <AddButton project open=creating/> }/>
            <Loaded query shape=SkeletonShape::Rows count=6 let:found>
                <PagedPanel found title="Schedules" page nothing=move || view! { <Nothing project open=creating/> }>
                    <Listing headings=&["Name", "State", "Next time", "When", "What", "Last time"]>
                        {move || found.get().items.iter().cloned().map(|schedule| view! { <Row project schedule/> }).collect_view()}
                    </Listing>
                </PagedPanel>
            </Loaded>
            <CreateSchedule project open=creating template=named.into()/>
        </div>
    }
}

#[component]
fn Row(project: ProjectId, schedule: Schedule) -> impl IntoView {
    let href = Route::Schedule(project, schedule.schedule_id).to_string();
    let what = match (schedule.request.clone(), schedule.deployment.clone()) {
        (Some(request), _) => {
            view! { "Starts " <span class="mono">{request.name.to_string()}</span> }.into_any()
        }
        (None, Some(deployment)) => {
            let href = Route::Deployment(project, deployment.deployment_id).to_string();
            view! { "Asks " <Link href>{deployment.name}</Link> }.into_any()
        }
        (None, None) => NOTHING.into_any(),
    };
    let next = schedule.next_times.first().copied();
    let last = schedule.last_fire.clone().map(|fire| {
        let at = Signal::stored(Some(fire.due_at));
        view! { <span class="cluster schedule-last"><Outcome project fire/> <span class="small faint"><RelativeTime at/></span></span> }
    });
    let sentence = schedule.sentence.clone();
    let name = schedule.name.clone();
    view! {
        <tr>
            <th scope="row"><Link href>{name}</Link></th>
            <td><PauseSwitch project schedule=Signal::stored(schedule)/></td>
            <td><TimeUntil at=Signal::stored(next)/></td>
            <td>{sentence}</td>
            <td>{what}</td>
            <td>{last.map_or_else(|| view! { <span class="faint">{NOTHING}</span> }.into_any(), IntoAny::into_any)}</td>
        </tr>
    }
}

#[component]
fn AddButton(project: ProjectId, open: RwSignal<bool>) -> impl IntoView {
    let why_not = why_not(project, Action::SubmitRuns);
    view! {
        <Button emphasis=Emphasis::Primary icon=IconName::Plus disabled_reason=why_not on_click=move |_| open.set(true)>
            "New schedule"
        </Button>
    }
}

#[component]
fn Nothing(project: ProjectId, open: RwSignal<bool>) -> impl IntoView {
    let text = "A schedule starts a run by itself: every night, each Monday, or whenever five cron fields say. To repeat a run that there is, open it and choose Schedule.";
    view! {
        <Empty icon=IconName::Calendar title="No schedules yet" text>
            <AddButton project open/>
        </Empty>
    }
}
