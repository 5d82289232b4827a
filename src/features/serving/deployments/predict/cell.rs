//! A value of a column as it is typed, and as it is sent. Pure.

use models::model::SignatureType;
use serde_json::Value;

/// What is typed, as a value of this type; an empty cell is a missing value.
///
/// # Errors
/// What to type instead.
pub(super) fn value_of(text: &str, kind: &SignatureType, required: bool) -> Result<Value, &'static str> {
    let typed = text.trim();
    let is_text = matches!(kind, SignatureType::Text);
    if typed.is_empty() {
        return match (required, is_text) {
            (true, true) => Ok(text.into()),
            (true, false) => Err("enter a value"),
            (false, _) => Ok(Value::Null),
        };
    }
    match kind {
        SignatureType::Boolean => match typed.to_ascii_lowercase().as_str() {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err("use true or false"),
        },
        SignatureType::Integer => {
            typed.parse::<i32>().map(Value::from).map_err(|_| "use a whole number of at most nine digits")
        }
        SignatureType::Long => typed.parse::<i64>().map(Value::from).map_err(|_| "use a whole number"),
        SignatureType::Float | SignatureType::Double => number(typed),
        SignatureType::Text => Ok(text.into()),
        SignatureType::Binary | SignatureType::Datetime => Ok(typed.into()),
        SignatureType::Object
        | SignatureType::Array
        | SignatureType::Map
        | SignatureType::Any
        | SignatureType::Tensor
        | SignatureType::Unknown(_) => serde_json::from_str(typed).map_err(|_| "write JSON, such as [1, 2]"),
    }
}

/// NaN is a missing value, as pandas has it.
fn number(typed: &str) -> Result<Value, &'static str> {
    match typed.parse::<f64>() {
        Ok(number) if number.is_nan() => Ok(Value::Null),
        Ok(number) if number.is_finite() => {
            // Digits stay as they were typed where they can.
            Ok(serde_json::from_str(typed).unwrap_or_else(|_| number.into()))
        }
        Ok(_) | Err(_) => Err("use a number, such as 1.5"),
    }
}

/// A value as it would be typed.
pub(super) fn text_of(value: &Value, kind: &SignatureType) -> String {
    let is_json = match kind {
        SignatureType::Object
        | SignatureType::Array
        | SignatureType::Map
        | SignatureType::Any
        | SignatureType::Tensor
        | SignatureType::Unknown(_) => true,
        SignatureType::Boolean
        | SignatureType::Integer
        | SignatureType::Long
        | SignatureType::Float
        | SignatureType::Double
        | SignatureType::Text
        | SignatureType::Binary
        | SignatureType::Datetime => false,
    };
    match value {
        Value::Null => String::new(),
        Value::String(text) if !is_json => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    }
}

/// What to type, for people.
pub(super) fn hint(kind: &SignatureType) -> &'static str {
    match kind {
        SignatureType::Boolean => "true or false",
        SignatureType::Integer | SignatureType::Long => "whole number",
        SignatureType::Float | SignatureType::Double => "number",
        SignatureType::Text => "text",
        SignatureType::Binary => "bytes in base 64",
        SignatureType::Datetime => "date and time, such as 2026-05-01T12:00:00",
        SignatureType::Object | SignatureType::Map => "JSON object",
        SignatureType::Array | SignatureType::Tensor => "JSON list",
        SignatureType::Any | SignatureType::Unknown(_) => "JSON",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn what_is_typed_becomes_a_value_of_the_type() {
        for (text, kind, expected) in [
            (" 7 ", SignatureType::Long, Ok(json!(7))),
            ("7.5", SignatureType::Long, Err("use a whole number")),
            ("9999999999", SignatureType::Integer, Err("use a whole number of at most nine digits")),
            ("1.50", SignatureType::Double, Ok(json!(1.5))),
            ("+1e3", SignatureType::Float, Ok(json!(1000.0))),
            ("NaN", SignatureType::Double, Ok(Value::Null)),
            ("inf", SignatureType::Double, Err("use a number, such as 1.5")),
            ("1,5", SignatureType::Double, Err("use a number, such as 1.5")),
            ("TRUE", SignatureType::Boolean, Ok(json!(true))),
            ("1", SignatureType::Boolean, Err("use true or false")),
            (" a ", SignatureType::Text, Ok(json!(" a "))),
            ("2026-05-01", SignatureType::Datetime, Ok(json!("2026-05-01"))),
            ("[1, 2]", SignatureType::Array, Ok(json!([1, 2]))),
            ("[1", SignatureType::Array, Err("write JSON, such as [1, 2]")),
        ] {
            assert_eq!(value_of(text, &kind, true), expected, "{text}");
        }
    }

    #[test]
    fn an_empty_cell_is_missing() {
        for kind in [SignatureType::Long, SignatureType::Text, SignatureType::Any] {
            assert_eq!(value_of(" ", &kind, false), Ok(Value::Null));
        }
        assert_eq!(value_of("", &SignatureType::Long, true), Err("enter a value"));
        assert_eq!(value_of("", &SignatureType::Text, true), Ok(json!("")));
    }

    proptest! {
        #[test]
        fn a_value_is_typed_as_it_is_shown(number in any::<f64>(), whole in any::<i64>(), text in ".{1,9}", is in any::<bool>()) {
            for (value, kind) in [
                (json!(number), SignatureType::Double),
                (json!(whole), SignatureType::Long),
                (json!(text), SignatureType::Text),
                (json!(is), SignatureType::Boolean),
                (json!({"a": [text, number]}), SignatureType::Object),
                (json!(text), SignatureType::Any),
            ] {
                let is_blank = value.as_str().is_some_and(|text| text.trim().is_empty()) && kind == SignatureType::Text;
                prop_assume!(!is_blank);
                prop_assert_eq!(value_of(&text_of(&value, &kind), &kind, false), Ok(value));
            }
        }
    }
}
