//! A scatter chart as text to take along. Pure.

use super::Dot;
use super::layout::{GAP, Layout, RADIUS};
use crate::ui::chart::rows::quoted;

/// How texts are written in the picture.
const FONT: &str = "font-family=\"sans-serif\" font-size=\"11\" fill=\"#555\"";

/// Comma-separated values, a line for each thing, below a line of headings.
pub(super) fn csv(dots: &[Dot], x: &str, y: &str) -> String {
    let line = |dot: &Dot| format!("{},{},{}\r\n", quoted(&dot.name), dot.x, dot.y);
    let lines: String = dots.iter().map(line).collect();
    format!("name,{},{}\r\n{lines}", quoted(x), quoted(y))
}

/// The picture on a white ground; the name of each dot is its title.
pub(super) fn svg(plot: &Layout, dots: &[Dot], x: &str, y: &str) -> String {
    let Layout { width, height, left, right, top, bottom, .. } = plot;
    let mut parts = vec![
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">"#
        ),
        format!(r##"<rect width="{width}" height="{height}" fill="#fff"/>"##),
    ];
    for (place, label) in &plot.x_ticks {
        parts.push(grid(*place, *top, *place, *bottom));
        parts.push(text(*place, bottom + 2.0 * GAP, "middle", label));
    }
    for (place, label) in &plot.y_ticks {
        parts.push(grid(*left, *place, *right, *place));
        parts.push(text(left - GAP, place + GAP / 2.0, "end", label));
    }
    parts.push(text(*right, height - GAP / 2.0, "end", x));
    parts.push(text(GAP / 2.0, 1.5 * GAP, "start", y));
    for mark in &plot.marks {
        let Some(dot) = dots.get(mark.dot) else { continue };
        let (colour, name) = (dot.colour.on(false), escaped(&dot.name));
        parts.push(format!(
            r#"<circle cx="{:.2}" cy="{:.2}" r="{RADIUS}" fill="{colour}"><title>{name}</title></circle>"#,
            mark.x, mark.y
        ));
    }
    parts.push("</svg>\n".to_owned());
    parts.join("\n")
}

fn grid(x1: f64, y1: f64, x2: f64, y2: f64) -> String {
    format!(r##"<line x1="{x1:.2}" y1="{y1:.2}" x2="{x2:.2}" y2="{y2:.2}" stroke="#ddd"/>"##)
}

fn text(x: f64, y: f64, anchor: &str, text: &str) -> String {
    format!(r#"<text x="{x:.2}" y="{y:.2}" text-anchor="{anchor}" {FONT}>{}</text>"#, escaped(text))
}

/// A text inside an element.
fn escaped(text: &str) -> String {
    // XML has no place for control characters, however they are written.
    let text: String = text.chars().filter(|char| !char.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
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
        let picture = svg(&layout(&dots, 400.0).unwrap(), &dots, "a<b", "loss");
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
