//! Ways of deploying a model, and what each wants to know.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;

use crate::lenient::JsonObject;
use crate::macros::open_enum;
use crate::problem::FieldErrors;

/// A way of deploying a model, such as `HPC` or `AWS`, with what it wants to know: the description of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeploymentMode {
    /// The name.
    pub name: String,
    /// What it wants to know. Also read as an object from name to value, each value being the default.
    #[serde(default, deserialize_with = "parameters")]
    pub parameters: Vec<DeploymentParameter>,
    /// Why nothing can be deployed so here, and who can change that; absent where it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<String>,
}

open_enum! {
    /// The type of a parameter.
    DeploymentParameterType {
        /// Any text.
        String = "string",
        /// A whole number.
        Integer = "int",
        /// Texts under names.
        Map = "map",
        /// A list of texts.
        Array = "array",
    }
}

impl DeploymentParameterType {
    fn of(value: &Value) -> Self {
        match value {
            Value::Number(_) => Self::Integer,
            Value::Object(_) => Self::Map,
            Value::Array(_) => Self::Array,
            Value::Null | Value::Bool(_) | Value::String(_) => Self::String,
        }
    }

    fn fits(&self, value: &Value) -> bool {
        match self {
            Self::String => value.is_string(),
            Self::Integer => value.is_i64(),
            Self::Map => value.is_object(),
            Self::Array => value.is_array(),
            Self::Unknown(_) => true,
        }
    }
}

/// What a way of deploying wants to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeploymentParameter {
    /// The name.
    pub name: String,
    /// What it means, for people.
    #[serde(default)]
    pub description: String,
    /// The type; `type` on the wire.
    #[serde(rename = "type")]
    pub kind: DeploymentParameterType,
    /// Whether it must be given.
    #[serde(default)]
    pub required: bool,
    /// The value when it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// The only values it may have; any when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// The way that was chosen for a deployment, and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChosenMode {
    /// The name of the [`DeploymentMode`].
    pub name: String,
    /// The values, by the names of the parameters; also read under `parameters`.
    #[serde(default, alias = "parameters")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub values: JsonObject,
}

impl DeploymentMode {
    /// Whether `values` answer what this way wants to know; others than it asks for may be there.
    ///
    /// # Errors
    /// What is wrong, at `mode.values.<parameter>`.
    pub fn check(&self, values: &JsonObject) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for parameter in &self.parameters {
            let value = values.get(&parameter.name).filter(|value| !value.is_null());
            if let Some(why_not) = parameter.why_not(value) {
                errors.add(&format!("mode.values.{}", parameter.name), why_not);
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

impl DeploymentParameter {
    /// Why `value` does not answer; `None` when it does.
    fn why_not(&self, value: Option<&Value>) -> Option<String> {
        let Some(value) = value else {
            return (self.required && self.default.is_none()).then(|| "enter a value".to_owned());
        };
        if !self.kind.fits(value) {
            return Some(format!("use a value of type {}", self.kind));
        }
        let chosen = value.as_str().unwrap_or_default();
        (!self.options.is_empty() && !self.options.iter().any(|option| option == chosen))
            .then(|| format!("choose one of {}", self.options.join(", ")))
    }
}

/// Reads parameters from their descriptions, or from an object that has only their values.
fn parameters<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<DeploymentParameter>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(Vec::new()),
        Value::Object(values) => Ok(values.into_iter().map(with_default).collect()),
        list @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
            Vec::deserialize(list).map_err(D::Error::custom)
        }
    }
}

fn with_default((name, default): (String, Value)) -> DeploymentParameter {
    DeploymentParameter {
        name,
        description: String::new(),
        kind: DeploymentParameterType::of(&default),
        required: false,
        default: Some(default).filter(|default| !default.is_null()),
        options: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_mode_requires_must_be_given() {
        check(json!({}), Some("enter a value"));
        check(json!({"queue": null}), Some("enter a value"));
        check(json!({"queue": "devel", "more": 1}), None);
    }

    #[test]
    fn a_value_has_the_type_and_is_one_of_the_options() {
        check(json!({"queue": 7}), Some("use a value of type string"));
        check(json!({"queue": "night"}), Some("choose one of batch, devel"));
    }

    #[track_caller]
    fn check(values: Value, expected: Option<&str>) {
        let mode: DeploymentMode = serde_json::from_value(json!({
            "name": "HPC",
            "parameters": [{"name": "queue", "type": "string", "required": true, "options": ["batch", "devel"]}],
        }))
        .unwrap();
        let errors = mode.check(values.as_object().unwrap()).err().unwrap_or_default();
        assert_eq!(errors.get("mode.values.queue"), expected);
    }
}
