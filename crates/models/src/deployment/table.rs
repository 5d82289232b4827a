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
    /// How many cells a table may have. Forms that name the cells they have, and not the others, are small in JSON however
    /// many cells there are.
    pub const MAX_CELLS: usize = 1_000_000;

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
            let table = of_records(records)?.ok_or("each of `dataframe_records` must be an object")?;
            return Ok(Some(table));
        }
        if let Some(instances) = request.get("instances") {
            let instances = instances.as_array().filter(|all| !all.is_empty());
            return Ok(instances.map(|all| of_records(all)).transpose()?.flatten());
        }
        if let Some(inputs) = request.get("inputs") {
            return Ok(inputs.as_object().and_then(of_lists));
        }
        let columns: Option<Vec<(&String, &JsonObject)>> =
            request.iter().map(|(name, column)| Some((name, column.as_object()?))).collect();
        columns.filter(|columns| !columns.is_empty()).map(|columns| by_columns(&columns)).transpose()
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
fn of_records(records: &[Value]) -> Result<Option<PredictionTable>, String> {
    let records: Option<Vec<&JsonObject>> = records.iter().map(Value::as_object).collect();
    let Some(records) = records else { return Ok(None) };
    let mut seen = BTreeSet::new();
    let columns: Vec<String> = records
        .iter()
        .flat_map(|record| record.keys())
        .filter(|name| seen.insert(name.as_str()))
        .cloned()
        .collect();
    check_size(columns.len(), records.len())?;
    let row = |record: &&JsonObject| columns.iter().map(|name| cell(record.get(name))).collect();
    let rows = records.iter().map(row).collect();
    Ok(Some(PredictionTable { columns, index: Vec::new(), rows }))
}

/// Refuses a table that would fill the memory.
fn check_size(n_columns: usize, n_rows: usize) -> Result<(), String> {
    let most = PredictionTable::MAX_CELLS;
    match n_columns.checked_mul(n_rows) {
        Some(n_cells) if n_cells <= most => Ok(()),
        Some(_) | None => Err(format!(
            "{n_columns} columns of {n_rows} rows are more than {most} cells; ask for fewer rows at once"
        )),
    }
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
fn by_columns(columns: &[(&String, &JsonObject)]) -> Result<PredictionTable, String> {
    let mut seen = BTreeSet::new();
    let keys = columns.iter().flat_map(|(_, column)| column.keys());
    let mut names: Vec<&String> = keys.filter(|name| seen.insert(name.as_str())).collect();
    check_size(columns.len(), names.len())?;
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
    Ok(PredictionTable {
        columns: columns.iter().map(|(name, _)| (*name).clone()).collect(),
        index: unless_counted(index),
        rows: names.iter().map(row).collect(),
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_table_of_too_many_cells_is_refused_before_it_is_made() {
        let ragged: JsonObject =
            (0..1_001).map(|n: u32| (format!("c{n}"), json!({format!("r{n}"): 0}))).collect();
        let message = PredictionTable::read(&ragged).unwrap_err();
        assert!(message.starts_with("1001 columns of 1001 rows"), "{message}");
        let records: Vec<Value> = (0..1_001).map(|n: u32| json!({format!("c{n}"): 0})).collect();
        for word in ["dataframe_records", "instances"] {
            let request = JsonObject::from_iter([(word.to_owned(), records.clone().into())]);
            assert!(PredictionTable::read(&request).is_err(), "{word}");
        }
    }
}
