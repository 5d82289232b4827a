//! Charts of metrics in sections that can be folded away.

use leptos::prelude::*;

use super::sections::Section;
use crate::features::runs::folded;
use crate::ui::chart::WhenVisible;
use crate::ui::format::integer;
use crate::ui::{Empty, Icon, IconName};

/// The room that a chart takes, with its heading and its legend.
const CHART_HEIGHT: &str = "19rem";

/// A chart for each metric that was found; only those in view are mounted and asked for.
#[component]
pub(super) fn ChartSections(
    /// The metrics.
    found: Memo<Vec<Section>>,
    /// Draws the chart of the metric with this name.
    chart: Callback<String, AnyView>,
) -> impl IntoView {
    view! {
        <For each=move || named(found.get()) key=|named| named.clone() let((title, prefix))>
            <ChartSection title prefix found chart/>
        </For>
        <Show when=move || found.read().is_empty()>
            <Empty icon=IconName::Search title="No metric is called that" text="Search for another part of a name."/>
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
    title: String,
    prefix: Option<String>,
    found: Memo<Vec<Section>>,
    chart: Callback<String, AnyView>,
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
                    <WhenVisible height=CHART_HEIGHT>{chart.run(key.clone())}</WhenVisible>
                </For>
            </div>
        </details>
    }
}
