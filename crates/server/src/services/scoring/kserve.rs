//! KServe v2, also called Open Inference Protocol:
//! <https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md>.

use models::deployment::{PARAMETERS_KEY, PredictionRequest, PredictionTable};
use models::lenient::JsonObject;
use serde_json::{Value, json};

use super::request::without_parameters;

/// What a tensor is called that nobody named.
const UNNAMED: &str = "input-0";
/// How many lists may be in each other. An answer says the shape of its values, and need not hold what it says.
const MOST_DIMENSIONS: usize = 8;
/// How many lists the values of an output may become.
const MOST_LISTS: usize = 500_000;
/// How long the names of outputs may become, where each row has them.
const MOST_CHARACTERS: usize = 10 << 20;

/// What is asked, as tensors: one for each column of a table.
///
/// # Errors
/// Why it cannot be said so, and what to do.
pub(super) fn request(asked: &PredictionRequest) -> Result<JsonObject, String> {
    let (asked, beside) = without_parameters(&asked.0);
    if is_spoken(&asked) {
        return Ok(asked.into_owned());
    }
    let (inputs, mut parameters) = match PredictionTable::read(&asked)? {
        Some(table) => {
            let columns = table.columns.iter().enumerate();
            let column = |(place, name): (usize, &String)| column(name, table.column(place).collect());
            let inputs = columns.map(column).collect::<Result<Vec<_>, _>>()?;
            (inputs, JsonObject::from_iter([("content_type".to_owned(), "pd".into())]))
        }
        None => (tensors(&asked)?, JsonObject::new()),
    };
    let beside = beside.or_else(|| asked.get(PARAMETERS_KEY).cloned());
    if let Some(Value::Object(beside)) = beside {
        parameters.extend(beside);
    }
    let mut body = JsonObject::from_iter([("inputs".to_owned(), inputs.into())]);
    if !parameters.is_empty() {
        body.insert("parameters".to_owned(), parameters.into());
    }
    Ok(body)
}

/// Whether somebody speaks the protocol herself.
fn is_spoken(asked: &JsonObject) -> bool {
    let is_tensor = |input: &Value| input.get("datatype").is_some() && input.get("shape").is_some();
    let inputs = asked.get("inputs").and_then(Value::as_array);
    inputs.is_some_and(|inputs| !inputs.is_empty() && inputs.iter().all(is_tensor))
}

fn column(name: &str, cells: Vec<&Value>) -> Result<Value, String> {
    let datatype = datatype(&cells).map_err(|reason| format!("Column `{name}` {reason}."))?;
    Ok(json!({"name": name, "shape": [cells.len(), 1], "datatype": datatype, "data": cells}))
}

/// `instances` and `inputs` that are no tables.
fn tensors(asked: &JsonObject) -> Result<Vec<Value>, String> {
    match asked.get("instances").or_else(|| asked.get("inputs")) {
        Some(Value::Object(named)) => named.iter().map(|(name, array)| tensor(name, array)).collect(),
        Some(array @ Value::Array(_)) => Ok(vec![tensor(UNNAMED, array)?]),
        Some(_) | None => Err(
            "The endpoint speaks KServe v2, which takes tables and tensors. Send a table by columns, `dataframe_split`, `dataframe_records`, `instances` or `inputs`."
                .to_owned(),
        ),
    }
}

fn tensor(name: &str, array: &Value) -> Result<Value, String> {
    let told = |reason: &str| format!("Tensor `{name}` {reason}.");
    let mut shape = Vec::new();
    let mut first = array;
    while let Value::Array(items) = first {
        shape.push(items.len());
        let Some(next) = items.first() else { break };
        first = next;
    }
    if shape.is_empty() {
        return Err(told("must be a list"));
    }
    let mut cells = Vec::new();
    flatten(array, &shape, &mut cells)
        .ok_or_else(|| told("has lists of different lengths; make them equally long"))?;
    let datatype = datatype(&cells).map_err(told)?;
    Ok(json!({"name": name, "shape": shape, "datatype": datatype, "data": cells}))
}

/// The values in the order of their places; `None` when the array is no box of this shape.
fn flatten<'a>(array: &'a Value, shape: &[usize], into: &mut Vec<&'a Value>) -> Option<()> {
    match (array, shape) {
        (Value::Array(items), [length, inner @ ..]) if items.len() == *length => {
            items.iter().try_for_each(|item| flatten(item, inner, into))
        }
        (Value::Array(_), _) | (_, [_, ..]) => None,
        (value, []) => {
            into.push(value);
            Some(())
        }
    }
}

/// The type of values that all fit. Where whole numbers are missing it is one that can say so, as in pandas.
fn datatype(cells: &[&Value]) -> Result<&'static str, &'static str> {
    let all = |is: fn(&Value) -> bool| cells.iter().all(|cell| cell.is_null() || is(cell));
    let has_gaps = cells.iter().any(|cell| cell.is_null());
    if all(Value::is_number) {
        let is_whole = !has_gaps && !cells.is_empty();
        return Ok(match is_whole {
            true if all(Value::is_i64) => "INT64",
            true if all(Value::is_u64) => "UINT64",
            true | false => "FP64",
        });
    }
    if all(Value::is_string) {
        return Ok("BYTES");
    }
    if all(Value::is_boolean) {
        let reason = "has empty cells between true and false, which KServe v2 cannot say; fill them in";
        return if has_gaps { Err(reason) } else { Ok("BOOL") };
    }
    Err("mixes numbers, texts and other values; KServe v2 takes one type each")
}

/// The predictions in an answer: of one output its values, of several a record for each row. `None` when it is no answer
/// of this protocol.
pub(super) fn predictions(answer: &JsonObject) -> Option<Value> {
    let outputs = answer.get("outputs")?.as_array()?;
    let outputs: Vec<(&str, Value)> = outputs.iter().map(output).collect::<Option<_>>()?;
    if let [(_, values)] = &*outputs {
        return Some(values.clone());
    }
    let lists: Option<Vec<&Vec<Value>>> = outputs.iter().map(|(_, values)| values.as_array()).collect();
    let n_rows = lists.as_ref().and_then(|lists| Some(lists.first()?.len()));
    let is_even = lists.as_ref().is_some_and(|lists| lists.iter().all(|list| Some(list.len()) == n_rows));
    // Each row names all outputs.
    let n_characters = outputs.iter().map(|(name, _)| name.len()).sum::<usize>();
    let is_small = n_rows.unwrap_or(0).saturating_mul(n_characters) <= MOST_CHARACTERS;
    if !is_even || !is_small {
        return Some(outputs.into_iter().map(|(name, values)| (name.to_owned(), values)).collect());
    }
    let cell = |values: &Value, row: usize| values.get(row).cloned().unwrap_or_default();
    let record = |row: usize| -> Value {
        outputs.iter().map(|(name, values)| ((*name).to_owned(), cell(values, row))).collect()
    };
    Some((0..n_rows.unwrap_or(0)).map(record).collect())
}

/// The name and the values of an output, in lists of its shape.
fn output(output: &Value) -> Option<(&str, Value)> {
    let name = output.get("name")?.as_str()?;
    let data = output.get("data")?.as_array()?;
    let shape = output.get("shape").and_then(Value::as_array).into_iter().flatten();
    let mut shape: Vec<usize> =
        shape.map(|length| usize::try_from(length.as_u64()?).ok()).collect::<Option<_>>()?;
    if shape.len() > MOST_DIMENSIONS {
        return None;
    }
    // A column is written as a list, the way MLflow does.
    if let [_, 1] = *shape {
        shape.pop();
    }
    let is_flat = !data.iter().any(Value::is_array);
    let size = shape.iter().try_fold(1_usize, |size, length| size.checked_mul(*length));
    let values = if is_flat && size == Some(data.len()) && !data.is_empty() && n_lists(&shape) <= MOST_LISTS {
        folded(data, shape.get(1..).unwrap_or_default())
    } else {
        data.clone()
    };
    Some((name, values.into()))
}

/// How many lists values of this shape are in.
fn n_lists(shape: &[usize]) -> usize {
    let outer = shape.iter().take(shape.len().saturating_sub(1));
    let lists = outer.scan(1_usize, |product, length| {
        *product = product.saturating_mul(*length);
        Some(*product)
    });
    lists.fold(0, usize::saturating_add)
}

/// Values in lists of the inner lengths of a shape.
fn folded(data: &[Value], inner: &[usize]) -> Vec<Value> {
    let mut values = data.to_vec();
    for length in inner.iter().rev() {
        let mut rest = values.into_iter();
        let next = || {
            let list: Vec<Value> = rest.by_ref().take(*length).collect();
            (!list.is_empty()).then(|| list.into())
        };
        values = std::iter::from_fn(next).collect();
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(asked: Value) -> Result<Value, String> {
        request(&serde_json::from_value(asked).unwrap()).map(Value::Object)
    }

    fn tensor(name: &str, shape: Value, datatype: &str, data: Value) -> Value {
        json!({"name": name, "shape": shape, "datatype": datatype, "data": data})
    }

    #[test]
    fn a_shape_or_a_name_cannot_blow_an_answer_up() {
        let answer = |shape: Value, data: Value| {
            let answer = json!({"outputs": [{"name": "y", "shape": shape, "data": data}]});
            predictions(answer.as_object().unwrap())
        };
        assert_eq!(answer(json!(vec![1; 100_000]), json!([0])), None);
        let n = MOST_LISTS + 1;
        let flat = answer(json!([n, 1, 1]), json!(vec![0; n])).unwrap();
        assert_eq!(flat[0], json!(0), "it stays as it came");
        assert_eq!(answer(json!([2, 1, 2]), json!([1, 2, 3, 4])), Some(json!([[[1, 2]], [[3, 4]]])));
        let long = "y".repeat(1 << 20);
        let data = vec![0; 100];
        let outputs = json!([{"name": long, "data": data}, {"name": "z", "data": data}]);
        let found = predictions(json!({"outputs": outputs}).as_object().unwrap()).unwrap();
        assert_eq!(found["z"].as_array().map(Vec::len), Some(100));
    }

    #[test]
    fn each_column_is_a_tensor_in_whatever_form_the_table_is() {
        let inputs = [
            tensor("age", json!([2, 1]), "INT64", json!([7, 8])),
            tensor("depth", json!([2, 1]), "FP64", json!([1.5, null])),
            tensor("wet", json!([2, 1]), "BOOL", json!([true, false])),
            tensor("where", json!([2, 1]), "BYTES", json!(["a", null])),
        ];
        let expected = json!({"inputs": inputs, "parameters": {"content_type": "pd"}});
        for asked in [
            json!({"age": {"0": 7, "1": 8}, "depth": {"0": 1.5}, "wet": {"0": true, "1": false}, "where": {"0": "a"}}),
            json!({"dataframe_split": {"columns": ["age", "depth", "wet", "where"],
                "data": [[7, 1.5, true, "a"], [8, null, false, null]]}}),
            json!({"dataframe_records": [{"age": 7, "depth": 1.5, "wet": true, "where": "a"}, {"age": 8, "wet": false}]}),
            json!({"instances": [{"age": 7, "depth": 1.5, "wet": true, "where": "a"}, {"age": 8, "wet": false}]}),
            json!({"inputs": {"age": [7, 8], "depth": [1.5, null], "wet": [true, false], "where": ["a", null]}}),
        ] {
            assert_eq!(sent(asked), Ok(expected.clone()));
        }
    }

    #[test]
    fn arrays_are_tensors() {
        let one = json!({"inputs": [tensor("input-0", json!([2, 2]), "FP64", json!([1, 2, 3, 4.5]))]});
        assert_eq!(sent(json!({"instances": [[1, 2], [3, 4.5]]})), Ok(one.clone()));
        assert_eq!(sent(json!({"inputs": [[1, 2], [3, 4.5]]})), Ok(one.clone()));
        assert_eq!(sent(one.clone()), Ok(one), "who speaks it herself is not translated");
        let named = json!({"inputs": {"a": [[1], [2]], "b": ["x"]}, "params": {"top": 1}});
        let inputs = [
            tensor("a", json!([2, 1]), "INT64", json!([1, 2])),
            tensor("b", json!([1]), "BYTES", json!(["x"])),
        ];
        assert_eq!(sent(named), Ok(json!({"inputs": inputs, "parameters": {"top": 1}})));
    }

    #[test]
    fn what_cannot_be_said_is_refused_with_a_reason() {
        for (asked, expected) in [
            (json!({"x": {"0": 1, "1": "a"}}), "Column `x` mixes numbers, texts"),
            (json!({"x": {"0": true}, "y": {"1": 2}}), "Column `x` has empty cells"),
            (json!({"inputs": [[1, 2], [3]]}), "Tensor `input-0` has lists of different lengths"),
            (json!({"inputs": {"a": 1}}), "Tensor `a` must be a list"),
            (json!({"messages": []}), "The endpoint speaks KServe v2"),
            (json!({"inputs": 1}), "The endpoint speaks KServe v2"),
        ] {
            let refusal = sent(asked).unwrap_err();
            assert!(refusal.starts_with(expected), "{refusal}");
        }
    }

    #[test]
    fn an_answer_has_its_shape() {
        for (outputs, expected) in [
            (vec![tensor("y", json!([2]), "FP64", json!([1.5, 2]))], json!([1.5, 2])),
            (vec![tensor("y", json!([2, 1]), "FP64", json!([1.5, 2]))], json!([1.5, 2])),
            (vec![tensor("y", json!([2, 2]), "INT64", json!([1, 2, 3, 4]))], json!([[1, 2], [3, 4]])),
            (vec![tensor("y", json!([1, 2, 2]), "INT64", json!([1, 2, 3, 4]))], json!([[[1, 2], [3, 4]]])),
            (vec![tensor("y", json!([2, 2]), "INT64", json!([[1, 2], [3, 4]]))], json!([[1, 2], [3, 4]])),
            (vec![tensor("y", json!([0]), "FP64", json!([]))], json!([])),
            (
                vec![tensor("y", json!([9_999_999_999_u64, 9_999_999_999_u64]), "FP64", json!([1]))],
                json!([1]),
            ),
            (
                vec![
                    tensor("label", json!([2]), "BYTES", json!(["wet", "dry"])),
                    tensor("sure", json!([2, 1]), "FP64", json!([0.5, 0.75])),
                ],
                json!([{"label": "wet", "sure": 0.5}, {"label": "dry", "sure": 0.75}]),
            ),
            (
                vec![
                    tensor("a", json!([1]), "FP64", json!([1])),
                    tensor("b", json!([2]), "FP64", json!([2, 3])),
                ],
                json!({"a": [1], "b": [2, 3]}),
            ),
        ] {
            let answer = JsonObject::from_iter([("outputs".to_owned(), outputs.into())]);
            assert_eq!(predictions(&answer), Some(expected));
        }
        for other in [json!({}), json!({"outputs": 1}), json!({"outputs": [{"name": "y"}]})] {
            assert_eq!(predictions(other.as_object().unwrap()), None, "{other}");
        }
    }
}
