//! What a chart knows of itself; all parts are handles.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::{html, prelude::*};

use super::gathered::Gathered;
use super::reading::Reading;
use super::scene::{Scene, Sight};
use super::series::{Axis, AxisKind, Series};
use super::{overlay, paint};
use crate::ui::observe::{OnFrame, watch_size, watch_theme};

/// The place on the horizontal axis that is read; charts that share it read the same place.
#[derive(Debug, Clone, Copy)]
pub struct Crosshair(pub RwSignal<Option<f64>>);

/// The part of the horizontal axis that is shown, `None` for all of it; charts that share it zoom together.
#[derive(Debug, Clone, Copy)]
pub struct Zoom(pub RwSignal<Option<(f64, f64)>>);

impl Default for Crosshair {
    fn default() -> Self {
        Self(RwSignal::new(None))
    }
}

impl Default for Zoom {
    fn default() -> Self {
        Self(RwSignal::new(None))
    }
}

/// The state of one chart.
#[derive(Clone, Copy)]
pub(super) struct ChartState {
    pub(super) title: Signal<String>,
    pub(super) series: Signal<Vec<Series>>,
    pub(super) axis: Signal<Axis>,
    pub(super) y_log: RwSignal<bool>,
    pub(super) x_log: RwSignal<bool>,
    pub(super) crosshair: Crosshair,
    pub(super) zoom: Zoom,
    /// The ids of the series that are switched off in the legend.
    pub(super) hidden: RwSignal<HashSet<String>>,
    pub(super) gathered: Memo<Arc<Gathered>>,
    pub(super) scene: Memo<Option<Arc<Scene>>>,
    pub(super) reading: Memo<Option<Reading>>,
    /// Where the pointer is on the canvas, in CSS pixels.
    pub(super) pointer: RwSignal<Option<(f64, f64)>>,
    /// Between which pixels the pointer is dragged.
    pub(super) brush: RwSignal<Option<(f64, f64)>>,
    pub(super) lines: NodeRef<html::Canvas>,
    pub(super) overlay: NodeRef<html::Canvas>,
    size: RwSignal<(f64, f64)>,
    theme: RwSignal<()>,
}

impl ChartState {
    pub(super) fn new(
        title: Signal<String>,
        series: Signal<Vec<Series>>,
        axis: Signal<Axis>,
        (y_log, x_log): (RwSignal<bool>, RwSignal<bool>),
        (crosshair, zoom): (Crosshair, Zoom),
    ) -> Self {
        let hidden = RwSignal::new(HashSet::new());
        let (size, pointer) = (RwSignal::new((0.0, 0.0)), RwSignal::new(None));
        let gathered = Memo::new_with_compare(move |_| Arc::new(gather(series, hidden)), |_, _| true);
        let sight = Memo::new(move |_| {
            let (width, height) = size.get();
            let kind = axis.read().kind;
            let (y_log, x_log) = (y_log.get(), x_log.get() && kind == AxisKind::Number);
            Sight { width, height, zoom: zoom.0.get(), y_log, x_log, kind, offset: offset() }
        });
        let scene = Memo::new_with_compare(
            move |_| Scene::new(&gathered.read(), sight.get()).map(Arc::new),
            |_, _| true,
        );
        let reading = Memo::new(move |_| {
            let x = crosshair.0.get()?;
            let height = pointer.get().map(|(_, height)| height);
            Reading::at(&gathered.read(), scene.read().as_ref()?, x, height)
        });
        let brush = RwSignal::new(None);
        let (lines, overlay) = (NodeRef::new(), NodeRef::new());
        let theme = RwSignal::new(());
        #[rustfmt::skip]
        let state = Self {
            title, series, axis, y_log, x_log, crosshair, zoom, hidden, gathered, scene, reading, pointer, brush,
            lines, overlay, size, theme,
        };
        state
    }

    /// Which axes are logarithmic, the vertical first.
    pub(super) fn logs(self) -> (bool, bool) {
        (self.y_log.get(), self.x_log.get() && self.axis.read().kind == AxisKind::Number)
    }

    /// Paints, before the next frame, whatever has changed.
    pub(super) fn watch(self) {
        Effect::new(move || {
            if let Some(canvas) = self.lines.get() {
                watch_size(&canvas, move || self.measure());
                watch_theme(move || self.theme.set(()));
            }
        });
        let emphasis = Memo::new(move |_| self.emphasis());
        let lines = OnFrame::new(move || paint::paint(self, emphasis.get_untracked()));
        Effect::new(move || {
            self.scene.track();
            self.theme.track();
            emphasis.track();
            lines.ask();
        });
        let above = OnFrame::new(move || overlay::paint(self));
        Effect::new(move || {
            self.scene.track();
            self.theme.track();
            self.reading.track();
            self.brush.track();
            above.ask();
        });
    }

    /// The series that is pointed at, when there are others.
    fn emphasis(self) -> Option<usize> {
        let reading = self.reading.read();
        let reading = reading.as_ref().filter(|reading| reading.pointed)?;
        let several = self.gathered.read().series.len() > 1;
        reading.values.first().filter(|_| several).map(|value| value.series)
    }

    fn measure(self) {
        if let Some(canvas) = self.lines.try_get_untracked().flatten() {
            let size = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
            if self.size.get_untracked() != size {
                self.size.set(size);
            }
        }
    }
}

fn gather(series: Signal<Vec<Series>>, hidden: RwSignal<HashSet<String>>) -> Gathered {
    let (series, hidden) = (series.read(), hidden.read());
    if hidden.is_empty() {
        return Gathered::new(&series);
    }
    let shown: Vec<_> = series.iter().filter(|series| !hidden.contains(&series.id)).cloned().collect();
    Gathered::new(&shown)
}

/// How far the clocks of the browser are ahead of UTC, in milliseconds.
fn offset() -> i64 {
    (js_sys::Date::new_0().get_timezone_offset() * -60_000.0) as i64
}
