//! Several short texts in one field.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::control::Control;
use crate::ui::badge::Badge;
use crate::ui::button::{IconButton, Size};
use crate::ui::icon::IconName;
use crate::ui::id::unique_id;

/// Short texts that are typed or chosen one after another. Enter ends one; the one that is not ended yet counts too, so
/// that nothing moves when the field is left. Backspace in an empty line takes the last one back.
#[component]
pub fn TokenInput(
    /// The texts, one a line.
    value: RwSignal<String>,
    /// What stands in the line now.
    typed: RwSignal<String>,
    /// What the browser offers to choose from.
    #[prop(into)]
    suggestions: Signal<Vec<String>>,
    /// An example, shown while nothing is typed.
    #[prop(into)]
    placeholder: String,
) -> impl IntoView {
    let control = Control::current();
    let list = unique_id("suggestions");
    let tokens = RwSignal::new(split(&value.read_untracked()));
    let all = move || joined(&tokens.read_untracked(), &typed.read_untracked());
    // What comes from elsewhere takes the place of what was typed here.
    Effect::new(move || {
        let outside = value.get();
        if outside != all() {
            tokens.set(split(&outside));
            typed.set(String::new());
        }
    });
    let type_in = move |text: String| {
        typed.set(text);
        value.set(all());
    };
    let add = move || {
        let token = typed.get_untracked().trim().to_owned();
        if !tokens.read_untracked().contains(&token) {
            tokens.update(|tokens| tokens.push(token));
        }
        type_in(String::new());
    };
    let remove = move |token: &str| {
        tokens.update(|tokens| tokens.retain(|other| other != token));
        value.set(all());
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !typed.read_untracked().trim().is_empty() => {
            event.prevent_default();
            add();
        }
        "Backspace" if typed.read_untracked().is_empty() => {
            let last = tokens.read_untracked().last().cloned();
            if let Some(last) = last {
                remove(&last);
            }
        }
        _ => {}
    };
    let token = move |token: String| {
        let label = format!("Remove {token}");
        let own = token.clone();
        view! {
            <li class="token">
                <Badge>{token}</Badge>
                <IconButton label icon=IconName::Close size=Size::Small on_click=move |_| remove(&own)/>
            </li>
        }
    };
    let option = |text: String| view! { <option value=text></option> };
    view! {
        <div class="tokens">
            {move || {
                let all = tokens.get();
                (!all.is_empty()).then(|| view! { <ul>{all.into_iter().map(token).collect_view()}</ul> })
            }}
            <input
                class="input"
                type="text"
                id=control.id()
                list=list.clone()
                placeholder=placeholder
                autocomplete="off"
                aria-describedby=move || control.described_by()
                aria-invalid=move || control.invalid()
                prop:value=typed
                on:input:target=move |event| type_in(event.target().value())
                on:keydown=press
            />
            <datalist id=list>{move || suggestions.get().into_iter().map(option).collect_view()}</datalist>
        </div>
    }
}

fn split(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn joined(tokens: &[String], typed: &str) -> String {
    let typed = Some(typed.trim()).filter(|typed| !typed.is_empty());
    tokens.iter().map(String::as_str).chain(typed).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ended_yet_counts() {
        assert_eq!(joined(&["a".to_owned()], " b "), "a\nb");
        assert_eq!(joined(&["a".to_owned()], " "), "a");
        assert_eq!(split("a\n\n b "), ["a", "b"]);
    }
}
