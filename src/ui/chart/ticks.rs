//! Round numbers along an axis, and how they are written.

use super::scale::{Scale, Spread};
use crate::ui::format;

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// Where, in the unit of the axis.
    pub(super) value: f64,
    /// What is written beside it.
    pub(super) label: String,
}

/// A step is taken when it gives at most `1 / CROWDED` times as many ticks as were asked for.
pub(super) const CROWDED: f64 = 0.7;

/// About `count` ticks of a scale of numbers, at most a few more.
pub(super) fn number_ticks(scale: &Scale, count: usize) -> Vec<Tick> {
    let values = match scale.spread {
        Spread::Linear => steps(scale.from, scale.to, count),
        Spread::Log => powers(scale.from, scale.to, count),
    };
    let labels = labels(&values);
    values.into_iter().zip(labels).map(|(value, label)| Tick { value, label }).collect()
}

/// Multiples of 1, 2 or 5 times a power of ten.
fn steps(from: f64, to: f64, count: usize) -> Vec<f64> {
    let rough = (to / 2.0 - from / 2.0) / (count.max(1) as f64 / 2.0);
    let power = 10f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|step| *step >= rough * CROWDED);
    let Some(step) = step.filter(|step| step.is_normal()) else { return Vec::new() };
    let first = (from / step).ceil();
    let mut values: Vec<f64> = (0..=count * 2)
        .map(|n| clean((first + n as f64) * step, step))
        .take_while(|value| *value <= to)
        .collect();
    values.dedup();
    values
}

/// Without the last digits that multiplying added: 0.3 instead of 0.30000000000000004.
fn clean(value: f64, step: f64) -> f64 {
    let inverse = (1.0 / step).round();
    if step < 1.0 && inverse.is_finite() && inverse < 1e15 {
        (value * inverse).round() / inverse
    } else {
        value
    }
}

/// Powers of ten; with 2 and 5 between them while there is room, and plain steps within one power.
fn powers(from: f64, to: f64, count: usize) -> Vec<f64> {
    let (low, high) = (from.log10().ceil() as i32, to.log10().floor() as i32);
    let decades = high - low + 1;
    if decades < 2 {
        return steps(from, to, count);
    }
    if decades as usize * 3 <= count {
        return (low - 1..=high)
            .flat_map(|power| [1.0, 2.0, 5.0].map(|factor| factor * 10f64.powi(power)))
            .filter(|value| (from..=to).contains(value))
            .collect();
    }
    let stride = (decades as usize).div_ceil(count.max(1));
    (low..=high).step_by(stride).map(|power| 10f64.powi(power)).collect()
}

/// As few digits as tell all values apart: four figures unless they are not enough.
pub(super) fn labels(values: &[f64]) -> Vec<String> {
    let usual: Vec<String> = values.iter().map(|value| format::number(*value)).collect();
    if all_different(&usual) {
        return usual;
    }
    let fixed = (0..12).map(|digits| values.iter().map(|value| minus(format!("{value:.digits$}"))).collect());
    let scientific =
        (3..17).map(|digits| values.iter().map(|value| minus(format!("{value:.digits$e}"))).collect());
    let largest = values.iter().fold(0f64, |largest, value| largest.max(value.abs()));
    let mut candidates: Box<dyn Iterator<Item = Vec<String>>> =
        if largest < 1e9 { Box::new(fixed.chain(scientific)) } else { Box::new(scientific) };
    candidates.find(|labels| all_different(labels)).unwrap_or(usual)
}

fn all_different(labels: &[String]) -> bool {
    labels.windows(2).all(|pair| pair[0] != pair[1])
}

fn minus(text: String) -> String {
    text.replace('-', "−")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{labels, number_ticks};
    use crate::ui::chart::scale::{Scale, Spread};
    use proptest::prelude::*;

    #[track_caller]
    fn check(spread: Spread, from: f64, to: f64, expected: &[&str]) {
        let scale = Scale { spread, from, to, start: 0.0, end: 100.0 };
        let labels: Vec<_> = number_ticks(&scale, 6).into_iter().map(|tick| tick.label).collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn linear_ticks_are_round() {
        check(Spread::Linear, 0.0, 1.0, &["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        check(Spread::Linear, -0.4, 0.9, &["−0.4", "−0.2", "0", "0.2", "0.4", "0.6", "0.8"]);
        check(Spread::Linear, 0.0, 10_000.0, &["0", "2,000", "4,000", "6,000", "8,000", "10,000"]);
    }

    #[test]
    fn log_ticks_are_powers_of_ten() {
        check(Spread::Log, 0.01, 1_000.0, &["0.01", "0.1", "1", "10", "100", "1,000"]);
        check(Spread::Log, 1.0, 20.0, &["1", "2", "5", "10", "20"]);
        check(Spread::Log, 2.0, 4.0, &["2", "2.5", "3", "3.5", "4"]);
    }

    #[test]
    fn close_values_get_the_digits_that_tell_them_apart() {
        assert_eq!(labels(&[1000.01, 1000.02]), ["1000.01", "1000.02"]);
        assert_eq!(labels(&[1.000_001e-9, 1.000_002e-9]), ["1.000001e−9", "1.000002e−9"]);
    }

    proptest! {
        #[test]
        fn ticks_are_few_ascending_inside_and_different(from in -1e12f64..1e12, span in 1e-6f64..1e12, log: bool) {
            let (spread, from) = if log { (Spread::Log, from.abs().max(1e-9)) } else { (Spread::Linear, from) };
            let to = from + span;
            prop_assume!(to - from > from.abs() * 1e-12);
            let ticks = number_ticks(&Scale { spread, from, to, start: 0.0, end: 100.0 }, 6);
            prop_assert!(ticks.len() <= 13, "{ticks:?}");
            prop_assert!(!ticks.is_empty());
            for pair in ticks.windows(2) {
                prop_assert!(pair[0].value < pair[1].value);
                prop_assert!(pair[0].label != pair[1].label, "{ticks:?}");
            }
            let slack = span * 1e-9;
            prop_assert!(ticks.iter().all(|tick| tick.value >= from - slack && tick.value <= to + slack));
        }
    }
}
