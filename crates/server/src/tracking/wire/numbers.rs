//! Whole numbers and lists, in each spelling that clients use.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A whole number, written as a number or as text; missing is zero.
pub(in crate::tracking) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    optional_integer(deserializer).map(Option::unwrap_or_default)
}

/// A whole number, written as a number or as text.
pub(in crate::tracking) fn optional_integer<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<i64>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) => {
            text.parse().map(Some).map_err(|_| D::Error::custom("expected a whole number"))
        }
        Value::Number(number) => {
            let whole = number.as_i64().or_else(|| whole(number.as_f64()?));
            whole.map(Some).ok_or_else(|| D::Error::custom("expected a whole number of 64 bits"))
        }
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            Err(D::Error::custom("expected a whole number"))
        }
    }
}

/// `3.0` is a whole number too.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it has no fraction and fits")]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

/// A list, or in a query its only item.
pub(in crate::tracking) fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(Vec::new()),
        list @ Value::Array(_) => Vec::deserialize(list),
        only @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
            T::deserialize(only).map(|only| vec![only])
        }
    }
    .map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_number_has_several_spellings() {
        for value in [json!(7), json!("7"), json!(7.0)] {
            assert_eq!(optional_integer(value).unwrap(), Some(7));
        }
        assert_eq!(integer(json!(null)).unwrap(), 0);
        for value in [json!(7.5), json!("x"), json!(true), json!(1e300), json!(u64::MAX)] {
            assert!(integer(value).is_err());
        }
    }

    #[test]
    fn a_single_item_is_a_list() {
        assert_eq!(list::<_, String>(json!("a")).unwrap(), ["a"]);
        assert_eq!(list::<_, String>(json!(["a", "b"])).unwrap(), ["a", "b"]);
    }
}
