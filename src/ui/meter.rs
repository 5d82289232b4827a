//! The parts of a whole.

use leptos::prelude::*;

use super::badge::Tone;
use super::format::integer;

/// A part of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub label: String,
    /// How many things it holds.
    pub count: u64,
    /// Its colour.
    pub tone: Tone,
}

impl Part {
    /// A part with a name, a size and a colour.
    pub fn new(label: impl Into<String>, count: u64, tone: Tone) -> Self {
        Self { label: label.into(), count, tone }
    }
}

/// A bar whose segments are as long as the parts are large, with a legend; empty parts are left out.
#[component]
pub fn StackedBar(
    /// What the whole is, read aloud: `Runs by status`.
    #[prop(into)]
    label: Signal<String>,
    /// The parts, in order.
    #[prop(into)]
    parts: Signal<Vec<Part>>,
    /// Leaves the legend out where the numbers stand beside.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let present =
        Signal::derive(move || parts.get().into_iter().filter(|part| part.count > 0).collect::<Vec<_>>());
    let spoken = move || {
        let parts: Vec<_> =
            present.get().iter().map(|part| format!("{} {}", integer(part.count), part.label)).collect();
        format!("{}: {}", label.get(), if parts.is_empty() { "none".to_owned() } else { parts.join(", ") })
    };
    let segment = |part: Part| {
        let tip = format!("{} {}", integer(part.count), part.label);
        view! { <span class="stacked-part" data-tone=part.tone.as_str() data-tip=tip style:--share=part.count.to_string()></span> }
    };
    let line = |part: Part| {
        view! {
            <li class="legend-line" data-tone=part.tone.as_str()>
                <span class="legend-dot"></span>
                {part.label}
                <span class="legend-count">{integer(part.count)}</span>
            </li>
        }
    };
    view! {
        <div class="stacked">
            <div class="stacked-bar" role="img" aria-label=spoken>
                {move || present.get().into_iter().map(segment).collect_view()}
            </div>
            {(!bare).then(|| view! {
                <ul class="legend">{move || present.get().into_iter().map(line).collect_view()}</ul>
            })}
        </div>
    }
}
