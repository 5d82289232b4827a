//! The same as a command, to be taken along.

use leptos::prelude::*;

use super::equivalent::{client, curl};
use super::state::Launch;
use crate::ui::{Choice, CodeBlock, Segmented};

/// In which words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Client,
    Request,
}

/// The command of the client, and the request of the API.
#[component]
pub(super) fn Commands(launch: Launch) -> impl IntoView {
    let words = RwSignal::new(Words::Client);
    let choices = vec![Choice::new(Words::Client, "mantik"), Choice::new(Words::Request, "curl")];
    let origin = StoredValue::new(window().location().origin().unwrap_or_default());
    let code = Memo::new(move |_| {
        let run = launch.request()?;
        Some(match words.get() {
            Words::Client => client(launch.project, &run, &launch.fields.backend.read()),
            Words::Request => origin.with_value(|origin| curl(origin, launch.project, &run)),
        })
    });
    let is_there = Memo::new(move |_| code.read().is_some());
    let text = Signal::derive(move || code.get().unwrap_or_default());
    view! {
        <section class="launch-commands">
            <header>
                <h3>"The same as a command"</h3>
                <Segmented label="The command for" value=words choices/>
            </header>
            <Show
                when=move || is_there.get()
                fallback=|| view! { <p class="small muted">"It stands here once the form is complete."</p> }
            >
                <CodeBlock code=text title="Shell"/>
            </Show>
        </section>
    }
}
