//! Where this page stands.

use leptos::prelude::*;

/// A step on the way to this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// What the step is called.
    pub label: String,
    /// Its page; `None` for the page on screen.
    pub href: Option<String>,
}

impl Crumb {
    /// A step with a page of its own.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// The page on screen.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// The way to this page, outermost first. On narrow screens the middle is cut short.
#[component]
pub fn Breadcrumb(
    /// The steps.
    #[prop(into)]
    crumbs: Signal<Vec<Crumb>>,
    /// What it is called among the landmarks of the page.
    #[prop(default = "Breadcrumb")]
    label: &'static str,
) -> impl IntoView {
    let steps = move || {
        let step = |crumb: Crumb| match crumb.href {
            Some(href) => view! { <li class="crumb"><a href=href>{crumb.label}</a></li> }.into_any(),
            None => {
                view! { <li class="crumb" aria-current="page"><span>{crumb.label}</span></li> }.into_any()
            }
        };
        crumbs.get().into_iter().map(step).collect_view()
    };
    view! {
        <nav class="breadcrumb" aria-label=label>
            <ol>{steps}</ol>
        </nav>
    }
}
