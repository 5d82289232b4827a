//! Tables to be predicted, in each of the forms in which pandas and MLflow write them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::lenient::JsonObject;

/// The words under which MLflow's scoring protocol takes what is to be predicted.
pub const SCORING_KEYS: [&str; 4] = ["dataframe_split", "dataframe_records", "instances", "inputs"];
/// The word under which parameters of the model go along.
pub const PARAMETERS_KEY: &str = "params";

/// A table: what each row has in each column. A cell that is missing is null, which is also how pandas writes NaN.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PredictionTable {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// What the rows are called; empty where they are only counted.
    pub index: Vec<Value>,
    /// The rows, each with a cell for each column.
    pub rows: Vec<Vec<Value>>,
}

impl PredictionTable {
    /// The table in a request; `None` when there is none: tensors, and what only the model itself understands. In an
    /// object without any of MLflow's words the columns are objects from the name of a row to its cell, as pandas
    /// writes them. Rows that are named by numbers come in the order of those.
    ///
    /// # Errors
    /// What is wrong with a table.
    pub fn read(request: &JsonObject) -> Result<Option<Self>, String> {
        if let Some(split) = request.get("dataframe_split") {
            return split_by_columns(split).map(Some);
        }
        if let Some(records) = request.get("dataframe_records") {
            let records = records.as_array().ok_or("`dataframe_records` must be a list of objects")?;
            let table = of_records(records);
            return table.map(Some).ok_or_else(|| "each of `dataframe_records` must be an object".to_owned());
        }
        if let Some(instances) = request.get("instances") {
            return Ok(instances.as_array().filter(|all| !all.is_empty()).and_then(|all| of_records(all)));
        }
        if let Some(inputs) = request.get("inputs") {
            return Ok(inputs.as_object().and_then(of_lists));
        }
        let columns: Option<Vec<(&String, &JsonObject)>> =
            request.iter().map(|(name, column)| Some((name, column.as_object()?))).collect();
        Ok(columns.filter(|columns| !columns.is_empty()).map(|columns| by_columns(&columns)))
    }

    /// The table as MLflow's `dataframe_split`, which keeps the order of columns and rows.
    #[must_use]
    pub fn split(&self) -> Value {
        let mut split = JsonObject::from_iter([
            ("columns".to_owned(), self.columns.clone().into()),
            ("data".to_owned(), self.rows.iter().map(|row| Value::from(row.clone())).collect()),
        ]);
        if !self.index.is_empty() {
            split.insert("index".to_owned(), self.index.clone().into());
        }
        Value::Object(split)
    }

    /// The cells of a column, from the first row to the last.
    pub fn column(&self, place: usize) -> impl Iterator<Item = &Value> {
        self.rows.iter().map(move |row| row.get(place).unwrap_or(&Value::Null))
    }
}

/// `{"columns": ["x"], "index": [0], "data": [[1.5]]}`.
fn split_by_columns(split: &Value) -> Result<PredictionTable, String> {
    let list = |name: &str| split.get(name).and_then(Value::as_array);
    let columns: Vec<String> =
        list("columns").ok_or("`dataframe_split` needs a list `columns`")?.iter().map(name_of).collect();
    let data = list("data").ok_or("`dataframe_split` needs a list `data`")?;
    let mut rows = Vec::with_capacity(data.len());
    for (place, row) in data.iter().enumerate() {
        let row = row.as_array().filter(|row| row.len() == columns.len());
        let expected = || format!("row {} of `data` must be a list of {} cells", place + 1, columns.len());
        rows.push(row.ok_or_else(expected)?.clone());
    }
    let index = list("index").cloned().unwrap_or_default();
    if !index.is_empty() && index.len() != rows.len() {
        return Err("`index` must name each row of `data`".to_owned());
    }
    Ok(PredictionTable { columns, index: unless_counted(index), rows })
}

/// `[{"x": 1.5}]`; the columns come in the order in which they are first met.
fn of_records(records: &[Value]) -> Option<PredictionTable> {
    let records: Vec<&JsonObject> = records.iter().map(Value::as_object).collect::<Option<_>>()?;
    let mut seen = BTreeSet::new();
    let columns: Vec<String> = records
        .iter()
        .flat_map(|record| record.keys())
        .filter(|name| seen.insert(name.as_str()))
        .cloned()
        .collect();
    let row = |record: &&JsonObject| columns.iter().map(|name| cell(record.get(name))).collect();
    let rows = records.iter().map(row).collect();
    Some(PredictionTable { columns, index: Vec::new(), rows })
}

/// `{"x": [1.5, 2.5]}`, if all lists are of plain values and equally long.
fn of_lists(lists: &JsonObject) -> Option<PredictionTable> {
    let columns: Vec<&Vec<Value>> = lists.values().map(Value::as_array).collect::<Option<_>>()?;
    let n_rows = columns.first()?.len();
    let is_plain = |cell: &Value| !cell.is_array() && !cell.is_object();
    if columns.iter().any(|column| column.len() != n_rows || !column.iter().all(is_plain)) {
        return None;
    }
    let row = |place: usize| columns.iter().map(|column| cell(column.get(place))).collect();
    let rows = (0..n_rows).map(row).collect();
    Some(PredictionTable { columns: lists.keys().cloned().collect(), index: Vec::new(), rows })
}

/// `{"x": {"0": 1.5, "1": 2.5}}`.
fn by_columns(columns: &[(&String, &JsonObject)]) -> PredictionTable {
    let mut seen = BTreeSet::new();
    let keys = columns.iter().flat_map(|(_, column)| column.keys());
    let mut names: Vec<&String> = keys.filter(|name| seen.insert(name.as_str())).collect();
    let numbers: Option<Vec<i64>> = names.iter().map(|name| name.parse().ok()).collect();
    let index = match numbers {
        Some(mut numbers) => {
            names.sort_by_key(|name| name.parse().unwrap_or(i64::MAX));
            numbers.sort_unstable();
            numbers.into_iter().map(Value::from).collect()
        }
        None => names.iter().map(|name| Value::from(name.as_str())).collect(),
    };
    let row = |name: &&String| columns.iter().map(|(_, column)| cell(column.get(*name))).collect();
    PredictionTable {
        columns: columns.iter().map(|(name, _)| (*name).clone()).collect(),
        index: unless_counted(index),
        rows: names.iter().map(row).collect(),
    }
}

/// Nothing for rows that are counted from 0, as they are where nobody names them.
fn unless_counted(index: Vec<Value>) -> Vec<Value> {
    let is_counted = (0_u64..).zip(&index).all(|(place, name)| name.as_u64() == Some(place));
    if is_counted { Vec::new() } else { index }
}

fn cell(found: Option<&Value>) -> Value {
    found.cloned().unwrap_or(Value::Null)
}

/// Columns of pandas may be named by numbers.
fn name_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
