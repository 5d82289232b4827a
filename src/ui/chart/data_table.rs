//! A chart as a table, for those who read rather than look.

use leptos::prelude::*;

use super::reading::{place, told};
use super::rows::Rows;
use super::series::{Axis, Band};
use super::state::ChartState;
use crate::ui::format::{NOTHING, integer};

/// The most rows that are written out.
const LIMIT: usize = 500;

/// The values that the chart shows, in at most 500 rows.
pub(super) fn data_table(state: ChartState) -> impl IntoView {
    let rows = Memo::new(move |_| match state.scene.read().as_ref() {
        Some(scene) => Rows::new(&state.gathered.read(), scene.window(), LIMIT),
        None => Rows::default(),
    });
    let note = move || {
        let (shown, total) = (rows.read().rows.len(), rows.read().total);
        (shown < total).then(|| {
            let (shown, total) = (integer(shown as u64), integer(total as u64));
            view! { <p class="chart-notes">{format!("{shown} of {total} rows, evenly chosen. The CSV file has all.")}</p> }
        })
    };
    let smoothed = move || {
        let any = state.gathered.read().series.iter().any(|series| series.raw.is_some());
        any.then(|| view! { <p class="chart-notes">"Smoothed values. The CSV file has the logged ones beside them."</p> })
    };
    view! {
        <div class="chart-data" tabindex="0" role="region" aria-label=move || format!("{} as a table", state.title.get())>
            {smoothed}
            {note}
            <table>
                <caption class="visually-hidden">{move || state.title.get()}</caption>
                <thead><tr>
                    <th scope="col">{move || { let Axis { label, .. } = state.axis.get(); label }}</th>
                    {move || names(state)}
                </tr></thead>
                <tbody>{move || lines(state, &rows.read())}</tbody>
            </table>
        </div>
    }
}

fn names(state: ChartState) -> Vec<impl IntoView> {
    let gathered = state.gathered.get();
    gathered.series.iter().map(|series| view! { <th scope="col">{series.name.clone()}</th> }).collect()
}

fn lines(state: ChartState, rows: &Rows) -> Vec<AnyView> {
    let Some(scene) = state.scene.get() else { return Vec::new() };
    rows.rows
        .iter()
        .map(|(x, values)| {
            let values: Vec<_> = values.iter().map(|value| view! { <td>{text(*value)}</td> }).collect();
            view! { <tr><th scope="row">{place(&scene, *x)}</th>{values}</tr> }.into_any()
        })
        .collect()
}

fn text(value: Option<Band>) -> String {
    match value {
        None => NOTHING.to_owned(),
        Some(sample) => told(sample),
    }
}
