//! What stands in a menu.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::popover::PopoverHandle;

/// An action in a menu. With `checked` it is a tick that can be set, and the menu stays open; with `chosen` it is one of
/// several of which one holds.
#[component]
pub fn MenuItem(
    /// Drawn before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// It destroys something.
    #[prop(optional)]
    danger: bool,
    /// Whether it is ticked; leave it out for an action.
    #[prop(optional, into)]
    checked: Option<Signal<bool>>,
    /// Whether it is the one of several that holds; leave it out for an action.
    #[prop(optional, into)]
    chosen: Option<Signal<bool>>,
    /// Why it is not available now, shown below the text; `None` enables it.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// The keys that do the same, as written on them: `Ctrl K`.
    #[prop(optional)]
    keys: Option<&'static str>,
    /// Does it.
    #[prop(into)]
    on_select: Callback<()>,
    /// The text: a verb, and what it acts on.
    children: Children,
) -> impl IntoView {
    let menu = PopoverHandle::current();
    let ticked = checked.or(chosen);
    let select = move |event: MouseEvent| {
        if disabled_reason.read_untracked().is_some() {
            event.prevent_default();
            return;
        }
        if checked.is_none()
            && let Some(menu) = menu
        {
            menu.close();
        }
        on_select.run(());
    };
    view! {
        <button
            class="menu-item"
            type="button"
            tabindex="-1"
            role=match (checked, chosen) {
                (Some(_), _) => "menuitemcheckbox",
                (None, Some(_)) => "menuitemradio",
                (None, None) => "menuitem",
            }
            data-danger=danger.then_some("true")
            aria-checked=move || ticked.map(|ticked| ticked.get().to_string())
            aria-disabled=move || disabled_reason.read().is_some().then_some("true")
            on:click=select
        >
            {ticked.map(|_| view! { <span class="menu-tick"><Icon name=IconName::Check/></span> })}
            {icon.map(|name| view! { <Icon name/> })}
            <span class="menu-text">
                {children()}
                {move || disabled_reason.get().map(|reason| view! { <span class="menu-reason">{reason}</span> })}
            </span>
            {keys.map(|keys| view! { <kbd>{keys}</kbd> })}
        </button>
    }
}

/// A page to go to from a menu.
#[component]
pub fn MenuLink(
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// Drawn before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let menu = PopoverHandle::current();
    let close = move |_| {
        if let Some(menu) = menu {
            menu.close();
        }
    };
    view! {
        <a class="menu-item" role="menuitem" tabindex="-1" href=move || href.get() on:click=close>
            {icon.map(|name| view! { <Icon name/> })}
            <span class="menu-text">{children()}</span>
        </a>
    }
}

/// A line between groups of items.
#[component]
pub fn MenuSeparator() -> impl IntoView {
    view! { <div class="menu-separator" role="separator"></div> }
}

/// The name of the group of items below it.
#[component]
pub fn MenuTitle(
    /// The name.
    children: Children,
) -> impl IntoView {
    view! { <div class="menu-title" role="presentation">{children()}</div> }
}
