//! The chart of one metric.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use models::comparison::{ComparedHistories, ComparedHistoriesRequest};
use models::id::RunId;
use models::metric::HistoryRequest;

use super::along::Along;
use super::bands::bands;
use super::closer::{Part, only, part};
use super::lines::line;
use super::shared::{Shared, Shown, own};
use super::words::{note, told_of_bands};
use crate::queries;
use crate::ui::chart::{LineChart, Series};
use crate::ui::{Skeleton, SkeletonShape};
use crate::widgets::loaded::failed;

/// How many points are asked for when the width is not known, and the steps in which the width counts.
const POINTS: u32 = 600;
const WIDTH_STEP: u32 = 200;

/// The histories of a metric, a line for each run that has it: the whole of them, and where it is zoomed into a closer
/// look.
#[component]
pub(super) fn MetricChart(
    shared: Shared,
    /// The name of the metric.
    key: String,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let width = RwSignal::new(None::<u32>);
    Effect::new(move || {
        if let Some(frame) = frame.get() {
            width.set(Some(u32::try_from(frame.client_width()).unwrap_or(0)));
        }
    });
    let key = StoredValue::new(key);
    let ask = move |part: Option<Part>| {
        let request = request(shared, key.get_value(), width.get()?, part);
        (!request.run_ids.is_empty()).then_some((shared.project, request))
    };
    let whole = queries::runs::compared_metrics(move || ask(None));
    let wanted = Memo::new(move |_| {
        let (zoom, whole) = (shared.part.get()?, whole.value.get()?);
        let runs = shared.runs.read();
        let began = |run| runs.iter().find(|shown: &&Shown| shown.run == run).and_then(|shown| shown.began);
        let known = whole.iter().filter_map(|of_run| Some((only(of_run)?, began(of_run.run_id))));
        part(known, zoom, &shared.along.read())
    });
    let closer = queries::runs::compared_metrics(move || ask(Some(wanted.get()?)));
    let series = move || {
        let closer = closer.value.get().filter(|_| wanted.read().is_some());
        let whole = whole.value.get();
        let (whole, closer) = (histories(&whole), histories(&closer));
        let lines = series(&shared.runs.read(), (whole, closer), &shared.along.read());
        match shared.bands.read().as_ref() {
            Some(groups) => {
                let of =
                    |line: &Series| line.id.parse().ok().and_then(|run: RunId| groups.of.get(&run).copied());
                bands(&lines, &groups.names, of, groups.reach, shared.part.get())
            }
            None => lines,
        }
    };
    let is_known = Memo::new(move |_| whole.value.read().is_some());
    let banded = move || {
        let reach = shared.bands.read().as_ref()?.reach;
        Some(view! { <p class="chart-notes">{told_of_bands(reach)}</p> })
    };
    let note = move || {
        let shown = closer.value.get().filter(|_| wanted.read().is_some()).or_else(|| whole.value.get());
        note(histories(&shown).iter().filter_map(only))
    };
    let (y_log, x_log) = (own(shared.y_log), own(shared.x_log));
    let chart = move || {
        view! {
            <LineChart
                title=shared.which.chart_title(&key.get_value())
                series=Signal::derive(series)
                x=Signal::derive(move || shared.along.read().axis())
                y_log
                x_log
                crosshair=shared.crosshair
                zoom=shared.zoom
            />
            {banded}
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

fn request(shared: Shared, key: String, width: u32, part: Option<Part>) -> ComparedHistoriesRequest {
    let run_ids: Vec<_> = shared.runs.read().iter().map(|shown| shown.run).collect();
    let (steps, places) = match part {
        None => (None, None),
        Some(Part::Steps(first, last)) => (Some((first, last)), None),
        Some(Part::Places(from, to)) => (None, Some((from, to))),
    };
    ComparedHistoriesRequest {
        points: points_for(width, run_ids.len()),
        run_ids,
        keys: vec![key],
        steps,
        along: shared.along.read().metric().map(str::to_owned),
        places,
        smoothing: shared.smoothed.get(),
    }
}

fn histories(answer: &Option<Arc<Vec<ComparedHistories>>>) -> &[ComparedHistories] {
    answer.as_deref().map(Vec::as_slice).unwrap_or_default()
}

/// A line for each run that has values.
fn series(
    runs: &[Shown],
    (whole, closer): (&[ComparedHistories], &[ComparedHistories]),
    along: &Along,
) -> Vec<Series> {
    let of = |histories: &'_ [ComparedHistories], shown: &Shown| {
        histories.iter().position(|of_run| of_run.run_id == shown.run)
    };
    let drawn = |shown: &Shown| {
        let known = only(whole.get(of(whole, shown)?)?)?;
        let finer = of(closer, shown).and_then(|place| only(closer.get(place)?));
        let line = line(known, finer, along, shown.began);
        (!line.points.is_empty()).then(|| Series {
            dash: shown.dash,
            raw: line.raw,
            gaps: line.gaps.into(),
            ..Series::new(shown.run.mlflow(), shown.name.clone(), shown.colour, line.points)
        })
    };
    runs.iter().filter_map(drawn).collect()
}

/// About a point a pixel, in steps, so that a window that is a little wider asks the same; fewer where the lines of all
/// `runs` would have too many.
fn points_for(width: u32, runs: usize) -> u32 {
    let for_width = if width == 0 { POINTS } else { width.div_ceil(WIDTH_STEP).saturating_mul(WIDTH_STEP) };
    let together = HistoryRequest::MAX_TOTAL / (runs.max(1) as u64);
    for_width.min(HistoryRequest::MAX_POINTS).min(u32::try_from(together).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_asks_for_about_a_point_a_pixel() {
        assert_eq!(points_for(0, 1), 600);
        assert_eq!(points_for(401, 1), 600);
        assert_eq!(points_for(600, 1), 600);
        assert_eq!(points_for(99_999, 1), 5_000);
        assert_eq!(points_for(99_999, 100), 2_000);
    }
}
