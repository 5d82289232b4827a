//! A chart of boxes as text to take along. Pure.

use super::BoxGroup;
use super::layout::Layout;
use crate::ui::chart::axes::{GAP, draw_upright};
use crate::ui::chart::svg::{Picture, Stroke};
use crate::ui::csv::quoted;

/// Comma-separated values: the group and each of its values.
pub(super) fn csv(groups: &[BoxGroup], by: &str, measure: &str) -> String {
    let line = |group: &BoxGroup| {
        let name = quoted(&group.name);
        group.values.iter().map(|value| format!("{name},{value}\r\n")).collect::<String>()
    };
    let lines: String = groups.iter().map(line).collect();
    format!("{},{}\r\n{lines}", quoted(by), quoted(measure))
}

/// The picture on a white ground.
pub(super) fn svg(plot: &Layout, groups: &[BoxGroup], measure: &str) -> Picture {
    let area = plot.area;
    let mut picture = Picture::new(area.width, area.height);
    draw_upright(&mut picture, area, &plot.ticks, measure);
    for placed in &plot.boxes {
        let Some(group) = groups.get(placed.group) else { continue };
        let colour = group.colour.on(false);
        let (left, right) = (placed.x - placed.width / 2.0, placed.x + placed.width / 2.0);
        let (top, bottom) = (placed.third_quartile, placed.first_quartile);
        let outline = format!(
            "M{left:.2} {top:.2}H{right:.2}V{bottom:.2}H{left:.2}ZM{x:.2} {top:.2}V{high:.2}M{x:.2} {bottom:.2}V{low:.2}",
            x = placed.x,
            high = placed.high,
            low = placed.low,
        );
        picture.line(&outline, Stroke::whole(colour, 1.5), &group.name);
        picture.line(
            &format!("M{left:.2} {0:.2}H{right:.2}", placed.median),
            Stroke::whole(colour, 3.0),
            "median",
        );
        for y in &placed.dots {
            picture.dot((placed.x, *y), 2.5, colour, &group.name);
        }
        picture.text((placed.x, area.bottom + 2.0 * GAP), "middle", &group.name);
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::super::layout::layout;
    use super::*;
    use crate::ui::chart::palette::Colour;

    #[test]
    fn every_value_is_in_the_file_and_in_the_picture() {
        let group = BoxGroup {
            name: "=a<b".to_owned(),
            colour: Colour::nth(0),
            low: 1.0,
            first_quartile: 1.0,
            median: 1.5,
            third_quartile: 2.0,
            high: 2.0,
            values: vec![1.0, 2.0],
        };
        let groups = [group];
        assert_eq!(
            csv(&groups, "optimizer", "loss"),
            "\"optimizer\",\"loss\"\r\n\"'=a<b\",1\r\n\"'=a<b\",2\r\n"
        );
        let text = svg(&layout(&groups, 400.0).unwrap(), &groups, "loss").text_of();
        assert_eq!(text.matches("<circle").count(), 2);
        assert!(text.contains(">=a&lt;b</text>"), "{text}");
    }
}
