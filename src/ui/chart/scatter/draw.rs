//! The drawing on the page.

use leptos::prelude::*;

use super::chart::{Scatter, pressed};
use super::layout::{GAP, Layout, RADIUS};

/// The picture as SVG, once there is room for it.
pub(super) fn drawing(scatter: Scatter) -> impl IntoView {
    let summary = move || {
        let shown = scatter.plot.read().as_ref().map_or(0, |plot| plot.marks.len());
        format!("{}, {shown} dots. Arrow keys go from dot to dot.", scatter.title())
    };
    move || {
        let plot = scatter.plot.get()?;
        let (width, height) = (plot.width, plot.height);
        Some(view! {
            <svg
                class="scatter"
                width=width
                height=height
                viewBox=format!("0 0 {width} {height}")
                role="img"
                tabindex="0"
                aria-label=summary
                on:keydown=move |event| pressed(scatter, &event)
            >
                {axes(scatter, &plot)}
                {marks(scatter, &plot)}
            </svg>
        })
    }
}

fn axes(scatter: Scatter, plot: &Layout) -> impl IntoView + use<> {
    let Layout { left, right, top, bottom, height, .. } = *plot;
    let across = plot.x_ticks.iter().map(|(x, label)| {
        let x = *x;
        view! {
            <line class="scatter-grid" x1=x x2=x y1=top y2=bottom/>
            <text class="scatter-label" x=x y=bottom + 2.0 * GAP text-anchor="middle">{label.clone()}</text>
        }
    });
    let upwards = plot.y_ticks.iter().map(|(y, label)| {
        let y = *y;
        view! {
            <line class="scatter-grid" x1=left x2=right y1=y y2=y/>
            <text class="scatter-label" x=left - GAP y=y text-anchor="end" dominant-baseline="middle">{label.clone()}</text>
        }
    });
    view! {
        {across.collect_view()}
        {upwards.collect_view()}
        <text class="scatter-label" x=right y=height - GAP / 2.0 text-anchor="end">{move || scatter.x.get()}</text>
        <text class="scatter-label" x=GAP / 2.0 y=GAP text-anchor="start" dominant-baseline="middle">{move || scatter.y.get()}</text>
    }
}

fn marks(scatter: Scatter, plot: &Layout) -> Vec<impl IntoView + use<>> {
    let dots = scatter.dots.read_untracked();
    let mark = |(place, mark): (usize, &super::layout::Mark)| {
        let is_current = move || scatter.current.get() == Some(place);
        let read = move |_| {
            scatter.by_key.set(false);
            scatter.current.set(Some(place));
        };
        let colour = dots.get(mark.dot).map(|dot| dot.colour.css());
        view! {
            <circle
                class="scatter-dot"
                data-current=move || is_current().then_some("true")
                style:--series=colour
                cx=mark.x
                cy=mark.y
                r=RADIUS
                on:pointerenter=read
            />
        }
    };
    plot.marks.iter().enumerate().map(mark).collect()
}
