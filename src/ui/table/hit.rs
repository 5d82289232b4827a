//! Which cell of the table an event happened in.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::focus::Place;

/// An event in a cell.
pub(super) struct Hit {
    /// The cell.
    pub(super) place: Place,
    target: Element,
}

impl Hit {
    /// Finds the cell; `None` between cells.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let target: Element = event.target()?.dyn_into().ok()?;
        let number = |attribute: &str| {
            let holder = target.closest(&format!("[{attribute}]")).ok().flatten()?;
            holder.get_attribute(attribute)?.parse().ok()
        };
        let place = Place { line: number("data-line")?, column: number("data-column")? };
        Some(Self { place, target })
    }

    /// Whether the event happened in an element that `selector` names.
    pub(super) fn is_in(&self, selector: &str) -> bool {
        self.target.closest(selector).ok().flatten().is_some()
    }

    /// Whether it happened in a control that acts by itself.
    pub(super) fn is_in_control(&self) -> bool {
        self.is_in("a, button, input, select, textarea, label, summary")
    }
}
