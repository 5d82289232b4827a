//! The chart of parallel axes: its picture, its buttons, and what is read of it.

use leptos::html;
use leptos::prelude::*;

use super::axis::axes;
use super::dimension::{Brushes, Dimension, Strand, passing};
use super::layout::{Layout, layout};
use super::{draw, file, pointer, reading, table};
use crate::ui::chart::figure::Figure;
use crate::ui::chart::tools::tool;
use crate::ui::observe::{OnFrame, watch_theme, width_of};

/// What a chart of parallel axes has at hand. A handle.
#[derive(Clone, Copy)]
pub(super) struct Parallel {
    pub(super) title: Signal<String>,
    pub(super) strands: Signal<Vec<Strand>>,
    pub(super) dimensions: Signal<Vec<Dimension>>,
    pub(super) brushes: RwSignal<Brushes>,
    pub(super) logs: RwSignal<Vec<String>>,
    pub(super) on_order: Callback<Vec<String>>,
    pub(super) plot: Memo<Option<Layout>>,
    /// For each thing whether it passes the brushes.
    pub(super) passing: Memo<Vec<bool>>,
    /// The thing that is read.
    pub(super) current: RwSignal<Option<usize>>,
    /// Whether a key chose it, so that it is read aloud.
    pub(super) by_key: RwSignal<bool>,
    pub(super) canvas: NodeRef<html::Canvas>,
}

/// A line for each thing over an axis for each dimension. Axes are brushed by dragging or with their two sliders, put
/// elsewhere by their names, by dragging or with the arrow keys; arrow keys on the picture go from line to line.
/// Thousands of lines stay smooth.
#[component]
pub fn ParallelChart(
    /// What is shown.
    #[prop(into)]
    title: Signal<String>,
    /// The things.
    #[prop(into)]
    strands: Signal<Vec<Strand>>,
    /// The axes, in order.
    #[prop(into)]
    dimensions: Signal<Vec<Dimension>>,
    /// The parts of axes that are looked at.
    brushes: RwSignal<Brushes>,
    /// The ids of the logarithmic axes.
    logs: RwSignal<Vec<String>>,
    /// The axes were put into this order.
    on_order: Callback<Vec<String>>,
) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    let width = width_of(stage);
    let plot = Memo::new(move |_| layout(&dimensions.read(), &logs.read(), f64::from(width.get())));
    let passing = Memo::new(move |_| passing(&dimensions.read(), &brushes.read(), strands.read().len()));
    let (current, by_key, canvas) = (RwSignal::new(None), RwSignal::new(false), NodeRef::new());
    #[rustfmt::skip]
    let parallel = Parallel {
        title, strands, dimensions, brushes, logs, on_order, plot, passing, current, by_key, canvas,
    };
    parallel.watch();
    let reset = move || {
        let reset = move || parallel.brushes.set(Brushes::new());
        parallel.is_brushed().then(|| tool("Reset", "Look at whole axes", reset))
    };
    view! {
        <Figure
            title
            more=move || reset
            csv=Callback::new(move |()| file::csv(&strands.read_untracked(), &dimensions.read_untracked()))
            drawn=Callback::new(move |()| {
                let plot = plot.get_untracked()?;
                Some(file::svg(&plot, &strands.read_untracked(), &parallel.passing.read_untracked()))
            })
            class="parallel-stage"
            stage
            reading=move || {
                let without = move || reading::without(parallel);
                view! {
                    <p class="chart-notes">{move || reading::reading(parallel)}</p>
                    {move || without().map(|note| view! { <p class="chart-notes">{note}</p> })}
                }
            }
            spoken=Signal::derive(move || reading::spoken(parallel))
            table=move || table::table(parallel)
        >
            {picture(parallel)}
        </Figure>
    }
}

impl Parallel {
    /// Paints, before the next frame, whatever has changed.
    fn watch(self) {
        let theme = RwSignal::new(());
        let lines = OnFrame::new(move || draw::paint(self));
        watch_theme(move || theme.set(()));
        Effect::new(move || {
            self.canvas.track();
            self.plot.track();
            self.passing.track();
            self.strands.track();
            self.current.track();
            theme.track();
            lines.ask();
        });
    }

    /// Whether any axis is brushed.
    pub(super) fn is_brushed(self) -> bool {
        let brushes = self.brushes.read();
        self.dimensions.read().iter().any(|dimension| brushes.contains_key(&dimension.id))
    }
}

fn picture(parallel: Parallel) -> impl IntoView {
    let size = Memo::new(move |_| parallel.plot.read().as_ref().map(|plot| (plot.width, plot.height)));
    let summary = move || {
        let (lines, axes) = (parallel.strands.read().len(), parallel.dimensions.read().len());
        format!("{}: {lines} lines over {axes} axes. Arrow keys go from line to line.", parallel.title.read())
    };
    move || {
        let (width, height) = size.get()?;
        Some(view! {
            <div class="parallel" style:inline-size=format!("{width}px") style:block-size=format!("{height}px")>
                <canvas
                    class="chart-lines parallel-lines"
                    node_ref=parallel.canvas
                    role="img"
                    tabindex="0"
                    aria-label=summary
                    on:pointermove=move |event| pointer::pointed(parallel, &event)
                    on:pointerleave=move |_| parallel.current.set(None)
                    on:keydown=move |event| reading::pressed(parallel, &event)
                ></canvas>
                {axes(parallel)}
            </div>
        })
    }
}
