//! Asks before what cannot be undone.

use leptos::prelude::*;

use super::button::{Button, Emphasis};
use super::dialog::Dialog;
use super::form::{Field, TextInput, TextKind};
use super::icon::{Icon, IconName};

/// A question that must be answered before something is destroyed. It stays open while busy and when the action
/// failed; the caller closes it after success.
#[component]
pub fn Confirm(
    /// Whether it is on screen.
    open: RwSignal<bool>,
    /// The question: `Delete run 42?`
    #[prop(into)]
    title: Signal<String>,
    /// What the button says: a verb, and what it acts on.
    #[prop(into)]
    action: Signal<String>,
    /// A name to type before the button works; for what is large and gone for ever.
    #[prop(optional, into)]
    type_name: Option<Signal<String>>,
    /// The action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why the action failed.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Does it.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What goes with it.
    children: ChildrenFn,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    Effect::new(move || {
        if open.get() {
            typed.set(String::new());
        }
    });
    let missing = Signal::derive(move || {
        let name = type_name?;
        (typed.read().trim() != name.read().trim()).then(|| "Type the name first.".to_owned())
    });
    let footer = move || {
        view! {
            <Button disabled_reason=Signal::derive(move || busy.get().then(|| "It is under way.".to_owned())) on_click=move |_| open.set(false)>
                "Cancel"
            </Button>
            <Button emphasis=Emphasis::Danger busy disabled_reason=missing on_click=move |_| on_confirm.run(())>
                {move || action.get()}
            </Button>
        }
    };
    view! {
        <Dialog open title locked=busy footer=footer>
            <div class="confirm">
                <div>{children()}</div>
                {type_name.map(|name| view! {
                    <Field label=move || format!("Type “{}” to confirm", name.get())>
                        <TextInput value=typed kind=TextKind::Code/>
                    </Field>
                })}
                <p class="confirm-error" role="alert" hidden=move || error.read().is_none()>
                    <Icon name=IconName::Alert/> {move || error.get()}
                </p>
            </div>
        </Dialog>
    }
}
