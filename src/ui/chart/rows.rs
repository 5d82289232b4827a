//! A chart as numbers: rows for a table, lines for a file.

use super::gathered::Gathered;
use super::series::{Band, Points, Series};
use super::window::Window;
use crate::ui::csv::quoted;

/// The values of each series at some places of the horizontal axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Rows {
    /// The places, ascending, and for each series the sample there, if it has one.
    pub(super) rows: Vec<(f64, Vec<Option<Band>>)>,
    /// How many places there are; more than `rows` when some were left out.
    pub(super) total: usize,
}

impl Rows {
    /// At most `limit` places within `window`, evenly chosen, the first and the last among them.
    pub(super) fn new(gathered: &Gathered, window: Window, limit: usize) -> Self {
        let mut places: Vec<f64> = Vec::new();
        for series in &gathered.series {
            let start = series.points.partition_point(|x| x < window.from);
            let end = series.points.partition_point(|x| x <= window.to);
            places.extend((start..end).filter_map(|index| Some(series.points.get(index)?.x)));
        }
        places.sort_unstable_by(f64::total_cmp);
        places.dedup();
        let total = places.len();
        let rows = chosen(total, limit).map(|place| row(gathered, places[place])).collect();
        Self { rows, total }
    }
}

/// At most `limit` of the numbers below `total`, evenly chosen.
fn chosen(total: usize, limit: usize) -> impl Iterator<Item = usize> {
    let count = total.min(limit);
    (0..count).map(move |n| if count < 2 { 0 } else { n * (total - 1) / (count - 1) })
}

fn row(gathered: &Gathered, x: f64) -> (f64, Vec<Option<Band>>) {
    let value = |points: &Points| {
        let after = points.partition_point(|place| place <= x);
        points.get(after.checked_sub(1)?).filter(|sample| sample.x == x)
    };
    (x, gathered.series.iter().map(|series| value(&series.points)).collect())
}

/// Every sample as comma-separated values with a line of headings.
pub(super) fn csv(gathered: &Gathered, x_label: &str) -> String {
    let logged = |series: &Series| series.raw.clone().unwrap_or_else(|| series.points.clone());
    let bands = gathered.series.iter().any(|series| matches!(logged(series), Points::Bands(_)));
    let smoothed = gathered.series.iter().any(|series| series.raw.is_some());
    let more = format!("{}{}", if bands { ",low,high" } else { "" }, if smoothed { ",smoothed" } else { "" });
    let mut text = format!("series,{},value{more}\r\n", quoted(x_label));
    for series in &gathered.series {
        let name = quoted(&series.name);
        let logged = logged(series);
        for (index, sample) in (0..logged.len()).filter_map(|index| Some((index, logged.get(index)?))) {
            let Band { x, low, high, last } = sample;
            text.push_str(&format!("{name},{x},{last}"));
            if bands {
                text.push_str(&format!(",{low},{high}"));
            }
            if smoothed {
                let average = series.points.get(index).filter(|average| average.x == x);
                text.push_str(&average.map_or(",".to_owned(), |average| format!(",{}", average.last)));
            }
            text.push_str("\r\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Rows, csv};
    use crate::ui::chart::gathered::Gathered;
    use crate::ui::chart::palette::Colour;
    use crate::ui::chart::series::{Band, Point, Points, Series};
    use crate::ui::chart::window::Window;

    const WHOLE: Window = Window { from: f64::MIN, to: f64::MAX };

    fn series(name: &str, points: Points) -> Series {
        Series::new(name, name, Colour::nth(0), points)
    }

    fn exact(name: &str, places: impl Iterator<Item = usize>) -> Series {
        let points: Arc<[Point]> = places.map(|x| Point { x: x as f64, y: x as f64 / 2.0 }).collect();
        series(name, Points::Exact(points))
    }

    #[test]
    fn a_place_that_only_one_series_has_leaves_the_other_empty() {
        let gathered = Gathered::new(&[exact("a", 0..3), exact("b", (0..3).step_by(2))]);
        let rows = Rows::new(&gathered, WHOLE, 500);
        let filled: Vec<Vec<bool>> =
            rows.rows.iter().map(|(_, values)| values.iter().map(Option::is_some).collect()).collect();
        assert_eq!(filled, [[true, true], [true, false], [true, true]]);
    }

    #[test]
    fn a_long_series_is_reduced_evenly_to_the_limit() {
        let rows = Rows::new(&Gathered::new(&[exact("a", 0..10_000)]), WHOLE, 500);
        assert_eq!((rows.rows.len(), rows.total), (500, 10_000));
        assert_eq!((rows.rows[0].0, rows.rows[499].0), (0.0, 9_999.0));
    }

    #[test]
    fn only_the_window_is_listed() {
        let rows = Rows::new(&Gathered::new(&[exact("a", 0..100)]), Window { from: 10.0, to: 12.0 }, 500);
        assert_eq!(rows.rows.iter().map(|row| row.0).collect::<Vec<_>>(), [10.0, 11.0, 12.0]);
    }

    #[test]
    fn a_file_lists_every_sample_and_no_formula() {
        let gathered = Gathered::new(&[exact("=1+\"a\"", 0..2)]);
        assert_eq!(
            csv(&gathered, "step"),
            "series,\"step\",value\r\n\"'=1+\"\"a\"\"\",0,0\r\n\"'=1+\"\"a\"\"\",1,0.5\r\n"
        );
    }

    #[test]
    fn a_file_of_smoothed_values_has_the_logged_ones_too() {
        let gathered = Gathered::new(&[Series {
            raw: Some(exact("a", [0, 4].into_iter()).points),
            ..series("a", exact("a", [0, 4].into_iter()).points)
        }]);
        assert_eq!(
            csv(&gathered, "step"),
            "series,\"step\",value,smoothed\r\n\"a\",0,0,0\r\n\"a\",4,2,2\r\n"
        );
    }

    #[test]
    fn a_file_of_bands_has_their_ends() {
        let bands: Arc<[Band]> = [Band { x: 1.0, low: 2.0, high: 4.0, last: 3.0 }].into();
        let gathered = Gathered::new(&[series("a", Points::Bands(bands))]);
        assert_eq!(csv(&gathered, "step"), "series,\"step\",value,low,high\r\n\"a\",1,3,2,4\r\n");
    }
}
