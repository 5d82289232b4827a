//! One quantity of the runs against another.

use std::sync::Arc;

use leptos::prelude::*;
use models::comparison::Comparison;

use super::quantities::{Quantity, chosen, quantities};
use crate::features::runs::charts::{Shared, Shown};
use crate::routes::{Route, RunTab};
use crate::ui::chart::{Dot, ScatterChart};
use crate::ui::{Panel, Select};
use crate::widgets::{UrlHistory, url_state};

/// A dot for each run, where two of its numbers put it.
#[component]
pub(super) fn ComparedScatter(
    shared: Shared,
    /// What is known of the runs.
    comparison: Signal<Arc<Comparison>>,
) -> impl IntoView {
    let x = url_state::<String>("across", UrlHistory::Replace);
    let y = url_state::<String>("up", UrlHistory::Replace);
    let known = Memo::new(move |_| quantities(&comparison.read()));
    let pair =
        Memo::new(move |_| chosen(&known.read(), &x.read(), &y.read()).map(|(x, y)| (x.clone(), y.clone())));
    let any = Memo::new(move |_| pair.read().is_some());
    let name = move |of: fn(&(Quantity, Quantity)) -> &Quantity| {
        Signal::derive(move || pair.read().as_ref().map(|pair| of(pair).name.clone()).unwrap_or_default())
    };
    let dots =
        Signal::derive(move || pair.read().as_ref().map(|pair| dots(shared, pair)).unwrap_or_default());
    let options = Signal::derive(move || known.read().iter().map(Quantity::option).collect::<Vec<_>>());
    let left_out = move || left_out(shared.runs.read().len() - dots.read().len());
    let few = "Nothing to draw: it takes two metrics or parameters that are numbers.";
    view! {
        <Panel title="Relation">
            <Show when=move || any.get() fallback=move || view! { <p class="muted">{few}</p> }>
                <div class="toolbar compare-relation">
                    <span class="compare-choice">
                        <span class="muted" aria-hidden="true">"Across"</span>
                        <Select label="Horizontal quantity" value=in_use(x, pair, |pair| &pair.0) options/>
                    </span>
                    <span class="compare-choice">
                        <span class="muted" aria-hidden="true">"Up"</span>
                        <Select label="Vertical quantity" value=in_use(y, pair, |pair| &pair.1) options/>
                    </span>
                </div>
                <ScatterChart x=name(|pair| &pair.0) y=name(|pair| &pair.1) dots/>
                {move || left_out().map(|note| view! { <p class="chart-notes">{note}</p> })}
            </Show>
        </Panel>
    }
}

/// What is drawn, as a choice; choosing something else writes it into the address.
fn in_use(
    asked: RwSignal<String>,
    pair: Memo<Option<(Quantity, Quantity)>>,
    of: fn(&(Quantity, Quantity)) -> &Quantity,
) -> RwSignal<String> {
    let drawn = move || pair.read().as_ref().map(|pair| of(pair).id.clone()).unwrap_or_default();
    let choice = RwSignal::new(untrack(drawn));
    Effect::watch(drawn, move |drawn, _, _| choice.set(drawn.clone()), false);
    Effect::watch(
        move || choice.get(),
        move |choice, _, _| {
            if *choice != untrack(drawn) {
                asked.set(choice.clone());
            }
        },
        false,
    );
    choice
}

fn dots(shared: Shared, (x, y): &(Quantity, Quantity)) -> Vec<Dot> {
    let runs = shared.runs.read();
    let dot = |(place, shown): (usize, &Shown)| {
        let number = |quantity: &Quantity| quantity.numbers.get(place).copied().flatten();
        Some(Dot {
            name: shown.name.clone(),
            href: Route::Run(shared.project, shown.run, RunTab::Overview).to_string(),
            colour: shown.colour,
            x: number(x)?,
            y: number(y)?,
        })
    };
    runs.iter().enumerate().filter_map(dot).collect()
}

/// How many runs have no place.
fn left_out(runs: usize) -> Option<String> {
    match runs {
        0 => None,
        1 => Some("1 run without both values is left out.".to_owned()),
        n => Some(format!("{n} runs without both values are left out.")),
    }
}
