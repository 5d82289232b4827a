//! The buttons of a chart.

use leptos::prelude::*;

use super::series::AxisKind;
use super::state::ChartState;
use super::{download, keys};

/// The buttons, seen while the chart is pointed at or has the focus.
pub(super) fn tools(state: ChartState, as_table: RwSignal<bool>) -> impl IntoView {
    let zoomed = Signal::derive(move || state.zoom.0.read().is_some());
    let zoom = move |factor: f64| {
        if let Some(scene) = state.scene.get_untracked() {
            keys::zoom(state, &scene, factor);
        }
    };
    view! {
        <div class="chart-tools" role="group" aria-label="Chart">
            <Show when=move || state.axis.read().kind == AxisKind::Number>
                {toggle("Log x", "Logarithmic horizontal axis", state.x_log)}
            </Show>
            {toggle("Log y", "Logarithmic vertical axis", state.y_log)}
            {tool("+", "Zoom in", move || zoom(2.0))}
            {tool("−", "Zoom out", move || zoom(0.5))}
            <Show when=move || zoomed.get()>
                {tool("Reset", "Show everything", move || state.zoom.0.set(None))}
            </Show>
            {toggle("Table", "Show the values as a table", as_table)}
            {tool("CSV", "Download the values", move || download::csv(state))}
            {tool("SVG", "Download the picture", move || download::svg(state))}
            {tool("PNG", "Download the picture in pixels", move || download::png(state))}
        </div>
    }
}

/// A button that does something.
pub(super) fn tool(text: &'static str, words: &'static str, press: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button class="chart-tool" type="button" aria-label=words data-tip=words on:click=move |_| press()>
            {text}
        </button>
    }
}

/// A button that turns something on and off.
pub(super) fn toggle(text: &'static str, words: &'static str, on: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="chart-tool"
            type="button"
            aria-label=words
            aria-pressed=move || on.get().to_string()
            data-tip=words
            on:click=move |_| on.update(|on| *on = !*on)
        >
            {text}
        </button>
    }
}
