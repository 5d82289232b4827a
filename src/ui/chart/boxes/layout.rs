//! Where everything of a chart of boxes stands. Pure.

use super::BoxGroup;
use crate::ui::chart::scale::{Scale, Spread};
use crate::ui::chart::ticks::number_ticks;

/// Room at the left for numbers, above, and below for names, in CSS pixels.
const LEFT: f64 = 60.0;
const RIGHT: f64 = 16.0;
const ABOVE: f64 = 22.0;
const BELOW: f64 = 28.0;
/// The widest box, and the least room of one; a narrower page scrolls sideways.
const WIDEST: f64 = 72.0;
const ROOM: f64 = 64.0;

/// A box in its place, in CSS pixels from the left and from the top.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    /// Which of the groups.
    pub(super) group: usize,
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) low: f64,
    pub(super) first_quartile: f64,
    pub(super) median: f64,
    pub(super) third_quartile: f64,
    pub(super) high: f64,
    /// Every value.
    pub(super) dots: Vec<f64>,
}

/// A whole picture, in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) ticks: Vec<(f64, String)>,
    pub(super) boxes: Vec<Placed>,
}

/// The picture of the groups in `width` pixels or more; `None` where there is no room or nothing to draw.
pub(super) fn layout(groups: &[BoxGroup], width: f64) -> Option<Layout> {
    if width < 2.0 * LEFT || groups.is_empty() {
        return None;
    }
    let n = groups.len() as f64;
    let width = width.max(LEFT + RIGHT + n * ROOM);
    let height = (width * 0.5).clamp(220.0, 320.0);
    let (left, right, top, bottom) = (LEFT, width - RIGHT, ABOVE, height - BELOW);
    let values =
        || groups.iter().flat_map(|group| group.values.iter().copied()).filter(|value| value.is_finite());
    let ends = values().reduce(f64::min).zip(values().reduce(f64::max))?;
    let y = Scale::around(Spread::Linear, ends, (bottom, top));
    let room = (right - left) / n;
    let placed = |(place, group): (usize, &BoxGroup)| Placed {
        group: place,
        x: left + (place as f64 + 0.5) * room,
        width: (room * 0.6).min(WIDEST),
        low: y.map(group.low),
        first_quartile: y.map(group.first_quartile),
        median: y.map(group.median),
        third_quartile: y.map(group.third_quartile),
        high: y.map(group.high),
        dots: group.values.iter().map(|value| y.map(*value)).collect(),
    };
    let ticks = number_ticks(&y, ((bottom - top) / 45.0) as usize);
    Some(Layout {
        width,
        height,
        left,
        right,
        top,
        bottom,
        ticks: ticks.into_iter().map(|tick| (y.map(tick.value), tick.label)).collect(),
        boxes: groups.iter().enumerate().map(placed).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::chart::palette::Colour;

    fn group(values: &[f64]) -> BoxGroup {
        BoxGroup {
            name: "adam".to_owned(),
            colour: Colour::nth(0),
            low: values[0],
            first_quartile: values[0],
            median: values[0],
            third_quartile: values[values.len() - 1],
            high: values[values.len() - 1],
            values: values.to_vec(),
        }
    }

    #[test]
    fn boxes_stand_side_by_side_and_larger_values_higher() {
        let plot = layout(&[group(&[1.0, 5.0]), group(&[2.0, 3.0])], 600.0).unwrap();
        let [one, two] = &plot.boxes[..] else { panic!("two boxes") };
        assert!(one.x + one.width / 2.0 < two.x - two.width / 2.0);
        assert!(one.high < two.high && one.low > two.low);
        assert!(one.dots.iter().all(|y| (plot.top..=plot.bottom).contains(y)));
    }

    #[test]
    fn many_boxes_scroll_and_nothing_is_no_picture() {
        let many: Vec<_> = (0..12).map(|_| group(&[1.0])).collect();
        assert!(layout(&many, 390.0).unwrap().width > 800.0);
        assert_eq!(layout(&[], 600.0), None);
        assert_eq!(layout(&many, 0.0), None);
    }
}
