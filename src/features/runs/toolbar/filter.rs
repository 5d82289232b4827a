//! The line in which runs are filtered, in MLflow's search syntax.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use models::query::{ParseError, parse};
use models::run_table::RunKeys;

use super::completion::Completion;
use super::typing::Typing;
use crate::features::runs::address::Address;
use crate::ui::id::unique_id;
use crate::ui::typing::is_typing;
use crate::ui::{ComboboxList, Icon, IconButton, IconName, Size};

/// The line in which runs are filtered. What cannot be read is not applied: the last good filter stays, and the line
/// says what is wrong, below the character where it begins.
#[component]
pub(super) fn FilterLine(
    address: Address,
    /// What stands in it.
    typing: Typing,
    /// What has been logged.
    #[prop(into)]
    keys: Signal<RunKeys>,
    /// Why the server refused the filter.
    #[prop(into)]
    refused: Signal<Option<String>>,
) -> impl IntoView {
    let draft = typing.draft;
    let line = NodeRef::<html::Input>::new();
    let note = unique_id("filter-note");
    let anchor = format!("--{note}");
    let completion = Completion::new(address, typing, line, keys);
    let list = completion.list;
    // While there is something to go on with, the filter is unfinished rather than wrong.
    let mistake = Memo::new(move |_| parse(&draft.read()).err().filter(|_| !list.is_expanded()));
    let press = move |event: KeyboardEvent| {
        if list.press(&event) {
            return;
        }
        match event.key().as_str() {
            "Enter" => {
                list.close();
                typing.apply();
            }
            "Escape" if !draft.read_untracked().is_empty() => {
                event.prevent_default();
                typing.clear();
            }
            _ => {}
        }
    };
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
                role="combobox"
                aria-label="Filter the runs"
                aria-expanded=move || list.is_expanded().to_string()
                aria-controls=list.list_id()
                aria-autocomplete="list"
                aria-activedescendant=move || list.chosen_id()
                placeholder="metrics.accuracy > 0.9 AND params.depth = '4'"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                style:anchor-name=anchor.clone()
                node_ref=line
                aria-describedby=note.clone()
                aria-invalid=move || mistake.read().is_some().then_some("true")
                prop:value=draft
                on:input:target=move |event| completion.type_in(event.target().value())
                on:change=move |_| typing.apply()
                on:keyup=move |_| completion.look()
                on:click=move |_| { completion.look(); completion.open(); }
                on:blur=move |_| list.close()
                on:keydown=press
            />
            {move || if draft.read().is_empty() {
                view! { <kbd aria-hidden="true">"/"</kbd> }.into_any()
            } else {
                let clear = move |_| { typing.clear(); focus(line); };
                view! { <IconButton label="Clear the filter" icon=IconName::Close size=Size::Small on_click=clear/> }.into_any()
            }}
            <ComboboxList combobox=list label="What may come next" counted="runs" anchor offset=Signal::derive(move || completion.offset())/>
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
