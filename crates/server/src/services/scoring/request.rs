//! Requests in the words of an endpoint's protocol.

use std::borrow::Cow;

use models::deployment::{Endpoint, PredictionRequest, PredictionTable, ScoringProtocol};
use models::lenient::JsonObject;
use serde_json::Value;

use super::{address, kserve};

/// How much a request or an answer may hold, where a value weighs 1, a list 4 and an object 20: each takes far more room in
/// memory than in JSON.
const MOST_VALUES: usize = 2_000_000;

/// A request as an endpoint takes it.
#[derive(Debug, PartialEq)]
pub(in crate::services) struct Sent<'a> {
    /// Where it goes.
    pub(in crate::services) address: Cow<'a, str>,
    /// What goes there.
    pub(in crate::services) body: Cow<'a, JsonObject>,
}

/// What is sent to an endpoint: as it is, where nobody said what the endpoint speaks.
///
/// # Errors
/// Why what is asked cannot be said in the endpoint's protocol, and what to do.
pub(in crate::services) fn request<'a>(
    endpoint: Option<&Endpoint>,
    address: &'a str,
    asked: &'a PredictionRequest,
) -> Result<Sent<'a>, String> {
    let as_it_is = Sent { address: address.into(), body: Cow::Borrowed(&asked.0) };
    let Some(endpoint) = endpoint else { return Ok(as_it_is) };
    match &endpoint.protocol {
        ScoringProtocol::Mlflow => {
            Ok(Sent { address: address::invocations(address), body: in_mlflow(asked)? })
        }
        ScoringProtocol::KserveV2 => Ok(Sent {
            address: address::infer(address, endpoint.model_name.as_deref())?,
            body: Cow::Owned(kserve::request(asked)?),
        }),
        ScoringProtocol::Unknown(_) => Ok(as_it_is),
    }
}

/// What is asked, as MLflow's scoring server takes it: it does not know the tables that pandas writes by columns.
///
/// # Errors
/// What is wrong with the table.
pub(in crate::services) fn in_mlflow(asked: &PredictionRequest) -> Result<Cow<'_, JsonObject>, String> {
    use models::deployment::{PARAMETERS_KEY, SCORING_KEYS};
    if SCORING_KEYS.iter().any(|key| asked.0.contains_key(*key)) {
        return Ok(Cow::Borrowed(&asked.0));
    }
    let (columns, parameters) = without_parameters(&asked.0);
    let Some(table) = PredictionTable::read(&columns)? else { return Ok(Cow::Borrowed(&asked.0)) };
    let mut body = JsonObject::from_iter([("dataframe_split".to_owned(), table.split())]);
    body.extend(parameters.map(|parameters| (PARAMETERS_KEY.to_owned(), parameters)));
    Ok(Cow::Owned(body))
}

/// The request without what goes along once for all rows, and that. A column may bear the word as its name: its cells
/// are under the names of the rows that others have too.
pub(super) fn without_parameters(asked: &JsonObject) -> (Cow<'_, JsonObject>, Option<Value>) {
    use models::deployment::PARAMETERS_KEY;
    let is_column = |found: &JsonObject| {
        asked.iter().any(|(name, other)| {
            name != PARAMETERS_KEY && other.as_object().is_some_and(|other| other.keys().eq(found.keys()))
        })
    };
    match asked.get(PARAMETERS_KEY) {
        Some(Value::Object(found)) if asked.len() > 1 && !is_column(found) => {
            let mut rest = asked.clone();
            let parameters = rest.remove(PARAMETERS_KEY);
            (Cow::Owned(rest), parameters)
        }
        Some(_) | None => (Cow::Borrowed(asked), None),
    }
}

/// Whether JSON has more values than are held in memory; told without reading it.
#[must_use]
pub fn has_too_many_values(json: &[u8]) -> bool {
    // An object takes far more room than a list, and that more than a number.
    let weigh = |byte: &u8| match byte {
        b'{' => 20,
        b'[' => 4,
        b',' => 1,
        _ => 0,
    };
    json.iter().map(weigh).sum::<usize>() > MOST_VALUES
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sent(protocol: &str, asked: Value) -> Result<Value, String> {
        let endpoint = Endpoint { protocol: protocol.to_owned().into(), model_name: Some("rain".to_owned()) };
        let asked = serde_json::from_value(asked).unwrap();
        request(Some(&endpoint), "http://example.org/", &asked)
            .map(|sent| json!([sent.address, Value::Object(sent.body.into_owned())]))
    }

    #[test]
    fn mlflow_gets_its_own_words() {
        let split = json!({"columns": ["x", "y"], "data": [[1.5, null], [2.5, 3]]});
        let by_columns = json!({"x": {"0": 1.5, "1": 2.5}, "y": {"1": 3}});
        let expected = json!(["http://example.org/invocations", {"dataframe_split": split}]);
        assert_eq!(sent("MLflow", by_columns.clone()), Ok(expected));
        let with_parameters = json!({"x": {"0": 1}, "params": {"top": 3}});
        let split = json!({"columns": ["x"], "data": [[1]]});
        let expected =
            json!(["http://example.org/invocations", {"dataframe_split": split, "params": {"top": 3}}]);
        assert_eq!(sent("MLflow", with_parameters), Ok(expected));
        for known in [json!({"instances": [[1]], "params": {"a": 1}}), json!({"messages": []}), json!({})] {
            assert_eq!(sent("MLflow", known.clone()), Ok(json!(["http://example.org/invocations", known])));
        }
        let column = json!({"params": {"0": 1}, "x": {"0": 2}});
        let split = json!({"columns": ["params", "x"], "data": [[1, 2]]});
        assert_eq!(sent("MLflow", column).unwrap()[1], json!({"dataframe_split": split}));
    }

    #[test]
    fn a_protocol_that_is_not_known_gets_what_was_asked() {
        let asked = json!({"x": {"0": 1}});
        assert_eq!(sent("gRPC", asked.clone()), Ok(json!(["http://example.org/", asked])));
    }
}
