//! Moments and durations that stay true while one looks at them.

use leptos::prelude::*;
use models::time::UnixMillis;

use super::clock::Clock;
use crate::ui::{format, time};

/// How long ago a moment was: `14 min ago`; the date and the time with their zone are its tooltip.
#[component]
pub fn RelativeTime(
    /// The moment; a dash stands where there is none.
    #[prop(into)]
    at: Signal<Option<UnixMillis>>,
) -> impl IntoView {
    told(at, |moment, now| time::relative(moment.0, now.0.max(moment.0)))
}

/// How long it is until a moment: `in 2 h`; the date and the time with their zone are its tooltip.
#[component]
pub fn TimeUntil(
    /// The moment; a dash stands where there is none.
    #[prop(into)]
    at: Signal<Option<UnixMillis>>,
) -> impl IntoView {
    told(at, |moment, now| match now < moment {
        true => time::relative(moment.0, now.0).replace("just now", "in a moment"),
        false => "now".to_owned(),
    })
}

/// A moment in words, which are said anew as time goes by.
fn told(at: Signal<Option<UnixMillis>>, words: fn(UnixMillis, UnixMillis) -> String) -> impl IntoView {
    let clock = Clock::current();
    move || match at.get() {
        None => view! { <span class="faint">{format::NOTHING}</span> }.into_any(),
        Some(moment) => {
            let exact = time::absolute(moment.0);
            view! {
                <time datetime=iso(moment) data-tip=exact>{move || words(moment, clock.about_now())}</time>
            }
            .into_any()
        }
    }
}

/// How long something took, or has been under way until now.
#[component]
pub fn LiveDuration(
    /// When it began; a dash stands until it does.
    #[prop(into)]
    start: Signal<Option<UnixMillis>>,
    /// When it ended; it counts on until it does.
    #[prop(into)]
    end: Signal<Option<UnixMillis>>,
) -> impl IntoView {
    let clock = Clock::current();
    let text = move || match start.get() {
        None => format::NOTHING.to_owned(),
        Some(start) => {
            let end = end.get().unwrap_or_else(|| clock.now());
            time::duration(end.millis_since(start).unsigned_abs())
        }
    };
    view! { <span class="duration">{text}</span> }
}

fn iso(moment: UnixMillis) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a date fits into 53 bits")]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(moment.0 as f64));
    // A moment that no calendar holds would make the browser throw.
    if date.get_time().is_nan() { String::new() } else { date.to_iso_string().into() }
}
