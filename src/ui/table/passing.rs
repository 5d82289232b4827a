//! Whether rows are passing because somebody scrolls.

use std::time::Duration;

use leptos::prelude::*;

/// How long a table rests after it was scrolled until nothing passes any more: longer than between two turns of a wheel.
const REST: Duration = Duration::from_millis(200);

/// Whether rows are passing while no column lies under a pinned one: then no cell has to stick, which spares the browser
/// a layer for each. A handle.
#[derive(Clone, Copy)]
pub(super) struct Passing {
    upright: RwSignal<bool>,
    /// When the table was scrolled last, in milliseconds.
    last: StoredValue<f64>,
}

impl Default for Passing {
    fn default() -> Self {
        Self { upright: RwSignal::new(false), last: StoredValue::new(0.0) }
    }
}

impl Passing {
    /// Whether rows are passing while no column lies under a pinned one.
    pub(super) fn is_upright(self) -> bool {
        self.upright.get()
    }

    /// The table was scrolled, and is now `left` pixels aside.
    pub(super) fn note(self, left: f64) {
        // A single turn, as by a key, is over before it would be of use.
        let goes_on = self.rested().is_some_and(|rested| rested < REST);
        self.last.set_value(js_sys::Date::now());
        match (self.upright.get_untracked(), left > 0.0) {
            (true, true) => self.upright.set(false),
            (false, false) if goes_on => {
                self.upright.set(true);
                self.wait();
            }
            (true, false) | (false, _) => {}
        }
    }

    /// How long ago the table was scrolled; `None` once it is gone.
    fn rested(self) -> Option<Duration> {
        let last = self.last.try_get_value()?;
        Duration::try_from_secs_f64((js_sys::Date::now() - last).max(0.0) / 1_000.0).ok()
    }

    /// Waits until the table rests.
    fn wait(self) {
        let look = move || match self.rested() {
            Some(rested) if rested < REST => self.wait(),
            Some(_) => self.upright.set(false),
            None => {}
        };
        set_timeout(look, REST);
    }
}
