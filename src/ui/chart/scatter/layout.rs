//! Where everything of a scatter chart stands. Pure.

use super::Dot;
use crate::ui::chart::axes::{Area, GAP, LEFT, Ticks};

/// The radius of a dot, in CSS pixels.
pub(super) const RADIUS: f64 = 5.0;
/// Room below for numbers and a name.
const BELOW: f64 = 40.0;

/// A dot's place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// Which of the dots.
    pub(super) dot: usize,
    /// Its middle, from the left.
    pub(super) x: f64,
    /// Its middle, from the top.
    pub(super) y: f64,
}

/// A whole picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) area: Area,
    pub(super) x_ticks: Ticks,
    pub(super) y_ticks: Ticks,
    /// The dots whose values are finite, from left to right; of those above one another the lowest first.
    pub(super) marks: Vec<Mark>,
}

/// The picture of `dots` in `width` pixels; `None` where there is no room or nothing to draw.
pub(super) fn layout(dots: &[Dot], width: f64) -> Option<Layout> {
    let area = Area::new((width, (width * 0.6).clamp(200.0, 320.0)), 2.0 * GAP, BELOW);
    if area.right - area.left < LEFT {
        return None;
    }
    let shown: Vec<_> =
        dots.iter().enumerate().filter(|(_, dot)| dot.x.is_finite() && dot.y.is_finite()).collect();
    let (x, x_ticks) = area.level(shown.iter().map(|(_, dot)| dot.x))?;
    let (y, y_ticks) = area.upright(shown.iter().map(|(_, dot)| dot.y))?;
    let mut marks: Vec<_> =
        shown.iter().map(|(place, dot)| Mark { dot: *place, x: x.map(dot.x), y: y.map(dot.y) }).collect();
    marks.sort_by(|one, other| one.x.total_cmp(&other.x).then(other.y.total_cmp(&one.y)));
    Some(Layout { area, x_ticks, y_ticks, marks })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ui::chart::Colour;

    fn dot(x: f64, y: f64) -> Dot {
        Dot { name: "run".to_owned(), href: String::new(), colour: Colour::nth(0), x, y }
    }

    #[test]
    fn larger_values_are_further_right_and_higher() {
        let plot = layout(&[dot(2.0, 5.0), dot(1.0, 9.0), dot(1.0, 3.0)], 600.0).unwrap();
        assert_eq!(plot.marks.iter().map(|mark| mark.dot).collect::<Vec<_>>(), [2, 1, 0]);
        assert!(plot.marks[0].y > plot.marks[2].y && plot.marks[2].y > plot.marks[1].y);
    }

    #[test]
    fn what_is_not_finite_has_no_place() {
        let plot = layout(&[dot(f64::NAN, 1.0), dot(1.0, 1.0), dot(1.0, f64::INFINITY)], 600.0).unwrap();
        assert_eq!(plot.marks.iter().map(|mark| mark.dot).collect::<Vec<_>>(), [1]);
        assert_eq!(layout(&[dot(f64::NAN, 1.0)], 600.0), None);
        assert_eq!(layout(&[dot(1.0, 1.0)], 0.0), None);
    }

    proptest! {
        #[test]
        fn every_dot_and_tick_is_inside(
            values in prop::collection::vec((-1e12f64..1e12, -1e-3f64..1e-3), 1..40),
            width in 200.0f64..2_000.0,
        ) {
            let dots: Vec<_> = values.into_iter().map(|(x, y)| dot(x, y)).collect();
            let plot = layout(&dots, width).unwrap();
            prop_assert_eq!(plot.marks.len(), dots.len());
            for mark in &plot.marks {
                prop_assert!((plot.area.left..=plot.area.right).contains(&mark.x), "{:?}", mark);
                prop_assert!((plot.area.top..=plot.area.bottom).contains(&mark.y), "{:?}", mark);
            }
            let slack = 1e-3;
            prop_assert!(plot.x_ticks.iter().all(|(x, _)| *x > plot.area.left - slack && *x < plot.area.right + slack));
            prop_assert!(plot.y_ticks.iter().all(|(y, _)| *y > plot.area.top - slack && *y < plot.area.bottom + slack));
        }
    }
}
