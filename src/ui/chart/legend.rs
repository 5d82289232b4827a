//! The names of the lines, which switch them on and off.

use std::collections::HashSet;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::dash::Dash;
use super::palette::Colour;
use super::state::ChartState;

/// Charts with more lines name them only at the pointer.
const NAMED: usize = 12;

/// A button for each series: a click shows or hides it, with Alt it hides all others.
pub(super) fn legend(state: ChartState) -> impl IntoView {
    let named = move || {
        let series = state.series.read();
        let names = series
            .iter()
            .map(|series| (series.id.clone(), series.name.clone(), (series.colour, series.dash)));
        if series.len() > NAMED { Vec::new() } else { names.collect::<Vec<_>>() }
    };
    view! {
        <ul class="chart-legend" role="list" aria-label="Series">
            <For each=named key=Clone::clone children=move |(id, name, look)| button(state, id, name, look)/>
        </ul>
    }
}

fn button(state: ChartState, id: String, name: String, (colour, dash): (Colour, Dash)) -> impl IntoView {
    let id = StoredValue::new(id);
    let shown = move || id.with_value(|id| !state.hidden.read().contains(id));
    view! {
        <li>
            <button
                class="chart-name"
                type="button"
                aria-pressed=move || shown().to_string()
                on:click=move |event| id.with_value(|id| toggle(state, id, &event))
            >
                <span class="chart-swatch" data-dash=dash.name() style:--series=colour.css()></span>
                <span class="truncate">{name}</span>
            </button>
        </li>
    }
}

fn toggle(state: ChartState, id: &str, event: &MouseEvent) {
    let others: HashSet<_> = state
        .series
        .read_untracked()
        .iter()
        .filter(|series| series.id != id)
        .map(|series| series.id.clone())
        .collect();
    state.hidden.update(|hidden| {
        if event.alt_key() {
            *hidden = if *hidden == others { HashSet::new() } else { others };
        } else if !hidden.remove(id) {
            hidden.insert(id.to_owned());
        }
    });
}
