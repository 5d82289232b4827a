//! A chart of parallel axes as text to take along. Pure.

use super::dimension::{Dimension, Strand, Values};
use super::draw::shortened;
use super::layout::Layout;
use crate::ui::chart::svg;
use crate::ui::csv::quoted;

/// Comma-separated values: a line for each thing, below a line of headings. What is missing is empty.
pub(super) fn csv(strands: &[Strand], dimensions: &[Dimension]) -> String {
    let names: String = dimensions.iter().map(|dimension| format!(",{}", quoted(&dimension.name))).collect();
    let mut text = format!("name{names}\r\n");
    for (line, strand) in strands.iter().enumerate() {
        text.push_str(&quoted(&strand.name));
        for dimension in dimensions {
            text.push(',');
            match &dimension.values {
                Values::Numbers(numbers) => {
                    text.push_str(
                        &numbers
                            .get(line)
                            .copied()
                            .flatten()
                            .map(|number| number.to_string())
                            .unwrap_or_default(),
                    );
                }
                Values::Names(names) => {
                    text.push_str(
                        &names.get(line).and_then(Option::as_deref).map(quoted).unwrap_or_default(),
                    );
                }
            }
        }
        text.push_str("\r\n");
    }
    text
}

/// The picture on a white ground; the name of each line is its title.
pub(super) fn svg(plot: &Layout, strands: &[Strand], passing: &[bool]) -> svg::Picture {
    let mut picture = svg::Picture::new(plot.width, plot.height);
    let lines = |passes: bool| {
        let with = strands.iter().enumerate().zip(passing.iter().copied());
        with.filter(move |(_, own)| *own == passes).map(|(line, _)| line)
    };
    for (line, strand) in lines(false).chain(lines(true)) {
        let passes = passing.get(line).copied().unwrap_or_default();
        let colour = if passes { strand.colour.on(false) } else { "#ddd" };
        picture.line(&path(plot, line), svg::Stroke::whole(colour, 1.25), &strand.name);
    }
    for axis in &plot.axes {
        picture.grid((axis.x, plot.top), (axis.x, plot.bottom), "#555");
        picture.text((axis.x, plot.top - 30.0), "middle", &axis.name);
        for (y, label) in &axis.ticks {
            picture.text((axis.x - 9.0, y + 4.0), "end", &shortened(label));
        }
    }
    picture
}

/// The pieces of a line: it does not cross an axis on which it has no value.
fn path(plot: &Layout, line: usize) -> String {
    let mut path = String::new();
    let mut leads_on = false;
    for axis in &plot.axes {
        let height = axis.heights.get(line).copied().flatten();
        if let Some(y) = height {
            path.push_str(&format!("{}{:.2} {y:.2}", if leads_on { "L" } else { "M" }, axis.x));
        }
        leads_on = height.is_some();
    }
    path
}

#[cfg(test)]
mod tests {
    use super::super::layout::layout;
    use super::*;
    use crate::ui::chart::palette::Colour;

    fn sample() -> (Vec<Strand>, Vec<Dimension>) {
        let strand =
            |name: &str| Strand { name: name.to_owned(), href: String::new(), colour: Colour::nth(0) };
        let dimension = |id: &str, values| Dimension { id: id.to_owned(), name: id.to_owned(), values };
        let names = vec![Some("adam".to_owned()), None];
        let dimensions = vec![
            dimension("rate", Values::Numbers(vec![Some(0.1), Some(0.2)])),
            dimension("optimizer", Values::Names(names)),
            dimension("loss", Values::Numbers(vec![Some(1.0), Some(2.0)])),
        ];
        (vec![strand("=one"), strand("<two>")], dimensions)
    }

    #[test]
    fn what_is_missing_is_empty_and_no_formula_is_written() {
        let (strands, dimensions) = sample();
        let expected =
            "name,\"rate\",\"optimizer\",\"loss\"\r\n\"'=one\",0.1,\"adam\",1\r\n\"<two>\",0.2,,2\r\n";
        assert_eq!(csv(&strands, &dimensions), expected);
    }

    #[test]
    fn a_line_has_a_gap_where_it_has_no_value() {
        let (strands, dimensions) = sample();
        let plot = layout(&dimensions, &[], 600.0).unwrap();
        assert_eq!(path(&plot, 0).matches('M').count(), 1);
        assert_eq!((path(&plot, 1).matches('M').count(), path(&plot, 1).matches('L').count()), (2, 0));
        let text = svg(&plot, &strands, &[true, false]).text_of();
        assert!(text.contains("<title>&lt;two&gt;</title>"), "{text}");
    }
}
