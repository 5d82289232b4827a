//! What a chart of parallel axes draws, and what passes its brushes. Pure.

use std::collections::BTreeMap;

use crate::ui::chart::palette::Colour;

/// A thing that is drawn as a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Strand {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How it is told from the others.
    pub colour: Colour,
}

/// An axis, with the value of each thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension {
    /// Names the axis among those of the chart.
    pub id: String,
    /// As shown.
    pub name: String,
    /// One for each thing, in their order.
    pub values: Values,
}

/// The values of an axis.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers; what is not finite has no place.
    Numbers(Vec<Option<f64>>),
    /// Names, which stand in alphabetical order from the bottom up.
    Names(Vec<Option<String>>),
}

/// The part of an axis that is looked at, by its id: the least and the greatest place. Names are places from 0 on.
pub type Brushes = BTreeMap<String, (f64, f64)>;

impl Dimension {
    /// The names in their order; none for numbers.
    pub(super) fn categories(&self) -> Vec<&str> {
        match &self.values {
            Values::Numbers(_) => Vec::new(),
            Values::Names(names) => {
                let mut categories: Vec<_> = names.iter().flatten().map(String::as_str).collect();
                categories.sort_unstable();
                categories.dedup();
                categories
            }
        }
    }

    /// Where each thing stands; `None` for what has no place.
    #[expect(clippy::cast_precision_loss, reason = "there are few names")]
    pub(super) fn places(&self) -> Vec<Option<f64>> {
        match &self.values {
            Values::Numbers(numbers) => {
                numbers.iter().map(|number| number.filter(|number| number.is_finite())).collect()
            }
            Values::Names(names) => {
                let categories = self.categories();
                let place = |name: &String| categories.binary_search(&name.as_str()).ok();
                names.iter().map(|name| name.as_ref().and_then(place).map(|place| place as f64)).collect()
            }
        }
    }
}

/// For each of `count` things whether it passes all brushes. What has no place on a brushed axis does not.
pub fn passing(dimensions: &[Dimension], brushes: &Brushes, count: usize) -> Vec<bool> {
    let mut passing = vec![true; count];
    for dimension in dimensions {
        let Some((low, high)) = brushes.get(&dimension.id) else { continue };
        for (passes, place) in passing.iter_mut().zip(dimension.places()) {
            *passes &= place.is_some_and(|place| (*low..=*high).contains(&place));
        }
    }
    passing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dimensions() -> [Dimension; 2] {
        let names = ["sgd", "adam", "sgd"].map(|name| Some(name.to_owned())).to_vec();
        [
            Dimension {
                id: "rate".to_owned(),
                name: "rate".to_owned(),
                values: Values::Numbers(vec![Some(0.1), Some(f64::NAN), None]),
            },
            Dimension {
                id: "optimizer".to_owned(),
                name: "optimizer".to_owned(),
                values: Values::Names(names),
            },
        ]
    }

    #[test]
    fn names_stand_in_alphabetical_order_and_what_is_not_finite_nowhere() {
        let [rate, optimizer] = dimensions();
        assert_eq!(optimizer.categories(), ["adam", "sgd"]);
        assert_eq!(optimizer.places(), [Some(1.0), Some(0.0), Some(1.0)]);
        assert_eq!(rate.places(), [Some(0.1), None, None]);
    }

    #[test]
    fn what_passes_lies_in_every_brush() {
        let pass = |brushes: &[(&str, (f64, f64))]| {
            let brushes = brushes.iter().map(|(id, part)| ((*id).to_owned(), *part)).collect();
            passing(&dimensions(), &brushes, 3)
        };
        assert_eq!(pass(&[]), [true, true, true]);
        assert_eq!(pass(&[("optimizer", (0.5, 1.5))]), [true, false, true]);
        assert_eq!(pass(&[("optimizer", (0.5, 1.5)), ("rate", (0.0, 1.0))]), [true, false, false]);
        assert_eq!(pass(&[("of another chart", (0.0, 0.0))]), [true, true, true]);
    }
}
