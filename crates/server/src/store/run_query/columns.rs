//! The values of a page of runs, by column.

use models::{
    id::{
        CodeRepositoryId, DataRepositoryId, ExperimentRepositoryId, ModelRepositoryId, ProjectId, RunId,
        UserId,
    },
    metric::MetricValue,
    query::{Attribute, Field},
    run::RunStatus,
    run_table::{Column, ColumnValues, Dictionary, DictionaryEntry, LabelColumn},
    time::UnixMillis,
};
use std::collections::{BTreeSet, HashMap};

use super::context::Context;
use crate::store::{Connection, Row, Sql, StoreError, object_labels};

const SELECT: &str = "SELECT r.run_number, r.run_id, r.project_id, r.user_id, r.name, r.status, r.start_time, r.end_time, \
     r.artifact_uri, r.code_repository_id, r.git_branch, r.git_commit, r.data_repository_id, r.data_branch, r.data_commit, \
     r.model_repository_id, r.version, u.name AS user_name, c.name AS code_name, d.name AS data_name, e.name AS experiment_name, \
     e.experiment_repository_id, m.name AS model_name, p.name AS project_name FROM runs r \
     JOIN projects p ON p.project_id = r.project_id JOIN users u ON u.user_id = r.user_id \
     JOIN experiments e ON e.experiment_number = r.experiment_number \
     LEFT JOIN code_repositories c ON c.code_repository_id = r.code_repository_id \
     LEFT JOIN data_repositories d ON d.data_repository_id = r.data_repository_id \
     LEFT JOIN model_repositories m ON m.model_repository_id = r.model_repository_id WHERE r.run_number IN (";

/// The attributes of a run on a page.
#[derive(Debug)]
pub(super) struct BaseRow {
    pub(super) number: i64,
    pub(super) id: RunId,
    pub(super) project: ProjectId,
    pub(super) name: String,
    pub(super) status: RunStatus,
    pub(super) start_time: Option<UnixMillis>,
    pub(super) version: i64,
    row: Row,
}

/// The attributes of the runs with these numbers, in this order.
pub(super) async fn base_rows(
    connection: &mut Connection,
    numbers: &[i64],
) -> Result<Vec<BaseRow>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(SELECT);
    sql.push_list(numbers.iter().copied()).push(")");
    let mut found = HashMap::new();
    for row in connection.fetch_all(sql).await? {
        found.insert(row.get::<i64>("run_number")?, row);
    }
    numbers.iter().filter_map(|number| found.remove(number)).map(base_row).collect()
}

fn base_row(row: Row) -> Result<BaseRow, StoreError> {
    Ok(BaseRow {
        number: row.get("run_number")?,
        id: row.get("run_id")?,
        project: row.get("project_id")?,
        name: row.get("name")?,
        status: RunStatus::named(&row.get::<String>("status")?).unwrap_or(RunStatus::Unknown),
        start_time: row.get("start_time")?,
        version: row.get("version")?,
        row,
    })
}

/// What is looked up for these fields of these runs: the names of their projects alone.
pub(super) async fn context(
    connection: &mut Connection,
    fields: &[Field],
    rows: &[BaseRow],
) -> Result<Context, StoreError> {
    let projects: BTreeSet<ProjectId> = rows.iter().map(|row| row.project).collect();
    let projects: Vec<ProjectId> = projects.into_iter().collect();
    Context::new(connection, &projects, fields.to_vec()).await
}

/// The columns that are asked for, in that order; of parameters and tags the first `most_characters`.
pub(super) async fn columns(
    connection: &mut Connection,
    context: &Context,
    fields: &[Field],
    rows: &[BaseRow],
    most_characters: Option<usize>,
) -> Result<Vec<Column>, StoreError> {
    let [metrics, parameters, tags] = Kind::all(most_characters);
    let metrics = logged::<Option<f64>>(connection, context, fields, rows, metrics).await?;
    let parameters = logged::<String>(connection, context, fields, rows, parameters).await?;
    let tags = logged::<String>(connection, context, fields, rows, tags).await?;
    let labelled =
        if fields.contains(&LABEL) { labels(connection, rows).await? } else { LabelColumn::default() };
    fields
        .iter()
        .map(|field| {
            let values = match field {
                Field::Attribute(Attribute::Label) => ColumnValues::Labels(labelled.clone()),
                Field::Attribute(attribute) => of_attribute(*attribute, rows)?,
                Field::Metric(_) => {
                    let value = |value: &Option<f64>| MetricValue(value.unwrap_or(f64::NAN));
                    ColumnValues::Numbers(
                        rows.iter().map(|row| metrics.of(context, field, row).map(value)).collect(),
                    )
                }
                Field::Parameter(_) => {
                    texts(rows.iter().map(|row| parameters.of(context, field, row).map(|text| plain(text))))
                }
                Field::Tag(_) => {
                    texts(rows.iter().map(|row| tags.of(context, field, row).map(|text| plain(text))))
                }
            };
            Ok(Column { field: field.clone(), values })
        })
        .collect()
}

const LABEL: Field = Field::Attribute(Attribute::Label);

/// The labels of the runs.
async fn labels(connection: &mut Connection, rows: &[BaseRow]) -> Result<LabelColumn, StoreError> {
    let mut own = object_labels::of_objects(connection, rows.iter().map(|row| row.id.0).collect()).await?;
    let mut column = LabelColumn::default();
    let mut places = HashMap::new();
    for row in rows {
        let labels = own.remove(&row.id.0).unwrap_or_default();
        let places = labels.into_iter().map(|label| {
            *places.entry(label.label_id).or_insert_with(|| {
                column.labels.push(label);
                u32::try_from(column.labels.len() - 1).unwrap_or(u32::MAX)
            })
        });
        column.places.push(places.collect());
    }
    Ok(column)
}

struct Kind {
    table: &'static str,
    /// As how many characters of a text are read.
    most_characters: Option<usize>,
    includes: fn(&Field) -> bool,
}

impl Kind {
    /// Metrics, parameters and tags.
    fn all(most_characters: Option<usize>) -> [Self; 3] {
        [
            Self {
                table: "run_metrics",
                most_characters: None,
                includes: |field| matches!(field, Field::Metric(_)),
            },
            Self {
                table: "run_parameters",
                most_characters,
                includes: |field| matches!(field, Field::Parameter(_)),
            },
            Self { table: "run_tags", most_characters, includes: |field| matches!(field, Field::Tag(_)) },
        ]
    }

    fn select(&self) -> Sql {
        let mut sql = Sql::new("SELECT run_number, key_id, ");
        match self.most_characters {
            None => sql.push("value"),
            Some(most) => {
                let most = u64::try_from(most).unwrap_or(u64::MAX);
                sql.push("CASE WHEN LENGTH(value) > ").push_number(most);
                sql.push(" THEN SUBSTR(value, 1, ").push_number(most).push(") || '…' ELSE value END AS value")
            }
        };
        sql.push(" FROM ").push(self.table).push(" WHERE run_number IN (");
        sql
    }
}

/// Values by run and key.
struct Cells<T>(HashMap<(i64, i64), T>);

impl<T> Cells<T> {
    fn of(&self, context: &Context, field: &Field, row: &BaseRow) -> Option<&T> {
        context.keys(field).iter().find_map(|key| self.0.get(&(row.number, *key)))
    }
}

async fn logged<T: crate::store::Column>(
    connection: &mut Connection,
    context: &Context,
    fields: &[Field],
    rows: &[BaseRow],
    kind: Kind,
) -> Result<Cells<T>, StoreError> {
    let keys: Vec<i64> = fields
        .iter()
        .filter(|field| (kind.includes)(field))
        .flat_map(|field| context.keys(field))
        .copied()
        .collect();
    let mut cells = HashMap::new();
    if keys.is_empty() || rows.is_empty() {
        return Ok(Cells(cells));
    }
    let mut sql = kind.select();
    sql.push_list(rows.iter().map(|row| row.number));
    // The names of several projects are many, and each run has those of one: what it has logged is sooner read whole
    // than looked for by each.
    sql.push(if context.projects.len() > 1 { ") AND +key_id IN (" } else { ") AND key_id IN (" });
    sql.push_list(keys).push(")");
    for row in connection.fetch_all(sql).await? {
        cells.insert((row.get("run_number")?, row.get("key_id")?), row.get("value")?);
    }
    Ok(Cells(cells))
}

fn of_attribute(attribute: Attribute, rows: &[BaseRow]) -> Result<ColumnValues, StoreError> {
    let text = |column: &'static str| {
        let values =
            rows.iter().map(|row| row.row.get::<Option<String>>(column)).collect::<Result<Vec<_>, _>>()?;
        Ok(texts(values.iter().map(|value| value.as_ref().map(|text| plain(text)))))
    };
    Ok(match attribute {
        Attribute::RunId => texts(rows.iter().map(|row| Some(plain(&row.id.mlflow())))),
        Attribute::Name => return text("name"),
        Attribute::Status => return text("status"),
        Attribute::Commit => return text("git_commit"),
        Attribute::Branch => return text("git_branch"),
        Attribute::ArtifactUri => return text("artifact_uri"),
        // Read above: they are several.
        Attribute::Label => ColumnValues::Labels(LabelColumn::default()),
        Attribute::DataVersion => {
            let version = |row: &BaseRow| {
                let commit: Option<String> = row.row.get("data_commit")?;
                Ok::<_, StoreError>(if commit.is_some() { commit } else { row.row.get("data_branch")? })
            };
            let values = rows.iter().map(version).collect::<Result<Vec<_>, _>>()?;
            texts(values.iter().map(|value| value.as_ref().map(|text| plain(text))))
        }
        Attribute::StartTime => numbers(rows, |row| Ok(row.start_time.map(|time| time.0)))?,
        Attribute::EndTime => numbers(rows, |row| row.row.get("end_time"))?,
        Attribute::Duration => numbers(rows, |row| {
            let end: Option<i64> = row.row.get("end_time")?;
            Ok(end.zip(row.start_time).map(|(end, start)| end - start.0))
        })?,
        Attribute::User => {
            named(rows, "user_name", |row| Ok(row.get::<Option<UserId>>("user_id")?.map(text_of)))?
        }
        Attribute::Code => named(rows, "code_name", |row| {
            Ok(row.get::<Option<CodeRepositoryId>>("code_repository_id")?.map(text_of))
        })?,
        Attribute::Data => named(rows, "data_name", |row| {
            Ok(row.get::<Option<DataRepositoryId>>("data_repository_id")?.map(text_of))
        })?,
        Attribute::Experiment => named(rows, "experiment_name", |row| {
            Ok(row.get::<Option<ExperimentRepositoryId>>("experiment_repository_id")?.map(text_of))
        })?,
        Attribute::Project => {
            named(rows, "project_name", |row| Ok(row.get::<Option<ProjectId>>("project_id")?.map(text_of)))?
        }
        Attribute::Model => named(rows, "model_name", |row| {
            Ok(row.get::<Option<ModelRepositoryId>>("model_repository_id")?.map(text_of))
        })?,
    })
}

fn text_of(id: impl ToString) -> String {
    id.to_string()
}

fn plain(text: &str) -> DictionaryEntry {
    DictionaryEntry { text: text.to_owned(), id: None }
}

fn numbers(
    rows: &[BaseRow],
    value: impl Fn(&BaseRow) -> Result<Option<i64>, StoreError>,
) -> Result<ColumnValues, StoreError> {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds until the year 9999 are exact in a double")]
    let number = |value: i64| MetricValue(value as f64);
    let values = rows.iter().map(|row| Ok(value(row)?.map(number))).collect::<Result<_, StoreError>>()?;
    Ok(ColumnValues::Numbers(values))
}

fn named(
    rows: &[BaseRow],
    name: &'static str,
    id: impl Fn(&Row) -> Result<Option<String>, StoreError>,
) -> Result<ColumnValues, StoreError> {
    let mut values = Vec::with_capacity(rows.len());
    for BaseRow { row, .. } in rows {
        let text: Option<String> = row.get(name)?;
        let id = id(row)?;
        values.push(text.map(|text| DictionaryEntry { text, id }));
    }
    Ok(texts(values.into_iter()))
}

/// Each distinct text once, and for each run its place.
fn texts(values: impl Iterator<Item = Option<DictionaryEntry>>) -> ColumnValues {
    let mut dictionary = Dictionary::default();
    let mut places = HashMap::new();
    for value in values {
        let place = value.map(|entry| {
            *places.entry(entry).or_insert_with_key(|entry| {
                dictionary.entries.push(entry.clone());
                u32::try_from(dictionary.entries.len() - 1).unwrap_or(u32::MAX)
            })
        });
        dictionary.places.push(place);
    }
    ColumnValues::Texts(dictionary)
}
