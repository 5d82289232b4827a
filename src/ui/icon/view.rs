//! Draws an icon as inline SVG, so that it takes the colour of its text.

use leptos::prelude::*;

use super::IconName;

/// A 16 px icon beside text. It says nothing by itself: the text, or a label on its parent, must.
#[component]
pub fn Icon(
    /// Which drawing.
    #[prop(into)]
    name: Signal<IconName>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=move || name.get().path()></path>
        </svg>
    }
}

/// Turns while something is under way; stands still for who prefers reduced motion.
#[component]
pub fn Spinner() -> impl IntoView {
    view! {
        <svg class="icon spinner" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <circle class="spinner-track" cx="8" cy="8" r="6"></circle>
            <path d="M8 2a6 6 0 0 1 6 6"></path>
        </svg>
    }
}

/// A circle that is drawn as far as something has come, from 0 to 1; in the place of a [`Spinner`].
#[component]
pub fn ProgressRing(fraction: f64) -> impl IntoView {
    let drawn = format!("{:.0} 100", fraction.clamp(0.0, 1.0) * 100.0);
    view! {
        <svg class="icon progress-ring" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <circle class="spinner-track" cx="8" cy="8" r="6"></circle>
            <circle cx="8" cy="8" r="6" pathLength="100" stroke-dasharray=drawn></circle>
        </svg>
    }
}

/// The mark of the product: an M drawn as a path through five points.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <rect class="logo-tile" x="1" y="1" width="22" height="22" rx="6"></rect>
            <path class="logo-line" d="M6.5 17V8l5.5 5.5L17.5 8v9"></path>
            <circle class="logo-dot" cx="12" cy="13.5" r="1.9"></circle>
        </svg>
    }
}
