//! A line chart as a picture to take along. Pure.

use super::gathered::Gathered;
use super::paint::APART;
use super::reduce::Column;
use super::scene::Scene;
use super::series::Points;
use super::svg::{Picture, Stroke};

/// The room for the title, and for each line of names.
const TITLE: f64 = 28.0;
const NAME: f64 = 18.0;

/// What is shown on a white ground, with the title, the name of the horizontal axis and those of the lines.
pub(super) fn svg(scene: &Scene, gathered: &Gathered, title: &str, x_label: &str) -> Picture {
    let (width, height, area) = (scene.sight.width, scene.sight.height, scene.area);
    let names = gathered.series.len() as f64 * NAME;
    let mut picture = Picture::new(width, height + TITLE + NAME + names);
    picture.text((12.0, TITLE / 2.0 + 4.0), "start", title);
    picture.part(format!(r#"<g transform="translate(0 {TITLE})">"#));
    axes(&mut picture, scene);
    let (clip_width, clip_height) = (area.right - area.left, area.bottom - area.top);
    let (left, top) = (area.left, area.top);
    picture.part(format!(
        r#"<clipPath id="area"><rect x="{left}" y="{top}" width="{clip_width}" height="{clip_height}"/></clipPath><g clip-path="url(#area)">"#
    ));
    for (number, series) in gathered.series.iter().enumerate() {
        lines(&mut picture, scene, number, series);
    }
    picture.part("</g></g>".to_owned());
    let below = TITLE + height;
    picture.text((area.right, below + NAME / 2.0), "end", x_label);
    for (number, series) in gathered.series.iter().enumerate() {
        let y = below + (number as f64 + 0.5) * NAME + NAME / 2.0;
        let stroke = Stroke { dash: series.dash.pattern(), ..Stroke::whole(series.colour.on(false), 3.0) };
        picture.line(&format!("M12 {y}L26 {y}"), stroke, &series.name);
        picture.text((32.0, y + 4.0), "start", &series.name);
    }
    picture
}

fn axes(picture: &mut Picture, scene: &Scene) {
    let area = scene.area;
    for tick in &scene.y_ticks {
        let y = scene.y.map(tick.value);
        picture.grid((area.left, y), (area.right, y), "#ddd");
        picture.text((area.left - 6.0, y + 4.0), "end", &tick.label);
    }
    for tick in &scene.x_ticks {
        picture.text((scene.x.map(tick.value), area.bottom + 16.0), "middle", &tick.label);
    }
}

fn lines(picture: &mut Picture, scene: &Scene, number: usize, series: &super::series::Series) {
    let colour = series.colour.on(false);
    if let Some(raw) = scene.raw.get(number).filter(|raw| !raw.is_empty()) {
        let stroke = Stroke { opacity: 0.25, ..Stroke::whole(colour, 1.5) };
        picture.line(&path(scene, raw, true), stroke, &format!("{}, raw", series.name));
    }
    let Some(columns) = scene.lines.get(number) else { return };
    let apart = columns.len() as f64 * APART < scene.area.right - scene.area.left;
    let ranges = apart && matches!(series.points, Points::Bands(_));
    if ranges {
        picture.part(format!(r#"<path d="{}" fill="{colour}" fill-opacity="0.22"/>"#, range(scene, columns)));
    }
    let stroke = Stroke { dash: series.dash.pattern(), ..Stroke::whole(colour, 1.5) };
    picture.line(&path(scene, columns, !ranges), stroke, &series.name);
}

/// From value to value; with `whole` over all values of a column, so that no spike is lost.
fn path(scene: &Scene, columns: &[Column], whole: bool) -> String {
    let mut path = String::new();
    for (place, column) in columns.iter().enumerate() {
        let x = scene.x.map(column.x);
        let mut go =
            |command: &str, value: f64| path.push_str(&format!("{command}{x:.2} {:.2}", scene.y.map(value)));
        go(if place == 0 || column.after_gap { "M" } else { "L" }, column.first);
        if whole && column.low < column.high {
            for value in [column.low, column.high, column.last] {
                go("L", value);
            }
        }
    }
    path
}

/// What lies between the smallest and the largest values.
fn range(scene: &Scene, columns: &[Column]) -> String {
    let mut path = String::new();
    for piece in columns.chunk_by(|_, next| !next.after_gap) {
        let above = piece.iter().map(|column| (column.x, column.high));
        let below = piece.iter().rev().map(|column| (column.x, column.low));
        for (place, (x, y)) in above.chain(below).enumerate() {
            let command = if place == 0 { "M" } else { "L" };
            path.push_str(&format!("{command}{:.2} {:.2}", scene.x.map(x), scene.y.map(y)));
        }
        path.push('Z');
    }
    path
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ui::chart::palette::Colour;
    use crate::ui::chart::scene::Sight;
    use crate::ui::chart::series::{AxisKind, Band, Point, Series};

    fn picture(series: Series) -> String {
        let gathered = Gathered::new(&[series]);
        let sight = Sight {
            width: 400.0,
            height: 200.0,
            zoom: None,
            y_log: false,
            x_log: false,
            kind: AxisKind::Number,
            offset: 0,
        };
        svg(&Scene::new(&gathered, sight).unwrap(), &gathered, "loss<1", "step").text_of()
    }

    #[test]
    fn gaps_stay_gaps_and_names_are_text() {
        let values = [1.0, 2.0, f64::NAN, 3.0, 4.0];
        let points: Arc<[Point]> =
            values.iter().zip(0..).map(|(y, x)| Point { x: f64::from(x), y: *y }).collect();
        let text = picture(Series::new("a", "a & b", Colour::nth(0), Points::Exact(points)));
        assert!(text.contains("loss&lt;1") && text.contains("<title>a &amp; b</title>"), "{text}");
        let path = text.split("<path d=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert_eq!(path.matches('M').count(), 2, "{path}");
    }

    #[test]
    fn ranges_are_filled() {
        let bands: Arc<[Band]> =
            (0..5).map(|x| Band { x: f64::from(x), low: 1.0, high: 3.0, last: 2.0 }).collect();
        let text = picture(Series::new("a", "a", Colour::nth(0), Points::Bands(bands)));
        assert!(text.contains("fill-opacity"), "{text}");
    }
}
