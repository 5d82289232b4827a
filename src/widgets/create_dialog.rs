//! A dialog that asks for something new.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::FormErrors;
use crate::queries::Write;
use crate::routes::Route;
use crate::ui::{Dialog, DialogWidth, Form, SubmitRow, Toasts};

/// Asks for something new, and opens its page once it is made. What was typed stays until then.
#[component]
pub fn CreateDialog<A: Send + Sync + 'static, Id: Copy + Send + Sync + 'static>(
    /// What is done, as the title and the button say it.
    title: &'static str,
    /// What was done.
    #[prop(into)]
    done: String,
    /// Makes it.
    create: Write<A, Id>,
    /// What is wrong with the form.
    errors: FormErrors,
    /// The fields that say themselves what is wrong with them.
    shown: &'static [&'static str],
    /// Whether the dialog is on screen.
    open: RwSignal<bool>,
    /// How wide the dialog is.
    #[prop(optional)]
    width: DialogWidth,
    /// Its page.
    #[prop(into)]
    route: Callback<Id, Route>,
    /// Empties the form.
    #[prop(into)]
    on_made: Callback<()>,
    /// Checks what was typed, and sends it.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The fields.
    children: ChildrenFn,
) -> impl IntoView {
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(id)) = *create.value().read() {
            on_made.run(());
            open.set(false);
            Toasts::current().success(done.clone());
            navigate(&route.run(id).to_string(), NavigateOptions::default());
        }
    });
    let submit = move |()| {
        if !create.pending().get_untracked() {
            on_submit.run(());
        }
    };
    let children = StoredValue::new(children);
    view! {
        <Dialog open title width locked=create.pending()>
            <Form error=errors.summary(shown) on_submit=submit>
                {children.with_value(|children| children())}
                <SubmitRow label=title busy=create.pending() on_cancel=move |()| open.set(false)/>
            </Form>
        </Dialog>
    }
}
