//! Short facts in colour.

use leptos::prelude::*;

use super::icon::{Icon, IconName};

/// What a colour means. It never stands alone: a word or an icon says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Nothing to add.
    #[default]
    Neutral,
    /// Of the product, or chosen.
    Accent,
    /// Under way, or worth knowing.
    Info,
    /// It worked.
    Success,
    /// It may not be as wished.
    Warning,
    /// It failed, or it destroys.
    Danger,
}

impl Tone {
    /// The value of `data-tone`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A word or two about something, in a tone.
#[component]
pub fn Badge(
    /// What its colour means.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// Drawn before the words.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=move || tone.get().as_str()>
            {icon.map(|name| view! { <Icon name/> })}
            <span class="badge-text">{children()}</span>
        </span>
    }
}

/// A count beside a name, as on a tab.
#[component]
pub fn Count(
    /// How many.
    #[prop(into)]
    value: Signal<u64>,
) -> impl IntoView {
    view! { <span class="count">{move || super::format::integer(value.get())}</span> }
}
