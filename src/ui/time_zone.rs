//! Time zones, as the browser knows them.

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// The zone of those who have none.
const UTC: &str = "UTC";

/// The time zone of the person, such as `Europe/Berlin`.
#[must_use]
pub fn own_zone() -> String {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    let zone = Reflect::get(&format.resolved_options(), &"timeZone".into());
    zone.ok().and_then(|zone| zone.as_string()).unwrap_or_else(|| UTC.to_owned())
}

/// The names of all time zones: `UTC`, then the others in the order of the alphabet.
#[must_use]
pub fn all_zones() -> Vec<String> {
    let mut zones = vec![UTC.to_owned()];
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).unwrap_or(JsValue::UNDEFINED);
    let supported = Reflect::get(&intl, &"supportedValuesOf".into());
    let supported = supported.ok().and_then(|method| method.dyn_into::<js_sys::Function>().ok());
    // Browsers that cannot list them know that of the person.
    let found = supported.and_then(|method| method.call1(&intl, &"timeZone".into()).ok());
    let found = found.map(|found| Array::from(&found)).unwrap_or_default();
    zones.extend(found.iter().filter_map(|name| name.as_string()).filter(|name| name != UTC));
    let own = own_zone();
    if !zones.contains(&own) {
        zones.push(own);
    }
    zones
}

/// A moment, in milliseconds since the Unix epoch, as clocks in a time zone show it: `Mon, 30 Nov 2026, 02:00`. Empty where
/// no calendar holds it, or the browser does not know the zone.
#[must_use]
pub fn in_zone(moment: i64, zone: &str) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a date fits into 53 bits")]
    let date = js_sys::Date::new(&JsValue::from_f64(moment as f64));
    if date.get_time().is_nan() {
        return String::new();
    }
    let options = Object::new();
    let parts = [
        ("weekday", "short"),
        ("day", "numeric"),
        ("month", "short"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
        ("timeZone", zone),
    ];
    for (name, value) in parts {
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    // The method of the date would throw for a zone that is not known; called this way it is an error.
    let method = Reflect::get(&date, &"toLocaleString".into());
    let method = method.ok().and_then(|method| method.dyn_into::<js_sys::Function>().ok());
    let told = method.and_then(|method| method.call2(&date, &JsValue::UNDEFINED, &options).ok());
    told.and_then(|told| told.as_string()).unwrap_or_default()
}
