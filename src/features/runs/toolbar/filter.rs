//! The line in which runs are filtered, in MLflow's search syntax.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use models::query::{ParseError, parse};

use crate::features::runs::address::Address;
use crate::ui::id::unique_id;
use crate::ui::typing::is_typing;
use crate::ui::{Icon, IconButton, IconName, Size};
use crate::widgets::UrlHistory;

/// How long to wait for the next letter before the filter is applied.
const PAUSE: Duration = Duration::from_millis(450);

/// The line in which runs are filtered. What cannot be read is not applied: the last good filter stays, and the line
/// says what is wrong, below the character where it begins.
#[component]
pub(crate) fn FilterLine(
    address: Address,
    /// Why the server refused the filter.
    #[prop(into)]
    refused: Signal<Option<String>>,
) -> impl IntoView {
    let draft = RwSignal::new(address.url.get_untracked().filter);
    let mistake = Memo::new(move |_| parse(&draft.read()).err());
    let line = NodeRef::<html::Input>::new();
    let note = unique_id("filter-note");
    let typing = Typing::new(address, draft);
    let applied = Memo::new(move |_| address.url.read().filter.clone());
    Effect::new(move || typing.take_over(&applied.read()));
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "/" && !event.ctrl_key() && !event.meta_key() && !is_typing(&event) {
            event.prevent_default();
            focus(line);
        }
    });
    on_cleanup(move || slash.remove());
    view! {
        <div class="filter" role="search">
            <Icon name=IconName::Filter/>
            <input
                class="input"
                data-kind="code"
                type="text"
                aria-label="Filter the runs"
                placeholder="metrics.accuracy > 0.9 AND params.depth = '4'"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                node_ref=line
                aria-describedby=note.clone()
                aria-invalid=move || mistake.read().is_some().then_some("true")
                prop:value=draft
                on:input:target=move |event| typing.type_in(event.target().value())
                on:change=move |_| typing.apply()
                on:keydown=move |event| match event.key().as_str() {
                    "Enter" => typing.apply(),
                    "Escape" if !draft.read_untracked().is_empty() => {
                        event.prevent_default();
                        typing.clear();
                    }
                    _ => {}
                }
            />
            {move || if draft.read().is_empty() {
                view! { <kbd aria-hidden="true">"/"</kbd> }.into_any()
            } else {
                let clear = move |_| { typing.clear(); focus(line); };
                view! { <IconButton label="Clear the filter" icon=IconName::Close size=Size::Small on_click=clear/> }.into_any()
            }}
            <div class="filter-note" id=note aria-live="polite">
                {move || told(mistake.get(), refused.get())}
            </div>
        </div>
    }
}

/// What is wrong, with a mark below the character where it begins.
fn told(mistake: Option<ParseError>, refused: Option<String>) -> Option<AnyView> {
    match (mistake, refused) {
        (Some(ParseError { position, message }), _) => Some(
            view! {
                <span class="filter-mark" aria-hidden="true" style:--place=position.to_string()>"^"</span>
                <span class="filter-error">{message}</span>
            }
            .into_any(),
        ),
        (None, Some(reason)) => Some(view! { <span class="filter-error">{reason}</span> }.into_any()),
        (None, None) => None,
    }
}

fn focus(line: NodeRef<html::Input>) {
    if let Some(line) = line.try_get_untracked().flatten() {
        // A line on screen takes the focus.
        let _ = line.focus();
    }
}

/// What is being typed, until it is applied.
#[derive(Clone, Copy)]
struct Typing {
    address: Address,
    draft: RwSignal<String>,
    waiting: StoredValue<Option<TimeoutHandle>>,
    /// Whether this filter was applied while it was typed, so that the rest of the typing adds no step to the history.
    is_step: StoredValue<bool>,
}

impl Typing {
    fn new(address: Address, draft: RwSignal<String>) -> Self {
        let typing =
            Self { address, draft, waiting: StoredValue::new(None), is_step: StoredValue::new(false) };
        on_cleanup(move || typing.stop_waiting());
        typing
    }

    fn type_in(self, text: String) {
        self.draft.set(text);
        self.stop_waiting();
        let apply = move || {
            self.send();
            self.is_step.try_update_value(|is_step| *is_step = true);
        };
        self.waiting.set_value(set_timeout_with_handle(apply, PAUSE).ok());
    }

    /// The person is done with it.
    fn apply(self) {
        self.stop_waiting();
        self.send();
        self.is_step.set_value(false);
    }

    fn clear(self) {
        self.draft.set(String::new());
        self.apply();
    }

    fn send(self) {
        let Some(text) = self.draft.try_get_untracked().filter(|text| parse(text).is_ok()) else { return };
        let is_step = self.is_step.try_get_value().unwrap_or(false);
        let history = if is_step { UrlHistory::Replace } else { UrlHistory::Push };
        self.address.change(history, |url| url.filter = text.trim().to_owned());
    }

    /// Shows the filter of the address when that changed by itself, as by going back.
    fn take_over(self, applied: &str) {
        if self.draft.with_untracked(|draft| draft.trim() != applied) {
            self.stop_waiting();
            self.is_step.set_value(false);
            self.draft.set(applied.to_owned());
        }
    }

    fn stop_waiting(self) {
        if let Some(timeout) = self.waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    }
}
