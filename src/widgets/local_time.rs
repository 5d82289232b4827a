//! Times of the day, in the person's language and zone.

use wasm_bindgen::JsValue;

/// The time of day of a moment, in milliseconds since the Unix epoch: `12:04`. Empty for moments that no calendar holds.
#[must_use]
pub(super) fn time_of_day(moment: f64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(moment));
    if date.get_time().is_nan() {
        return String::new();
    }
    let options = js_sys::Object::new();
    // Setting a property of a plain object cannot fail.
    let _ = js_sys::Reflect::set(&options, &"timeStyle".into(), &"short".into());
    date.to_locale_time_string_with_options("default", &options).into()
}
