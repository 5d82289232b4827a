//! What a field tells the control inside it.

use leptos::prelude::*;

use crate::ui::id::unique_id;

/// The names and the state that tie a control to its label, hint and error.
#[derive(Clone, Copy)]
pub struct Control {
    id: StoredValue<String>,
    described_by: Signal<Option<String>>,
    invalid: Signal<bool>,
    required: bool,
}

impl Control {
    pub(super) fn new(
        id: String,
        described_by: Signal<Option<String>>,
        invalid: Signal<bool>,
        required: bool,
    ) -> Self {
        Self { id: StoredValue::new(id), described_by, invalid, required }
    }

    /// The control of the field around the caller, or one of its own when it stands alone.
    pub(super) fn current() -> Self {
        use_context().unwrap_or_else(|| {
            Self::new(unique_id("control"), Signal::stored(None), Signal::stored(false), false)
        })
    }

    pub(super) fn id(self) -> String {
        self.id.get_value()
    }

    /// The value of `aria-describedby`: the hint, or the error once there is one.
    pub(super) fn described_by(self) -> Option<String> {
        self.described_by.get()
    }

    /// The value of `aria-invalid`; the attribute is left out while the value is good.
    pub(super) fn invalid(self) -> Option<&'static str> {
        self.invalid.get().then_some("true")
    }

    /// The value of `aria-required`.
    pub(super) fn required(self) -> Option<&'static str> {
        self.required.then_some("true")
    }
}
