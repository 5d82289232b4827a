//! Parameters and metrics of the runs as parallel axes.

use std::sync::Arc;

use leptos::prelude::*;
use models::comparison::Comparison;
use models::id::RunId;

use super::dimensions::{chosen, dimensions, listed};
use crate::features::runs::address::RunsUrl;
use crate::features::runs::charts::Shared;
use crate::routes::{Route, RunTab};
use crate::ui::chart::{Brushes, Dimension, ParallelChart, Strand, passing};
use crate::ui::{Button, ButtonLink, Checkbox, IconName, Panel, Popover, Size};
use crate::widgets::{UrlHistory, url_state};

/// A line for each run over axes that can be brushed; the runs that pass can be looked at alone, here or in the table.
#[component]
pub(super) fn ComparedParallel(
    shared: Shared,
    /// What is known of the runs.
    comparison: Signal<Arc<Comparison>>,
    /// Compares these runs alone.
    only: Callback<Vec<RunId>>,
) -> impl IntoView {
    let axes = url_state::<String>("axes", UrlHistory::Replace);
    let known = Memo::new(move |_| dimensions(&comparison.read()));
    let shown = Memo::new(move |_| chosen(&known.read(), &axes.read()));
    let strands = Memo::new(move |_| strands(shared));
    let (brushes, logs) = (RwSignal::new(Brushes::new()), RwSignal::new(Vec::new()));
    let on_order = Callback::new(move |ids: Vec<String>| axes.set(listed(ids)));
    let passing = Memo::new(move |_| {
        let runs = shared.runs.read();
        let passing = passing(&shown.read(), &brushes.read(), runs.len());
        let with = runs.iter().zip(passing);
        with.filter(|(_, passes)| *passes).map(|(shown, _)| shown.run).collect::<Vec<_>>()
    });
    let is_part = Memo::new(move |_| (1..shared.runs.read().len()).contains(&passing.read().len()));
    let in_table = move || table_of(shared, &passing.read());
    let enough = Memo::new(move |_| shown.read().len() >= 2);
    let few = "Nothing to draw: it takes two parameters or metrics.";
    view! {
        <Panel title="Parallel coordinates">
            <Show when=move || enough.get() fallback=move || view! { <p class="muted">{few}</p> }>
                <div class="toolbar compare-relation">
                    <Popover title="Axes" text="Axes" icon=IconName::Columns size=Size::Small>
                        <div class="compare-axes">{move || choices(known, shown, axes)}</div>
                    </Popover>
                    <Show when=move || is_part.get()>
                        <Button size=Size::Small icon=IconName::Compare on_click=move |_| only.run(passing.get_untracked())>
                            {move || format!("Compare these {} alone", passing.read().len())}
                        </Button>
                        {move || view! { <ButtonLink size=Size::Small href=in_table()>"Open these in the table"</ButtonLink> }}
                    </Show>
                </div>
                <ParallelChart title="Parameters and metrics" strands dimensions=shown brushes logs on_order/>
            </Show>
        </Panel>
    }
}

fn strands(shared: Shared) -> Vec<Strand> {
    let runs = shared.runs.read();
    let strand = |shown: &crate::features::runs::charts::Shown| Strand {
        name: shown.name.clone(),
        href: Route::Run(shared.project, shown.run, RunTab::Overview).to_string(),
        colour: shown.colour,
    };
    runs.iter().map(strand).collect()
}

/// The table of runs with these alone.
fn table_of(shared: Shared, runs: &[RunId]) -> String {
    let ids: Vec<_> = runs.iter().map(|run| format!("'{}'", run.mlflow())).collect();
    let filter = format!("run_id IN ({})", ids.join(", "));
    RunsUrl { filter, ..RunsUrl::default() }.href(shared.project.into())
}

/// A box for each axis that there can be; one that is ticked comes last.
fn choices(
    known: Memo<Vec<Dimension>>,
    shown: Memo<Vec<Dimension>>,
    axes: RwSignal<String>,
) -> Vec<impl IntoView> {
    let box_of = |dimension: Dimension| {
        let id = dimension.id.clone();
        let ticked = RwSignal::new(shown.with_untracked(|shown| shown.iter().any(|axis| axis.id == id)));
        let change = move |now: bool| {
            let mut ids: Vec<_> = shown.read_untracked().iter().map(|axis| axis.id.clone()).collect();
            ids.retain(|own| *own != id);
            if now {
                ids.push(id.clone());
            }
            axes.set(listed(ids));
        };
        view! { <Checkbox checked=ticked on_change=change>{dimension.id}</Checkbox> }
    };
    known.get().into_iter().map(box_of).collect()
}
