//! How the runs do, and when they began.

use std::sync::Arc;

use leptos::prelude::*;
use models::project::{Activity, Project};

use crate::queries;
use crate::ui::{ActivityBars, Panel, format};
use crate::widgets::{Loaded, StatusBar};

/// Twelve weeks.
const DAYS: u32 = 84;

/// The runs by their state, and how many began on each day.
#[component]
pub(super) fn ActivityPanel(project: Signal<Arc<Project>>) -> impl IntoView {
    let id = project.read_untracked().project_id;
    let counts = Signal::derive(move || project.read().run_counts);
    let title = Signal::derive(move || match counts.get().total() {
        1 => "1 run".to_owned(),
        n => format!("{} runs", format::integer(n)),
    });
    let activity = queries::projects::activity(move || id, DAYS);
    view! {
        <Panel title>
            <div class="stack">
                <StatusBar counts/>
                <Loaded query=activity count=1 let:activity>
                    <Bars activity/>
                </Loaded>
            </div>
        </Panel>
    }
}

#[component]
fn Bars(activity: Signal<Arc<Activity>>) -> impl IntoView {
    let spans = move || {
        let day = |day: &models::project::ActivityDay| (date(day.start.0), day.runs.total());
        activity.read().days.iter().map(day).collect::<Vec<_>>()
    };
    view! {
        <figure class="activity-figure">
            <ActivityBars label="Runs begun on each day of the last twelve weeks" spans=Signal::derive(spans)/>
            <figcaption class="small faint"><span>"12 weeks ago"</span> <span>"today"</span></figcaption>
        </figure>
    }
}

/// A day as the calendar names it: `23 Nov 2026`. Days are cut at midnight UTC.
fn date(start: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a date fits into 53 bits")]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(start as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeZone", "UTC")] {
        // Setting a property of a plain object cannot fail.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    if date.get_time().is_nan() {
        String::new()
    } else {
        date.to_locale_date_string("default", &options).into()
    }
}
