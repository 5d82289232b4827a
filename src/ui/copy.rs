//! Text to take along.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::button::{Button, Emphasis, IconButton, Size};
use super::clipboard;
use super::icon::{Icon, IconName};

/// How long the button says how it went.
const SAID: Duration = Duration::from_secs(2);

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Ready,
    Copied,
    Refused,
}

/// A small button that puts a text on the clipboard and says that it did.
#[component]
pub fn CopyButton(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// What the button says: `Copy the commit`.
    #[prop(default = "Copy")]
    label: &'static str,
    /// Whether the label is in sight, as where two texts can be taken.
    #[prop(optional)]
    worded: bool,
) -> impl IntoView {
    let state = RwSignal::new(State::Ready);
    let press = move |_| {
        spawn_local(async move {
            let copied = clipboard::copy_text(text.get_untracked()).await;
            // The button may have left the page since.
            let _ = state.try_set(if copied { State::Copied } else { State::Refused });
            set_timeout(
                move || {
                    let _ = state.try_set(State::Ready);
                },
                SAID,
            );
        });
    };
    let said = move || match state.get() {
        State::Ready => label,
        State::Copied => "Copied",
        State::Refused => "The browser refused to copy",
    };
    let icon = move || match state.get() {
        State::Ready => IconName::Copy,
        State::Copied => IconName::Check,
        State::Refused => IconName::Close,
    };
    let button = if worded {
        let drawn = move || view! { <Icon name=icon()/> };
        view! { <Button emphasis=Emphasis::Ghost size=Size::Small on_click=press>{drawn} " " {label}</Button> }
            .into_any()
    } else {
        view! { <IconButton label=move || said().to_owned() icon=icon size=Size::Small on_click=press/> }
            .into_any()
    };
    view! {
        <span class="copy" data-done=move || (state.get() == State::Copied).then_some("true")>
            {button}
            <span class="visually-hidden" role="status">{move || (state.get() != State::Ready).then(said)}</span>
        </span>
    }
}

/// Text for a machine, as it must be typed, with a button that copies it.
#[component]
pub fn CodeBlock(
    /// The text.
    #[prop(into)]
    code: Signal<String>,
    /// What it is, shown above: a language or the name of a file.
    #[prop(optional, into)]
    title: Option<String>,
) -> impl IntoView {
    let label = title.clone().unwrap_or_else(|| "Code".to_owned());
    view! {
        <figure class="code">
            {title.map(|title| view! { <figcaption class="code-title">{title}</figcaption> })}
            <pre tabindex="0" role="region" aria-label=label><code>{move || code.get()}</code></pre>
            <CopyButton text=code/>
        </figure>
    }
}
