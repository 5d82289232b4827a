//! How far something is.

use leptos::prelude::*;

/// A 2 px bar at the top of what is being read again, over the old content.
#[component]
pub fn ProgressBar(
    /// Something is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// How far, from 0 to 1; `None` when nobody knows.
    #[prop(optional, into)]
    fraction: Signal<Option<f64>>,
) -> impl IntoView {
    let percent = move || fraction.get().map(|fraction| format!("{:.0}", fraction.clamp(0.0, 1.0) * 100.0));
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label="Loading"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=percent
            aria-hidden=move || (!busy.get()).then_some("true")
            data-busy=move || busy.get().then_some("true")
            style:--progress=move || percent().map(|percent| format!("{percent}%"))
        ></div>
    }
}
