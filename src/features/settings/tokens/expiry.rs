//! How long a token still works.

use leptos::prelude::*;
use models::time::UnixMillis;

use crate::ui::{Badge, IconName, Tone, time};
use crate::widgets::Clock;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// From when on a colour warns, in milliseconds before the end.
const WARNED: i64 = 3 * DAY;

/// How long a token still works: a colour warns in its last days.
#[component]
pub(super) fn Expiry(at: UnixMillis) -> impl IntoView {
    let clock = Clock::current();
    let left = Memo::new(move |_| words(at.millis_since(clock.about_now())));
    view! {
        <span data-tip=time::absolute(at.0)>
            {move || match left.get() {
                (Tone::Neutral, text) => text.into_any(),
                (tone, text) => view! { <Badge tone icon=IconName::Clock>{text}</Badge> }.into_any(),
            }}
        </span>
    }
}

/// What is left, in milliseconds, in words.
fn words(left: i64) -> (Tone, String) {
    match left {
        ..=0 => (Tone::Danger, "Expired".to_owned()),
        1..HOUR => (Tone::Warning, "within the hour".to_owned()),
        HOUR..DAY => (Tone::Warning, format!("in {} h", left / HOUR)),
        _ => {
            // To the nearest day: a token for a week has seven days at first.
            let days = (left + DAY / 2) / DAY;
            let tone = if left < WARNED { Tone::Warning } else { Tone::Neutral };
            (tone, if days == 1 { "in 1 day".to_owned() } else { format!("in {days} days") })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_days_are_a_warning() {
        assert_eq!(words(89 * DAY + HOUR), (Tone::Neutral, "in 89 days".to_owned()));
        assert_eq!(words(7 * DAY - HOUR), (Tone::Neutral, "in 7 days".to_owned()));
        assert_eq!(words(DAY), (Tone::Warning, "in 1 day".to_owned()));
        assert_eq!(words(5 * HOUR), (Tone::Warning, "in 5 h".to_owned()));
        assert_eq!(words(0), (Tone::Danger, "Expired".to_owned()));
    }
}
