//! Which columns a table of runs has, and which fields travel for them.

use models::query::{Attribute, Field, RunQuery};
use models::run_table::{KeyCount, RunKeys, TableScope};

use crate::features::runs::address::RunsUrl;
use crate::features::runs::part::Part;
use crate::ui::table::{Align, Column};

/// How many metrics and parameters are shown as long as nobody chose columns.
const USUAL_METRICS: usize = 4;
const USUAL_PARAMETERS: usize = 2;
/// Metrics that machines log about themselves; nobody compares models by them.
const SYSTEM_PREFIX: &str = "system/";

/// The room of a course beside its last value, in CSS pixels.
const SPARKLINE: f64 = 64.0;

/// The attributes that can be shown, in the order in which they are offered.
const ATTRIBUTES: [Attribute; 14] = [
    Attribute::Name,
    Attribute::Status,
    Attribute::StartTime,
    Attribute::Duration,
    Attribute::Code,
    Attribute::Data,
    Attribute::Experiment,
    Attribute::Model,
    Attribute::User,
    Attribute::Label,
    Attribute::EndTime,
    Attribute::Branch,
    Attribute::RunId,
    Attribute::ArtifactUri,
];
/// The attributes that can be shown, in the order in which they are offered: where the runs are of several projects, their
/// project is one.
pub(crate) fn attributes(scope: TableScope) -> Vec<Field> {
    let project = (scope == TableScope::Visible).then_some(Attribute::Project);
    let (name, others) = ATTRIBUTES.split_at(1);
    name.iter().copied().chain(project).chain(others.iter().copied()).map(Field::Attribute).collect()
}

/// How many of them are shown before what was logged as long as nobody chose columns, and up to which behind it.
const BEFORE_LOGGED: usize = 6;
const USUAL_ATTRIBUTES: usize = 10;

/// The columns that are shown as long as nobody chose any: what each run has, and what most runs have logged.
pub(crate) fn usual(keys: &RunKeys, scope: TableScope) -> Vec<Field> {
    let common = |keys: &[KeyCount], most: usize, field: fn(String) -> Field| {
        let own = keys.iter().filter(|key| !key.key.starts_with(SYSTEM_PREFIX));
        own.take(most).map(|key| field(key.key.clone())).collect::<Vec<_>>()
    };
    let mut fields = attributes(scope);
    let n_more = fields.len() - ATTRIBUTES.len();
    fields.truncate(USUAL_ATTRIBUTES + n_more);
    let behind = fields.split_off(BEFORE_LOGGED + n_more);
    fields.extend(common(&keys.metrics, USUAL_METRICS, Field::Metric));
    fields.extend(common(&keys.parameters, USUAL_PARAMETERS, Field::Parameter));
    fields.extend(behind);
    fields
}

/// The columns with the other parameters that were logged behind the last one among them.
pub(crate) fn with_parameters(mut columns: Vec<Field>, keys: &RunKeys) -> Vec<Field> {
    let place = columns
        .iter()
        .rposition(|field| matches!(field, Field::Parameter(_) | Field::Metric(_)))
        .map_or(columns.len(), |last| last + 1);
    let room = RunQuery::MAX_COLUMNS.saturating_sub(travelling(&columns).len());
    let parameters = keys.parameters.iter().map(|key| Field::Parameter(key.key.clone()));
    let more: Vec<_> = parameters.filter(|field| !columns.contains(field)).take(room).collect();
    columns.splice(place..place, more);
    columns
}

/// The columns in the order in which they are shown: the name comes first, for it leads to the run.
pub(crate) fn with_name_first(chosen: &[Field]) -> Vec<Field> {
    let name = Field::Attribute(Attribute::Name);
    let others = chosen.iter().filter(|field| **field != name).cloned();
    std::iter::once(name.clone()).chain(others).collect()
}

/// The fields that must travel so that `shown` can be drawn; each page has names, states and begins anyhow.
pub(crate) fn travelling(shown: &[Field]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::with_capacity(shown.len() + 2);
    let mut add = |field: Field| {
        if !fields.contains(&field) {
            fields.push(field);
        }
    };
    for field in shown {
        match field {
            Field::Attribute(Attribute::Name | Attribute::Status | Attribute::StartTime) => {}
            Field::Attribute(Attribute::Code) => {
                add(field.clone());
                add(Field::Attribute(Attribute::Commit));
            }
            Field::Attribute(Attribute::Data) => {
                add(field.clone());
                add(Field::Attribute(Attribute::DataVersion));
            }
            Field::Attribute(_) | Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => {
                add(field.clone())
            }
        }
    }
    fields
}

/// What a person calls the field.
pub(crate) fn title(field: &Field) -> &str {
    match field {
        Field::Attribute(attribute) => attribute_title(*attribute),
        _ if field.is_note() => "Note",
        Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => field.key(),
    }
}

fn attribute_title(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::RunId => "Run id",
        Attribute::Name => "Name",
        Attribute::Status => "Status",
        Attribute::StartTime => "Started",
        Attribute::EndTime => "Ended",
        Attribute::Duration => "Duration",
        Attribute::User => "User",
        Attribute::Code => "Code",
        Attribute::Commit => "Commit",
        Attribute::Branch => "Branch",
        Attribute::Data => "Data",
        Attribute::DataVersion => "Data version",
        Attribute::Experiment => "Experiment",
        Attribute::Model => "Model",
        Attribute::ArtifactUri => "Artifact location",
        Attribute::Project => "Project",
        Attribute::Label => "Labels",
    }
}

/// The column of a table that shows the field, as the address wants it.
pub(super) fn column(field: &Field, url: &RunsUrl, may_edit: bool) -> Column {
    let (width, align, about) = match field {
        Field::Attribute(attribute) => attribute_column(*attribute),
        Field::Metric(key) => {
            (120.0, Align::End, Some(format!("Metric {key}: the value that was logged last")))
        }
        Field::Parameter(key) => (116.0, Align::Start, Some(format!("Parameter {key}"))),
        _ if field.is_note() => (240.0, Align::Start, Some("What people noted about the run".to_owned())),
        Field::Tag(key) => (140.0, Align::Start, Some(format!("Tag {key}"))),
    };
    let width = if url.sparklines.contains(field) { width + SPARKLINE } else { width };
    Column {
        width: url.widths.iter().find(|(own, _)| own == field).map_or(width, |(_, width)| f64::from(*width)),
        align,
        pinned: *field == Field::Attribute(Attribute::Name) || url.pinned.contains(field),
        room: room(field),
        editable: may_edit && Part::of(field).is_some(),
        description: about,
        ..Column::new(field.to_string(), title(field))
    }
}

/// How wide a column must be for whatever it shows; see [`Column::room`].
fn room(field: &Field) -> Option<f64> {
    match field {
        Field::Metric(_) => Some(104.0),
        Field::Attribute(Attribute::StartTime | Attribute::EndTime) => Some(104.0),
        Field::Attribute(Attribute::Duration | Attribute::Commit) => Some(88.0),
        Field::Attribute(_) | Field::Parameter(_) | Field::Tag(_) => None,
    }
}

fn attribute_column(attribute: Attribute) -> (f64, Align, Option<String>) {
    let (width, align, about) = match attribute {
        Attribute::Name => (216.0, Align::Start, ""),
        Attribute::Status => (132.0, Align::Start, ""),
        Attribute::StartTime => (104.0, Align::Start, "When the run began"),
        Attribute::EndTime => (104.0, Align::Start, "When the run ended"),
        Attribute::Duration => (88.0, Align::End, "From begin to end; counts on while the run is running"),
        Attribute::User => (128.0, Align::Start, "Who started the run"),
        Attribute::Code => (184.0, Align::Start, "The code repository and the commit"),
        Attribute::Data => (176.0, Align::Start, "The data repository and its version"),
        Attribute::Label => (176.0, Align::Start, "Ordered by the first label of each run"),
        Attribute::Experiment | Attribute::Model | Attribute::Project => (150.0, Align::Start, ""),
        Attribute::Commit | Attribute::DataVersion | Attribute::Branch => (116.0, Align::Start, ""),
        Attribute::RunId => (260.0, Align::Start, "The run's id in MLflow's spelling"),
        Attribute::ArtifactUri => (240.0, Align::Start, "Where MLflow keeps the artifacts"),
    };
    (width, align, (!about.is_empty()).then(|| about.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::id::ProjectId;

    fn keys(names: &[&str]) -> Vec<KeyCount> {
        names.iter().map(|name| KeyCount { key: (*name).to_owned(), runs: 9 }).collect()
    }

    #[test]
    fn the_usual_columns_hold_what_most_runs_have_logged() {
        let keys = RunKeys {
            metrics: keys(&["system/cpu", "loss", "accuracy", "f1", "recall", "precision"]),
            parameters: keys(&["rate", "depth", "seed"]),
        };
        let project = TableScope::Project(ProjectId(uuid::Uuid::nil()));
        let names: Vec<_> = usual(&keys, project).iter().map(ToString::to_string).collect();
        assert_eq!(names[..3], ["name", "status", "start_time"]);
        let logged = [
            "metrics.loss",
            "metrics.accuracy",
            "metrics.f1",
            "metrics.recall",
            "params.rate",
            "params.depth",
        ];
        assert_eq!(names[BEFORE_LOGGED..names.len() - 4], logged);
        assert_eq!(names[names.len() - 4..], ["experiment", "model", "user", "label"]);
        let of_all: Vec<_> = usual(&keys, TableScope::Visible).iter().map(ToString::to_string).collect();
        assert_eq!(of_all[..2], ["name", "project"]);
        assert_eq!(of_all[2..], names[1..]);
    }

    #[test]
    fn other_parameters_stand_with_the_usual_ones() {
        let metrics = keys(&["loss"]);
        let names: Vec<String> = (0..400).map(|number| format!("p{number}")).collect();
        let parameters = keys(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let keys = RunKeys { metrics, parameters };
        let all = with_parameters(usual(&keys, TableScope::Project(ProjectId(uuid::Uuid::nil()))), &keys);
        let place = |name: &str| all.iter().position(|field| field.to_string() == name);
        assert_eq!(place("params.p1"), Some(BEFORE_LOGGED + 2));
        assert_eq!(place("params.p2"), Some(BEFORE_LOGGED + 3));
        assert_eq!(travelling(&all).len(), RunQuery::MAX_COLUMNS);
        assert!(
            all.ends_with(
                &[Attribute::Experiment, Attribute::Model, Attribute::User, Attribute::Label]
                    .map(Field::Attribute)
            )
        );
    }

    #[test]
    fn the_name_comes_first_even_when_it_was_not_chosen() {
        let status = Field::Attribute(Attribute::Status);
        let name = Field::Attribute(Attribute::Name);
        assert_eq!(with_name_first(std::slice::from_ref(&status)), [name.clone(), status.clone()]);
        assert_eq!(with_name_first(&[status.clone(), name.clone()]), [name, status]);
    }

    #[test]
    fn code_and_data_bring_their_versions_along() {
        let shown =
            [Attribute::Name, Attribute::Code, Attribute::Commit, Attribute::Data].map(Field::Attribute);
        let names: Vec<_> = travelling(&shown).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["code", "commit", "data", "data_version"]);
    }

    #[test]
    fn all_attributes_but_versions_can_be_shown() {
        let offered = attributes(TableScope::Visible);
        let missing: Vec<_> =
            Attribute::all().filter(|own| !offered.contains(&Field::Attribute(*own))).collect();
        assert_eq!(missing, [Attribute::Commit, Attribute::DataVersion]);
    }
}
