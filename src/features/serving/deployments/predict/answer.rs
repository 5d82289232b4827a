//! An answer as a table. Pure.

use models::deployment::{PredictionResponse, PredictionTable};
use models::lenient::JsonObject;
use serde_json::Value;

/// A table of what a model predicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AnswerTable {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// How many rows there are in all.
    pub(super) total: usize,
}

impl AnswerTable {
    /// How many rows are shown.
    pub(super) const SHOWN: usize = 100;
    /// How many columns are shown; an answer with more is JSON alone.
    const MOST_COLUMNS: usize = 50;

    /// The table in an answer; `None` where there is none.
    pub(super) fn of(answer: &PredictionResponse) -> Option<Self> {
        let table = table(answer.0.get("predictions")?)?;
        let is_shown = (1..=Self::MOST_COLUMNS).contains(&table.columns.len()) && !table.rows.is_empty();
        let rows = table.rows.iter().take(Self::SHOWN);
        let rows = rows.map(|row| row.iter().map(text).collect()).collect();
        is_shown.then_some(Self { total: table.rows.len(), columns: table.columns, rows })
    }
}

fn table(predictions: &Value) -> Option<PredictionTable> {
    let read = |key: &str| {
        let request = JsonObject::from_iter([(key.to_owned(), predictions.clone())]);
        PredictionTable::read(&request).ok().flatten()
    };
    let Value::Array(rows) = predictions else { return read("inputs") };
    if let Some(table) = read("instances") {
        return Some(table);
    }
    let lists: Option<Vec<&Vec<Value>>> = rows.iter().map(Value::as_array).collect();
    match lists.filter(|lists| !lists.is_empty()) {
        Some(lists) => {
            let n_columns = lists.iter().map(|list| list.len()).max().unwrap_or_default();
            let cells = |list: &&Vec<Value>| {
                (0..n_columns).map(|place| list.get(place).cloned().unwrap_or_default()).collect()
            };
            let columns = (0..n_columns).map(|place| place.to_string()).collect();
            Some(PredictionTable { columns, index: Vec::new(), rows: lists.iter().map(cells).collect() })
        }
        None => {
            let rows = rows.iter().map(|value| vec![value.clone()]).collect();
            Some(PredictionTable { columns: vec!["prediction".to_owned()], index: Vec::new(), rows })
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shown(predictions: Value) -> Option<(Vec<String>, Vec<Vec<String>>)> {
        let answer = PredictionResponse(JsonObject::from_iter([("predictions".to_owned(), predictions)]));
        AnswerTable::of(&answer).map(|table| (table.columns, table.rows))
    }

    #[test]
    fn lists_records_and_columns_are_tables() {
        let expected = |columns: &[&str], rows: &[&[&str]]| {
            let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
            Some((texts(columns), rows.iter().map(|row| texts(row)).collect::<Vec<_>>()))
        };
        assert_eq!(
            shown(json!([1.5, "NaN", null])),
            expected(&["prediction"], &[&["1.5"], &["NaN"], &["null"]])
        );
        assert_eq!(shown(json!([[1, 2], [3]])), expected(&["0", "1"], &[&["1", "2"], &["3", "null"]]));
        assert_eq!(shown(json!([{"a": 1, "b": [2]}])), expected(&["a", "b"], &[&["1", "[2]"]]));
        assert_eq!(
            shown(json!({"a": [1, 2], "b": ["x", "y"]})),
            expected(&["a", "b"], &[&["1", "x"], &["2", "y"]])
        );
    }

    #[test]
    fn what_is_no_table_is_json_alone() {
        for other in [json!(1), json!({}), json!([]), json!({"a": {"b": 1}}), json!([vec![0; 51]])] {
            assert_eq!(shown(other.clone()), None, "{other}");
        }
    }

    #[test]
    fn a_long_answer_says_how_long_it_is() {
        let answer = json!({"predictions": vec![1; 250]});
        let Value::Object(answer) = answer else { panic!("no object") };
        let table = AnswerTable::of(&PredictionResponse(answer));
        assert_eq!(table.map(|table| (table.rows.len(), table.total)), Some((100, 250)));
    }
}
