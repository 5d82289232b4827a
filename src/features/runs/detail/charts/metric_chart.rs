//! The chart of one metric of a run.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use models::id::{ProjectId, RunId};
use models::metric::{HistoryRequest, MetricHistory};

use super::points::{Along, is_thinned_out, points, steps_between};
use crate::queries::{self, Query};
use crate::ui::chart::{Crosshair, LineChart, Series, Zoom, colour_of};
use crate::ui::format::integer;
use crate::ui::{Skeleton, SkeletonShape};
use crate::widgets::loaded::failed;

/// How many points are asked for when the width is not known, and the steps in which the width counts.
const POINTS: u32 = 600;
const WIDTH_STEP: u32 = 200;
/// How long the view must stand still before it is looked at more closely.
const STILL: Duration = Duration::from_millis(180);

/// What the charts of a page have in common.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) project: ProjectId,
    pub(super) run: RunId,
    pub(super) along: RwSignal<Along>,
    pub(super) crosshair: Crosshair,
    pub(super) zoom: Zoom,
}

/// The history of a metric: the whole of it, and where it is zoomed into a closer look.
#[component]
pub(super) fn MetricChart(
    shared: Shared,
    /// What it is called on screen.
    title: String,
    /// The name of the metric.
    key: String,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let width = RwSignal::new(None::<u32>);
    Effect::new(move || {
        if let Some(frame) = frame.get() {
            width.set(Some(points_for(frame.client_width())));
        }
    });
    let (key, title) = (StoredValue::new(key), StoredValue::new(title));
    let ask = move |steps: Option<(i64, i64)>| {
        width.get().map(|points| {
            (shared.project, shared.run, HistoryRequest { keys: vec![key.get_value()], points, steps })
        })
    };
    let whole = queries::runs::metrics(move || ask(None));
    let zoom = still(shared.zoom);
    let steps = Memo::new(move |_| {
        let whole = history(whole)?;
        zoom.get()
            .filter(|_| is_thinned_out(&whole))
            .and_then(|part| steps_between(&whole, part, shared.along.get()))
    });
    let closer = queries::runs::metrics(move || steps.get().and_then(|steps| ask(Some(steps))));
    let known = Memo::new(move |_| history(whole));
    let detail = Memo::new(move |_| steps.get().and_then(|steps| Some((history(closer)?, steps))));
    let series = move || {
        let known = known.read();
        let detail = detail.read();
        let detail = detail.as_ref().map(|(detail, steps)| (detail, *steps));
        let points = known.as_ref().map(|whole| points(whole, detail, shared.along.get()));
        points.map(|points| drawn(shared.run, title.get_value(), points)).into_iter().collect::<Vec<_>>()
    };
    let is_known = Memo::new(move |_| known.read().is_some());
    let note =
        move || known.read().as_ref().map(|whole| whole.n_not_finite).filter(|n| *n > 0).map(not_finite);
    let chart = move || {
        view! {
            <LineChart
                title=title.get_value()
                series=Signal::derive(series)
                x=Signal::derive(move || shared.along.get().axis())
                crosshair=shared.crosshair
                zoom=shared.zoom
            />
            {move || note().map(|note| view! { <p class="chart-notes">{note}</p> })}
        }
    };
    view! {
        <div class="metric-chart" node_ref=frame>
            {move || match (is_known.get(), whole.error.get()) {
                (true, _) => chart().into_any(),
                (false, Some(error)) => failed(&error, whole.refetch),
                (false, None) => view! { <Skeleton shape=SkeletonShape::Cards count=1/> }.into_any(),
            }}
        </div>
    }
}

fn history(query: Query<Vec<MetricHistory>>) -> Option<MetricHistory> {
    query.value.get()?.first().cloned()
}

fn drawn(run: RunId, name: String, points: crate::ui::chart::Points) -> Series {
    let (high, low) = run.0.as_u64_pair();
    Series { id: name.clone(), name, colour: colour_of(high ^ low), points }
}

/// About a point a pixel, in steps, so that a window that is a little wider asks the same.
fn points_for(width: i32) -> u32 {
    let width = u32::try_from(width).unwrap_or(0);
    if width == 0 {
        POINTS
    } else {
        width.div_ceil(WIDTH_STEP).saturating_mul(WIDTH_STEP).min(HistoryRequest::MAX_POINTS)
    }
}

/// The part that is shown, once it has stood still for a moment.
fn still(zoom: Zoom) -> Signal<Option<(f64, f64)>> {
    let still = RwSignal::new(zoom.0.get_untracked());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let cancel = move || {
        if let Some(timeout) = waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    };
    Effect::new(move || {
        let part = zoom.0.get();
        cancel();
        let settle = move || {
            // The chart may have left the view since.
            let _ = still.try_set(part);
        };
        waiting.set_value(set_timeout_with_handle(settle, STILL).ok());
    });
    on_cleanup(cancel);
    still.into()
}

fn not_finite(n: u64) -> String {
    format!(
        "{} not finite.",
        if n == 1 { "1 value is".to_owned() } else { format!("{} values are", integer(n)) }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_asks_for_about_a_point_a_pixel() {
        assert_eq!(points_for(0), 600);
        assert_eq!(points_for(401), 600);
        assert_eq!(points_for(600), 600);
        assert_eq!(points_for(99_999), 5_000);
    }

    #[test]
    fn what_is_not_drawn_is_counted() {
        assert_eq!(not_finite(1), "1 value is not finite.");
        assert_eq!(not_finite(1_200), "1,200 values are not finite.");
    }
}
