//! The frame around every page.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::button::IconButton;
use super::current::current;
use super::icon::{Icon, IconName, Logo};
use super::typing::{is_typing, within};

/// Whether the navigation shows icons only, and whether it is open where it is a drawer.
#[derive(Debug, Clone, Copy)]
pub struct NavState {
    /// Icons only.
    pub narrow: RwSignal<bool>,
    /// On screen where it is a drawer, below 600 px.
    pub open: RwSignal<bool>,
}

impl NavState {
    /// A closed drawer, and names beside the icons unless `narrow`.
    pub fn new(narrow: bool) -> Self {
        Self { narrow: RwSignal::new(narrow), open: RwSignal::new(false) }
    }
}

/// Navigation at the left, a bar on top, and the page. `Ctrl B` and `[` fold the navigation.
#[component]
pub fn Shell(
    /// How the navigation stands.
    state: NavState,
    /// `NavBrand` and `NavSection`s.
    #[prop(into)]
    nav: ViewFn,
    /// What stands in the bar at its start: the breadcrumb.
    #[prop(into)]
    top: ViewFn,
    /// What stands in the bar at its end: search, theme, the person's menu.
    #[prop(into)]
    top_end: ViewFn,
    /// The page.
    children: Children,
) -> impl IntoView {
    let NavState { narrow, open } = state;
    let page = NodeRef::<html::Main>::new();
    let keys = window_event_listener(ev::keydown, move |event| fold_by_key(&event, state));
    on_cleanup(move || keys.remove());
    view! {
        <a class="skip-link" href="#page" on:click=move |event| skip(&event, page)>"Skip to the content"</a>
        <div
            class="shell"
            data-narrow=move || narrow.get().then_some("true")
            data-open=move || open.get().then_some("true")
        >
            <nav class="nav" aria-label="Main" on:click=move |event| if is_link(&event) { open.set(false) }>{nav.run()}</nav>
            <div class="shell-scrim" on:click=move |_| open.set(false)></div>
            <div class="shell-main">
                <header class="shell-top">
                    <div class="shell-menu">
                        <IconButton label="Navigation" icon=IconName::Menu on_click=move |_| open.update(|open| *open = !*open)/>
                    </div>
                    <div class="shell-top-start">{top.run()}</div>
                    <div class="shell-top-end">{top_end.run()}</div>
                </header>
                <main class="shell-page" id="page" tabindex="-1" node_ref=page>{children()}</main>
            </div>
        </div>
    }
}

/// The name of the product, leading home.
#[component]
pub fn NavBrand(
    /// The home page.
    #[prop(into)]
    href: String,
    /// The name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <a class="nav-brand" href=href data-tip=name.clone()>
            <Logo/>
            <span>{name.clone()}</span>
        </a>
    }
}

/// Links that belong together.
#[component]
pub fn NavSection(
    /// What they have in common, shown above them.
    #[prop(optional, into)]
    title: Signal<Option<String>>,
    /// Puts it at the foot.
    #[prop(optional)]
    end: bool,
    /// `NavLink`s.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="nav-section" data-end=end.then_some("true")>
            {move || title.get().map(|title| view! { <div class="nav-title">{title}</div> })}
            {children()}
        </div>
    }
}

/// A place to go to; marked while its page, or one below it, is on screen.
#[component]
pub fn NavLink(
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// What is drawn; alone where there is no room for the name.
    #[prop(into)]
    icon: IconName,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// Marks it for this very page only, not for those below.
    #[prop(optional)]
    exact: bool,
    /// Pages below it that have a link of their own.
    #[prop(optional, into)]
    except: Option<String>,
) -> impl IntoView {
    let tip = label.clone();
    let current = current(href, exact, except);
    view! {
        <a class="nav-link" href=move || href.get() aria-current=move || current.get() data-tip=tip>
            <Icon name=icon/>
            <span>{label}</span>
        </a>
    }
}

/// The top of a page: its name, a line about it, and what can be done with it.
#[component]
pub fn PageHeader(
    /// The name of the page or of the thing on it.
    #[prop(into)]
    title: Signal<String>,
    /// A line about it.
    #[prop(optional, into)]
    about: Signal<Option<String>>,
    /// What stands beside the name: a status, labels.
    #[prop(optional, into)]
    beside: Option<ViewFn>,
    /// What can be done: at most three buttons and a menu.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
) -> impl IntoView {
    view! {
        <header class="page-header">
            <div class="page-heading">
                <div class="page-name">
                    <h1 tabindex="-1">{move || title.get()}</h1>
                    {beside.map(|beside| beside.run())}
                </div>
                <p class="page-about" hidden=move || about.read().is_none()>{move || about.get()}</p>
            </div>
            {actions.map(|actions| view! { <div class="page-actions">{actions.run()}</div> })}
        </header>
    }
}

fn fold_by_key(event: &ev::KeyboardEvent, state: NavState) {
    let (key, control) = (event.key(), event.ctrl_key() || event.meta_key());
    if key == "Escape" {
        state.open.set(false);
    } else if (control && key.eq_ignore_ascii_case("b")) || (key == "[" && !control && !is_typing(event)) {
        event.prevent_default();
        state.narrow.update(|narrow| *narrow = !*narrow);
    }
}

/// Leads the keyboard to the page. The router would take the link for one to another page, and leave the focus behind.
fn skip(event: &ev::MouseEvent, page: NodeRef<html::Main>) {
    event.prevent_default();
    if let Some(page) = page.get_untracked() {
        // A page on screen takes the focus.
        let _ = page.focus();
    }
}

fn is_link(event: &ev::MouseEvent) -> bool {
    within(event.target(), "a")
}
