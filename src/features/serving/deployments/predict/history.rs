//! What a deployment was asked before.

use leptos::prelude::*;
use models::deployment::{AskedPrediction, KeptPrediction, PredictionOutcome};
use models::id::{DeploymentId, PredictionId, ProjectId};
use models::page::PageQuery;

use super::answered::Answered;
use super::asking::Asking;
use super::sheet::read;
use crate::queries::{self, Write};
use crate::ui::time::duration;
use crate::ui::{Badge, Button, Listing, Pagination, Panel, Size, SkeletonShape, Toasts, Tone};
use crate::widgets::{Loaded, Person, RelativeTime, stay_within};

/// Lines a page.
const LINES: u64 = 10;

/// The last predictions; each can be shown in the form again.
#[component]
pub(super) fn History(
    project: ProjectId,
    deployment: DeploymentId,
    asking: Asking,
    answered: RwSignal<Option<Answered>>,
) -> impl IntoView {
    let page = RwSignal::new(0_u64);
    let query =
        queries::serving::predictions(move || Some((project, deployment, PageQuery::nth(page.get(), LINES))));
    let open = queries::serving::prediction();
    Effect::new(move || match open.value().get() {
        Some(Ok(kept)) => show(&kept, asking, answered),
        Some(Err(error)) => {
            Toasts::current().failure(error.to_string(), error.request_id().map(str::to_owned))
        }
        None => {}
    });
    let reopen = move |id: PredictionId| {
        open.dispatch_local((project, deployment, id));
    };
    view! {
        <Loaded query shape=SkeletonShape::Rows count=4 let:found>
            {
                let total = Memo::new(move |_| found.read().total_records);
                stay_within(page, total.into(), LINES);
                let lines = move || match total.get() {
                    0 => view! { <p class="small faint predict-nothing">"It was not asked yet."</p> }.into_any(),
                    n => view! {
                        <Listing headings=&["When", "Who", "Took", "Outcome", "Asked", ""]>
                            {move || found.get().items.iter().cloned().map(|asked| view! { <Line asked open reopen=Callback::new(reopen)/> }).collect_view()}
                        </Listing>
                        {(n > LINES).then(|| view! { <Pagination page size=LINES total=n/> })}
                    }
                    .into_any(),
                };
                view! { <Panel title="Asked before" flush=true>{lines}</Panel> }
            }
        </Loaded>
    }
}

#[component]
fn Line(
    asked: AskedPrediction,
    open: Write<(ProjectId, DeploymentId, PredictionId), KeptPrediction>,
    reopen: Callback<PredictionId>,
) -> impl IntoView {
    let (id, start) = (asked.prediction_id, asked.request_start.clone());
    let (tone, words) = match asked.outcome {
        PredictionOutcome::Answered => (Tone::Success, "Answered".to_owned()),
        PredictionOutcome::Failed => (Tone::Danger, "No answer".to_owned()),
        PredictionOutcome::Unknown(text) => (Tone::Warning, text),
    };
    let name = asked.user.map_or_else(|| "Somebody".to_owned(), |user| user.name);
    let by_schedule = asked.is_scheduled.then(|| view! { <Badge>"Schedule"</Badge> });
    let is_on_its_way = Signal::derive(move || {
        open.pending().get() && open.input().read().as_ref().is_some_and(|(_, _, asked)| *asked == id)
    });
    view! {
        <tr>
            <td><RelativeTime at=Signal::stored(Some(asked.asked_at))/></td>
            <td><span class="cluster"><Person name/> {by_schedule}</span></td>
            <td>{duration(asked.duration)}</td>
            <td data-tip=asked.answer_start><Badge tone>{words}</Badge></td>
            <td class="predict-start mono small" data-tip=start>{asked.request_start}</td>
            <td>
                <Button size=Size::Small busy=is_on_its_way on_click=move |_| reopen.run(id)>"Open"</Button>
            </td>
        </tr>
    }
}

/// Shows what was asked in the form, and what was answered below it.
fn show(kept: &KeptPrediction, asking: Asking, answered: RwSignal<Option<Answered>>) {
    match read(&kept.request.text) {
        Ok(request) => asking.fill(&request),
        Err(_) => asking.fill_text(
            kept.request.text.clone(),
            "Only the beginning of this request was kept; it cannot be sent as it is.",
        ),
    }
    let answer = serde_json::from_str(&kept.answer.text).ok();
    answered.set(answer.map(|answer| Answered { answer, took: kept.asked.duration }));
}
