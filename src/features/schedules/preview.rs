//! What a schedule means, by the server that will act on it, while it is typed.

use std::time::Duration;

use leptos::prelude::*;
use models::id::ProjectId;
use models::schedule::SchedulePreviewRequest;
use models::time::UnixMillis;

use super::fields::Fields;
use crate::queries;
use crate::ui::time_zone::{in_zone, own_zone};
use crate::widgets::{TimeUntil, settled};

/// How long to wait for the next letter before the server is asked.
const PAUSE: Duration = Duration::from_millis(300);

/// The schedule in words, and its next five times.
#[component]
pub(super) fn Preview(
    project: ProjectId,
    fields: Fields,
    /// Becomes what the server finds wrong with the cron fields.
    refused: RwSignal<Option<String>>,
) -> impl IntoView {
    let wanted = Memo::new(move |_| {
        let cron_string = fields.timing().cron().ok()?.parse().ok()?;
        Some(SchedulePreviewRequest { cron_string, time_zone: fields.time_zone.get() })
    });
    let asked = settled::<Option<SchedulePreviewRequest>>(wanted.into(), PAUSE);
    let query = queries::schedules::preview(move || Some((project, asked.get()?)));
    Effect::new(move || {
        let error = query.error.get().filter(|_| asked.read().is_some());
        refused.set(error.and_then(|error| error.field_errors().get("cronString").map(sentence)));
    });
    let told = move || {
        if asked.read().is_none() || refused.read().is_some() {
            return view! { <p class="small faint">"The next times stand here once the time can be read."</p> }.into_any();
        }
        if let Some(error) = query.error.get() {
            return view! { <p class="small faint">{error.to_string()}</p> }.into_any();
        }
        let Some(preview) = query.value.get() else { return ().into_any() };
        let zone = asked.get().map(|asked| asked.time_zone).unwrap_or_default();
        view! {
            <p class="schedule-sentence">{preview.sentence.clone()}</p>
            <Times times=preview.next_times.clone() zone/>
        }
        .into_any()
    };
    view! { <div class="schedule-preview" role="status">{told}</div> }
}

/// Times in the zone of the schedule, and in the reader's where that is another.
#[component]
pub(super) fn Times(times: Vec<UnixMillis>, zone: String) -> impl IntoView {
    let own = own_zone();
    let has_own = own != zone;
    let line = move |time: UnixMillis| {
        let own = has_own.then(|| view! { <td class="muted">{in_zone(time.0, &own)}</td> });
        view! {
            <tr>
                <td>{in_zone(time.0, &zone)}</td>
                {own}
                <td class="faint"><TimeUntil at=Signal::stored(Some(time))/></td>
            </tr>
        }
    };
    let heads = {
        let own = has_own.then(|| view! { <th scope="col">"Your time"</th> });
        view! { <tr><th scope="col">"Next times"</th>{own}<th scope="col"><span class="visually-hidden">"From now"</span></th></tr> }
    };
    view! {
        <table class="schedule-next">
            <thead>{heads}</thead>
            <tbody>{times.into_iter().map(line).collect_view()}</tbody>
        </table>
    }
}

/// The contract words errors as parts of a sentence.
fn sentence(error: &str) -> String {
    let mut letters = error.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
