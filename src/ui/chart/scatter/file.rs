//! A scatter chart as text to take along. Pure.

use super::Dot;
use super::layout::{Layout, RADIUS};
use crate::ui::chart::axes::{draw_level, draw_upright};
use crate::ui::chart::svg::Picture;
use crate::ui::csv::quoted;

/// Comma-separated values, a line for each thing, below a line of headings.
pub(super) fn csv(dots: &[Dot], x: &str, y: &str) -> String {
    let line = |dot: &Dot| format!("{},{},{}\r\n", quoted(&dot.name), dot.x, dot.y);
    let lines: String = dots.iter().map(line).collect();
    format!("name,{},{}\r\n{lines}", quoted(x), quoted(y))
}

/// The picture on a white ground; the name of each dot is its title.
pub(super) fn svg(plot: &Layout, dots: &[Dot], x: &str, y: &str) -> Picture {
    let mut picture = Picture::new(plot.area.width, plot.area.height);
    draw_level(&mut picture, plot.area, &plot.x_ticks, x);
    draw_upright(&mut picture, plot.area, &plot.y_ticks, y);
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
