//! The metrics of the compared runs as charts.

use leptos::prelude::*;

use super::along::Along;
use super::metric_chart::{ComparedChart, Shared};
use crate::features::runs::folded;
use crate::features::runs::sections::{Section, sections};
use crate::ui::chart::WhenVisible;
use crate::ui::form::{Choice, Segmented};
use crate::ui::format::integer;
use crate::ui::{Empty, Icon, IconName, SearchField, Select};

/// The room that a chart takes, with its heading and its legend.
const CHART_HEIGHT: &str = "19rem";

/// A chart for each metric, in sections; only those in view are mounted and asked for.
#[component]
pub(super) fn ComparedCharts(
    shared: Shared,
    /// The names of all metrics of the runs.
    keys: Memo<Vec<String>>,
    /// The horizontal axis, as the address writes it.
    along: RwSignal<String>,
    /// How strongly values are smoothed, in hundredths.
    smoothing: RwSignal<u8>,
) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| sections(keys.read().iter().map(String::as_str), &search.read()));
    let options = Signal::derive(move || Along::options(keys.read().iter().map(String::as_str)));
    let choices =
        vec![Choice::new(0, "None"), Choice::new(60, "0.6"), Choice::new(90, "0.9"), Choice::new(97, "0.97")];
    let nothing = || {
        view! { <Empty icon=IconName::ChartLine title="No metrics to compare" text="None of these runs has logged a metric yet."/> }
    };
    view! {
        <Show when=move || !keys.read().is_empty() fallback=nothing>
            <div class="toolbar">
                <SearchField label="Search metrics" value=search slash=false/>
                <Select label="Horizontal axis" value=along options/>
                <span class="compare-choice">
                    <span class="muted" aria-hidden="true">"Smoothing"</span>
                    <Segmented label="Smoothing" value=smoothing choices=choices.clone()/>
                </span>
            </div>
            <For each=move || named(found.get()) key=|named| named.clone() let((title, prefix))>
                <ChartSection shared title prefix found/>
            </For>
            <Show when=move || found.read().is_empty()>
                <Empty icon=IconName::Search title="No metric is called that" text="Search for another part of a name."/>
            </Show>
        </Show>
    }
}

/// The headings of the sections, each with what its names begin with.
fn named(sections: Vec<Section>) -> Vec<(String, Option<String>)> {
    let alone = sections.len() == 1;
    sections.into_iter().map(|section| (section.title(alone).to_owned(), section.prefix)).collect()
}

#[component]
fn ChartSection(
    shared: Shared,
    title: String,
    prefix: Option<String>,
    found: Memo<Vec<Section>>,
) -> impl IntoView {
    let keys = Memo::new(move |_| {
        let sections = found.read();
        let own = sections.iter().find(|section| section.prefix == prefix);
        own.map(|section| section.keys.clone()).unwrap_or_default()
    });
    let (is_open, kept_as) = (!folded::is_folded(&title), title.clone());
    view! {
        <details class="chart-section" open=is_open on:toggle=move |event| folded::note(&kept_as, &event)>
            <summary><Icon name=IconName::ChevronRight/> <h2>{title}</h2> <span class="count">{move || integer(keys.read().len() as u64)}</span></summary>
            <div class="grid" data-columns="large">
                <For each=move || keys.get() key=|key| key.clone() let(key)>
                    <WhenVisible height=CHART_HEIGHT><ComparedChart shared key=key.clone()/></WhenVisible>
                </For>
            </div>
        </details>
    }
}
