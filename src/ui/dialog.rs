//! A question or a small form in front of the page.

use leptos::prelude::*;

use super::modal::Modal;

/// The width of a dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DialogWidth {
    /// For a question or a few fields.
    #[default]
    Medium,
    /// For two columns, code or a table.
    Wide,
}

/// A modal dialog. The page behind is inert; Escape, the cross and a click beside it close it.
#[component]
pub fn Dialog(
    /// Whether it is on screen; closing sets it to false.
    open: RwSignal<bool>,
    /// The heading: what is asked or made here.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence below the heading.
    #[prop(optional, into)]
    description: Signal<Option<String>>,
    /// Its width.
    #[prop(optional)]
    width: DialogWidth,
    /// While true (something is being sent) it cannot be closed.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// Buttons at the foot. A form brings its own `SubmitRow` instead.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// Made anew each time it opens, so a form in it starts afresh.
    children: ChildrenFn,
) -> impl IntoView {
    let kind = match width {
        DialogWidth::Medium => "dialog",
        DialogWidth::Wide => "wide-dialog",
    };
    view! { <Modal open kind title description locked footer children/> }
}

/// A modal panel at the right edge, for more than a dialog holds without leaving the page.
#[component]
pub fn Drawer(
    /// Whether it is on screen; closing sets it to false.
    open: RwSignal<bool>,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence below the heading.
    #[prop(optional, into)]
    description: Signal<Option<String>>,
    /// Buttons at the foot.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// Made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Modal open kind="drawer" title description locked=Signal::stored(false) footer children/> }
}
