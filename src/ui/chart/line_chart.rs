//! The line chart.

use leptos::prelude::*;

use super::data_table::data_table;
use super::legend::legend;
use super::series::{Axis, Series};
use super::state::{ChartState, Crosshair, Zoom};
use super::tip::tip;
use super::tools::tools;
use super::{keys, pointer, words};

/// Lines over a common horizontal axis. Dragging zooms, a double click or Escape shows everything again, arrow keys
/// read values. Its height is `--chart-height`.
#[component]
pub fn LineChart(
    /// What is measured.
    #[prop(into)]
    title: Signal<String>,
    /// The lines.
    #[prop(into)]
    series: Signal<Vec<Series>>,
    /// The horizontal axis.
    #[prop(into)]
    x: Signal<Axis>,
    /// Whether the vertical axis is logarithmic.
    #[prop(optional)]
    y_log: RwSignal<bool>,
    /// Whether the horizontal axis is logarithmic, where it counts numbers.
    #[prop(optional)]
    x_log: RwSignal<bool>,
    /// The place that is read; give the same to charts that are looked at together.
    #[prop(optional)]
    crosshair: Crosshair,
    /// The part that is shown; give the same to charts that are looked at together.
    #[prop(optional)]
    zoom: Zoom,
) -> impl IntoView {
    let state = ChartState::new(title, series, x, (y_log, x_log), (crosshair, zoom));
    state.watch();
    let as_table = RwSignal::new(false);
    let notes = move || words::notes(&state.gathered.read(), state.logs());
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <span class="chart-title truncate">{move || title.get()}</span>
                {tools(state, as_table)}
            </figcaption>
            {stage(state)}
            <div class="chart-foot">
                {legend(state)}
                <span class="chart-axis">{move || x.read().label.clone()}</span>
            </div>
            {move || notes().map(|notes| view! { <p class="chart-notes">{notes}</p> })}
            <Show when=move || as_table.get()>{data_table(state)}</Show>
        </figure>
    }
}

/// The two canvases, and what stands over them.
fn stage(state: ChartState) -> impl IntoView {
    let focused = RwSignal::new(false);
    let summary = move || {
        let scene = state.scene.read();
        words::summary(
            &state.title.read(),
            &state.axis.read().label,
            &state.gathered.read(),
            scene.as_deref(),
        )
    };
    // Only keys have values read out: the pointer would never let the voice finish.
    let spoken = move || {
        let reading = state.reading.read();
        let by_key = focused.get() && state.pointer.read().is_none();
        reading.as_ref().filter(|_| by_key).map(|reading| words::spoken(reading, &state.axis.read().label))
    };
    let empty = move || {
        let undrawn = state.scene.read().is_none();
        undrawn.then(|| words::why_empty(&state.gathered.read(), state.logs())).flatten()
    };
    let blurred = move |_| {
        focused.set(false);
        pointer::left(state);
    };
    view! {
        <div class="chart-stage">
            <canvas
                class="chart-lines"
                node_ref=state.lines
                role="img"
                tabindex="0"
                aria-label=summary
                on:pointermove=move |event| pointer::moved(state, &event)
                on:pointerleave=move |_| pointer::left(state)
                on:pointerdown=move |event| pointer::pressed(state, &event)
                on:pointerup=move |_| pointer::released(state)
                on:pointercancel=move |_| pointer::cancelled(state)
                on:dblclick=move |_| state.zoom.0.set(None)
                on:wheel=move |event| pointer::wheeled(state, &event)
                on:keydown=move |event| keys::pressed(state, &event)
                on:focus=move |_| focused.set(true)
                on:blur=blurred
            ></canvas>
            <canvas class="chart-overlay" node_ref=state.overlay aria-hidden="true"></canvas>
            {move || empty().map(|why| view! { <p class="chart-empty">{why}</p> })}
            {tip(state, focused)}
            <span class="visually-hidden" role="status">{spoken}</span>
        </div>
    }
}
