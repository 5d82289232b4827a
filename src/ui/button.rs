//! What is pressed to act.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::icon::{Icon, IconName, Spinner};

/// How much a button asks to be pressed. One primary button a page or dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Emphasis {
    /// The one action that the place is for.
    Primary,
    /// Any other action.
    #[default]
    Secondary,
    /// An action among many, without a frame.
    Ghost,
    /// Destroys something.
    Danger,
}

impl Emphasis {
    /// The value of `data-emphasis`.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Ghost => "ghost",
            Self::Danger => "danger",
        }
    }
}

/// The height of a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// 24 px, inside rows and headings.
    Small,
    /// 30 px.
    #[default]
    Medium,
    /// 36 px, alone on a page.
    Large,
}

impl Size {
    /// The value of `data-size`.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// A button. While `busy`, or when there is a `disabled_reason`, it ignores clicks but keeps the focus.
#[component]
pub fn Button(
    /// How much it asks to be pressed.
    #[prop(optional)]
    emphasis: Emphasis,
    /// Its height.
    #[prop(optional)]
    size: Size,
    /// The action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why the action is not available now, shown as a tooltip; `None` enables it.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Drawn before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Sends the form that it stands in.
    #[prop(optional)]
    submit: bool,
    /// What pressing does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// The text: a verb, and what it acts on.
    children: Children,
) -> impl IntoView {
    let blocked = Signal::derive(move || busy.get() || disabled_reason.read().is_some());
    view! {
        <button
            class="button"
            type=if submit { "submit" } else { "button" }
            data-emphasis=emphasis.as_str()
            data-size=size.as_str()
            data-tip=move || disabled_reason.get()
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || blocked.get().then_some("true")
            on:click=move |event| press(&event, blocked, on_click)
        >
            {move || busy.get().then(|| view! { <Spinner/> })}
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
        </button>
    }
}

/// A square button with an icon alone; its label is read aloud and shown as a tooltip.
#[component]
pub fn IconButton(
    /// What pressing does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// What is drawn.
    #[prop(into)]
    icon: Signal<IconName>,
    /// Its height and width.
    #[prop(optional)]
    size: Size,
    /// Whether what it toggles is on; leave it out when it toggles nothing.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// The action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why the action is not available now; `None` enables it.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// What pressing does.
    #[prop(into)]
    on_click: Callback<MouseEvent>,
) -> impl IntoView {
    let blocked = Signal::derive(move || busy.get() || disabled_reason.read().is_some());
    view! {
        <button
            class="button"
            type="button"
            data-emphasis="ghost"
            data-size=size.as_str()
            data-shape="square"
            data-tip=move || disabled_reason.get().unwrap_or_else(|| label.get())
            aria-label=move || label.get()
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || blocked.get().then_some("true")
            on:click=move |event| press(&event, blocked, Some(on_click))
        >
            <Icon name=icon/>
        </button>
    }
}

/// A link that looks like a button: it goes somewhere, it does nothing else.
#[component]
pub fn ButtonLink(
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks to be followed.
    #[prop(optional)]
    emphasis: Emphasis,
    /// Its height.
    #[prop(optional)]
    size: Size,
    /// Drawn before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" href=move || href.get() data-emphasis=emphasis.as_str() data-size=size.as_str()>
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
        </a>
    }
}

fn press(event: &MouseEvent, blocked: Signal<bool>, action: Option<Callback<MouseEvent>>) {
    if blocked.get_untracked() {
        event.prevent_default();
        event.stop_propagation();
    } else if let Some(action) = action {
        action.run(event.clone());
    }
}
