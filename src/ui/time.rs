//! Durations and moments as text.

/// Milliseconds in a second, a minute, an hour, a day.
const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long something took, in milliseconds: `320 ms`, `3.2 s`, `42 s`, `4m 05s`, `1h 02m`, `3d 04h`.
pub fn duration(milliseconds: u64) -> String {
    match milliseconds {
        0..SECOND => format!("{milliseconds} ms"),
        SECOND..10_000 => format!("{}.{} s", milliseconds / SECOND, milliseconds % SECOND / 100),
        10_000..MINUTE => format!("{} s", milliseconds / SECOND),
        MINUTE..HOUR => format!("{}m {:02}s", milliseconds / MINUTE, milliseconds % MINUTE / SECOND),
        HOUR..DAY => format!("{}h {:02}m", milliseconds / HOUR, milliseconds % HOUR / MINUTE),
        _ => format!("{}d {:02}h", milliseconds / DAY, milliseconds % DAY / HOUR),
    }
}

/// A moment seen from `now`, both in milliseconds since the Unix epoch: `just now`, `14 min ago`, `in 2 h`.
/// Moments further off than a year are told in years.
pub fn relative(moment: i64, now: i64) -> String {
    let distance = moment.abs_diff(now);
    let (count, unit) = match distance {
        0..MINUTE => return "just now".to_owned(),
        MINUTE..HOUR => (distance / MINUTE, "min"),
        HOUR..DAY => (distance / HOUR, "h"),
        _ => days(distance / DAY),
    };
    if moment > now { format!("in {count} {unit}") } else { format!("{count} {unit} ago") }
}

fn days(days: u64) -> (u64, &'static str) {
    match days {
        1 => (1, "day"),
        2..30 => (days, "days"),
        30..60 => (1, "month"),
        60..365 => (days / 30, "months"),
        365..730 => (1, "year"),
        _ => (days / 365, "years"),
    }
}

/// Now, in milliseconds since the Unix epoch, by the clock of this machine.
pub fn now() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a date fits into 53 bits")]
    let now = js_sys::Date::now() as i64;
    now
}

/// A moment in milliseconds since the Unix epoch, in the language and the zone of the person:
/// `23 Nov 2026, 14:05:09 CET`. Empty for moments that no calendar holds.
pub fn absolute(moment: i64) -> String {
    use wasm_bindgen::JsValue;

    #[expect(clippy::cast_precision_loss, reason = "a date fits into 53 bits")]
    let date = js_sys::Date::new(&JsValue::from_f64(moment as f64));
    if date.get_time().is_nan() {
        return String::new();
    }
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "long")] {
        // Setting a property of a plain object cannot fail.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string("default", &options).into()
}

#[cfg(test)]
mod tests {
    use super::{duration, relative};

    #[test]
    fn durations_keep_two_units() {
        for (milliseconds, text) in [
            (0, "0 ms"),
            (999, "999 ms"),
            (3_249, "3.2 s"),
            (42_900, "42 s"),
            (245_000, "4m 05s"),
            (3_720_000, "1h 02m"),
            (273_600_000, "3d 04h"),
        ] {
            assert_eq!(duration(milliseconds), text);
        }
    }

    #[test]
    fn moments_are_told_from_now() {
        const MINUTE: i64 = 60_000;
        for (moment, text) in [
            (0, "just now"),
            (-14 * MINUTE, "14 min ago"),
            (2 * 60 * MINUTE, "in 2 h"),
            (-24 * 60 * MINUTE, "1 day ago"),
            (-45 * 24 * 60 * MINUTE, "1 month ago"),
            (-800 * 24 * 60 * MINUTE, "2 years ago"),
        ] {
            assert_eq!(relative(moment, 0), text);
        }
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        assert!(relative(i64::MIN, i64::MAX).ends_with("years ago"));
    }
}
