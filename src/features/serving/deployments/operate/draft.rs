//! What is typed in about the mode `Local`.

use models::deployment::{ChosenMode, LocalMode};
use models::lenient::JsonObject;
use models::problem::FieldErrors;
use serde_json::{Value, json};

/// What stands for the mode `Local` among the ways of deploying.
pub(in super::super) const LOCAL: &str = LocalMode::NAME;

/// What is typed in about the mode `Local`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct LocalDraft {
    /// Which Python serves it: `model`, `server` or `path`.
    pub(super) environment: String,
    /// The path of a virtual environment.
    pub(super) path: String,
    pub(super) workers: String,
    pub(super) memory: String,
    pub(super) start_seconds: String,
}

impl Default for LocalDraft {
    fn default() -> Self {
        Self::of(&JsonObject::new())
    }
}

impl LocalDraft {
    /// The draft of a mode that was chosen; of no other than `Local` anything is kept.
    pub(in super::super) fn of_mode(mode: Option<&ChosenMode>) -> Self {
        mode.filter(|mode| mode.name == LOCAL).map(|mode| Self::of(&mode.values)).unwrap_or_default()
    }

    /// The values, or what is described where there are none.
    fn of(values: &JsonObject) -> Self {
        let described = LocalMode::described();
        let text = |name: &str| {
            let usual = || described.parameters.iter().find(|own| own.name == name)?.default.clone();
            match values.get(name).cloned().filter(|value| !value.is_null()).or_else(usual) {
                Some(Value::String(text)) => text,
                Some(other) => other.to_string(),
                None => String::new(),
            }
        };
        Self {
            environment: text("environment"),
            path: text("path"),
            workers: text("workers"),
            memory: text("memory"),
            start_seconds: text("startSeconds"),
        }
    }

    /// All of it in one line, to tell one draft from another.
    pub(in super::super) fn words(&self) -> String {
        let Self { environment, path, workers, memory, start_seconds } = self;
        let python = if environment == "path" { path } else { environment };
        let memory = if memory.is_empty() { "any memory" } else { memory };
        format!("{python}, {workers} processes, {memory}, {start_seconds} s")
    }

    /// The mode that is chosen so.
    ///
    /// # Errors
    /// What is wrong, at `mode.values.<parameter>`.
    pub(in super::super) fn chosen(&self) -> Result<ChosenMode, FieldErrors> {
        let number = |text: &str| text.trim().parse::<i64>().map_or_else(|_| json!(text), Value::from);
        let mut values = JsonObject::new();
        values.insert("environment".to_owned(), json!(self.environment));
        values.insert("workers".to_owned(), number(&self.workers));
        values.insert("startSeconds".to_owned(), number(&self.start_seconds));
        if self.environment == "path" {
            values.insert("path".to_owned(), json!(self.path.trim()));
        }
        if !self.memory.trim().is_empty() {
            values.insert("memory".to_owned(), json!(self.memory.trim()));
        }
        let chosen = ChosenMode { name: LOCAL.to_owned(), values };
        match LocalMode::read(&chosen) {
            Some(Err(errors)) => Err(errors),
            Some(Ok(_)) | None => Ok(chosen),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_becomes_the_mode_and_the_mode_a_draft() {
        let draft = LocalDraft::default();
        assert_eq!((draft.environment.as_str(), draft.workers.as_str()), ("model", "1"));
        let draft = LocalDraft {
            environment: "path".to_owned(),
            path: " /opt/wine ".to_owned(),
            memory: "2GiB".to_owned(),
            ..draft
        };
        let chosen = draft.chosen().unwrap();
        assert_eq!(LocalDraft::of_mode(Some(&chosen)), LocalDraft { path: "/opt/wine".to_owned(), ..draft });
    }

    #[test]
    fn what_is_wrong_is_told_where_it_was_typed() {
        let wrong = LocalDraft { workers: "many".to_owned(), ..LocalDraft::default() };
        assert!(wrong.chosen().unwrap_err().get("mode.values.workers").is_some());
        let relative = LocalDraft { environment: "path".to_owned(), ..LocalDraft::default() };
        assert!(relative.chosen().unwrap_err().get("mode.values.path").is_some());
    }
}
