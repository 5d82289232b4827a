//! The drawing on the page.

use leptos::prelude::*;

use super::chart::{Scatter, pressed};
use super::layout::{Layout, RADIUS};
use crate::ui::chart::axes::{level_axis, upright_axis};

/// The picture as SVG, once there is room for it.
pub(super) fn drawing(scatter: Scatter) -> impl IntoView {
    let summary = move || {
        let shown = scatter.plot.read().as_ref().map_or(0, |plot| plot.marks.len());
        format!("{}, {shown} dots. Arrow keys go from dot to dot.", scatter.title())
    };
    move || {
        let plot = scatter.plot.get()?;
        let (width, height) = (plot.area.width, plot.area.height);
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
                {level_axis(plot.area, &plot.x_ticks, scatter.x)}
                {upright_axis(plot.area, &plot.y_ticks, scatter.y)}
                {marks(scatter, &plot)}
            </svg>
        })
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
