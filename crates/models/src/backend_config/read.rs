//! Reads the sections of a backend config, and notes what is wrong with them.

use serde_json::Value;

use crate::lenient::JsonObject;
use crate::problem::FieldProblem;

/// Something in a config that does no harm but may not do what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The dotted way to it, such as `backendConfig.Resources.Runtime`.
    pub field: String,
    /// What may happen, and what to do.
    pub message: String,
}

/// What was noticed while reading.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<FieldProblem>,
    pub(super) warnings: Vec<Warning>,
}

impl Findings {
    pub(super) fn problem(&mut self, field: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem::body(field, message));
    }

    pub(super) fn warning(&mut self, field: &str, message: impl Into<String>) {
        self.warnings.push(Warning { field: field.to_owned(), message: message.into() });
    }
}

/// An object within the config. The wording is that of the `mantik` client, whose users may know it; and as there, a
/// number counts as the text that spells it, and the other way round.
pub(super) struct Section<'a> {
    path: String,
    fields: &'a JsonObject,
}

impl<'a> Section<'a> {
    /// The object at `path`; notes if it is none.
    pub(super) fn new(path: String, value: &'a Value, findings: &mut Findings) -> Option<Self> {
        let Value::Object(fields) = value else {
            let key = path.rsplit('.').next().unwrap_or_default();
            findings.problem(&path, wrong_type(key, "dict"));
            return None;
        };
        Some(Self { path, fields })
    }

    /// The dotted way to `key`.
    pub(super) fn at(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    /// The dotted way to the section.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The value of `key`; `null` is none.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.fields.get(key).filter(|value| !value.is_null())
    }

    /// Those of `keys` that have a value.
    pub(super) fn present(&self, keys: &[&'static str]) -> Vec<&'static str> {
        keys.iter().copied().filter(|key| self.get(key).is_some()).collect()
    }

    /// The section at `key`.
    pub(super) fn section(&self, key: &str, findings: &mut Findings) -> Option<Section<'a>> {
        Section::new(self.at(key), self.get(key)?, findings)
    }

    /// As [`Section::section`]; notes if there is none.
    pub(super) fn required_section(&self, key: &str, findings: &mut Findings) -> Option<Section<'a>> {
        self.require(key, findings);
        self.section(key, findings)
    }

    /// The text at `key`.
    pub(super) fn text(&self, key: &str, findings: &mut Findings) -> Option<String> {
        let text = as_text(self.get(key)?);
        if text.is_none() {
            findings.problem(&self.at(key), wrong_type(key, "str"));
        }
        text
    }

    /// As [`Section::text`]; notes if there is none, or a blank one.
    pub(super) fn required_text(&self, key: &str, findings: &mut Findings) -> Option<String> {
        self.require(key, findings);
        self.text(key, findings)
    }

    /// The number at `key`, 0 to 4294967295.
    pub(super) fn count(&self, key: &str, findings: &mut Findings) -> Option<u32> {
        let text = as_text(self.get(key)?).unwrap_or_default();
        match text.trim().parse::<i64>().map(u32::try_from) {
            Ok(Ok(count)) => Some(count),
            Ok(Err(_)) => {
                findings.problem(&self.at(key), "use a number from 0 to 4294967295");
                None
            }
            Err(_) => {
                findings.problem(&self.at(key), wrong_type(key, "int"));
                None
            }
        }
    }

    /// The texts at `key`: a list of them, or one.
    pub(super) fn texts(&self, key: &str, findings: &mut Findings) -> Vec<String> {
        let texts = match self.get(key) {
            None => return Vec::new(),
            Some(Value::Array(items)) => items.iter().map(as_text).collect::<Option<Vec<_>>>(),
            Some(value) => as_text(value).map(|text| vec![text]),
        };
        texts.unwrap_or_else(|| {
            findings.problem(&self.at(key), wrong_type(key, "str or list"));
            Vec::new()
        })
    }

    /// The keys besides `known`, with their values.
    pub(super) fn besides(&self, known: &[&str]) -> JsonObject {
        let others = self.fields.iter().filter(|(key, _)| !known.contains(&key.as_str()));
        others.map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// Notes the keys besides `known`.
    pub(super) fn warn_of_unknown(&self, known: &[&str], findings: &mut Findings) {
        for key in self.besides(known).keys() {
            findings.warning(
                &self.at(key),
                format!("`{key}` is not known here and has no effect; check the spelling"),
            );
        }
    }

    /// All keys and values as texts.
    pub(super) fn texts_by_key(&self, findings: &mut Findings) -> Vec<(String, String)> {
        self.fields.keys().filter_map(|key| Some((key.clone(), self.text(key, findings)?))).collect()
    }

    fn require(&self, key: &str, findings: &mut Findings) {
        if self.get(key).is_none_or(|value| value.as_str().is_some_and(|text| text.trim().is_empty())) {
            findings.problem(&self.at(key), format!("Config is missing entry for key '{key}'"));
        }
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn wrong_type(key: &str, expected: &str) -> String {
    format!("Config value for '{key}' has to be of type {expected}")
}
