//! The way of deploying `Local`: the server serves the model itself, on its own machine.

use std::time::Duration;

use serde_json::{Value, json};

use super::mode::{ChosenMode, DeploymentMode, DeploymentParameter, DeploymentParameterType as Kind};
use crate::backend_config::Resources;
use crate::lenient::JsonObject;
use crate::problem::FieldErrors;

/// Which Python serves a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServingPython {
    /// One with what the model itself says that it needs.
    Model,
    /// That of the server's machine.
    Server,
    /// That of the virtual environment at an absolute path on the server's machine.
    At(String),
}

/// What a deployment of the mode `Local` wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalMode {
    /// Which Python serves it.
    pub python: ServingPython,
    /// How many processes answer; 1 to [`LocalMode::MOST_WORKERS`].
    pub workers: i64,
    /// How many bytes of memory each process may have; `None` for any amount.
    pub memory: Option<u64>,
    /// How long it may take until it answers, with what is installed first.
    pub start_limit: Duration,
}

impl LocalMode {
    /// The name of the mode.
    pub const NAME: &'static str = "Local";
    /// How many processes there may be.
    pub const MOST_WORKERS: i64 = 16;
    /// The limits of the time until it answers, in seconds.
    pub const START_SECONDS: std::ops::RangeInclusive<i64> = 1..=3_600;
    /// The fields that [`LocalMode::read`] can find errors at.
    pub const FIELDS: &'static [&'static str] = &[
        "mode.values.environment",
        "mode.values.path",
        "mode.values.workers",
        "mode.values.memory",
        "mode.values.startSeconds",
    ];

    /// What `Local` wants to know.
    #[must_use]
    pub fn described() -> DeploymentMode {
        let parameter = |name: &str, description: &str, kind, default: Option<Value>| DeploymentParameter {
            name: name.to_owned(),
            description: description.to_owned(),
            kind,
            required: false,
            default,
            options: Vec::new(),
        };
        let environment = DeploymentParameter {
            options: ["model", "server", "path"].map(str::to_owned).to_vec(),
            ..parameter(
                "environment",
                "Which Python serves it: one with what the model says that it needs, that of the server's machine, or that of \
                 the virtual environment at `path`.",
                Kind::String,
                Some(json!("model")),
            )
        };
        DeploymentMode {
            name: Self::NAME.to_owned(),
            parameters: vec![
                environment,
                parameter(
                    "path",
                    "The absolute path of a virtual environment on the server's machine.",
                    Kind::String,
                    None,
                ),
                parameter("workers", "How many processes answer, 1 to 16.", Kind::Integer, Some(json!(1))),
                parameter(
                    "memory",
                    "How much memory each process may have, such as 2GiB; any amount without.",
                    Kind::String,
                    None,
                ),
                parameter(
                    "startSeconds",
                    "How many seconds it may take until it answers, with what is installed first.",
                    Kind::Integer,
                    Some(json!(600)),
                ),
            ],
            unavailable: None,
        }
    }

    /// What a chosen mode wants, where it is `Local`.
    ///
    /// # Errors
    /// What is wrong, at [`LocalMode::FIELDS`].
    pub fn read(chosen: &ChosenMode) -> Option<Result<Self, FieldErrors>> {
        (chosen.name == Self::NAME).then(|| Self::of(&chosen.values))
    }

    fn of(values: &JsonObject) -> Result<Self, FieldErrors> {
        Self::described().check(values)?;
        let mut errors = FieldErrors::default();
        let python = errors.keep("mode.values.path", python(values));
        let workers = number(values, "workers").unwrap_or(1);
        if !(1..=Self::MOST_WORKERS).contains(&workers) {
            errors.add(
                "mode.values.workers",
                format!("use a number from 1 to {most}", most = Self::MOST_WORKERS),
            );
        }
        let memory = errors.keep("mode.values.memory", memory(values));
        let seconds = number(values, "startSeconds").unwrap_or(600);
        if !Self::START_SECONDS.contains(&seconds) {
            let (least, most) = (Self::START_SECONDS.start(), Self::START_SECONDS.end());
            errors.add("mode.values.startSeconds", format!("use a number from {least} to {most}"));
        }
        match (python, memory) {
            (Some(python), Some(memory)) if errors.is_empty() => {
                let start_limit = Duration::from_secs(seconds.unsigned_abs());
                Ok(Self { python, workers, memory, start_limit })
            }
            _ => Err(errors),
        }
    }
}

fn text<'a>(values: &'a JsonObject, name: &str) -> &'a str {
    values.get(name).and_then(Value::as_str).unwrap_or_default().trim()
}

fn number(values: &JsonObject, name: &str) -> Option<i64> {
    values.get(name).and_then(Value::as_i64)
}

fn python(values: &JsonObject) -> Result<ServingPython, &'static str> {
    let path = text(values, "path");
    match text(values, "environment") {
        "server" => Ok(ServingPython::Server),
        "path" if path.starts_with('/') && !path.contains('\0') => Ok(ServingPython::At(path.to_owned())),
        "path" => Err("enter the absolute path of a virtual environment on the server's machine"),
        _ => Ok(ServingPython::Model),
    }
}

fn memory(values: &JsonObject) -> Result<Option<u64>, &'static str> {
    let text = text(values, "memory");
    if text.is_empty() {
        return Ok(None);
    }
    let resources = Resources { memory_per_node: Some(text.to_owned()), ..Resources::default() };
    resources.memory().map(Some).ok_or("use a number of MiB, or one with a unit, such as 512MiB or 10GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: Value) -> Result<LocalMode, Vec<(String, String)>> {
        let chosen = ChosenMode {
            name: LocalMode::NAME.to_owned(),
            values: values.as_object().cloned().unwrap_or_default(),
        };
        let owned = |errors: FieldErrors| {
            errors.iter().map(|(field, error)| (field.to_owned(), error.to_owned())).collect()
        };
        LocalMode::read(&chosen).unwrap().map_err(owned)
    }

    #[test]
    fn what_is_not_said_is_as_described() {
        let usual = LocalMode {
            python: ServingPython::Model,
            workers: 1,
            memory: None,
            start_limit: Duration::from_secs(600),
        };
        assert_eq!(read(json!({})), Ok(usual));
        let said = json!({"environment": "path", "path": "/opt/wine", "workers": 2, "memory": "2GiB", "startSeconds": 30});
        let own = read(said).unwrap();
        assert_eq!(
            (own.python, own.workers, own.memory),
            (ServingPython::At("/opt/wine".to_owned()), 2, Some(1 << 31))
        );
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        for (values, field) in [
            (json!({"environment": "conda"}), "mode.values.environment"),
            (json!({"environment": "path"}), "mode.values.path"),
            (json!({"environment": "path", "path": "relative"}), "mode.values.path"),
            (json!({"workers": 0}), "mode.values.workers"),
            (json!({"workers": "2"}), "mode.values.workers"),
            (json!({"memory": "much"}), "mode.values.memory"),
            (json!({"startSeconds": 0}), "mode.values.startSeconds"),
        ] {
            let errors = read(values.clone()).unwrap_err();
            assert_eq!(
                errors.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(),
                [field],
                "{values}"
            );
        }
    }

    #[test]
    fn every_error_has_a_field() {
        let names =
            LocalMode::described().parameters.into_iter().map(|own| format!("mode.values.{}", own.name));
        assert_eq!(names.collect::<Vec<_>>(), LocalMode::FIELDS);
        let other = ChosenMode { name: "HPC".to_owned(), values: JsonObject::new() };
        assert!(LocalMode::read(&other).is_none());
    }
}
