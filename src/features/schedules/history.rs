//! What came of the times of a schedule.

use leptos::prelude::*;
use models::id::{ProjectId, ScheduleId};
use models::page::PageQuery;
use models::schedule::ScheduleFire;

use super::outcome::Outcome;
use crate::queries;
use crate::ui::time::duration;
use crate::ui::{Badge, IconName, Listing, Panel, SkeletonShape};
use crate::widgets::{Loaded, PAGE_SIZE, PagedPanel, RelativeTime, UrlHistory, url_state};

/// From so many milliseconds on a time counts as one that was come to late.
const LATE: i64 = 60_000;

/// The times of the last three months, the last one first.
#[component]
pub(super) fn History(project: ProjectId, schedule: ScheduleId) -> impl IntoView {
    let page = url_state::<u64>("page", UrlHistory::Push);
    let query = queries::schedules::fires(move || (project, schedule, PageQuery::nth(page.get(), PAGE_SIZE)));
    let nothing = || {
        view! { <Panel title="History"><p class="small faint">"None of its times has come yet."</p></Panel> }
    };
    view! {
        <Loaded query shape=SkeletonShape::Rows count=4 let:found>
            <PagedPanel found title="History" page nothing>
                <Listing headings=&["Time", "Outcome", "About it"]>
                    {move || found.get().items.iter().cloned().map(|fire| view! { <Row project fire/> }).collect_view()}
                </Listing>
            </PagedPanel>
        </Loaded>
    }
}

#[component]
fn Row(project: ProjectId, fire: ScheduleFire) -> impl IntoView {
    let late = fire.fired_at.0.saturating_sub(fire.due_at.0);
    let late = (late >= LATE && fire.run.is_some()).then(
        || view! { <span class="small faint">{format!("{} late", duration(late.unsigned_abs()))}</span> },
    );
    let by_hand = fire.is_manual.then(|| view! { <Badge icon=IconName::Play>"By hand"</Badge> });
    let message = fire.message.clone();
    view! {
        <tr>
            <td><RelativeTime at=Signal::stored(Some(fire.due_at))/></td>
            <td><Outcome project fire/></td>
            <td class="schedule-about">{by_hand} {late} {message.map(|message| view! { <span class="small">{message}</span> })}</td>
        </tr>
    }
}
