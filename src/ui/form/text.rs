//! Lines and paragraphs of text.

use leptos::prelude::*;

use super::control::Control;

/// What a line of text is, so that the right keyboard and suggestions are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextKind {
    /// Words.
    #[default]
    Plain,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// Something a machine reads: a path, a name in a program. Monospaced, never corrected.
    Code,
}

impl TextKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Plain | Self::Code => "text",
            Self::Email => "email",
            Self::Url => "url",
        }
    }
}

/// One line of text.
#[component]
pub fn TextInput(
    /// The text as typed.
    value: RwSignal<String>,
    /// What the text is.
    #[prop(optional)]
    kind: TextKind,
    /// An example, shown while it is empty; never the only explanation.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// What the browser may fill in: an autofill name such as `username`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The name to read aloud when no `Field` names it.
    #[prop(optional, into)]
    label: Option<String>,
    /// Takes the focus when its dialog or page opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let control = Control::current();
    let prose = kind == TextKind::Plain;
    view! {
        <input
            class="input"
            id=control.id()
            type=kind.input_type()
            data-kind=(kind == TextKind::Code).then_some("code")
            placeholder=placeholder
            autocomplete=autocomplete
            autocapitalize=(!prose).then_some("none")
            spellcheck=if prose { "true" } else { "false" }
            autofocus=autofocus
            aria-label=label
            aria-describedby=move || control.described_by()
            aria-invalid=move || control.invalid()
            aria-required=control.required()
            bind:value=value
        />
    }
}

/// Several lines of text; it grows with them where the browser can.
#[component]
pub fn TextArea(
    /// The text as typed.
    value: RwSignal<String>,
    /// What the text is.
    #[prop(optional)]
    kind: TextKind,
    /// Lines shown while it is empty.
    #[prop(default = 4)]
    rows: u32,
    /// An example, shown while it is empty.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// The name to read aloud when no `Field` names it.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let control = Control::current();
    view! {
        <textarea
            class="input"
            id=control.id()
            rows=rows.to_string()
            data-kind=(kind == TextKind::Code).then_some("code")
            placeholder=placeholder
            spellcheck=if kind == TextKind::Plain { "true" } else { "false" }
            aria-label=label
            aria-describedby=move || control.described_by()
            aria-invalid=move || control.invalid()
            aria-required=control.required()
            bind:value=value
        ></textarea>
    }
}
