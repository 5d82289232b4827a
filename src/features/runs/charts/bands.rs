//! Groups of lines as one band each. Pure.

use models::statistics::{mean, standard_deviation};

use crate::ui::chart::{Band, Colour, Points, Series};

/// At how many evenly chosen places a band is computed, where its lines have more.
const PLACES: usize = 150;

/// How far a band reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::features::runs) enum Reach {
    /// A standard deviation below and above the mean.
    #[default]
    Deviation,
    /// From the least to the greatest.
    Range,
}

/// One band for each group that has lines, around the mean of its lines. `group_of` says to which of the `names` a line
/// belongs; what lies in `part` is computed as finely as the whole.
pub(super) fn bands(
    lines: &[Series],
    names: &[String],
    group_of: impl Fn(&Series) -> Option<usize>,
    reach: Reach,
    part: Option<(f64, f64)>,
) -> Vec<Series> {
    let band = |(group, name): (usize, &String)| {
        let own: Vec<_> = lines.iter().filter(|line| group_of(line) == Some(group)).collect();
        let points: Vec<_> =
            places(&own, part).into_iter().filter_map(|x| together(&own, x, reach)).collect();
        let runs = if own.len() == 1 { "1 run".to_owned() } else { format!("{} runs", own.len()) };
        (!points.is_empty()).then(|| {
            let name = format!("{name} ({runs})");
            Series::new(group.to_string(), name, Colour::nth(group), Points::Bands(points.into()))
        })
    };
    names.iter().enumerate().filter_map(band).collect()
}

/// The places of all samples where they are few, else some evenly chosen.
fn places(lines: &[&Series], part: Option<(f64, f64)>) -> Vec<f64> {
    let mut all: Vec<f64> = lines.iter().flat_map(|line| line.places()).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    let (Some(first), Some(last)) = (all.first().copied(), all.last().copied()) else { return all };
    if all.len() <= PLACES {
        return all;
    }
    let mut chosen = evenly(first, last);
    if let Some((from, to)) = part {
        chosen.extend(evenly(from.clamp(first, last), to.clamp(first, last)));
        chosen.sort_by(f64::total_cmp);
        chosen.dedup();
    }
    chosen
}

#[expect(clippy::cast_precision_loss, reason = "a few places")]
fn evenly(from: f64, to: f64) -> Vec<f64> {
    let part = |place: usize| place as f64 / (PLACES - 1) as f64;
    (0..PLACES).map(|place| from * (1.0 - part(place)) + to * part(place)).collect()
}

/// What the lines say together at a place; `None` where none says anything.
fn together(lines: &[&Series], x: f64, reach: Reach) -> Option<Band> {
    let said: Vec<Band> = lines.iter().filter_map(|line| line.at(x)).collect();
    let values: Vec<f64> = said.iter().map(|band| band.last).collect();
    let middle = mean(&values)?;
    let (low, high) = match reach {
        Reach::Deviation => {
            let deviation = standard_deviation(&values).unwrap_or(0.0);
            (middle - deviation, middle + deviation)
        }
        Reach::Range => (
            said.iter().map(|band| band.low).fold(f64::INFINITY, f64::min),
            said.iter().map(|band| band.high).fold(f64::NEG_INFINITY, f64::max),
        ),
    };
    Some(Band { x, low, high, last: middle })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::chart::Point;

    fn line(id: &str, values: &[(f64, f64)]) -> Series {
        let points = values.iter().map(|(x, y)| Point { x: *x, y: *y }).collect();
        Series::new(id, id, Colour::nth(0), Points::Exact(points))
    }

    fn banded(lines: &[Series], reach: Reach) -> Vec<(String, Vec<Band>)> {
        let names = ["a", "b"].map(str::to_owned);
        let group = |line: &Series| names.iter().position(|name| line.id.starts_with(name.as_str()));
        let bands = bands(lines, &names, group, reach, None).into_iter();
        bands
            .map(|series| match series.points {
                Points::Bands(bands) => (series.name, bands.to_vec()),
                Points::Exact(_) => panic!("a band"),
            })
            .collect()
    }

    #[test]
    fn a_band_is_the_mean_with_the_deviation_or_the_range_of_its_lines() {
        let lines = [line("a1", &[(0.0, 1.0), (2.0, 1.0)]), line("a2", &[(0.0, 3.0), (1.0, 5.0)])];
        let found = banded(&lines, Reach::Deviation);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "a (2 runs)");
        // At 0 the values 1 and 3: the mean 2, the deviation √2. At 2 there is one line left.
        let [first, middle, last] = found[0].1[..] else { panic!("three places") };
        assert!((first.last - 2.0).abs() < 1e-12 && (first.high - 2.0 - 2f64.sqrt()).abs() < 1e-12);
        assert_eq!((middle.x, middle.last), (1.0, 3.0));
        assert_eq!((last.low, last.last, last.high), (1.0, 1.0, 1.0));
        let range = banded(&lines, Reach::Range);
        assert_eq!((range[0].1[1].low, range[0].1[1].high), (1.0, 5.0));
    }

    #[test]
    fn groups_without_lines_are_left_out_and_long_lines_are_looked_at_evenly() {
        let long: Vec<_> = (0..10_000).map(|x| (f64::from(x), 1.0)).collect();
        let found = banded(&[line("b", &long)], Reach::Range);
        assert_eq!((found.len(), found[0].0.as_str(), found[0].1.len()), (1, "b (1 run)", PLACES));
        let own = [&line("b", &long)].map(|line| line.clone());
        let own: Vec<_> = own.iter().collect();
        let near = places(&own, Some((10.0, 20.0)));
        assert!(near.iter().filter(|x| (10.0..=20.0).contains(*x)).count() >= PLACES);
    }
}
