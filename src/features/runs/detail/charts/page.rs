//! The page with the charts of a run.

use std::sync::Arc;

use leptos::prelude::*;
use models::id::ProjectId;
use models::run::{Run, RunData};

use super::metric_chart::{MetricChart, Shared};
use super::points::Along;
use super::which::Which;
use crate::features::runs::detail::known::Known;
use crate::features::runs::folded;
use crate::features::runs::sections::Section;
use crate::queries;
use crate::ui::chart::{Crosshair, WhenVisible, Zoom};
use crate::ui::form::{Choice, Segmented};
use crate::ui::format::integer;
use crate::ui::{Empty, Icon, IconName, SearchField, SkeletonShape};

/// The room that a chart takes, with its heading and its legend.
const CHART_HEIGHT: &str = "19rem";

/// The metrics of the run as charts that are read and zoomed together; only those in view are mounted.
#[component]
pub(crate) fn Charts(
    project: ProjectId,
    #[prop(into)] run: Signal<Arc<Run>>,
    /// Those of the training, or those of the machine.
    which: Which,
) -> impl IntoView {
    let id = run.read_untracked().run_id;
    let data = queries::runs::data(move || (project, id));
    let shared = Shared {
        project,
        run: id,
        along: RwSignal::new(which.along()),
        crosshair: Crosshair::default(),
        zoom: Zoom::default(),
    };
    Effect::new(move |before: Option<Along>| {
        let along = shared.along.get();
        if before.is_some_and(|before| before != along) {
            shared.zoom.0.set(None);
            shared.crosshair.0.set(None);
        }
        along
    });
    view! {
        <Known query=data shape=SkeletonShape::Cards count=4 children=move |data| view! { <Sections shared which data/> }/>
    }
}

#[component]
fn Sections(shared: Shared, which: Which, data: Signal<Arc<RunData>>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let keys = Memo::new(move |_| which.keys(data.read().metrics.iter().map(|metric| metric.key.as_str())));
    let found = Memo::new(move |_| which.sections(&keys.read(), &search.read()));
    let n_metrics = Memo::new(move |_| keys.read().len());
    let choices = || vec![Choice::new(Along::Steps, "Step"), Choice::new(Along::Time, "Time")];
    view! {
        <Show when=move || n_metrics.get() != 0 fallback=move || which.nothing()>
            <div class="toolbar">
                <SearchField label="Search metrics" value=search/>
                <Segmented label="Horizontal axis" value=shared.along choices=choices()/>
                <span class="muted" role="status">{move || counted(&found.read(), n_metrics.get())}</span>
            </div>
            <For each=move || named(found.get()) key=|named| named.clone() let((title, prefix))>
                <ChartSection shared which title prefix found/>
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

/// The charts of a section, which can be folded away.
#[component]
fn ChartSection(
    shared: Shared,
    which: Which,
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
                    <WhenVisible height=CHART_HEIGHT>
                        <MetricChart shared title=which.chart_title(&key) key=key.clone()/>
                    </WhenVisible>
                </For>
            </div>
        </details>
    }
}

fn counted(found: &[Section], all: usize) -> String {
    let n = found.iter().map(|section| section.keys.len()).sum::<usize>();
    let all_text = format!("{} metric{}", integer(all as u64), if all == 1 { "" } else { "s" });
    if n == all { all_text } else { format!("{} of {all_text}", integer(n as u64)) }
}
