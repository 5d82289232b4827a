//! A scatter chart as text to take along. Pure.

use super::Dot;
use super::layout::{GAP, Layout, RADIUS};
use crate::ui::chart::rows::quoted;
use crate::ui::chart::svg::Picture;

/// Comma-separated values, a line for each thing, below a line of headings.
pub(super) fn csv(dots: &[Dot], x: &str, y: &str) -> String {
    let line = |dot: &Dot| format!("{},{},{}\r\n", quoted(&dot.name), dot.x, dot.y);
    let lines: String = dots.iter().map(line).collect();
    format!("name,{},{}\r\n{lines}", quoted(x), quoted(y))
}

/// The picture on a white ground; the name of each dot is its title.
pub(super) fn svg(plot: &Layout, dots: &[Dot], x: &str, y: &str) -> Picture {
    let Layout { width, height, left, right, top, bottom, .. } = *plot;
    let mut picture = Picture::new(width, height);
    for (place, label) in &plot.x_ticks {
        picture.grid((*place, top), (*place, bottom), "#ddd");
        picture.text((*place, bottom + 2.0 * GAP), "middle", label);
    }
    for (place, label) in &plot.y_ticks {
        picture.grid((left, *place), (right, *place), "#ddd");
        picture.text((left - GAP, place + GAP / 2.0), "end", label);
    }
    picture.text((right, height - GAP / 2.0), "end", x);
    picture.text((GAP / 2.0, 1.5 * GAP), "start", y);
    for mark in &plot.marks {
        let Some(dot) = dots.get(mark.dot) else { continue };
        picture.dot((mark.x, mark.y), RADIUS, dot.colour.on(false), &dot.name);
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::super::layout::layout;
    use super::*;
    use crate::ui::chart::Colour;

    fn dots() -> [Dot; 2] {
        let dot = |name: &str, x| Dot {
            name: name.to_owned(),
            href: String::new(),
            colour: Colour::nth(0),
            x,
            y: 2.0,
        };
        [dot("=<a&b>\u{7}", 1.0), dot("second", f64::NAN)]
    }

    #[test]
    fn names_are_text_whatever_they_hold() {
        let dots = dots();
        let picture = svg(&layout(&dots, 400.0).unwrap(), &dots, "a<b", "loss").text_of();
        assert!(picture.contains("<title>=&lt;a&amp;b&gt;</title>"), "{picture}");
        assert!(picture.contains(">a&lt;b</text>"), "{picture}");
        assert_eq!(picture.matches("<circle").count(), 1);
    }

    #[test]
    fn the_values_have_a_line_for_each_thing() {
        let text = csv(&dots(), "rate", "loss");
        assert_eq!(text, "name,\"rate\",\"loss\"\r\n\"'=<a&b>\u{7}\",1,2\r\n\"second\",NaN,2\r\n");
    }
}
