//! JSON as it is written: keys in their order, numbers with their digits. Pure.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A value; large ones are shared, not copied.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    /// `null`, `true` or `false`.
    Word(&'static str),
    /// A number.
    Number(String),
    /// A text.
    Text(Arc<str>),
    /// A list.
    List(Arc<[Json]>),
    /// Named values.
    Object(Arc<[(String, Json)]>),
}

/// Reads a whole document.
///
/// # Errors
/// What is wrong, and in which line and column.
pub(super) fn read(text: &str) -> Result<Json, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Word("null"))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Word(if value { "true" } else { "false" }))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(
            Number::from_f64(value).map_or_else(|| value.to_string(), |number| number.to_string()),
        ))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(named) = object.next_entry()? {
            values.push(named);
        }
        Ok(Json::Object(values.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_and_numbers_their_digits() {
        let read = read(r#"{"z": 1.0, "a": [null, true, -3, 2.5], "z": "ü"}"#);
        let list = [
            Json::Word("null"),
            Json::Word("true"),
            Json::Number("-3".to_owned()),
            Json::Number("2.5".to_owned()),
        ];
        let object = [
            ("z".to_owned(), Json::Number("1.0".to_owned())),
            ("a".to_owned(), Json::List(list.into())),
            ("z".to_owned(), Json::Text("ü".into())),
        ];
        assert_eq!(read, Ok(Json::Object(object.into())));
    }

    #[test]
    fn what_is_broken_says_where() {
        assert_eq!(read("{\"loss\": NaN}").unwrap_err(), "expected value at line 1 column 10");
        assert!(read("{\"a\": [1, 2").unwrap_err().contains("EOF"));
        assert!(read(&"[".repeat(10_000)).unwrap_err().contains("recursion limit"));
    }
}
