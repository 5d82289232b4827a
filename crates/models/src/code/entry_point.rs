//! Entry points of an MLproject: the commands that code offers, and what they want to know.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Number, Value};

use crate::macros::open_enum;

/// A command that an MLproject offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct EntryPoint {
    /// The name; a run without one starts `main`.
    pub name: String,
    /// The command with its parameters in braces; only to be shown.
    #[serde(default)]
    pub command: String,
    /// What it wants to know. Also read as the mapping that an MLproject file has: name to type, or name to
    /// `{type, default}`.
    #[serde(default, deserialize_with = "parameters")]
    pub parameters: Vec<EntryPointParameter>,
}

open_enum! {
    /// The type of a parameter. MLflow treats any that it does not know as `string`.
    ParameterType {
        /// Any text.
        String = "string",
        /// A number.
        Float = "float",
        /// A whole number.
        Integer = "int",
        /// True or false.
        Boolean = "bool",
        /// A file, or an address that MLflow downloads.
        Path = "path",
        /// An address.
        Uri = "uri",
    }
}

/// How a form asks for a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterInput {
    /// By a line of text.
    Text,
    /// By a number.
    Number,
    /// By a whole number.
    Integer,
    /// By a switch.
    Switch,
}

impl ParameterType {
    /// How a form asks for it.
    #[must_use]
    pub fn input(&self) -> ParameterInput {
        match self {
            Self::Float => ParameterInput::Number,
            Self::Integer => ParameterInput::Integer,
            Self::Boolean => ParameterInput::Switch,
            Self::String | Self::Path | Self::Uri => ParameterInput::Text,
            Self::Unknown(name) => match name.as_str() {
                "number" | "double" => ParameterInput::Number,
                "integer" | "long" => ParameterInput::Integer,
                "boolean" => ParameterInput::Switch,
                _ => ParameterInput::Text,
            },
        }
    }
}

/// What an entry point wants to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ParameterFields", into = "ParameterFields")]
pub struct EntryPointParameter {
    /// The name.
    pub name: String,
    /// The type; `type` on the wire.
    pub kind: ParameterType,
    /// The value without an answer; `null` when an answer is required.
    pub default: Option<Value>,
}

impl EntryPointParameter {
    /// Whether a run must give a value. On the wire this is `required`, which is not read.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.default.is_none()
    }

    /// The value that `text`, as somebody typed it, stands for; `None` when the default applies.
    ///
    /// # Errors
    /// What to type instead.
    pub fn parse(&self, text: &str) -> Result<Option<Value>, String> {
        let text = text.trim();
        if text.is_empty() {
            return if self.is_required() { Err("enter a value".to_owned()) } else { Ok(None) };
        }
        let value = match self.kind.input() {
            ParameterInput::Text if self.kind == ParameterType::Uri && !has_scheme(text) => {
                return Err("enter an address with its scheme, such as s3://bucket/file".to_owned());
            }
            ParameterInput::Text if self.kind == ParameterType::Path && text.contains(char::is_control) => {
                return Err("enter a path on one line".to_owned());
            }
            ParameterInput::Text => Value::from(text),
            ParameterInput::Number => text
                .parse()
                .ok()
                .and_then(Number::from_f64)
                .map(Value::Number)
                .ok_or("enter a number, such as 0.5 or 1e-3")?,
            ParameterInput::Integer => {
                text.parse::<i64>().map(Value::from).map_err(|_| "enter a whole number, such as 42")?
            }
            ParameterInput::Switch => text
                .to_ascii_lowercase()
                .parse::<bool>()
                .map(Value::from)
                .map_err(|_| "enter true or false")?,
        };
        Ok(Some(value))
    }
}

/// Whether a text begins as an address does, with a scheme (RFC 3986, section 3.1).
fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        let mut letters = scheme.bytes();
        letters.next().is_some_and(|first| first.is_ascii_alphabetic())
            && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            && !rest.is_empty()
    })
}

/// What an entry point wants to know.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
struct ParameterFields {
    /// The name.
    name: String,
    /// The type.
    #[serde(rename = "type", default = "text_type")]
    kind: ParameterType,
    /// The value without an answer; any JSON, `null` when an answer is required.
    #[serde(default)]
    default: Option<Value>,
    /// Whether a run must give a value; told, and not asked, because it follows from `default`.
    #[serde(default)]
    required: bool,
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for EntryPointParameter {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        <ParameterFields as utoipa::PartialSchema>::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for EntryPointParameter {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
        <ParameterFields as utoipa::ToSchema>::schemas(schemas);
    }
}

fn text_type() -> ParameterType {
    ParameterType::String
}

impl From<ParameterFields> for EntryPointParameter {
    fn from(fields: ParameterFields) -> Self {
        Self { name: fields.name, kind: fields.kind, default: fields.default }
    }
}

impl From<EntryPointParameter> for ParameterFields {
    fn from(parameter: EntryPointParameter) -> Self {
        let required = parameter.is_required();
        Self { name: parameter.name, kind: parameter.kind, default: parameter.default, required }
    }
}

/// Reads parameters from a list, from the mapping of an MLproject file, or from `null`, which occurs there.
fn parameters<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<EntryPointParameter>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(Vec::new()),
        Value::Object(mapping) => {
            mapping.into_iter().map(|(name, value)| parameter(name, value)).collect::<Result<_, String>>()
        }
        list @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
            Vec::deserialize(list).map_err(|error| error.to_string())
        }
    }
    .map_err(D::Error::custom)
}

fn parameter(name: String, value: Value) -> Result<EntryPointParameter, String> {
    let (kind, default) = match value {
        Value::Null => (text_type(), None),
        Value::String(kind) => (kind.into(), None),
        Value::Object(mut fields) => {
            let kind = fields
                .get("type")
                .and_then(Value::as_str)
                .map_or_else(text_type, |kind| kind.to_owned().into());
            (kind, fields.remove("default").filter(|default| !default.is_null()))
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            return Err(format!("give parameter `{name}` a type, or an object with `type` and `default`"));
        }
    };
    Ok(EntryPointParameter { name, kind, default })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_value_of_the_type() {
        check("float", None, "1e-3", Ok(Some(Value::from(0.001))));
        check("float", None, "NaN", Err("enter a number, such as 0.5 or 1e-3"));
        check("integer", None, "42", Ok(Some(Value::from(42))));
        check("int", None, "4.2", Err("enter a whole number, such as 42"));
        check("bool", None, "True", Ok(Some(Value::from(true))));
        check("bool", None, "yes", Err("enter true or false"));
        check("str", None, "42", Ok(Some(Value::from("42"))));
        check("uri", None, "s3://bucket/a", Ok(Some(Value::from("s3://bucket/a"))));
        for wrong in ["data/a.csv", "s3:", "3s://a"] {
            check("uri", None, wrong, Err("enter an address with its scheme, such as s3://bucket/file"));
        }
        check("path", None, "data/a.csv", Ok(Some(Value::from("data/a.csv"))));
        check("path", None, "a\nb", Err("enter a path on one line"));
    }

    #[test]
    fn a_blank_takes_the_default_where_there_is_one() {
        check("float", Some(Value::from(0.1)), "  ", Ok(None));
        check("float", None, "  ", Err("enter a value"));
    }

    #[track_caller]
    fn check(kind: &str, default: Option<Value>, text: &str, expected: Result<Option<Value>, &str>) {
        let parameter =
            EntryPointParameter { name: "alpha".to_owned(), kind: kind.to_owned().into(), default };
        assert_eq!(parameter.parse(text), expected.map_err(str::to_owned));
    }
}
