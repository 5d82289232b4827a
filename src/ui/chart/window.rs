//! The part of the horizontal axis that is shown.

/// A part of an axis, `from < to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub(super) from: f64,
    pub(super) to: f64,
}

/// A window is never narrower than this part of the whole.
const NARROWEST: f64 = 1e-9;
/// Nor than this part of the largest number in it: floats have no places between.
const FINEST: f64 = 1e-13;

impl Window {
    /// The window over `from..=to`, moved apart when they are equal.
    pub(super) fn over(from: f64, to: f64) -> Self {
        if from < to {
            return Self { from, to };
        }
        let air = if from == 0.0 { 1.0 } else { from.abs() * 0.01 };
        Self { from: from - air, to: from + air }
    }

    /// Narrower by `factor` (wider when below 1), with `at` staying where it is.
    pub(super) fn zoomed(self, at: f64, factor: f64, whole: Self) -> Self {
        let from = at - (at - self.from) / factor;
        let to = at + (self.to - at) / factor;
        Self { from, to }.within(whole)
    }

    /// Moved by `part` of its width.
    pub(super) fn panned(self, part: f64, whole: Self) -> Self {
        let width = self.to - self.from;
        let by = (part * width).clamp((whole.from - self.from).min(0.0), (whole.to - self.to).max(0.0));
        Self { from: self.from + by, to: self.to + by }.within(whole)
    }

    /// The nearest window that lies in `whole` and is not too narrow to draw.
    pub(super) fn within(self, whole: Self) -> Self {
        let largest = whole.from.abs().max(whole.to.abs());
        let narrowest = ((whole.to - whole.from) * NARROWEST).max(largest * FINEST);
        let (low, high) = if self.from <= self.to { (self.from, self.to) } else { (self.to, self.from) };
        let (from, to) = (low.clamp(whole.from, whole.to), high.clamp(whole.from, whole.to));
        if to - from >= narrowest {
            return Self { from, to };
        }
        let from = from.min(whole.to - narrowest);
        Self { from, to: from + narrowest }
    }

    /// `None` when it shows everything.
    pub(super) fn unless_whole(self, whole: Self) -> Option<(f64, f64)> {
        (self != whole).then_some((self.from, self.to))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Window;
    use proptest::prelude::*;

    const WHOLE: Window = Window { from: 0.0, to: 1_000.0 };

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let zoomed = WHOLE.zoomed(250.0, 2.0, WHOLE);
        assert_eq!(zoomed, Window { from: 125.0, to: 625.0 });
    }

    #[test]
    fn zooming_out_ends_at_everything() {
        let window = Window { from: 100.0, to: 200.0 };
        assert_eq!(window.zoomed(150.0, 0.01, WHOLE).unless_whole(WHOLE), None);
    }

    #[test]
    fn panning_keeps_the_width_and_stops_at_the_edge() {
        let window = Window { from: 800.0, to: 900.0 };
        assert_eq!(window.panned(0.5, WHOLE), Window { from: 850.0, to: 950.0 });
        assert_eq!(window.panned(5.0, WHOLE), Window { from: 900.0, to: 1_000.0 });
        assert_eq!(window.panned(-20.0, WHOLE), Window { from: 0.0, to: 100.0 });
    }

    #[test]
    fn a_drag_to_the_left_selects_the_same() {
        assert_eq!(Window { from: 300.0, to: 100.0 }.within(WHOLE), Window { from: 100.0, to: 300.0 });
    }

    proptest! {
        #[test]
        fn a_window_is_always_inside_and_never_empty(from in -2e3f64..2e3, to in -2e3f64..2e3, factor in 1e-6f64..1e6) {
            let window = Window { from, to }.within(WHOLE).zoomed(from.clamp(0.0, 1e3), factor, WHOLE);
            prop_assert!(window.from >= WHOLE.from && window.to <= WHOLE.to && window.from < window.to);
        }
    }
}
