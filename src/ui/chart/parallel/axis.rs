//! The axes: their names, which put them elsewhere, and their brushes.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::chart::Parallel;
use super::layout::Axis;
use super::pointer::{self, Drag};
use crate::ui::format::number;

/// Which end of a brush.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Low,
    High,
}

/// All axes; their elements stay while they are brushed.
pub(super) fn axes(parallel: Parallel) -> impl IntoView {
    let ids = Memo::new(move |_| {
        let plot = parallel.plot.read();
        plot.iter().flat_map(|plot| &plot.axes).map(|axis| axis.id.clone()).collect::<Vec<_>>()
    });
    let drag = RwSignal::new(None::<Drag>);
    view! { <For each=move || ids.get() key=Clone::clone children=move |id| view_of(parallel, drag, id)/> }
}

fn view_of(parallel: Parallel, drag: RwSignal<Option<Drag>>, id: String) -> impl IntoView {
    let axis = Memo::new(move |_| {
        let plot = parallel.plot.read();
        plot.as_ref()?.axes.iter().find(|axis| axis.id == id).cloned()
    });
    let x = move || axis.read().as_ref().map(|axis| format!("{}px", axis.x));
    let edge = |of: fn(&super::layout::Layout) -> f64| {
        move || parallel.plot.read().as_ref().map(|plot| format!("{}px", of(plot)))
    };
    view! {
        <div class="parallel-axis" role="group" aria-label=move || name(axis) style:inset-inline-start=x>
            {head(parallel, drag, axis)}
            <div
                class="parallel-strip"
                style:inset-block-start=edge(|plot| plot.top)
                style:block-size=edge(|plot| plot.bottom - plot.top)
                on:pointerdown=move |event| pointer::brush_begins(axis, drag, &event)
                on:pointermove=move |event| pointer::brush_moves(parallel, axis, drag, &event)
                on:pointerup=move |_| pointer::brush_ends(parallel, axis, drag)
                on:pointercancel=move |_| drag.set(None)
            >
                <span
                    class="parallel-brush"
                    hidden=move || brushed(parallel, axis).is_none()
                    style:inset-block-start=move || brushed(parallel, axis).map(|(top, _)| format!("{top}px"))
                    style:block-size=move || brushed(parallel, axis).map(|(_, height)| format!("{height}px"))
                ></span>
            </div>
            {thumb(parallel, axis, End::Low)}
            {thumb(parallel, axis, End::High)}
        </div>
    }
}

fn name(axis: Memo<Option<Axis>>) -> String {
    axis.read().as_ref().map(|axis| axis.name.clone()).unwrap_or_default()
}

fn head(parallel: Parallel, drag: RwSignal<Option<Drag>>, axis: Memo<Option<Axis>>) -> impl IntoView {
    let id = move || axis.read_untracked().as_ref().map(|axis| axis.id.clone()).unwrap_or_default();
    let is_log = Signal::derive(move || {
        axis.read().as_ref().is_some_and(|axis| parallel.logs.read().contains(&axis.id))
    });
    let toggle =
        move |_| {
            let id = id();
            parallel.brushes.update(|brushes| {
                brushes.remove(&id);
            });
            parallel.logs.update(|logs| {
                if logs.contains(&id) { logs.retain(|log| *log != id) } else { logs.push(id) }
            });
        };
    let keyed = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            _ => return,
        };
        event.prevent_default();
        pointer::put(parallel, &id(), by);
    };
    view! {
        <div class="parallel-head">
            <button
                class="parallel-name truncate"
                type="button"
                data-dragged=move || drag.read().as_ref().is_some_and(|drag| drag.moves(&id())).then_some("true")
                aria-label=move || format!("Move the axis {} with the arrow keys", name(axis))
                data-tip=move || name(axis)
                on:keydown=keyed
                on:pointerdown=move |event| pointer::move_begins(&id(), drag, &event)
                on:pointermove=move |event| pointer::axis_moves(parallel, drag, &event)
                on:pointerup=move |_| drag.set(None)
                on:pointercancel=move |_| drag.set(None)
            >
                {move || name(axis)}
            </button>
            <Show when=move || axis.read().as_ref().is_some_and(|axis| axis.can_be_log)>
                <button
                    class="chart-tool"
                    type="button"
                    aria-label=move || format!("Log axis {}", name(axis))
                    aria-pressed=move || is_log.get().to_string()
                    on:click=toggle
                >
                    "log"
                </button>
            </Show>
        </div>
    }
}

/// The part of the axis that is looked at, in pixels: from the top of the strip, and its height.
fn brushed(parallel: Parallel, axis: Memo<Option<Axis>>) -> Option<(f64, f64)> {
    let axis = axis.read();
    let axis = axis.as_ref()?;
    let (low, high) = *parallel.brushes.read().get(&axis.id)?;
    let (top, bottom) = (axis.scale.map(high), axis.scale.map(low));
    Some((top - axis.scale.end, bottom - top))
}

/// A slider at one end of the brush; at the end of the axis where it is not brushed.
fn thumb(parallel: Parallel, axis: Memo<Option<Axis>>, end: End) -> impl IntoView {
    let place = move || Some(place(parallel, axis.read().as_ref()?, end));
    let y = move || Some(format!("{}px", axis.read().as_ref()?.scale.map(place()?)));
    let percent = move || {
        let axis = axis.read();
        let scale = axis.as_ref()?.scale;
        let part = (scale.map(place()?) - scale.start) / (scale.end - scale.start);
        Some(format!("{:.0}", part * 100.0))
    };
    let words = match end {
        End::Low => "Least",
        End::High => "Greatest",
    };
    let keyed = move |event: KeyboardEvent| {
        let axis = axis.read_untracked();
        let Some(axis) = axis.as_ref() else { return };
        let present = untrack(|| place_of(parallel, axis));
        if let Some(changed) = pressed(axis, present, end, &event.key()) {
            event.prevent_default();
            event.stop_propagation();
            pointer::brush(parallel, axis, changed);
        }
    };
    view! {
        <div
            class="parallel-thumb"
            role="slider"
            tabindex="0"
            data-end=if end == End::Low { "low" } else { "high" }
            aria-orientation="vertical"
            aria-label=move || format!("{words} {}", name(axis))
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=percent
            aria-valuetext=move || Some(axis.read().as_ref()?.told(place()?, number))
            style:inset-block-start=y
            on:keydown=keyed
        ></div>
    }
}

/// The brush of an axis; all of it where there is none.
fn place_of(parallel: Parallel, axis: &Axis) -> (f64, f64) {
    parallel.brushes.read().get(&axis.id).copied().unwrap_or((axis.scale.from, axis.scale.to))
}

fn place(parallel: Parallel, axis: &Axis, end: End) -> f64 {
    let (low, high) = place_of(parallel, axis);
    if end == End::Low { low } else { high }
}

/// What a key makes of a brush; `None` for keys that mean nothing.
fn pressed(axis: &Axis, (low, high): (f64, f64), end: End, key: &str) -> Option<(f64, f64)> {
    let (least, greatest) = (axis.scale.from, axis.scale.to);
    let by = match key {
        "ArrowUp" | "ArrowRight" => 1.0,
        "ArrowDown" | "ArrowLeft" => -1.0,
        "PageUp" => 10.0,
        "PageDown" => -10.0,
        "Home" => f64::NEG_INFINITY,
        "End" => f64::INFINITY,
        "Escape" | "Delete" => return Some((least, greatest)),
        _ => return None,
    };
    let moved = |place: f64| match by {
        f64::INFINITY => greatest,
        f64::NEG_INFINITY => least,
        by => axis.step(place, by),
    };
    Some(match end {
        End::Low => (moved(low).min(high), high),
        End::High => (low, moved(high).max(low)),
    })
}
