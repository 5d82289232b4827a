//! The values at the pointer.

use leptos::prelude::*;

use super::state::ChartState;

/// More values than these are counted, not listed.
const LISTED: usize = 12;
/// Between the crosshair and the list, in CSS pixels.
const GAP: f64 = 14.0;

/// Lists the values at the crosshair beside the pointer, or beside the focused crosshair.
pub(super) fn tip(state: ChartState, focused: RwSignal<bool>) -> impl IntoView {
    let reading = move || state.reading.get().filter(|_| state.pointer.read().is_some() || focused.get());
    let place = move || {
        let reading = state.reading.read();
        let scene = state.scene.read();
        let (reading, scene) = (reading.as_ref()?, scene.as_ref()?);
        let x = scene.x.map(reading.x);
        let y = state.pointer.get().map_or(scene.area.top, |(_, y)| y);
        // Beyond the middle it stands on the other side, so that it covers no line to come.
        let beyond = x > scene.sight.width / 2.0;
        let (x, back) = if beyond { (x - GAP, "-100%") } else { (x + GAP, "0%") };
        Some(format!("translate({x}px, {y}px) translate({back}, -50%)"))
    };
    view! {
        <div class="chart-tip" aria-hidden="true" hidden=move || reading().is_none() style:transform=place>
            {move || reading().map(|reading| {
                let rest = reading.values.len().saturating_sub(LISTED);
                let pointed = reading.pointed;
                view! {
                    <div class="chart-tip-place">{state.axis.read().label.clone()}" "{reading.place}</div>
                    {reading.values.into_iter().take(LISTED).enumerate().map(|(n, value)| view! {
                        <div class="chart-tip-value" data-nearest=(pointed && n == 0).to_string()>
                            <span class="chart-swatch" data-dash=value.dash.name() style:--series=value.colour.css()></span>
                            <span class="chart-tip-name">{value.name}</span>
                            <span class="chart-tip-number">
                                {value.text}
                                {value.elsewhere.map(|place| view! { <small>" at "{place}</small> })}
                            </span>
                        </div>
                    }).collect::<Vec<_>>()}
                    {(rest > 0).then(|| view! { <div class="chart-tip-rest">"and "{rest}" more"</div> })}
                }
            })}
        </div>
    }
}
