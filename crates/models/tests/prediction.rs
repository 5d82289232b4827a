//! The forms of a table that is to be predicted mean the same table.
#![allow(clippy::unwrap_used, reason = "the whole crate is a test")]

use models::deployment::PredictionTable;
use models::lenient::JsonObject;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(request: Value) -> Result<Option<PredictionTable>, String> {
    PredictionTable::read(request.as_object().unwrap())
}

fn table(columns: &[&str], rows: Vec<Vec<Value>>) -> PredictionTable {
    let columns = columns.iter().map(|name| (*name).to_owned()).collect();
    PredictionTable { columns, index: Vec::new(), rows }
}

/// By columns, as `DataFrame.to_json()` writes it; cells in `missing` are left out instead of written as null.
fn by_columns(table: &PredictionTable, leave_out: bool) -> Value {
    let column = |place: usize| {
        let cells = table.column(place).enumerate().filter(|(_, cell)| !leave_out || !cell.is_null());
        cells.map(|(row, cell)| (label(table, row), cell.clone())).collect::<JsonObject>()
    };
    let columns = table.columns.iter().enumerate();
    Value::Object(columns.map(|(place, name)| (name.clone(), column(place).into())).collect())
}

fn label(table: &PredictionTable, row: usize) -> String {
    table.index.get(row).map_or_else(|| row.to_string(), Value::to_string)
}

fn records(table: &PredictionTable, leave_out: bool) -> Value {
    let record = |row: &Vec<Value>| {
        let cells = table.columns.iter().cloned().zip(row.iter().cloned());
        cells.filter(|(_, cell)| !leave_out || !cell.is_null()).collect::<JsonObject>()
    };
    table.rows.iter().map(|row| Value::Object(record(row))).collect()
}

fn lists(table: &PredictionTable) -> Value {
    let column = |place: usize| table.column(place).cloned().collect::<Value>();
    let columns = table.columns.iter().enumerate();
    Value::Object(columns.map(|(place, name)| (name.clone(), column(place))).collect())
}

fn cell() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        3 => any::<i64>().prop_map(Value::from),
        // NaN and the infinities become null, as pandas writes them.
        4 => any::<f64>().prop_map(Value::from),
        2 => ".{0,8}".prop_map(Value::from),
    ]
}

prop_compose! {
    /// A table whose columns are in the order of their names, which objects keep, and whose rows have rising numbers.
    fn tables()(
        columns in prop::collection::btree_set("[a-z_]{1,6}", 1..5),
        steps in prop::collection::vec(1_i64..50, 1..15),
        named in any::<bool>(),
    )(
        rows in prop::collection::vec(prop::collection::vec(cell(), columns.len()), steps.len()),
        columns in Just(columns),
        steps in Just(steps),
        named in Just(named),
    ) -> PredictionTable {
        let mut last = -1;
        let index = steps.iter().map(|step| { last += step; last }).map(Value::from).collect::<Vec<_>>();
        let is_counted = index.iter().enumerate().all(|(row, name)| *name == row);
        let index = if named && !is_counted { index } else { Vec::new() };
        let columns = columns.into_iter().filter(|name| !models::deployment::SCORING_KEYS.contains(&name.as_str()));
        PredictionTable { columns: columns.collect(), index, rows }
    }
}

proptest! {
    #[test]
    fn all_forms_mean_the_same_table(table in tables()) {
        let split = json!({"dataframe_split": table.split()});
        prop_assert_eq!(read(split).unwrap(), Some(table.clone()));
        prop_assert_eq!(read(by_columns(&table, false)).unwrap(), Some(table.clone()));
        let counted = PredictionTable { index: Vec::new(), ..table.clone() };
        prop_assert_eq!(read(json!({"dataframe_records": records(&table, false)})).unwrap(), Some(counted.clone()));
        prop_assert_eq!(read(json!({"instances": records(&table, false)})).unwrap(), Some(counted.clone()));
        prop_assert_eq!(read(json!({"inputs": lists(&table)})).unwrap(), Some(counted));
    }

    #[test]
    fn what_is_left_out_is_missing(table in tables()) {
        // A row or a column of which nothing is said is not there at all.
        let has_all_rows = table.rows.iter().all(|row| row.iter().any(|cell| !cell.is_null()));
        let has_all_columns = (0..table.columns.len()).all(|place| table.column(place).any(|cell| !cell.is_null()));
        prop_assume!(has_all_rows && has_all_columns);
        prop_assert_eq!(read(by_columns(&table, true)).unwrap(), Some(table.clone()));
        let records = read(json!({"dataframe_records": records(&table, true)})).unwrap().unwrap();
        for (row, found) in table.rows.iter().zip(&records.rows) {
            for (name, cell) in table.columns.iter().zip(row) {
                let place = records.columns.iter().position(|column| column == name).unwrap();
                prop_assert_eq!(&found[place], cell);
            }
        }
    }
}

#[test]
fn rows_come_in_the_order_of_their_numbers() {
    let read = read(json!({"x": {"10": "c", "9": "b", "-1": "a"}})).unwrap().unwrap();
    assert_eq!(read.rows, [[json!("a")], [json!("b")], [json!("c")]]);
    assert_eq!(read.index, [json!(-1), json!(9), json!(10)]);
    let counted =
        PredictionTable::read(json!({"x": {"1": 2, "0": 1}}).as_object().unwrap()).unwrap().unwrap();
    assert_eq!(counted, table(&["x"], vec![vec![json!(1)], vec![json!(2)]]));
}

#[test]
fn rows_may_have_names_and_columns_numbers() {
    let named = read(json!({"x": {"ann": 1, "ben": 2}})).unwrap().unwrap();
    assert_eq!(named.index, [json!("ann"), json!("ben")]);
    let numbered =
        read(json!({"dataframe_split": {"columns": [0, "y"], "data": [[1, 2]]}})).unwrap().unwrap();
    assert_eq!(numbered.columns, ["0", "y"]);
}

#[test]
fn what_is_no_table_is_none() {
    for request in [
        json!({}),
        json!({"instances": [[1.5, 2.5]]}),
        json!({"instances": [1.5]}),
        json!({"inputs": [[1.5]]}),
        json!({"inputs": {"image": [[1, 2], [3, 4]]}}),
        json!({"inputs": {"a": [1], "b": [1, 2]}}),
        json!({"messages": [{"role": "user"}]}),
    ] {
        assert_eq!(read(request.clone()), Ok(None), "{request}");
    }
}

#[test]
fn what_is_wrong_with_a_table_is_said() {
    for (request, expected) in [
        (json!({"dataframe_split": {"data": []}}), "`dataframe_split` needs a list `columns`"),
        (json!({"dataframe_split": {"columns": ["x"]}}), "`dataframe_split` needs a list `data`"),
        (
            json!({"dataframe_split": {"columns": ["x"], "data": [[1], [1, 2]]}}),
            "row 2 of `data` must be a list of 1 cells",
        ),
        (
            json!({"dataframe_split": {"columns": ["x"], "index": [5, 6], "data": [[1]]}}),
            "`index` must name each row of `data`",
        ),
        (json!({"dataframe_records": [1]}), "each of `dataframe_records` must be an object"),
        (json!({"dataframe_records": {}}), "`dataframe_records` must be a list of objects"),
    ] {
        assert_eq!(read(request), Err(expected.to_owned()));
    }
}
