//! From values to pixels and back.

/// How values are spread over pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spread {
    /// Equal differences are equally far apart.
    Linear,
    /// Equal ratios are equally far apart; for values above 0.
    Log,
}

/// Maps the values `from..=to` to the pixels `start..=end`; `end` may be less than `start`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    pub(super) spread: Spread,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) start: f64,
    pub(super) end: f64,
}

impl Scale {
    /// A scale with some air around `low..=high`; equal ends are moved apart.
    pub(super) fn around(spread: Spread, (low, high): (f64, f64), (start, end): (f64, f64)) -> Self {
        let (from, to) = match spread {
            Spread::Linear if low == high => {
                let air = if low == 0.0 { 1.0 } else { low.abs() * 0.1 };
                (low - air, high + air)
            }
            Spread::Linear => {
                let air = (high / 2.0 - low / 2.0) * 0.1;
                ((low - air).max(f64::MIN), (high + air).min(f64::MAX))
            }
            Spread::Log if low == high => (low / 2.0, high * 2.0),
            Spread::Log => {
                let air = (high / low).powf(0.05);
                (low / air, high * air)
            }
        };
        Self { spread, from, to, start, end }
    }

    /// The pixel of `value`; values that the scale has no place for are off the far side of `start`.
    pub(super) fn map(&self, value: f64) -> f64 {
        let part = match self.spread {
            // Halves, because the difference of two large values need not be finite.
            Spread::Linear => (value / 2.0 - self.from / 2.0) / (self.to / 2.0 - self.from / 2.0),
            Spread::Log if value <= 0.0 => f64::NEG_INFINITY,
            Spread::Log => (value.ln() - self.from.ln()) / (self.to.ln() - self.from.ln()),
        };
        // Canvases lose numbers that do not fit into 32 bits.
        self.start + part.clamp(-1_000.0, 1_000.0) * (self.end - self.start)
    }

    /// The value at `pixel`.
    pub(super) fn invert(&self, pixel: f64) -> f64 {
        let part = (pixel - self.start) / (self.end - self.start);
        match self.spread {
            Spread::Linear => self.from * (1.0 - part) + self.to * part,
            Spread::Log => (self.from.ln() * (1.0 - part) + self.to.ln() * part).exp(),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Scale, Spread};
    use proptest::prelude::*;

    #[test]
    fn the_ends_are_mapped_to_the_ends() {
        let scale = Scale { spread: Spread::Log, from: 0.01, to: 100.0, start: 200.0, end: 0.0 };
        assert_eq!([0.01, 1.0, 100.0].map(|value| scale.map(value).round()), [200.0, 100.0, 0.0]);
        assert!(scale.map(0.0) > 200.0);
    }

    #[test]
    fn a_constant_stands_in_the_middle() {
        for value in [0.0, 7.0, -1e300, 1e-300] {
            let scale = Scale::around(Spread::Linear, (value, value), (100.0, 0.0));
            assert!((scale.map(value) - 50.0).abs() < 1e-6, "{value}");
        }
    }

    #[test]
    fn the_largest_numbers_have_a_place() {
        let scale = Scale::around(Spread::Linear, (f64::MIN, f64::MAX), (0.0, 100.0));
        assert_eq!([scale.map(f64::MIN), scale.map(0.0), scale.map(f64::MAX)], [0.0, 50.0, 100.0]);
    }

    proptest! {
        #[test]
        fn a_pixel_is_found_again(low in 1e-6f64..1e6, ratio in 1.01f64..1e6, pixel in 0.0f64..500.0, log: bool) {
            let spread = if log { Spread::Log } else { Spread::Linear };
            let scale = Scale::around(spread, (low, low * ratio), (500.0, 0.0));
            prop_assert!((scale.map(scale.invert(pixel)) - pixel).abs() < 1e-4);
        }

        #[test]
        fn a_larger_value_is_never_before_a_smaller(a: f64, b: f64) {
            prop_assume!(a.is_finite() && b.is_finite() && a < b);
            let scale = Scale::around(Spread::Linear, (-10.0, 1e9), (0.0, 100.0));
            prop_assert!(scale.map(a) <= scale.map(b));
        }
    }
}
