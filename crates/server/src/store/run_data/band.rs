//! The band between the extremes of several values, as short numbers.

/// The ends of a band, with no more digits than a chart can show: half of what the answer would be otherwise. They are
/// rounded away from each other, so that every value stays within; where both agree they are the value itself.
pub(super) fn outwards(low: f64, high: f64) -> (f64, f64) {
    if low < high { (-rounded_up(-low), rounded_up(high)) } else { (low, high) }
}

/// The least number of seven significant digits that is not below `value`; `value` itself where there is none.
fn rounded_up(value: f64) -> f64 {
    let nearest = seven_digits(value);
    let rounded = if nearest < value { seven_digits(nearest + last_digit(nearest)) } else { nearest };
    if rounded.is_finite() && rounded >= value { rounded } else { value }
}

/// The number of seven significant digits that is nearest; through its text, because its last bit counts.
fn seven_digits(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

/// What one more in the last of seven significant digits is worth.
fn last_digit(value: f64) -> f64 {
    10_f64.powf(value.abs().log10().floor() - 6.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_band_has_few_digits_and_a_value_all() {
        assert_eq!(outwards(0.123_456_78, 1.234_567_81), (0.123_456_7, 1.234_568));
        assert_eq!(outwards(-1_234_567.8, -0.000_123_456_72), (-1_234_568.0, -0.000_123_456_7));
        assert_eq!(outwards(0.0, 9.999_999_9), (0.0, 10.0));
        let value = 0.123_456_789_012_345;
        assert_eq!(outwards(value, value), (value, value));
        assert_eq!(outwards(f64::MIN, f64::MAX), (f64::MIN, f64::MAX), "nothing becomes infinite");
        assert_eq!(outwards(-5e-324, 5e-324), (-5e-324, 5e-324));
    }

    proptest! {
        #[test]
        fn no_value_is_left_out(one in proptest::num::f64::NORMAL, other in proptest::num::f64::NORMAL) {
            let (low, high) = (one.min(other), one.max(other));
            let (shown_low, shown_high) = outwards(low, high);
            prop_assert!(shown_low <= low && shown_high >= high);
            prop_assert!((shown_low - low).abs() <= low.abs() * 2e-6 && (shown_high - high).abs() <= high.abs() * 2e-6);
        }
    }
}
