//! A form that changes an object which others may change at the same time.

use std::sync::Arc;

use leptos::prelude::*;

use super::{FormErrors, Overtaken};
use crate::queries::{ApiError, Write};
use crate::ui::{Form, SubmitRow, Toasts};

/// A form in a dialog, which closes when the change is made. When somebody else was faster it says what they changed, and
/// keeps what was typed.
#[component]
pub fn EditForm<T: Send + Sync + 'static, A: Send + Sync + 'static>(
    /// The object as it is now.
    latest: Signal<Arc<T>>,
    /// The object as the form knows it.
    seen: RwSignal<Arc<T>>,
    /// Counts the changes of an object.
    version: fn(&T) -> i64,
    /// What differs between two versions, in sentences.
    changes: fn(&T, &T) -> Vec<String>,
    /// Changes it.
    change: Write<A, ()>,
    /// What is wrong with the form.
    errors: FormErrors,
    /// The fields that say themselves what is wrong with them.
    shown: &'static [&'static str],
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
    /// Whether the change is on its way.
    busy: RwSignal<bool>,
    /// Fills the form with `seen`.
    #[prop(into)]
    on_take: Callback<()>,
    /// Checks what was typed, and sends it.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    Effect::new(move || busy.set(change.pending().get()));
    Effect::new(move || {
        if matches!(*change.value().read(), Some(Ok(()))) {
            open.set(false);
            Toasts::current().success("Saved.");
        }
    });
    let submit = move |()| {
        if !change.pending().get_untracked() {
            on_submit.run(());
        }
    };
    let refused = Signal::derive(move || matches!(*change.value().read(), Some(Err(ApiError::Stale(_)))));
    let summary = errors.summary(shown);
    let is_told = RwSignal::new(false);
    // Until the other version is at hand, and when it cannot be had, the refusal speaks for itself.
    let error = Signal::derive(move || summary.get().filter(|_| !(refused.get() && is_told.get())));
    view! {
        <Form error on_submit=submit>
            <Overtaken latest seen version refused changes on_take is_told/>
            {children()}
            <SubmitRow label="Save" busy=change.pending() on_cancel=move |()| open.set(false)/>
        </Form>
    }
}
