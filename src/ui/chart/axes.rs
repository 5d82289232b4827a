//! The axes of pictures whose data stands in a plane: where they are, and how they are drawn.

use leptos::prelude::*;

use super::scale::{Scale, Spread};
use super::svg::Picture;
use super::ticks::number_ticks;

/// Between the axes and what is written beside them, in CSS pixels.
pub(super) const GAP: f64 = 8.0;
/// Room at the left for numbers.
pub(super) const LEFT: f64 = 60.0;
/// Room for the name of the upright axis.
const ABOVE: f64 = 22.0;

/// Where round numbers stand, and how they are written.
pub(super) type Ticks = Vec<(f64, String)>;

/// A whole picture, and the area in it where the data stands, in CSS pixels from the left and from the top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// A picture with so much room beside the data, at the right and below.
    pub(super) fn new((width, height): (f64, f64), at_right: f64, below: f64) -> Self {
        Self { width, height, left: LEFT, right: width - at_right, top: ABOVE, bottom: height - below }
    }

    /// The level axis of these values; `None` where there are none.
    pub(super) fn level(self, values: impl Iterator<Item = f64> + Clone) -> Option<(Scale, Ticks)> {
        axis(values, (self.left, self.right), 90.0)
    }

    /// The upright axis of these values; `None` where there are none.
    pub(super) fn upright(self, values: impl Iterator<Item = f64> + Clone) -> Option<(Scale, Ticks)> {
        axis(values, (self.bottom, self.top), 45.0)
    }
}

/// A scale around the values, with ticks that are about `apart` pixels from one another.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few ticks")]
fn axis(values: impl Iterator<Item = f64> + Clone, place: (f64, f64), apart: f64) -> Option<(Scale, Ticks)> {
    let ends = (values.clone().reduce(f64::min)?, values.reduce(f64::max)?);
    let scale = Scale::around(Spread::Linear, ends, place);
    let count = ((place.1 - place.0).abs() / apart).floor().max(1.0) as usize;
    let ticks = number_ticks(&scale, count).into_iter().map(|tick| (scale.map(tick.value), tick.label));
    let ticks = ticks.collect();
    Some((scale, ticks))
}

/// The level axis on the page.
pub(super) fn level_axis(area: Area, ticks: &[(f64, String)], name: Signal<String>) -> AnyView {
    let Area { right, top, bottom, height, .. } = area;
    let tick = |(x, label): &(f64, String)| {
        let x = *x;
        view! {
            <line class="scatter-grid" x1=x x2=x y1=top y2=bottom/>
            <text class="scatter-label" x=x y=bottom + 2.0 * GAP text-anchor="middle">{label.clone()}</text>
        }
    };
    view! {
        {ticks.iter().map(tick).collect_view()}
        <text class="scatter-label" x=right y=height - GAP / 2.0 text-anchor="end">{move || name.get()}</text>
    }
    .into_any()
}

/// The upright axis on the page.
pub(super) fn upright_axis(area: Area, ticks: &[(f64, String)], name: Signal<String>) -> AnyView {
    let Area { left, right, .. } = area;
    let tick = |(y, label): &(f64, String)| {
        let y = *y;
        view! {
            <line class="scatter-grid" x1=left x2=right y1=y y2=y/>
            <text class="scatter-label" x=left - GAP y=y text-anchor="end" dominant-baseline="middle">{label.clone()}</text>
        }
    };
    view! {
        {ticks.iter().map(tick).collect_view()}
        <text class="scatter-label" x=GAP / 2.0 y=GAP dominant-baseline="middle">{move || name.get()}</text>
    }
    .into_any()
}

/// The level axis in a file.
pub(super) fn draw_level(picture: &mut Picture, area: Area, ticks: &[(f64, String)], name: &str) {
    for (x, label) in ticks {
        picture.grid((*x, area.top), (*x, area.bottom), "#ddd");
        picture.text((*x, area.bottom + 2.0 * GAP), "middle", label);
    }
    picture.text((area.right, area.height - GAP / 2.0), "end", name);
}

/// The upright axis in a file.
pub(super) fn draw_upright(picture: &mut Picture, area: Area, ticks: &[(f64, String)], name: &str) {
    for (y, label) in ticks {
        picture.grid((area.left, *y), (area.right, *y), "#ddd");
        picture.text((area.left - GAP, *y + GAP / 2.0), "end", label);
    }
    picture.text((GAP / 2.0, 1.5 * GAP), "start", name);
}
