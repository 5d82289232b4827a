//! Where everything of a chart of boxes stands. Pure.

use super::BoxGroup;
use crate::ui::chart::axes::{Area, LEFT, Ticks};

/// Room at the right, and below for names, in CSS pixels.
const RIGHT: f64 = 16.0;
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

/// A whole picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) area: Area,
    pub(super) ticks: Ticks,
    pub(super) boxes: Vec<Placed>,
}

/// The picture of the groups in `width` pixels or more; `None` where there is no room or nothing to draw.
pub(super) fn layout(groups: &[BoxGroup], width: f64) -> Option<Layout> {
    if width < 2.0 * LEFT || groups.is_empty() {
        return None;
    }
    let n = groups.len() as f64;
    let width = width.max(LEFT + RIGHT + n * ROOM);
    let area = Area::new((width, (width * 0.5).clamp(220.0, 320.0)), RIGHT, BELOW);
    let values = groups.iter().flat_map(|group| group.values.iter().copied());
    let (y, ticks) = area.upright(values.filter(|value| value.is_finite()))?;
    let room = (area.right - area.left) / n;
    let placed = |(place, group): (usize, &BoxGroup)| Placed {
        group: place,
        x: area.left + (place as f64 + 0.5) * room,
        width: (room * 0.6).min(WIDEST),
        low: y.map(group.low),
        first_quartile: y.map(group.first_quartile),
        median: y.map(group.median),
        third_quartile: y.map(group.third_quartile),
        high: y.map(group.high),
        dots: group.values.iter().map(|value| y.map(*value)).collect(),
    };
    Some(Layout { area, ticks, boxes: groups.iter().enumerate().map(placed).collect() })
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
        assert!(one.dots.iter().all(|y| (plot.area.top..=plot.area.bottom).contains(y)));
    }

    #[test]
    fn many_boxes_scroll_and_nothing_is_no_picture() {
        let many: Vec<_> = (0..12).map(|_| group(&[1.0])).collect();
        assert!(layout(&many, 390.0).unwrap().area.width > 800.0);
        assert_eq!(layout(&[], 600.0), None);
        assert_eq!(layout(&many, 0.0), None);
    }
}
