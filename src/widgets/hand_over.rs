//! Handing something over to somebody else.

use leptos::prelude::*;
use models::id::UserId;
use models::person::User;

use crate::ui::{Dialog, Emphasis, Field, Form, Select, SelectOption, SubmitRow};

/// Asks to whom something is handed over. The caller closes it after success.
#[component]
pub fn HandOver(
    /// Whether it is on screen.
    open: RwSignal<bool>,
    /// The question: `Hand Weather over?`
    #[prop(into)]
    title: Signal<String>,
    /// What becomes of who has it until now.
    text: &'static str,
    /// Who can have it.
    #[prop(into)]
    people: Signal<Vec<User>>,
    /// It is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it failed.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Hands it over.
    #[prop(into)]
    on_choose: Callback<UserId>,
) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let options = Signal::derive(move || {
        let option = |user: &User| SelectOption::new(user.user_id.to_string(), user.name.clone());
        people.read().iter().map(option).collect::<Vec<_>>()
    });
    let missing = Signal::derive(move || {
        let known = options.read().iter().any(|option| option.value == *chosen.read());
        (!known).then(|| "Choose somebody first.".to_owned())
    });
    let submit = move |()| {
        if let Ok(user) = chosen.read_untracked().parse()
            && missing.read_untracked().is_none()
            && !busy.get_untracked()
        {
            on_choose.run(user);
        }
    };
    view! {
        <Dialog open title description=Some(text.to_owned()) locked=busy>
            <Form error on_submit=submit>
                <Field label="To whom">
                    <Select value=chosen options placeholder="Choose a member"/>
                </Field>
                <SubmitRow
                    label="Hand over"
                    emphasis=Emphasis::Danger
                    busy
                    disabled_reason=missing
                    on_cancel=move |()| open.set(false)
                />
            </Form>
        </Dialog>
    }
}
