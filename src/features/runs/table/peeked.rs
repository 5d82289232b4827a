//! What is known of the run beside the table: by its row, until more has come. Pure.

use models::id::{ProjectId, RunId};
use models::progress::Progress;
use models::query::{Attribute, Field};
use models::run::{KeyValue, Run, RunData, RunStatus};
use models::run_table::{ColumnValues, RunPage};
use models::time::UnixMillis;

use super::peek::Peeked;
use crate::ui::format::{self, NOTHING};

/// How many lines of a kind are shown at most.
const MOST: usize = 40;
/// Tags that MLflow sets by itself begin with this.
const OF_MLFLOW: &str = "mlflow.";

/// Named values that were logged: each as its name, its value as shown, and that in full.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Logged {
    pub(super) lines: Vec<(String, String, String)>,
    /// How many more there are.
    pub(super) n_more: usize,
}

impl Logged {
    fn of(lines: impl IntoIterator<Item = (String, String, String)>) -> Self {
        let mut lines: Vec<_> = lines.into_iter().collect();
        let n_more = lines.len().saturating_sub(MOST);
        lines.truncate(MOST);
        Self { lines, n_more }
    }
}

impl Peeked {
    /// Which run it is.
    pub(super) fn of(&self) -> (ProjectId, RunId) {
        (self.project, self.run)
    }

    /// What the row tells.
    fn told<T>(&self, of: impl FnOnce(&RunPage, usize) -> Option<T>) -> Option<T> {
        self.row.as_ref().and_then(|(page, place)| of(page, *place))
    }

    /// The run's name; empty while it is not known.
    pub(super) fn name(&self) -> String {
        self.told(|page, place| page.names.get(place).cloned()).unwrap_or_default()
    }

    /// Its state when the row was read.
    pub(super) fn status(&self) -> RunStatus {
        self.told(|page, place| page.statuses.get(place).copied()).unwrap_or(RunStatus::Unknown)
    }

    /// How far it had come then.
    pub(super) fn progress(&self) -> Option<Progress> {
        self.told(|page, place| page.progress.get(place).copied().flatten())
    }

    /// When it began.
    pub(super) fn start_time(&self) -> Option<UnixMillis> {
        self.told(|page, place| page.start_times.get(place).copied().flatten())
    }

    /// The values of the fields that `of` wants, in the order of the columns.
    fn values(&self, of: impl Fn(&Field) -> bool) -> impl Iterator<Item = (&Field, Value)> {
        let columns =
            self.row.iter().flat_map(|(page, place)| page.columns.iter().map(move |own| (own, *place)));
        columns.filter(move |(column, _)| of(&column.field)).filter_map(|(column, place)| {
            let value = match &column.values {
                ColumnValues::Numbers(numbers) => Value::Number(numbers.get(place).copied().flatten()?.0),
                ColumnValues::Texts(texts) => Value::Text(texts.at(place)?.text.clone()),
                ColumnValues::Labels(_) => return None,
            };
            Some((&column.field, value))
        })
    }

    fn text(&self, attribute: Attribute) -> Option<String> {
        self.values(|field| *field == Field::Attribute(attribute)).find_map(|(_, value)| match value {
            Value::Text(text) => Some(text),
            Value::Number(_) => None,
        })
    }
}

enum Value {
    Number(f64),
    Text(String),
}

/// What the run says of itself: a repository with its version, or a dash.
pub(super) fn text(peeked: &Peeked, run: Option<&Run>, attribute: Attribute) -> String {
    let own = |attribute: Attribute| match run {
        Some(run) => of_run(run, attribute),
        None => peeked.text(attribute),
    };
    let version = version_of(attribute).and_then(own);
    let version = version.map(|version| format!("@ {}", format::short_version(&version)));
    match (own(attribute), version) {
        (Some(name), Some(version)) => format!("{name} {version}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => NOTHING.to_owned(),
    }
}

fn version_of(attribute: Attribute) -> Option<Attribute> {
    [(Attribute::Code, Attribute::Commit), (Attribute::Data, Attribute::DataVersion)]
        .into_iter()
        .find_map(|(repository, version)| (repository == attribute).then_some(version))
}

fn of_run(run: &Run, attribute: Attribute) -> Option<String> {
    match attribute {
        Attribute::Experiment => Some(run.experiment_repository.name.clone()),
        Attribute::Code => run.code_repository.as_ref().map(|code| code.code_repository_name.clone()),
        Attribute::Commit => run.commit.clone(),
        Attribute::Data => run.data_repository.as_ref().map(|data| data.data_repository_name.clone()),
        Attribute::DataVersion => run.data_commit.clone().or_else(|| run.data_branch.clone()),
        Attribute::Model => run.model_repository.as_ref().map(|model| model.name.clone()),
        Attribute::User => Some(run.user.name.to_string()),
        // They stand elsewhere.
        Attribute::RunId
        | Attribute::Name
        | Attribute::Status
        | Attribute::StartTime
        | Attribute::EndTime
        | Attribute::Duration
        | Attribute::Branch
        | Attribute::Project
        | Attribute::Label
        | Attribute::ArtifactUri => None,
    }
}

/// The latest values of the run's metrics.
pub(super) fn metrics(peeked: &Peeked, data: Option<&RunData>) -> Logged {
    let line = |key: &str, value: f64| (key.to_owned(), format::number(value), value.to_string());
    match data {
        Some(data) => Logged::of(data.metrics.iter().map(|metric| line(&metric.key, metric.value.0))),
        None => Logged::of(peeked.values(|field| matches!(field, Field::Metric(_))).filter_map(
            |(field, value)| match value {
                Value::Number(number) => Some(line(field.key(), number)),
                Value::Text(_) => None,
            },
        )),
    }
}

/// The run's parameters.
pub(super) fn parameters(peeked: &Peeked, data: Option<&RunData>) -> Logged {
    match data {
        Some(data) => Logged::of(data.parameters.iter().map(line)),
        None => Logged::of(peeked.values(|field| matches!(field, Field::Parameter(_))).filter_map(
            |(field, value)| match value {
                Value::Text(text) => Some((field.key().to_owned(), text.clone(), text)),
                Value::Number(_) => None,
            },
        )),
    }
}

/// The tags that people set.
pub(super) fn tags(data: Option<&RunData>) -> Logged {
    let tags = data.map(|data| data.tags.as_slice()).unwrap_or_default();
    Logged::of(tags.iter().filter(|tag| !tag.key.starts_with(OF_MLFLOW)).map(line))
}

fn line(KeyValue { key, value }: &KeyValue) -> (String, String, String) {
    (key.clone(), value.clone(), value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::metric::MetricValue;
    use models::run_table::{Column, Dictionary, DictionaryEntry, RunPage};
    use std::sync::Arc;
    use uuid::Uuid;

    fn peeked() -> Peeked {
        let texts = |name: &str, text: &str| Column {
            field: name.parse().unwrap_or(Field::Attribute(Attribute::Name)),
            values: ColumnValues::Texts(Dictionary {
                entries: vec![DictionaryEntry { text: text.to_owned(), id: None }],
                places: vec![None, Some(0)],
            }),
        };
        let loss = Column {
            field: Field::Metric("loss".to_owned()),
            values: ColumnValues::Numbers(vec![None, Some(MetricValue(0.123_456))]),
        };
        let columns = vec![
            loss,
            texts("params.rate", "0.1"),
            texts("code", "forecast"),
            texts("commit", "1f0c3ab4d5e6f708192a3b4c5d6e7f8091a2b3c4"),
        ];
        let run = RunId(Uuid::from_u128(2));
        let page = RunPage {
            total: 2,
            offset: 0,
            run_ids: vec![RunId(Uuid::from_u128(1)), run],
            names: vec!["one".to_owned(), "two".to_owned()],
            statuses: vec![RunStatus::Failed, RunStatus::Running],
            start_times: vec![None, Some(UnixMillis(7))],
            versions: vec![1, 1],
            project_ids: Vec::new(),
            progress: Vec::new(),
            columns,
        };
        Peeked { run, project: ProjectId(uuid::Uuid::nil()), row: Some((Arc::new(page), 1)) }
    }

    #[test]
    fn a_row_tells_what_it_shows_of_its_run() {
        let peeked = peeked();
        assert_eq!(peeked.name(), "two");
        assert_eq!((peeked.status(), peeked.start_time()), (RunStatus::Running, Some(UnixMillis(7))));
        assert_eq!(text(&peeked, None, Attribute::Code), "forecast @ 1f0c3ab");
        assert_eq!(text(&peeked, None, Attribute::Model), NOTHING);
        let one = |name: &str, value: &str, exact: &str| Logged {
            lines: vec![(name.to_owned(), value.to_owned(), exact.to_owned())],
            n_more: 0,
        };
        assert_eq!(metrics(&peeked, None), one("loss", "0.1235", "0.123456"));
        assert_eq!(parameters(&peeked, None), one("rate", "0.1", "0.1"));
        assert_eq!(tags(None), Logged::default());
    }

    #[test]
    fn a_run_that_has_logged_much_shows_the_first_and_tells_of_the_rest() {
        let value = |number: usize| (number.to_string(), String::new(), String::new());
        let logged = Logged::of((0..MOST + 2).map(value));
        assert_eq!((logged.lines.len(), logged.n_more), (MOST, 2));
    }
}
