//! Values to tick and bounds to set, with the number of runs of each; they write the same filter.

use leptos::prelude::*;
use models::query::{Attribute, Field};
use models::run_table::{RunKeys, TableScope};

use super::applied::Applied;
use super::bounds::{Extents, MetricBounds, TimeBounds};
use super::facet::Facet;
use super::later::{Later, later};
use crate::features::runs::table::columns::title;
use crate::ui::{Emphasis, IconName, Popover, Size};

/// What is always offered, and whether it is open at first.
const ATTRIBUTES: [(Attribute, bool); 8] = [
    (Attribute::Status, true),
    (Attribute::Label, true),
    (Attribute::User, true),
    (Attribute::Code, true),
    (Attribute::Data, true),
    (Attribute::DataVersion, false),
    (Attribute::Experiment, false),
    (Attribute::Model, false),
];
/// How many of the parameters that most runs have are looked at.
const PARAMETERS: usize = 8;
/// How many metrics can be bounded.
const METRICS: usize = 4;

/// A button that opens the facets; they ask the server only while they are open.
#[component]
pub(super) fn Facets(
    applied: Applied,
    /// What has been logged.
    keys: Signal<RunKeys>,
) -> impl IntoView {
    view! {
        <Popover title="Facets" text="Facets" icon=IconName::Settings emphasis=Emphasis::Ghost size=Size::Small>
            {later(Later::Facets(applied, keys))}
        </Popover>
    }
}

#[component]
pub(super) fn FacetPanel(applied: Applied, keys: Signal<RunKeys>) -> impl IntoView {
    // Once it is known what has been logged they stay as they are: what moves under the hand cannot be hit.
    let known = Memo::new(move |before: Option<&RunKeys>| match before {
        Some(before) if *before != RunKeys::default() => before.clone(),
        Some(_) | None => keys.get(),
    });
    let project = (applied.address.scope == TableScope::Visible).then_some((Attribute::Project, true));
    let attributes = project.into_iter().chain(ATTRIBUTES).map(|(attribute, is_open)| {
        let field = Field::Attribute(attribute);
        let name = title(&field).to_owned();
        view! { <Facet applied field name is_open/> }
    });
    view! {
        <div class="facets">
            <p class="facets-held" role="status">{move || applied.unfinished.get()}</p>
            {attributes.collect_view()}
            <TimeBounds applied/>
            {move || logged(applied, &known.read())}
        </div>
    }
}

/// The metrics and parameters that most runs have logged.
fn logged(applied: Applied, keys: &RunKeys) -> AnyView {
    let metrics = keys.metrics.iter().filter(|key| !key.key.starts_with("system/")).take(METRICS);
    let metrics: Vec<_> = metrics.map(|key| Field::Metric(key.key.clone())).collect();
    let extents = Extents::ask(applied, metrics.clone());
    let metrics = metrics.into_iter().map(|field| view! { <MetricBounds applied field extents/> });
    let parameters = keys.parameters.iter().take(PARAMETERS).map(|key| {
        let (field, name) = (Field::Parameter(key.key.clone()), key.key.clone());
        view! { <Facet applied field name is_open=true only_few=true/> }
    });
    view! { {metrics.collect_view()} {parameters.collect_view()} }.into_any()
}
