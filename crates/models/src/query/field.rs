//! What a run can be filtered, grouped, sorted and shown by.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A property of a run: `status`, `metrics.loss`, `params.batch size`, `tags.mlflow.user`.
///
/// The text after the first dot is the key as it was logged; it may contain anything.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Field {
    /// A property that each run has.
    Attribute(Attribute),
    /// The latest value of a metric.
    Metric(String),
    /// A parameter.
    Parameter(String),
    /// A tag.
    Tag(String),
}

/// A property that each run has, though its value may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// The run's id in MLflow's spelling.
    RunId,
    /// The run's name.
    Name,
    /// One of the five states.
    Status,
    /// When it began.
    StartTime,
    /// When it ended.
    EndTime,
    /// From its begin to its end, in milliseconds; missing while it runs.
    Duration,
    /// Who started it.
    User,
    /// The code repository.
    Code,
    /// The commit of the code.
    Commit,
    /// The branch of the code.
    Branch,
    /// The data repository.
    Data,
    /// The version of the data: its commit, or its branch where no commit is known.
    DataVersion,
    /// The experiment.
    Experiment,
    /// The definition of the model that was trained.
    Model,
    /// Where MLflow keeps the artifacts.
    ArtifactUri,
    /// The project.
    Project,
    /// The labels, of which a run may have several.
    Label,
}

impl Attribute {
    /// All attributes with their names, and the names that MLflow's clients use for them.
    const NAMES: &[(Self, &str, &[&str])] = &[
        (Self::RunId, "run_id", &["id"]),
        (Self::Name, "name", &["run_name", "run name", "Run name"]),
        (Self::Status, "status", &[]),
        (Self::StartTime, "start_time", &["created", "Created", "started", "start time"]),
        (Self::EndTime, "end_time", &["ended", "end time"]),
        (Self::Duration, "duration", &[]),
        (Self::User, "user", &["user_id"]),
        (Self::Code, "code", &[]),
        (Self::Commit, "commit", &[]),
        (Self::Branch, "branch", &[]),
        (Self::Data, "data", &[]),
        (Self::DataVersion, "data_version", &[]),
        (Self::Experiment, "experiment", &["experiment_id"]),
        (Self::Model, "model", &[]),
        (Self::ArtifactUri, "artifact_uri", &[]),
        (Self::Project, "project", &["project_id"]),
        (Self::Label, "label", &["labels"]),
    ];

    /// All attributes.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::NAMES.iter().map(|(attribute, ..)| *attribute)
    }

    /// The attribute's name in a query.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(attribute, ..)| *attribute == self).map_or("", |(_, name, _)| name)
    }

    /// The attribute that is called `name`, also by one of MLflow's names for it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, own, others)| *own == name || others.contains(&name))
            .map(|(attribute, ..)| *attribute)
    }

    /// What kind of values it has.
    #[must_use]
    pub fn kind(self) -> FieldKind {
        match self {
            Self::StartTime | Self::EndTime => FieldKind::Time,
            Self::Duration => FieldKind::Duration,
            Self::RunId
            | Self::Name
            | Self::Status
            | Self::User
            | Self::Code
            | Self::Commit
            | Self::Branch
            | Self::Data
            | Self::DataVersion
            | Self::Experiment
            | Self::Model
            | Self::ArtifactUri
            | Self::Project
            | Self::Label => FieldKind::Text,
        }
    }

    /// Whether its values are numbers (times in milliseconds among them) rather than texts.
    #[must_use]
    pub fn is_number(self) -> bool {
        self.kind() != FieldKind::Text
    }
}

/// What kind of values a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Texts, which have no order in a filter.
    Text,
    /// Numbers.
    Number,
    /// Points in time, numbers of milliseconds since the Unix epoch.
    Time,
    /// Lengths of time, numbers of milliseconds.
    Duration,
}

impl FieldKind {
    /// What such values can be compared by, as it is written, what is asked most first.
    #[must_use]
    pub fn operators(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["=", "!=", "~", "!~", "LIKE", "ILIKE", "IN", "NOT IN", "IS SET", "IS NOT SET"],
            Self::Number | Self::Time | Self::Duration => {
                &["<", "<=", ">", ">=", "=", "!=", "IN", "NOT IN", "IS SET", "IS NOT SET"]
            }
        }
    }
}

/// Why a text names no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    #[error("`{0}` is no property of a run; use metrics.…, params.…, tags.… or one of {names}", names = attribute_names())]
    Unknown(String),
    #[error("name the key after `{0}.`")]
    NoKey(String),
    #[error("shorten the key to 250 characters")]
    TooLong,
}

fn attribute_names() -> String {
    Attribute::all().map(Attribute::name).chain([NOTE]).collect::<Vec<_>>().join(", ")
}

/// What the note of a run is called in a query.
const NOTE: &str = "note";

impl Field {
    /// The tag in which MLflow keeps the note of a run, in Markdown.
    pub const NOTE_TAG: &'static str = "mlflow.note.content";

    /// The note of a run: a tag with a name of its own, `note`.
    #[must_use]
    pub fn note() -> Self {
        Self::Tag(Self::NOTE_TAG.to_owned())
    }

    /// Whether it is the note of a run.
    #[must_use]
    pub fn is_note(&self) -> bool {
        matches!(self, Self::Tag(key) if key == Self::NOTE_TAG)
    }

    /// The field that has a name without a family.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Attribute::named(name).map(Self::Attribute).or_else(|| (name == NOTE).then(Self::note))
    }

    /// What kind of values it has.
    #[must_use]
    pub fn kind(&self) -> FieldKind {
        match self {
            Self::Attribute(attribute) => attribute.kind(),
            Self::Metric(_) => FieldKind::Number,
            Self::Parameter(_) | Self::Tag(_) => FieldKind::Text,
        }
    }

    /// Whether its values are numbers.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.kind() != FieldKind::Text
    }

    /// The field as it is written in a filter: its key in backticks where it would not be read as one word.
    #[must_use]
    pub fn written(&self) -> String {
        let (family, key) = match self {
            Self::Attribute(attribute) => return attribute.name().to_owned(),
            _ if self.is_note() => return NOTE.to_owned(),
            Self::Metric(key) => ("metrics", key),
            Self::Parameter(key) => ("params", key),
            Self::Tag(key) => ("tags", key),
        };
        if super::lexer::is_word(key) {
            format!("{family}.{key}")
        } else {
            format!("{family}.`{}`", key.replace('`', "``"))
        }
    }

    /// The name that a person reads as the head of a column.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Attribute(attribute) => attribute.name(),
            _ if self.is_note() => NOTE,
            Self::Metric(key) | Self::Parameter(key) | Self::Tag(key) => key,
        }
    }

    /// The field of the family that MLflow calls `family`, such as `metrics` or `attribute`.
    ///
    /// # Errors
    /// [`FieldError`] when there is no such family or attribute, or the key is empty or too long.
    pub fn in_family(family: &str, key: &str) -> Result<Self, FieldError> {
        if key.is_empty() {
            return Err(FieldError::NoKey(family.to_owned()));
        }
        if key.chars().count() > 250 {
            return Err(FieldError::TooLong);
        }
        match family.to_ascii_lowercase().as_str() {
            "metric" | "metrics" => Ok(Self::Metric(key.to_owned())),
            "param" | "params" | "parameter" | "parameters" => Ok(Self::Parameter(key.to_owned())),
            "tag" | "tags" => Ok(Self::Tag(key.to_owned())),
            "attribute" | "attributes" | "attr" | "run" => {
                Self::named(key).ok_or_else(|| FieldError::Unknown(key.to_owned()))
            }
            _ => Err(FieldError::Unknown(format!("{family}.{key}"))),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attribute(attribute) => formatter.write_str(attribute.name()),
            _ if self.is_note() => formatter.write_str(NOTE),
            Self::Metric(key) => write!(formatter, "metrics.{key}"),
            Self::Parameter(key) => write!(formatter, "params.{key}"),
            Self::Tag(key) => write!(formatter, "tags.{key}"),
        }
    }
}

impl FromStr for Field {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        match text.split_once('.') {
            Some((family, key)) => Self::in_family(family, key),
            None => Self::named(text).ok_or_else(|| FieldError::Unknown(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Field {
    type Error = FieldError;

    fn try_from(text: String) -> Result<Self, FieldError> {
        text.parse()
    }
}

impl From<Field> for String {
    fn from(field: Field) -> Self {
        field.to_string()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Field {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some(format!(
                "A property of a run: `metrics.<key>`, `params.<key>`, `tags.<key>`, or one of {}.",
                attribute_names()
            )))
            .max_length(Some(260))
            .examples(["metrics.loss", "params.batch_size", "status"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Field {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_contain_dots_and_blanks() {
        check("metrics.val/loss.mean of all", Field::Metric("val/loss.mean of all".to_owned()));
        check("params.a", Field::Parameter("a".to_owned()));
        check("tags.mlflow.user", Field::Tag("mlflow.user".to_owned()));
    }

    #[test]
    fn attributes_answer_to_their_mlflow_names() {
        assert_eq!("attributes.run_name".parse(), Ok(Field::Attribute(Attribute::Name)));
        assert_eq!("created".parse(), Ok(Field::Attribute(Attribute::StartTime)));
    }

    #[test]
    fn the_note_is_a_tag_with_a_name_of_its_own() {
        check("note", Field::note());
        for other in ["tags.mlflow.note.content", "attributes.note", "run.note"] {
            assert_eq!(other.parse(), Ok(Field::note()), "{other}");
        }
        assert_eq!((Field::note().written().as_str(), Field::note().key()), ("note", "note"));
        assert_eq!("labels".parse(), Ok(Field::Attribute(Attribute::Label)));
    }

    #[test]
    fn an_unknown_field_is_refused_with_the_names_of_those_that_exist() {
        let error = "colour".parse::<Field>().unwrap_err().to_string();
        assert!(error.starts_with("`colour` is no property of a run") && error.contains("status"), "{error}");
    }

    #[track_caller]
    fn check(text: &str, field: Field) {
        assert_eq!(text.parse(), Ok(field.clone()));
        assert_eq!(field.to_string(), text);
    }
}
