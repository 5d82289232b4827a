//! From where to where a metric or the begin of a run may go.

use leptos::prelude::*;
use models::experiment::LifecycleStage;
use models::query::{Attribute, Field, RunQuery, Side, Value};
use models::run_table::{GroupPage, GroupPageRequest};

use super::applied::Applied;
use crate::queries::{self, Query};
use crate::ui::format::number;
use crate::ui::id::unique_id;

const STARTED: Field = Field::Attribute(Attribute::StartTime);

/// The least and the greatest value of metrics, whatever the filter demands of them. A handle.
#[derive(Clone, Copy)]
pub(super) struct Extents(Query<GroupPage>);

impl Extents {
    pub(super) fn ask(applied: Applied, metrics: Vec<Field>) -> Self {
        let request = move || {
            let unbounded = metrics.iter().fold(applied.filter.get(), |filter, metric| {
                filter.bounded(metric, Side::Least, None).bounded(metric, Side::Most, None)
            });
            let query = RunQuery {
                filter: unbounded.to_string(),
                group_by: vec![Field::Attribute(Attribute::Status)],
                columns: metrics.clone(),
                ..RunQuery::default()
            };
            let (within, lifecycle_stage) = (Vec::new(), LifecycleStage::Active);
            let request = GroupPageRequest { query, within, offset: 0, limit: 20, lifecycle_stage };
            (!metrics.is_empty()).then_some((applied.address.scope, request))
        };
        Self(queries::runs::groups(request))
    }

    fn of(self, metric: &Field) -> Option<(f64, f64)> {
        self.0.value.get().and_then(|page| extent(&page, metric))
    }
}

fn extent(page: &GroupPage, metric: &Field) -> Option<(f64, f64)> {
    let all = page.groups.iter().flat_map(|group| &group.aggregates);
    let own = all.filter(|aggregate| aggregate.field == *metric);
    own.filter_map(|aggregate| Some((aggregate.min?, aggregate.max?)))
        .reduce(|(least, most), (min, max)| (least.min(min), most.max(max)))
}

/// Two lines for the least and the greatest value of a metric.
#[component]
pub(super) fn MetricBounds(applied: Applied, field: Field, extents: Extents) -> impl IntoView {
    let name = field.key().to_owned();
    let legend = name.clone();
    let own = field.clone();
    let extent = Memo::new(move |_| extents.of(&own));
    let line = move |side: Side| {
        let example = Signal::derive(move || {
            let known = extent.get().map(|(least, most)| if side == Side::Least { least } else { most });
            known.map(number).unwrap_or_default()
        });
        let label = side_label(&name, side);
        view! { <BoundLine applied field=field.clone() side label kind="text" example read=number_of/> }
    };
    view! {
        <fieldset class="facet-bounds">
            <legend class="truncate">{legend}</legend>
            {line(Side::Least)}
            <span aria-hidden="true">"–"</span>
            {line(Side::Most)}
        </fieldset>
    }
}

/// Two lines for when runs began.
#[component]
pub(super) fn TimeBounds(applied: Applied) -> impl IntoView {
    let line = move |side: Side| {
        let label = side_label("Started", side);
        view! { <BoundLine applied field=STARTED side label kind="datetime-local" example=Signal::stored(String::new()) read=Value::date/> }
    };
    view! {
        <fieldset class="facet-bounds" data-kind="time">
            <legend>"Started, in UTC"</legend>
            {line(Side::Least)}
            <span aria-hidden="true">"–"</span>
            {line(Side::Most)}
        </fieldset>
    }
}

fn side_label(name: &str, side: Side) -> String {
    match side {
        Side::Least => format!("{name} from"),
        Side::Most => format!("{name} to"),
    }
}

/// One bound. It is applied when the line is left or Enter is pressed.
#[component]
fn BoundLine(
    applied: Applied,
    field: Field,
    side: Side,
    label: String,
    kind: &'static str,
    example: Signal<String>,
    read: fn(&str) -> Option<Value>,
) -> impl IntoView {
    let note = unique_id("bound-note");
    let is_wrong = RwSignal::new(false);
    let own = field.clone();
    let shown = Memo::new(move |_| {
        applied.filter.read().bound(&own, side).map(|value| written(&value)).unwrap_or_default()
    });
    let change = move |text: String| {
        let value = read(text.trim());
        is_wrong.set(value.is_none() && !text.trim().is_empty());
        if !is_wrong.get_untracked() {
            applied.change_or_tell(|filter| filter.bounded(&field, side, value));
        }
    };
    view! {
        <input
            class="input"
            type=kind
            inputmode=(kind == "text").then_some("decimal")
            aria-label=label
            aria-invalid=move || is_wrong.get().then_some("true")
            aria-describedby=note.clone()
            placeholder=move || example.get()
            disabled=move || applied.unfinished.read().is_some()
            autocomplete="off"
            prop:value=shown
            on:change:target=move |event| change(event.target().value())
        />
        <p class="facet-wrong" id=note role="alert">{move || is_wrong.get().then_some("Write a number, such as 0.5 or 1e-3.")}</p>
    }
}

fn number_of(text: &str) -> Option<Value> {
    text.parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Number)
}

/// A bound as its line shows it; empty for what a calendar cannot show, such as `now - 7d`.
fn written(value: &Value) -> String {
    match value {
        Value::Number(_) => value.to_string(),
        Value::Date(_) => {
            let date = value.to_string().trim_matches('\'').replace(' ', "T");
            if date.contains('T') { date } else { format!("{date}T00:00") }
        }
        Value::Text(_) | Value::Span(_) | Value::Now | Value::BeforeNow(_) | Value::AfterNow(_) => {
            String::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_written_as_its_line_reads_it() {
        for text in ["2026-11-01T12:30", "2026-11-01T00:00"] {
            assert_eq!(written(&Value::date(text).unwrap()), text);
        }
        assert_eq!(number_of("1e-3").map(|value| written(&value)).as_deref(), Some("0.001"));
        assert_eq!(number_of("inf"), None);
        assert_eq!(number_of("1,5"), None);
    }
}
